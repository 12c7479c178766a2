"""The floor's streams: what a supervisor is told, and that an agency's head is told nothing of another agency."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from server.app.hall import Presence
from server.app.jobs import Expected
from server.app.sessions import Session
from server.domain.catalogue import Catalogue
from server.domain.norms import NormKind
from shared.protocol import commands as c
from shared.protocol import steering as s
from shared.protocol.floor_views import FloorAlertItem, FloorCounterItem, FloorDeviceItem, FloorLineItem
from shared.protocol.messages import Delta
from shared.protocol.replies import Called
from shared.protocol.views import Table, ZoneItem
from shared.vocabulary import (
    CounterState,
    DeviceId,
    ErrorCode,
    Language,
    LegState,
    PauseReason,
    PrinterFault,
    ReceiptStep,
    Role,
    Words,
)
from tests.support.builders import CITRA, KTP, ONE, PKB, TAX, THREE, a_catalogue, a_counter
from tests.support.server_in_memory import ServerInMemory, ear, line_of


def floor_of(session: Session, stream: str = "floor") -> Table:
    return ear(session).tables[stream]


def counter(table: Table, name: str = ONE) -> FloorCounterItem:
    item = table[f"counter:{name}"]
    assert isinstance(item, FloorCounterItem)
    return item


def line(table: Table, service: str = KTP) -> FloorLineItem:
    item = table[f"line:{service}"]
    assert isinstance(item, FloorLineItem)
    return item


def device(table: Table, name: str) -> FloorDeviceItem:
    item = table[f"device:{name}"]
    assert isinstance(item, FloorDeviceItem)
    return item


def alerts(table: Table) -> dict[str, FloorAlertItem]:
    return {item.key: item for item in table.values() if isinstance(item, FloorAlertItem)}


def a_supervisor(server: ServerInMemory) -> Session:
    session = server.person()
    server.follows(session, "floor")
    return session


def test_a_counter_says_whom_it_serves_since_when_and_since_when_it_is_free() -> None:
    server = ServerInMemory()
    floor, kiosk, officer = a_supervisor(server), server.kiosk(), server.officer()
    opened = server.now
    assert counter(floor_of(floor)).free_since == opened
    server.issues(kiosk)
    called = server.does(officer, c.CallNext())
    assert isinstance(called, Called)
    called_at = server.now
    server.passes(60)
    server.does(officer, c.Serve(leg=called.leg))
    shown = counter(floor_of(floor))
    assert (shown.ticket, shown.hand, shown.hand_since, shown.officer) == (
        "A-001",
        LegState.SERVING,
        called_at,
        "Ayu",
    )
    assert shown.free_since is None
    server.passes(60)
    server.does(officer, c.Finish(leg=called.leg))
    shown = counter(floor_of(floor))
    assert (shown.hand, shown.free_since, shown.served_today) == (None, server.now, 1)
    server.does(officer, c.PauseCounter(reason=PauseReason.PRAYER))
    shown = counter(floor_of(floor))
    assert (shown.state, shown.pause_reason, shown.free_since) == (CounterState.PAUSED, PauseReason.PRAYER, None)


def test_a_line_says_how_many_wait_for_how_long_and_when_it_is_done() -> None:
    server = ServerInMemory()
    floor, kiosk = a_supervisor(server), server.kiosk()
    server.officer()
    issued = server.issues(kiosk)
    came = server.now
    server.issues(kiosk)
    server.passes(1)
    shown = line(floor_of(floor))
    assert (shown.waiting, shown.waits_since, shown.counters, shown.open) == (2, came, 1, True)
    assert shown.minutes is not None
    assert shown.closes_at is not None
    server.does(floor, s.CallOff(visit=issued.visit, because="left the hall"))
    assert line(floor_of(floor)).waits_since == server.now - timedelta(seconds=1)
    server.does(floor, s.CloseService(service=KTP, because="network down"))
    shown = line(floor_of(floor))
    assert (shown.open, shown.closed_because) == (False, "network down")
    server.follows(kiosk, "kiosk")
    assert not line_of(ear(kiosk).tables["kiosk"]).open
    server.does(floor, s.OpenService(service=KTP, because="it is back"))
    assert line_of(ear(kiosk).tables["kiosk"]).open


def test_a_device_that_was_never_seen_is_missed_and_one_that_is_there_tells_how_it_is() -> None:
    server = ServerInMemory()
    floor = a_supervisor(server)
    server.run(
        Expected(
            (
                Presence(DeviceId("kiosk-9"), "Kiosk 9", Role.KIOSK, None, 0, None),
                Presence(DeviceId("desk-9"), "Desk 9", Role.COUNTER, None, 0, None),
            )
        )
    )
    assert device(floor_of(floor), "kiosk-9").gone_since == server.hall.watching_since
    assert "device:desk-9" not in floor_of(floor)
    kiosk = server.kiosk("kiosk-9")
    server.does(kiosk, c.ReportPrinter(fault=PrinterFault.PAPER_OUT))
    server.passes(1)
    shown = device(floor_of(floor), "kiosk-9")
    assert (shown.gone_since, shown.faults) == (None, ("paper_out",))
    server.run(Expected(()))
    server.leaves(kiosk)
    server.passes(1)
    assert device(floor_of(floor), "kiosk-9").gone_since is not None


def test_a_display_shows_its_last_receipt() -> None:
    server = ServerInMemory()
    floor, display = a_supervisor(server), server.display()
    server.follows(display, "board:A")
    server.issues(server.kiosk())
    server.does(server.officer(), c.CallNext())
    (call,) = ear(display).announcements
    server.does(display, c.Acknowledge(announcement=call.id, step=ReceiptStep.SPOKEN, after=3))
    server.passes(1)
    shown = device(floor_of(floor), "tv-1")
    assert (shown.receipt, shown.receipt_ticket, shown.receipt_at) == (
        ReceiptStep.SPOKEN,
        "A-001",
        server.hall.receipts[DeviceId("tv-1")].at,
    )


@pytest.mark.parametrize("minutes_", [29, 31])
def test_who_waits_longer_than_the_norm_is_told_until_somebody_calls_them(minutes_: int) -> None:
    server = ServerInMemory()
    floor = a_supervisor(server)
    server.issues(server.kiosk())
    server.passes(minutes_ * 60)
    found = alerts(floor_of(floor))
    assert ("norm:wait:KTP" in found) is (minutes_ > 30)
    if found:
        assert (found["norm:wait:KTP"].ticket, found["norm:wait:KTP"].norm) == ("A-001", 30)
        assert 'loket_norm_breaches{kind="wait"} 1' in server.figures.prometheus()
        server.does(server.officer(), c.CallNext())
        server.passes(6)
        assert alerts(floor_of(floor)) == {}
        assert 'loket_norm_breaches{kind="wait"} 0' in server.figures.prometheus()


def test_a_long_service_and_a_counter_that_idles_beside_a_line_are_told() -> None:
    server = ServerInMemory()
    floor, kiosk, officer = a_supervisor(server), server.kiosk(), server.officer()
    server.passes(3600)
    assert alerts(floor_of(floor)) == {}, "nobody waits: no counter idles"
    server.issues(kiosk)
    server.passes(11 * 60)
    (idle,) = alerts(floor_of(floor)).values()
    assert (idle.kind, idle.name, server.now - idle.since) == (NormKind.IDLE.value, "1", timedelta(minutes=11))
    server.does(officer, c.CallNext())
    server.passes(31 * 60)
    (service,) = alerts(floor_of(floor)).values()
    assert (service.kind, service.ticket) == (NormKind.SERVICE.value, "A-001")


def test_an_alert_shows_who_has_seen_it_until_it_is_mended() -> None:
    server = ServerInMemory()
    floor, kiosk = a_supervisor(server), server.kiosk()
    server.does(kiosk, c.ReportPrinter(fault=PrinterFault.PAPER_OUT))
    server.does(floor, s.AcknowledgeAlert(alert="kiosk-1:paper_out", because="I bring a roll"))
    (shown,) = alerts(floor_of(floor)).values()
    assert (shown.seen_by, shown.because) == ("Dewi", "I bring a roll")
    server.passes(6 * 60)
    assert set(alerts(floor_of(floor))) == {"kiosk-1:paper_out", "norm:paper:kiosk-1"}
    server.does(kiosk, c.ReportPrinter(fault=None))
    server.passes(6)
    assert alerts(floor_of(floor)) == {}
    server.does(kiosk, c.ReportPrinter(fault=PrinterFault.PAPER_OUT))
    (again,) = alerts(floor_of(floor)).values()
    assert again.seen_by == "", "it is another one"
    refused = server.refusal(floor, s.AcknowledgeAlert(alert="norm:wait:KTP"))
    assert refused.code is ErrorCode.WRONG_STATE


def test_who_has_seen_an_alert_is_forgotten_when_that_could_not_be_written_down() -> None:
    server = ServerInMemory()
    floor, kiosk = a_supervisor(server), server.kiosk()
    server.does(kiosk, c.ReportPrinter(fault=PrinterFault.PAPER_OUT))
    server.store.broken = True
    refused = server.refusal(floor, s.AcknowledgeAlert(alert="kiosk-1:paper_out"))
    assert refused.code is ErrorCode.STORAGE_UNAVAILABLE
    server.store.broken = False
    server.passes(2)
    assert alerts(floor_of(floor))["kiosk-1:paper_out"].seen_by == ""


def ticker(session: Session) -> list[str]:
    zone = ear(session).tables["board:A"]["zone"]
    assert isinstance(zone, ZoneItem)
    return [text.id for text in zone.ticker]


def test_a_bulletin_is_said_once_and_shown_until_it_ends() -> None:
    server = ServerInMemory()
    floor, display = a_supervisor(server), server.display()
    server.follows(display, "board:A")
    server.does(floor, s.GiveBulletin(text_id="Halo", text_en="Hello", minutes=5, because="a drill"))
    assert [key for key in floor_of(floor) if key.startswith("bulletin:")]
    assert ticker(display) == ["Halo"]
    (said,) = ear(display).announcements
    assert (said.text, said.ticket, said.languages) == (Words("Halo", "Hello"), "", tuple(Language))
    late = server.display("tv-late")
    server.follows(late, "board:A")
    assert (ticker(late), ear(late).announcements) == (["Halo"], []), "law 10"
    server.passes(301)
    assert not [key for key in floor_of(floor) if key.startswith("bulletin:")]
    assert ticker(display) == []


def test_a_bulletin_may_be_silent_and_taken_back() -> None:
    server = ServerInMemory()
    floor, display = a_supervisor(server), server.display()
    server.follows(display, "board:A")
    server.does(floor, s.GiveBulletin(text_id="Halo", text_en="Hello", minutes=5, because="a drill", spoken=False))
    assert (ticker(display), ear(display).announcements) == (["Halo"], [])
    server.does(floor, s.EndBulletin(bulletin=next(iter(server.lobby.bulletins)), because="it is over"))
    assert ticker(display) == []


# --- an agency's head ---


def a_mixed_hall() -> Catalogue:
    """Counter 3 of the tax office also serves KTP, of the permits."""
    catalogue = a_catalogue()
    mixed = a_counter(THREE, PKB, KTP, agency=TAX)
    return replace(catalogue, counters={**catalogue.counters, THREE: mixed})


def test_a_head_is_told_nothing_of_another_agency() -> None:
    server = ServerInMemory(a_mixed_hall())
    head, kiosk = server.person(Role.AGENCY_HEAD, agency=TAX), server.kiosk()
    server.follows(head, "floor:tax")
    server.display()
    server.issues(kiosk, KTP)
    own = server.issues(kiosk, PKB)
    at_three, at_one = server.officer(THREE, CITRA), server.officer()
    server.does(at_three, c.CallNext())  # somebody for the permits, at a counter of the tax office
    server.does(kiosk, c.ReportPrinter(fault=PrinterFault.PAPER_OUT))
    server.does(server.person(), s.GiveBulletin(text_id="Izin", text_en="Permits", minutes=9, because="a drill"))
    server.does(at_one, c.PauseCounter(reason=PauseReason.MEAL))
    server.passes(45 * 60)
    table = floor_of(head, "floor:tax")
    assert set(table) == {"floor", "counter:c3", "line:PKB", "alert:norm:wait:PKB", "alert:norm:service:c3"}
    shown = counter(table, THREE)
    assert (shown.hand, shown.ticket, shown.leg, shown.visit, shown.service) == (LegState.CALLED, "", "", "", None)
    assert alerts(table)["norm:service:c3"].ticket == ""
    told = "".join(str(message) for message in ear(head).heard)
    for foreign in ("KTP", "A-001", "permits", "Izin", "Ayu", "kiosk-1", "tv-1", "c1"):
        assert foreign not in told, foreign
    assert own.ticket in told
    assert server.follows(server.person(Role.AGENCY_HEAD, agency=TAX), "floor:tax") == table


def test_a_head_is_shown_out_of_the_whole_hall_and_of_other_agencies() -> None:
    server = ServerInMemory()
    for stream in ("floor", "floor:permits"):
        head = server.person(Role.AGENCY_HEAD, agency=TAX)
        server.follows(head, stream)
        refused = ear(head).refused
        assert refused is not None
        assert refused.code is ErrorCode.FORBIDDEN


def test_a_head_sees_to_alerts_of_the_own_agency_alone() -> None:
    server = ServerInMemory()
    head, kiosk = server.person(Role.AGENCY_HEAD, agency=TAX), server.kiosk()
    server.issues(kiosk, KTP)
    server.issues(kiosk, PKB)
    server.does(kiosk, c.ReportPrinter(fault=PrinterFault.PAPER_OUT))
    server.passes(45 * 60)
    for foreign in ("norm:wait:KTP", "kiosk-1:paper_out", "norm:paper:kiosk-1"):
        assert server.refusal(head, s.AcknowledgeAlert(alert=foreign)).code is ErrorCode.FORBIDDEN
    server.does(head, s.AcknowledgeAlert(alert="norm:wait:PKB"))


# --- law 14 ---


def test_law_14_a_command_is_told_in_one_counter_and_one_line_and_nobody_is_told_when_nobody_looks() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.officer()
    server.issues(kiosk)
    assert server.hub.table("floor") is None
    floor = a_supervisor(server)
    heard = len(ear(floor).heard)
    called = server.does(officer, c.CallNext())
    assert isinstance(called, Called)
    (delta,) = ear(floor).heard[heard : heard + 1]
    assert isinstance(delta, Delta)
    assert set(delta.put) == {"counter:c1", "line:KTP"}
