"""The API on a running server: the same single path as a kiosk's and a counter's, with keys for a proof."""

from __future__ import annotations

import socket

import pytest

from server.app.api.keys import KEY_ROLES
from server.app.permissions import MAY_USE, Bearer
from shared.protocol.messages import Announcement, Delta, Snapshot
from shared.vocabulary import Program, Role
from tests.support.kept import everything_kept
from tests.support.other_system import ROOT, OtherSystem, with_key
from tests.support.running_server import RunningServer
from tests.support.waiting import PATIENCE, wait_until

COUNTER, OFFICER = "counter-1", "registry-01"
AT = f"/counters/{COUNTER}"
ENDLESS = {f"{ROOT}/events"}


@pytest.fixture
def kiosk(server: RunningServer) -> OtherSystem:
    return with_key(server, Role.KIOSK)


@pytest.fixture
def officer(server: RunningServer) -> OtherSystem:
    """At an open counter with nobody in hand."""
    system = with_key(server, Role.OFFICER, counter=COUNTER, officer=OFFICER)
    assert system.post(f"{AT}/sign-in", {}).status == 200
    system.post(f"{AT}/open")
    hand = system.get(f"{AT}/desk").json["hand"]
    if hand is not None:
        system.post(f"{AT}/legs/{hand['leg']}/serve")
        assert system.post(f"{AT}/legs/{hand['leg']}/finish", {}).status == 200
    return system


def a_number(kiosk: OtherSystem, service: str = "birth") -> dict[str, str]:
    answered = kiosk.post("/visits", {"service": service, "language": "id"})
    assert answered.status == 201, answered.text
    issued: dict[str, str] = answered.json
    return issued


def call(officer: OtherSystem, leg: str) -> None:
    reason = {"reason": "supervisor", "in_hand": None}
    assert officer.post(f"{AT}/legs/{leg}/call", reason).status == 200


def test_a_call_by_api_reaches_the_display_before_the_answer(
    server: RunningServer, kiosk: OtherSystem, officer: OtherSystem
) -> None:
    display = server.program(Program.DISPLAY, "tv", "north")
    display.subscribe("board:north")
    display.wait_for(Snapshot)
    issued = a_number(kiosk)
    call(officer, issued["leg"])
    delta = display.wait_for(Delta)
    assert [item.ticket for item in delta.put.values() if hasattr(item, "ticket")] == [issued["ticket"]]
    spoken = display.wait_for(Announcement)
    assert (spoken.ticket, spoken.counter, spoken.zone) == (issued["ticket"], "1", "north")
    display.close()
    (calls,) = [one["calls"] for one in [officer.get("/boards/north").json]]
    assert (calls[0]["ticket"], calls[0]["standing"]) == (issued["ticket"], True)


def test_a_visit_from_number_to_outcome(kiosk: OtherSystem, officer: OtherSystem) -> None:
    issued = a_number(kiosk)
    visit = officer.get(f"/visits/{issued['visit']}").json
    assert (visit["ticket"], visit["legs"][0]["state"]) == (issued["ticket"], "waiting")
    assert visit["ahead"] is not None
    call(officer, issued["leg"])
    assert officer.post(f"{AT}/legs/{issued['leg']}/recall").status == 200
    assert officer.post(f"{AT}/legs/{issued['leg']}/serve").status == 200
    assert officer.post(f"{AT}/legs/{issued['leg']}/finish", {"outcome": "papers_incomplete"}).status == 200
    told = officer.get(f"/visits?ticket={issued['ticket']}").json["items"]
    assert [(one["id"], one["legs"][0]["outcome"]) for one in told] == [(issued["visit"], "papers_incomplete")]
    history = officer.get(f"/visits/{issued['visit']}/history").json["items"]
    assert [one["kind"] for one in history] == ["issued", "called", "recalled", "serving", "finished"]
    assert [one["previous"] for one in history[1:]] == [one["sequence"] for one in history[:-1]]


def test_a_request_repeated_does_nothing_new(server: RunningServer, kiosk: OtherSystem) -> None:
    wanted = {"service": "birth", "language": "en"}
    first = kiosk.post("/visits", wanted, request="r-1")
    again = kiosk.post("/visits", wanted, request="r-1")
    assert (first.status, first.text, again.status) == (201, again.text, 201)
    assert ("idempotency-replayed" in first.headers, again.headers["idempotency-replayed"]) == (False, "true")
    another = kiosk.post("/visits", {**wanted, "service": "card"}, request="r-1")
    assert (another.status, another.code) == (422, "request_reused")
    elsewhere = with_key(server, Role.KIOSK).post("/visits", wanted, request="r-1")
    assert elsewhere.json["ticket"] != first.json["ticket"], "another key's numbers are its own"


