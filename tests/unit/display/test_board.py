"""The board: what a zone's table puts on the screen."""

from __future__ import annotations

from datetime import UTC, datetime

from display import board
from shared.protocol.views import CallItem, Table, ZoneItem
from shared.vocabulary import Words

AGENCY = Words("Dinas Kependudukan", "Civil Registration")
ZONE = ZoneItem(id="a", name=Words("Zona A", "Zone A"), site=Words("Balai", "Hall"), ticker=(Words("Hai", "Hi"),))


def a_call(number: int, *, standing: bool = True) -> CallItem:
    return CallItem(
        leg=f"l{number}",
        ticket=f"A-{number:03}",
        counter=str(number),
        agency=AGENCY,
        called_at=datetime(2026, 11, 23, 1, number, tzinfo=UTC),
        order=number,
        calls=1,
        standing=standing,
    )


def a_table(*calls: CallItem) -> Table:
    return {"zone": ZONE, **{f"call:{call.leg}": call for call in calls}}


def tickets(seen: board.Board) -> list[str]:
    return [row.ticket for row in seen.rows]


def test_the_newest_call_stands_above() -> None:
    assert tickets(board.read(a_table(a_call(2), a_call(3), a_call(1)))) == ["A-003", "A-002", "A-001"]


def test_there_are_never_more_rows_than_a_hall_can_read() -> None:
    seen = board.read(a_table(*(a_call(number) for number in range(1, 20))))
    assert tickets(seen) == [f"A-{number:03}" for number in range(19, 19 - board.ROWS, -1)]


def test_a_table_alone_never_flashes() -> None:
    assert not any(row.flashing for row in board.read(a_table(a_call(1), a_call(2))).rows)


def test_only_the_announced_leg_flashes() -> None:
    seen = board.read(a_table(a_call(1), a_call(2)), flashing={"l1"})
    assert [(row.leg, row.flashing) for row in seen.rows] == [("l2", False), ("l1", True)]


def test_the_panel_falls_back_to_the_newest_that_stands() -> None:
    row = board.newest_standing(board.read(a_table(a_call(1), a_call(2), a_call(3, standing=False))))
    assert row is not None
    assert row.ticket == "A-002"


def test_nobody_standing_leaves_the_panel_free() -> None:
    assert board.newest_standing(board.read(a_table(a_call(1, standing=False)))) is None


def test_a_leg_is_gone_only_when_the_table_says_so() -> None:
    assert board.gone_from_counter(a_table(a_call(1), a_call(2, standing=False))) == {"l2"}


def test_an_empty_table_is_an_empty_board() -> None:
    seen = board.read({})
    assert (seen.site, seen.zone, seen.ticker, seen.rows) == (board.NO_WORDS, board.NO_WORDS, (), ())


def test_site_zone_and_notices_come_from_the_zone() -> None:
    seen = board.read(a_table())
    assert (seen.site.id, seen.zone.en, seen.ticker[0].id) == ("Balai", "Zone A", "Hai")
