"""The board: from the zone's table to what stands on the screen. Pure."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from shared.protocol.views import CallItem, Table, ZoneItem
from shared.vocabulary import Words

ROWS = 6  # last calls in the list: more would have to be smaller than a hall can read
NO_WORDS = Words("", "")


class Row(Struct, frozen=True):
    """One of the last calls."""

    leg: str
    ticket: str
    counter: str
    agency: Words
    standing: bool
    """The visitor is still expected, or served, at the counter."""
    flashing: bool


class Board(Struct, frozen=True):
    site: Words
    zone: Words
    ticker: tuple[Words, ...]
    rows: tuple[Row, ...]


def read(table: Table, flashing: Collection[str] = ()) -> Board:
    """What the table says; `flashing` are the legs whose announcements have just come. A table alone never flashes."""
    zone = next((item for item in table.values() if isinstance(item, ZoneItem)), None)
    calls = sorted(_calls(table), key=lambda item: item.order, reverse=True)
    return Board(
        site=zone.site if zone else NO_WORDS,
        zone=zone.name if zone else NO_WORDS,
        ticker=zone.ticker if zone else (),
        rows=tuple(
            Row(item.leg, item.ticket, item.counter, item.agency, item.standing, item.leg in flashing)
            for item in calls[:ROWS]
        ),
    )


def call_of(table: Table, leg: str) -> CallItem | None:
    return next((item for item in _calls(table) if item.leg == leg), None)


def newest_standing(board: Board) -> Row | None:
    """Whom the panel keeps showing, calmly, when nobody is being called."""
    return next((row for row in board.rows if row.standing), None)


def gone_from_counter(table: Table) -> frozenset[str]:
    """Legs that are known not to stand at a counter any more; a leg that the table does not name is not known."""
    return frozenset(item.leg for item in _calls(table) if not item.standing)


def _calls(table: Table) -> list[CallItem]:
    return [item for item in table.values() if isinstance(item, CallItem)]