def test_a_key_works_at_its_own_counter_alone(server: RunningServer, officer: OtherSystem) -> None:
    assert officer.post("/counters/desk-two/call-next", {}).code == "forbidden"
    assert officer.get("/counters/desk-two/desk").code == "forbidden"
    supervisor = with_key(server, Role.SUPERVISOR)
    assert supervisor.post(f"{AT}/call-next", {}).code == "forbidden", "it has no counter"
    assert supervisor.get("/counters/desk-two/desk").status == 200


def test_a_refusal_is_a_problem_with_a_code_and_facts(kiosk: OtherSystem, officer: OtherSystem) -> None:
    unknown = kiosk.post("/visits", {"service": "nothing", "language": "id"})
    assert (unknown.status, unknown.code, unknown.json["facts"]) == (404, "unknown_service", {"service": "nothing"})
    assert unknown.json["type"] == "urn:loket:unknown_service"
    mismatch = officer.post(f"{AT}/call-next", {"in_hand": "l_other"})
    assert (mismatch.status, mismatch.code) == (409, "hand_mismatch")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/visits", {"service": "birth", "language": "xx"}),
        ("/visits", {"service": "birth", "language": "id", "name": "Somebody"}),
        ("/visits", {"service": "a b", "language": "id"}),
        ("/visits", [1]),
        ("/visits", None),
        ("/visits?token=lk_1", {"service": "birth", "language": "id"}),
    ],
)
def test_what_is_not_understood_is_refused_and_not_repeated(kiosk: OtherSystem, path: str, body: object) -> None:
    refused = kiosk.post(path, body)
    assert (refused.status, refused.code) == (400, "malformed")
    assert "Somebody" not in refused.text
    assert "lk_1" not in refused.text


def test_what_is_refused_at_the_door_is_a_problem_too(server: RunningServer, kiosk: OtherSystem) -> None:
    auditor = with_key(server, Role.AUDITOR)
    assert auditor.get("/visits?ticket=%00").code == "malformed"
    assert auditor.get("/visits/%00").code == "malformed"
    assert auditor.asks("GET", "/visits", {"body": 1}, {}).code == "malformed"
    assert kiosk.asks("POST", "/visits", {}, {"sec-fetch-site": "cross-site"}).code == "forbidden"


