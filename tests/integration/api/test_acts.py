"""A supervisor's acts by another system: with a reason, on the one path, within the agency, and written down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from shared.protocol import commands as c
from shared.protocol.messages import Announcement, Snapshot
from shared.vocabulary import CallReason, PrinterFault, Program, Role
from tests.support.other_system import OtherSystem, with_key
from tests.support.running_server import RunningServer, an_open_counter
from tests.support.small_catalogue import changed
from tests.support.waiting import wait_until

AT_ONCE = changed(  # nobody has to be waited for before they are marked missed
    'name = { id = "Utara", en = "North" }',
    'name = { id = "Utara", en = "North" }\nwalking_seconds = 0',
    changed("recall_gap_seconds = 0", "recall_gap_seconds = 0\ngrace_seconds = 0"),
)
WHY = {"because": "papers of the agency are used up"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("acts"), AT_ONCE, generous=True) as running:
        yield running


@pytest.fixture(scope="module")
def kiosk(server: RunningServer) -> OtherSystem:
    return with_key(server, Role.KIOSK)


@pytest.fixture(scope="module")
def supervisor(server: RunningServer) -> OtherSystem:
    return with_key(server, Role.SUPERVISOR)


@pytest.fixture(scope="module")
def police(server: RunningServer) -> OtherSystem:
    return with_key(server, Role.AGENCY_HEAD, agency="police")


def a_number(kiosk: OtherSystem, service: str = "birth") -> dict[str, Any]:
    answered = kiosk.post("/visits", {"service": service, "language": "id"})
    assert answered.status == 201, answered.text
    found: dict[str, Any] = answered.json
    return found


def entries(server: RunningServer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = with_key(server, Role.AUDITOR).get("/audit?limit=200").json["items"]
    return found


def test_a_service_is_closed_with_a_reason_and_opened_again(
    server: RunningServer, kiosk: OtherSystem, supervisor: OtherSystem
) -> None:
    assert supervisor.post("/floor/services/card/close", {}).code == "malformed", "no act without a reason"
    assert supervisor.post("/floor/services/card/close", WHY, request="close-1").status == 200
    again = supervisor.post("/floor/services/card/close", WHY, request="close-1")
    assert (again.status, again.headers["idempotency-replayed"]) == (200, "true")
    assert kiosk.post("/visits", {"service": "card", "language": "id"}).code == "service_closed"
    (line,) = [one for one in supervisor.get("/floor").json["lines"] if one["service"] == "card"]
    assert (line["open"], line["closed_because"]) == (False, WHY["because"])
    (entry,) = [one for one in entries(server) if one["what"] == "service_closed"]
    assert entry["subject"] == "card"
    assert entry["device"] == f"api:{supervisor.token.split('_')[1]}"
    assert entry["after"]["because"] == WHY["because"]
    assert supervisor.post("/floor/services/card/open", WHY).status == 200
    assert a_number(kiosk, "card")


def test_a_visit_is_moved_corrected_and_called_off(kiosk: OtherSystem, supervisor: OtherSystem) -> None:
    first, second = a_number(kiosk), a_number(kiosk)
    assert supervisor.post(f"/floor/visits/{second['visit']}/reprioritise", {**WHY, "priority": "priority"}).ok
    line = supervisor.get("/floor/lines/birth").json
    places = {one["ticket"]: one["priority"] for one in line["waiting"]}
    assert (places[first["ticket"]], places[second["ticket"]]) == ("regular", "priority")
    assert supervisor.post(f"/floor/legs/{first['leg']}/move", {**WHY, "service": "card"}).ok
    legs = supervisor.get(f"/visits/{first['visit']}").json["legs"]
    assert [(one["service"], one["state"]) for one in legs] == [("birth", "transferred"), ("card", "waiting")]
    assert supervisor.post(f"/floor/visits/{first['visit']}/call-off", WHY).ok
    assert supervisor.get(f"/visits/{first['visit']}").json["legs"][-1]["state"] == "cancelled"
    twice = supervisor.post(f"/floor/visits/{first['visit']}/call-off", WHY)
    assert (twice.status, twice.code) == (409, "wrong_state")
    assert supervisor.post("/floor/visits/v_none/call-off", WHY).code == "unknown_visit"


def test_who_did_not_come_is_put_back_from_afar_and_the_counter_is_paused(
    server: RunningServer, kiosk: OtherSystem, supervisor: OtherSystem
) -> None:
    officer = an_open_counter(server)
    leg = a_number(kiosk)["leg"]
    officer.ask(c.CallTicket(leg=leg, reason=CallReason.SUPERVISOR, in_hand=None))
    assert supervisor.post(f"/floor/legs/{leg}/move", {**WHY, "service": "card"}).code == "visit_in_hand"
    pause = {**WHY, "state": "paused", "reason": "rest"}
    assert supervisor.post("/floor/counters/counter-1/stand", pause).code == "counter_busy"
    assert officer.ask(c.MarkMissed(leg=leg)).refusal is None
    assert supervisor.post(f"/floor/legs/{leg}/reopen", WHY).ok
    assert leg in {one["leg"] for one in supervisor.get("/floor/lines/birth").json["waiting"]}
    ahead = {**WHY, "reason": "prayer", "in_minutes": 30, "minutes": 15}
    assert supervisor.post("/floor/counters/counter-1/announce-pause", ahead).ok
    assert supervisor.get("/floor").json["counters"][0]["next_pause"]["minutes"] == 15
    assert supervisor.post("/floor/counters/counter-1/call-off-pause", WHY).ok
    assert supervisor.post("/floor/counters/counter-1/stand", pause).ok
    assert supervisor.get("/counters").json["items"][0]["state"] == "paused"
    officer.close()


def test_a_text_is_spoken_in_the_hall_and_taken_back(server: RunningServer, supervisor: OtherSystem) -> None:
    display = server.program(Program.DISPLAY, "tv", "north")
    display.subscribe("board:north")
    display.wait_for(Snapshot)
    text = {**WHY, "text_id": "Pintu utara ditutup", "text_en": "The north door is closed", "minutes": 10}
    assert supervisor.post("/floor/bulletins", text).ok
    assert "Pintu utara ditutup" in str(display.wait_for(Announcement))
    (bulletin,) = supervisor.get("/floor").json["bulletins"]
    assert supervisor.post(f"/floor/bulletins/{bulletin['id']}/end", WHY).ok
    assert supervisor.get("/floor").json["bulletins"] == []
    display.close()


def test_an_alert_that_a_system_has_seen_says_which_one(server: RunningServer, supervisor: OtherSystem) -> None:
    kiosk = server.program(Program.KIOSK, "kiosk-1")
    kiosk.ask(c.ReportPrinter(fault=PrinterFault.COVER_OPEN))
    wait_until(lambda: bool(supervisor.get("/floor").json["alerts"]))
    (alert,) = supervisor.get("/floor").json["alerts"]
    assert supervisor.post(f"/floor/alerts/{alert['key']}/acknowledge", {"because": "on the way"}).ok
    (alert,) = supervisor.get("/floor").json["alerts"]
    assert (alert["seen_by"], alert["because"]) == ("Test supervisor", "on the way")
    kiosk.close()


def test_the_key_of_a_head_reaches_the_own_agency_alone(
    server: RunningServer, kiosk: OtherSystem, police: OtherSystem
) -> None:
    theirs, ours = a_number(kiosk, "birth"), a_number(kiosk, "clearance")
    floor = police.get("/floor").json
    assert {one["agency"] for one in (*floor["lines"], *floor["counters"])} == {"police"}
    assert (floor["agency"], floor["devices"]) == ("police", [])
    forbidden = [
        police.get("/floor?agency=registry"),
        police.get("/floor/lines/birth"),
        police.post(f"/floor/legs/{theirs['leg']}/move", {**WHY, "service": "card"}),
        police.post(f"/floor/legs/{ours['leg']}/move", {**WHY, "service": "card"}),
        police.post(f"/floor/legs/{theirs['leg']}/reopen", WHY),
        police.post(f"/floor/visits/{theirs['visit']}/reprioritise", {**WHY, "priority": "priority"}),
        police.post("/floor/services/card/close", WHY),
        police.post("/floor/services/card/open", WHY),
        police.post("/floor/counters/counter-1/stand", {**WHY, "state": "closed"}),
        police.post("/floor/bulletins", {**WHY, "text_id": "a", "text_en": "a", "minutes": 1, "zones": ["north"]}),
        police.post("/floor/close-day", {**WHY, "agency": "registry"}),
        police.post("/floor/close-day", {**WHY, "agency": None}),
    ]
    assert [one.code for one in forbidden] == ["forbidden"] * len(forbidden)
    assert police.post(f"/floor/visits/{theirs['visit']}/call-off", WHY).code == "wrong_state", "none of the own"
    assert with_key(server, Role.SUPERVISOR).get(f"/visits/{theirs['visit']}").json["legs"][0]["state"] == "waiting"
    assert police.post(f"/floor/visits/{ours['visit']}/call-off", WHY).ok


def test_the_day_of_an_agency_is_closed(kiosk: OtherSystem, police: OtherSystem) -> None:
    number = a_number(kiosk, "clearance")
    assert police.post("/floor/close-day", {**WHY, "agency": "police"}).ok
    assert kiosk.post("/visits", {"service": "clearance", "language": "id"}).code == "service_closed"
    assert police.get(f"/visits/{number['visit']}").json["legs"][0]["state"] == "expired"
    assert a_number(kiosk, "birth"), "the others go on"
