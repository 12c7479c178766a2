"""The ledger: what programs were told, held against what the database says, read with plain SQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import text

from server.db.address import parse_address
from server.db.engine import reading_engine
from server.domain.numbering import ISLAND_FIRST, ISLAND_LAST
from shared.protocol.replies import Issued
from shared.vocabulary import RequestId

_VISITS = """
SELECT v.id AS visit, v.series AS series, v.number AS number, v.service_date AS day, f.request AS request,
  (SELECT l.state FROM legs l WHERE l.visit = v.id ORDER BY l."order" DESC LIMIT 1) AS state
FROM visits v LEFT JOIN facts f ON f.visit = v.id AND f.kind = 'issued'
"""


@dataclass(frozen=True, slots=True)
class Row:
    visit: str
    ticket: str
    series: str
    number: int
    day: str
    request: str | None
    state: str


@dataclass(frozen=True, slots=True)
class Audit:
    """Each finding names its ticket or request; a promise is kept while all lists are empty."""

    presses: int
    tickets: int
    lost: list[str] = field(default_factory=list)
    """Acknowledged, but not in the database as it was told."""
    phantom: list[str] = field(default_factory=list)
    """Waiting in the hall, though nobody was told of it."""
    duplicate: list[str] = field(default_factory=list)
    """A number given twice, or a press that gave two."""
    gaps: list[str] = field(default_factory=list)
    """Numbers between 1 and the last one that no visit bears, but for those that are kept for islands."""

    @property
    def findings(self) -> list[str]:
        return [
            f"{kind} {what}"
            for kind in ("lost", "phantom", "duplicate", "gaps")
            for what in getattr(self, kind)
        ]  # fmt: skip

    def __str__(self) -> str:
        return (
            f"{self.presses:,} presses: {len(self.lost)} lost, {len(self.phantom)} phantom, "
            f"{len(self.duplicate)} duplicate, {len(self.gaps)} unexplained gaps"
        )

    def __add__(self, other: Audit) -> Audit:
        return Audit(
            self.presses + other.presses,
            self.tickets + other.tickets,
            self.lost + other.lost,
            self.phantom + other.phantom,
            self.duplicate + other.duplicate,
            self.gaps + other.gaps,
        )


NOTHING = Audit(0, 0)


def rows(url: str) -> list[Row]:
    """Every visit of the database, in the order of series and number."""
    engine = reading_engine(parse_address(url))
    try:
        with engine.connect() as connection:
            found = connection.execute(text(_VISITS)).mappings().all()
    finally:
        engine.dispose()
    visits = [
        Row(row["visit"], f"{row['series']}-{row['number']:03d}", row["series"], row["number"], str(row["day"]),
            row["request"], row["state"])
        for row in found
    ]  # fmt: skip
    return sorted(visits, key=lambda row: (row.day, row.series, row.number))


def audit(url: str, acknowledged: Iterable[tuple[RequestId, Issued]], *, given_up: int = 0) -> Audit:
    """`acknowledged`: each press that was answered; `given_up`: how many others there were."""
    told = list(acknowledged)
    kept = rows(url)
    by_visit = {row.visit: row for row in kept}
    lost = [
        f"{issued.ticket} of {request}"
        for request, issued in told
        if (row := by_visit.get(issued.visit)) is None or (row.ticket, row.request) != (issued.ticket, request)
    ]
    answered = {request for request, _ in told}
    phantom = [row.ticket for row in kept if row.request not in answered and row.state != "cancelled"]
    twice = Counter((row.day, row.ticket) for row in kept)
    pressed_twice = Counter(row.request for row in kept)
    named_twice = Counter(issued.visit for _, issued in told)
    duplicate = [str(what) for tally in (twice, pressed_twice, named_twice) for what, n in tally.items() if n > 1]
    numbers: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for row in kept:
        numbers[row.day, row.series].add(row.number)
    gaps = [
        f"{series}-{number:03d}"
        for (_, series), given in numbers.items()
        for number in range(1, max(given) + 1)
        if number not in given and not ISLAND_FIRST <= number <= ISLAND_LAST
    ]
    return Audit(len(told) + given_up, len(kept), lost, phantom, duplicate, gaps)
