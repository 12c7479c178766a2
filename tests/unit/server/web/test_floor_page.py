"""The floor's page without a browser: forms become commands, and items become what is shown."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from starlette.datastructures import FormData

from server.web.floor import showing
from server.web.floor.acts import ACTS, NotFilledInError, command_of
from server.web.floor.parts import Parts
from server.web.floor.saying import Saying
from server.web.floor.words import WORDS
from shared.protocol import steering as s
from shared.protocol.floor_views import FloorAlertItem, FloorCounterItem, FloorDeviceItem, FloorLineItem
from shared.protocol.steering import Steered
from shared.protocol.values import Minutes
from shared.protocol.views import Table
from shared.vocabulary import CounterState, Language, LegState, PauseReason, PrinterFault, Role, Words
from tests.support.builders import NINE, minutes

WHY = ("because", "a reason")


@pytest.mark.parametrize(
    ("act", "fields", "command"),
    [
        (
            "move",
            [("leg", "l1"), ("service", "ktp"), ("counter", "")],
            s.MoveVisit(leg="l1", service="ktp", because="a reason"),
        ),
        (
            "counter",
            [("counter", "c1"), ("state", "closed")],
            s.StandCounter(counter="c1", state=CounterState.CLOSED, because="a reason"),
        ),
        (
            "announce-pause",
            [("counter", "c1"), ("reason", "meal"), ("in_minutes", "45"), ("minutes", "40")],
            s.AnnounceCounterPause(
                counter="c1", reason=PauseReason.MEAL, in_minutes=45, minutes=40, because="a reason"
            ),
        ),
        ("close-day", [("agency", "")], s.CloseDay(agency=None, because="a reason")),
        (
            "announce",
            [("text_id", " Halo "), ("text_en", "Hello"), ("minutes", "15"), ("zones", "a"), ("zones", "b")],
            s.GiveBulletin(
                text_id="Halo", text_en="Hello", minutes=15, zones=("a", "b"), spoken=False, because="a reason"
            ),
        ),
    ],
)
def test_a_form_becomes_a_command(act: str, fields: list[tuple[str, str]], command: Steered) -> None:
    assert command_of(act, FormData([*fields, WHY, ("csrf", "x")])) == command


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("close-service", [("service", "ktp")]),
        ("announce-pause", [("counter", "c1"), ("reason", ""), ("in_minutes", "5"), ("minutes", "5"), WHY]),
        ("announce-pause", [("counter", "c1"), ("reason", "meal"), ("in_minutes", "5"), ("minutes", "241"), WHY]),
        ("close-service", [("service", "ktp"), ("because", "  ")]),
        ("close-service", [("service", "ktp"), ("because", "x" * 121)]),
        ("close-service", [("service", "k tp"), WHY]),
        ("announce", [("text_id", "a"), ("text_en", "a"), ("minutes", "many"), WHY]),
        ("announce", [("text_id", "a\u202eb"), ("text_en", "a"), ("minutes", "1"), WHY]),
        ("reprioritise", [("visit", "v1"), ("priority", "first of all"), WHY]),
    ],
)
def test_a_form_that_is_not_filled_in_becomes_none(act: str, fields: list[tuple[str, str]]) -> None:
    with pytest.raises(NotFilledInError):
        command_of(act, FormData([*fields]))


def test_each_act_makes_another_command() -> None:
    assert len(set(ACTS.values())) == len(ACTS)


# --- what is shown ---


def a_counter(number: str, state: CounterState = CounterState.OPEN, hand: LegState | None = None) -> FloorCounterItem:
    return FloorCounterItem(
        id=f"c{number}",
        number=number,
        zone="a",
        zone_name=Words("Zona A", "Zone A"),
        agency="tax",
        agency_name="Pajak",
        state=state,
        since=NINE,
        hand=hand,
        hand_since=None if hand is None else NINE + minutes(5),
    )


def a_line(waiting: int, *, counters: int = 1, closes_in: float = 600, because: str = "") -> FloorLineItem:
    return FloorLineItem(
        service="pkb",
        agency="tax",
        agency_name="Pajak",
        name=Words("Pajak kendaraan", "Vehicle tax"),
        order=1,
        open=not because,
        waiting=waiting,
        closed_because=because,
        minutes=Minutes(20, 40) if counters else None,
        counters=counters,
        closes_at=NINE + minutes(closes_in),
    )


def an_alert(key: str, kind: str, *, after: float = 0, seen: str = "") -> FloorAlertItem:
    return FloorAlertItem(key=key, kind=kind, agency=None, since=NINE + minutes(after), name="x", seen_by=seen)


def table_of(*items: FloorCounterItem | FloorLineItem | FloorAlertItem | FloorDeviceItem) -> Table:
    return {str(place): item for place, item in enumerate(items)}


def card(*items: FloorCounterItem | FloorLineItem | FloorAlertItem) -> showing.Card:
    return showing.cards(table_of(*items), Language.ENGLISH, NINE)["tax"]


def test_a_line_says_when_it_is_done_and_warns_when_that_is_after_closing() -> None:
    (in_time,), (late,) = card(a_line(3)).lines, card(a_line(3, closes_in=25)).lines
    assert (in_time.done_at, in_time.late) == (NINE + minutes(30), False)
    assert late.late
    (stuck,) = card(a_line(3, counters=0)).lines
    assert (stuck.is_stuck, stuck.done_at) == (True, None)


def test_an_agency_is_quiet_when_nobody_waits_and_no_counter_is_open() -> None:
    closed = a_counter("1", CounterState.CLOSED)
    assert card(closed, a_line(0)).is_quiet
    assert not card(closed, a_line(1)).is_quiet
    assert not card(closed, a_line(0, because="network down")).is_quiet
    assert not card(a_counter("1"), a_line(0)).is_quiet


def test_counters_stand_by_their_numbers_and_show_a_norm_that_is_exceeded() -> None:
    shown = card(
        a_counter("12"), a_counter("2A"), a_counter("3", hand=LegState.CALLED), an_alert("norm:idle:c12", "idle")
    )
    assert [one.item.number for one in shown.counters] == ["2A", "3", "12"]
    assert [one.look for one in shown.counters] == ["open", "called", "open"]
    assert [one.over for one in shown.counters] == [False, False, True]


def test_what_nobody_sees_to_stands_first_then_what_presses_then_the_oldest() -> None:
    items = (
        an_alert("norm:wait:pkb", "wait"),
        an_alert("k:lost", "lost", after=9),
        an_alert("k:voice", "voice", seen="Dewi"),
        an_alert("norm:service:c1", "service", after=-9),
    )
    shown = showing.alerts(table_of(*items), Language.ENGLISH, WORDS)
    assert [one.item.key for one in shown] == ["k:lost", "norm:service:c1", "norm:wait:pkb", "k:voice"]
    assert [one.link for one in shown] == ["", "/floor/counter/c1", "/floor/line/pkb", ""]


def test_every_fault_that_a_printer_may_have_has_words() -> None:
    kinds = [fault.value for fault in PrinterFault] + ["paper_low", "voice", "lost", "many_numbers"]
    assert [kind for kind in kinds if f"alert_{kind}" not in WORDS or kind not in WORDS] == []


def test_a_part_that_says_the_same_is_not_drawn_again() -> None:
    drawn: list[str] = []

    def render(template: str, **_: object) -> str:
        drawn.append(template)
        return template

    parts = Parts(render, Language.ENGLISH, lambda: NINE, has_devices=True)
    table = table_of(a_counter("1"), a_line(2), FloorDeviceItem(id="k", name="K", role=Role.KIOSK, zone=None))
    assert "agency-tax" in parts.of(table)
    drawn.clear()
    parts.of(table)
    assert drawn == []
    parts.of(table | {"0": a_counter("1", CounterState.PAUSED)})
    assert drawn == ["part_totals.html", "part_agency.html"]


@pytest.mark.parametrize(
    ("since", "language", "said"),
    [
        (0, Language.ENGLISH, "0 min"),
        (59, Language.INDONESIAN, "59 mnt"),
        (61, Language.ENGLISH, "1 h 01 min"),
        (-5, Language.ENGLISH, "0 min"),
    ],
)
def test_how_long_something_lasts(since: float, language: Language, said: str) -> None:
    saying = Saying(language, ZoneInfo("Asia/Makassar"), NINE)
    assert saying.lasted(NINE - timedelta(minutes=since)) == said
    assert saying.clock(NINE) == ("09:00" if language is Language.ENGLISH else "09.00")
