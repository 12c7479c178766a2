"""Events and public waiting times: in order, without a gap, resumed, and without anybody in them."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from server.net.api.events import OF_ONE_KEY
from shared.vocabulary import Role
from tests.support.other_system import ROOT, OtherSystem, with_key
from tests.support.running_server import RunningServer
from tests.support.waiting import PATIENCE

PERSONAL = ("elderly", "wheelchair", "registry-01", "Petugas 01", "api:", "/v/", "photocopy for the visitor")


class Listener:
    """A client of server-sent events."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self._answer = answer
        self.heard: list[str] = []

    def next(self) -> tuple[str, dict[str, Any]]:
        """Kind and content."""
        fields: dict[str, str] = {}
        while True:
            line = self._answer.readline().decode().rstrip("\n")
            self.heard.append(line)
            assert line or fields or self.heard, "the stream ended"
            if not line and "data" in fields:
                content = json.loads(fields["data"])
                assert fields.get("id", "") in ("", str(content.get("sequence")))
                return fields["event"], content
            name, _, value = line.partition(": ")
            fields[name] = value


@contextmanager
def listening(system: OtherSystem, query: str = "", last: int | None = None) -> Iterator[Listener]:
    connection = http.client.HTTPConnection("127.0.0.1", system.port, timeout=PATIENCE)
    headers = {"authorization": f"Bearer {system.token}"}
    if last is not None:
        headers["last-event-id"] = str(last)
    connection.request("GET", f"{ROOT}/events{query}", headers=headers)
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    assert answer.headers["content-type"].startswith("text/event-stream")
    try:
        yield Listener(answer)
    finally:
        answer.close()
        connection.close()


def a_number(kiosk: OtherSystem, service: str = "birth") -> dict[str, Any]:
    body = {"service": service, "language": "id", "priority": "priority", "needs": ["elderly", "wheelchair"]}
    answered = kiosk.post("/visits", body)
    assert answered.status == 201, answered.text
    found: dict[str, Any] = answered.json
    return found


@pytest.fixture(scope="module")
def kiosk(server: RunningServer) -> OtherSystem:
    return with_key(server, Role.KIOSK)


@pytest.fixture(scope="module")
def auditor(server: RunningServer) -> OtherSystem:
    return with_key(server, Role.AUDITOR)


def test_events_come_in_order_and_each_names_the_one_before(kiosk: OtherSystem, auditor: OtherSystem) -> None:
    with listening(auditor) as listener:
        kind, begin = listener.next()
        assert (kind, begin["complete"]) == ("begin", True)
        numbers = [a_number(kiosk) for _ in range(3)]
        last = begin["after"]
        for number in numbers:
            kind, event = listener.next()
            assert (kind, event["visit"], event["details"]["ticket"]) == ("issued", number["visit"], number["ticket"])
            assert event["previous"] == last < event["sequence"]
            last = event["sequence"]


def test_who_comes_back_hears_what_was_missed_also_after_a_restart(
    server: RunningServer, kiosk: OtherSystem, auditor: OtherSystem
) -> None:
    with listening(auditor) as listener:
        listener.next()
        a_number(kiosk)
        _, heard = listener.next()
    missed = [a_number(kiosk), a_number(kiosk, "clearance")]
    server.__exit__(None, None, None)
    server.__enter__()
    with listening(auditor, last=heard["sequence"]) as listener:
        assert listener.next()[1] == {"after": heard["sequence"], "complete": True}
        events = [listener.next()[1], listener.next()[1]]
        assert [event["visit"] for event in events] == [one["visit"] for one in missed]
        assert [event["previous"] for event in events] == [heard["sequence"], events[0]["sequence"]]
    whole = auditor.get(f"/history?after={heard['sequence']}").json
    assert whole["items"] == events, "the pages say the same"