def test_what_stands_behind_a_body_of_two_lengths_is_no_request(server: RunningServer) -> None:
    hidden = b"0\r\n\r\nGET /health HTTP/1.1\r\nHost: hall\r\n\r\n"
    head = (
        f"POST /sign-in HTTP/1.1\r\nHost: hall\r\nTransfer-Encoding: chunked\r\nContent-Length: {len(hidden)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as wire:
        wire.sendall(head.encode() + hidden)
        answered = b"".join(iter(lambda: wire.recv(65_536), b""))  # until the server lets go
    assert answered.startswith(b"HTTP/1.1 400 ")
    assert answered.count(b"HTTP/1.1 ") == 1


def test_a_key_of_one_agency_sees_and_does_nothing_elsewhere(server: RunningServer, kiosk: OtherSystem) -> None:
    theirs, ours = a_number(kiosk, "clearance"), a_number(kiosk, "card")
    head = with_key(server, Role.AGENCY_HEAD, agency="registry")
    seen = {one["id"] for one in head.get("/visits?limit=200").json["items"]}
    assert (ours["visit"] in seen, theirs["visit"] in seen) == (True, False)
    assert head.get(f"/visits/{theirs['visit']}").status == 404
    assert head.get(f"/visits/{theirs['visit']}/history").status == 404
    assert head.get("/visits?agency=police").code == "forbidden"
    assert head.get("/counters/desk-two/desk").code == "forbidden"
    assert {one["agency"] for one in head.get("/history?limit=200").json["items"]} == {"registry"}
    theirs_alone = with_key(server, Role.KIOSK, agency="police")
    assert theirs_alone.post("/visits", {"service": "card", "language": "id"}).code == "forbidden"
    assert theirs_alone.post("/visits", {"service": "clearance", "language": "id"}).status == 201
    printed = {"state": "printed"}
    assert theirs_alone.post(f"/visits/{ours['visit']}/print-reports", printed).code == "forbidden"
    assert theirs_alone.post(f"/visits/{theirs['visit']}/print-reports", printed).status == 200


def test_a_key_of_one_agency_sees_of_a_shared_visitor_its_own_part(server: RunningServer, kiosk: OtherSystem) -> None:
    shared = kiosk.post("/visits", {"service": "card", "further": ["clearance"], "language": "id"}).json
    where = f"/visits?ticket={shared['ticket']}"
    for agency, service in (("registry", "card"), ("police", "clearance")):
        head = with_key(server, Role.AGENCY_HEAD, agency=agency)
        for seen in (head.get(f"/visits/{shared['visit']}").json, *head.get(where).json["items"]):
            assert [leg["service"] for leg in seen["legs"]] == [service]
    whole = with_key(server, Role.SUPERVISOR).get(f"/visits/{shared['visit']}").json
    assert {leg["service"] for leg in whole["legs"]} == {"card", "clearance"}


def test_pages_follow_each_other_without_a_gap(server: RunningServer, kiosk: OtherSystem) -> None:
    for _ in range(3):
        a_number(kiosk)
    auditor = with_key(server, Role.AUDITOR)
    whole = [one["ticket"] for one in auditor.get("/visits?limit=200").json["items"]]
    found: list[str] = []
    after = ""
    while True:
        page = auditor.get(f"/visits?limit=2{after}").json
        found += [one["ticket"] for one in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert found == whole == sorted(whole)
    history = auditor.get("/history?limit=200").json
    first = auditor.get("/history?limit=1").json
    second = auditor.get(f"/history?limit=1&after={first['next']}").json
    assert [*first["items"], *second["items"]] == history["items"][:2]


def test_the_log_of_decisions_is_for_auditors(server: RunningServer) -> None:
    entries = with_key(server, Role.AUDITOR).get("/audit?limit=200").json["items"]
    assert "api_key_created" in {one["what"] for one in entries}
    assert with_key(server, Role.SUPERVISOR).get("/audit").code == "forbidden"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize("whole", ["/audit", "/catalogue", "/catalogue/versions"])
def test_what_is_the_whole_halls_is_not_for_a_key_of_one_agency(server: RunningServer, role: Role, whole: str) -> None:
    assert with_key(server, role, agency="police").get(whole).code == "forbidden"


def test_a_revoked_key_is_shut_out_within_seconds(server: RunningServer) -> None:
    auditor = with_key(server, Role.AUDITOR)
    assert auditor.get("/visits").status == 200
    (key,) = [one for one in server.store.api_keys.all_keys() if one.id in auditor.token]
    assert server.store.api_keys.revoke_key(key.id, server.store.api_keys.all_keys()[-1].created_at)
    wait_until(lambda: auditor.get("/visits").status == 401)
    refused = auditor.get("/visits")
    assert (refused.code, refused.headers["www-authenticate"]) == ("revoked", 'Bearer realm="loket"')


def test_who_shows_no_key_reads_what_screens_show_and_nothing_else(server: RunningServer) -> None:
    stranger = OtherSystem(server.port)
    assert {stranger.get(path).status for path in ("/site", "/agencies", "/services", "/lines", "/counters")} == {200}
    assert stranger.get("/services/card").json["name"] == {"id": "KTP", "en": "Identity card"}
    assert {one["service"] for one in stranger.get("/lines?agency=police").json["items"]} == {"clearance"}
    assert stranger.get("/services/none").code == "unknown_service"
    assert stranger.get("/visits").code == "not_introduced"
    token = with_key(server, Role.AUDITOR).token
    assert stranger.get(f"/visits?key={token}").code == "not_introduced", "a key in an address is none"
    assert stranger.get("/visits", cookie=f"key={token}").code == "not_introduced"


def test_a_key_is_nowhere_but_with_its_owner(server: RunningServer) -> None:
    token = with_key(server, Role.AUDITOR).token
    assert token.split("_", 2)[2] not in str(everything_kept(server.url))


@pytest.mark.parametrize("role", KEY_ROLES)
def test_a_role_opens_what_its_rows_say_and_nothing_else(server: RunningServer, role: Role) -> None:
    """Default deny, from the table: every address with a key of every role."""
    place = {"counter": COUNTER, "officer": OFFICER} if role is Role.OFFICER else {}
    agency = "registry" if role is Role.AGENCY_HEAD else None
    system, stranger = with_key(server, role, agency, **place), OtherSystem(server.port)
    for (method, path), row in MAY_USE.items():
        if not isinstance(row, Bearer) or path in ENDLESS:
            continue
        address = path.removeprefix(ROOT).replace("{counter}", COUNTER)
        address = address.replace("{leg}", "l_none").replace("{visit}", "v_none")
        assert stranger.asks(method, address, None, {}).code == "not_introduced", path
        answered = system.asks(method, address, None, {})
        forbidden = answered.status == 403 and answered.json["facts"] == {"role": role.value}
        assert forbidden is (role not in row.roles), (method, path, answered.text)