def test_a_filter_leaves_out_without_leaving_a_gap(server: RunningServer, kiosk: OtherSystem) -> None:
    police = with_key(server, Role.AGENCY_HEAD, agency="police")
    with listening(police, "?kinds=issued,cancelled") as listener:
        begin = listener.next()[1]
        a_number(kiosk)
        theirs = a_number(kiosk, "clearance")
        _, event = listener.next()
        assert (event["visit"], event["agency"], event["previous"]) == (theirs["visit"], "police", begin["after"])
    assert police.get("/events?agency=registry").code == "forbidden"
    assert police.get("/events?kinds=signed_in").code == "malformed", "who sits where is nobody else's business"
    assert police.get("/events", **{"last-event-id": "x"}).code == "malformed"


def test_who_asks_for_what_is_not_there_is_told(auditor: OtherSystem) -> None:
    with listening(auditor, "?after=9000000") as listener:
        begin = listener.next()[1]
        assert (begin["complete"], begin["after"] < 9_000_000) == (False, True)
    page = auditor.get("/history?after=9000000").json
    assert page == {"items": [], "next": begin["after"], "complete": False}


def test_nobody_can_be_told_from_events_lists_or_waiting_times(
    server: RunningServer, kiosk: OtherSystem, auditor: OtherSystem
) -> None:
    """Law 12, as a canary: whatever was put in about a person is looked for in all that comes out."""
    at = "/counters/counter-1"
    officer = with_key(server, Role.OFFICER, counter="counter-1", officer="registry-01")
    with listening(auditor) as listener:
        listener.next()
        number = a_number(kiosk)
        leg = number["leg"]
        officer.post(f"{at}/sign-in", {})
        officer.post(f"{at}/open")
        assert officer.post(f"{at}/legs/{leg}/call", {"reason": "urgent_need"}).status == 200
        assert officer.post(f"{at}/legs/{leg}/serve").status == 200
        assert officer.post(f"{at}/legs/{leg}/park", {"note": PERSONAL[-1]}).status == 200
        while listener.next()[0] != "parked":
            pass
        told = "".join(listener.heard)
    seen = [f"/visits/{number['visit']}", f"/visits/{number['visit']}/history", "/visits", "/history?limit=200"]
    told += "".join(auditor.get(path).text for path in seen)
    told += "".join(
        OtherSystem(server.port).get(path).text for path in ("/public/waiting", "/counters", "/boards/north")
    )
    assert number["visit"] in told
    assert not [word for word in (*PERSONAL, number["key"]) if word in told]


def test_one_key_holds_a_few_streams_and_no_more(server: RunningServer) -> None:
    system = with_key(server, Role.SUPERVISOR)
    streams = [listening(system) for _ in range(OF_ONE_KEY)]
    for stream in streams:
        stream.__enter__().next()
    refused = system.get("/events")
    assert (refused.status, refused.code) == (429, "too_many")
    for stream in streams:
        stream.__exit__(None, None, None)


def test_waiting_times_are_for_every_site_and_the_same_until_they_change(server: RunningServer) -> None:
    anybody = OtherSystem(server.port)
    first = anybody.get("/public/waiting", origin="https://regency.example")
    assert first.status == 200
    assert first.headers["access-control-allow-origin"] == "*"
    assert first.headers["cache-control"] == "public, max-age=15"
    again = anybody.get("/public/waiting", **{"if-none-match": first.headers["etag"]})
    assert (again.status, again.text) == (304, "")
    agencies = {one["agency"]: one for one in first.json["agencies"]}
    card = next(one for one in agencies["registry"]["services"] if one["service"] == "card")
    assert card.keys() == {"service", "name", "open", "waiting", "minutes", "opens_at", "closes_at"}
    etags = [first.headers["etag"], '"another", ' + first.headers["etag"], "W/" + first.headers["etag"], "*"]
    assert {anybody.get("/public/waiting", **{"if-none-match": one}).status for one in etags} == {304}
    assert anybody.get("/public/waiting", **{"if-none-match": '"another"'}).status == 200
    assert "access-control-allow-origin" not in anybody.get("/lines").headers, "only this one is for other sites"
