"""Rows of a day, as a database would give them, written from short stories of visits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from server.domain.reports.day_record import DayRecord, House, LegRow, Mention, PeriodRow, StandRow
from server.domain.reports.figures import SITE, Kind, Subject

DAY = date(2026, 11, 23)  # a Monday
ZONE = "Asia/Makassar"
NINE = int(datetime(2026, 11, 23, 1, 0, tzinfo=UTC).timestamp())  # 09:00 there, in seconds
HOUSE = House(
    agency_of={"card": "registry", "birth": "registry", "clearance": "police"},
    zone_of={"c1": "north", "c2": "north", "c3": "south"},
    counter_agency={"c1": "registry", "c2": "registry", "c3": "police"},
    services_at={"c1": ("card",), "c2": ("card", "birth"), "c3": ("clearance",)},
)


@dataclass(frozen=True, slots=True)
class Story:
    """Seconds. No counter: never called; no `serve`: called and never came."""

    service: str
    counter: str | None
    arrive: int = 0
    wait: int = 600
    walk: int | None = 30
    serve: int | None = 300
    ending: str = "served"

    def subjects(self) -> Iterator[Subject]:
        yield SITE
        yield Subject(Kind.SERVICE, self.service)
        yield Subject(Kind.AGENCY, HOUSE.agency_of[self.service])
        if self.counter:
            yield Subject(Kind.COUNTER, self.counter)
            yield Subject(Kind.ZONE, HOUSE.zone_of[self.counter])


_at_a_counter = st.builds(
    Story,
    service=st.sampled_from(["card", "birth", "clearance"]),
    counter=st.sampled_from(["c1", "c2", "c3"]),
    arrive=st.integers(0, 5 * 3600),
    wait=st.integers(0, 7200),
    walk=st.integers(0, 600),
    serve=st.integers(0, 5 * 3600),
    ending=st.sampled_from(["served", "served", "served", "expired"]),
)
_missed = st.builds(
    Story,
    service=st.sampled_from(["card", "clearance"]),
    counter=st.sampled_from(["c1", "c3"]),
    wait=st.integers(0, 7200),
    walk=st.integers(0, 600),
    serve=st.none(),
    ending=st.just("missed"),
)
_never_called = st.builds(
    Story,
    service=st.just("birth"),
    counter=st.none(),
    walk=st.none(),
    serve=st.none(),
    ending=st.sampled_from(["expired", "cancelled"]),
)
stories = st.one_of(_at_a_counter, _missed, _never_called)


@dataclass
class DayRows:
    legs: list[LegRow] = field(default_factory=list)
    periods: list[PeriodRow] = field(default_factory=list)
    stands: list[StandRow] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def visit(self, story: Story) -> None:
        name = str(len(self.legs))
        at = NINE + story.arrive
        for state, seconds in (("waiting", story.wait), ("called", story.walk), ("serving", story.serve)):
            if seconds is not None:
                self.period(f"v{name}", f"l{name}", state, at, at := at + seconds, story.counter)
        outcome = "solved" if story.ending == "served" else None
        self.leg(f"v{name}", f"l{name}", story.service, story.ending, at, story.counter, outcome)

    def leg(
        self,
        visit: str,
        leg: str,
        service: str,
        state: str,
        since: int,
        counter: str | None,
        outcome: str | None = None,
        returned: int = 0,
    ) -> None:
        self.legs.append(LegRow(leg, visit, service, state, since * 1_000_000, counter, outcome, returned, 0))

    def period(self, visit: str, leg: str, state: str, start: int, end: int, counter: str | None = None) -> None:
        at = None if state == "waiting" else counter
        self.periods.append(PeriodRow(leg, visit, state, at, start * 1_000_000, end * 1_000_000))

    def chain(self, periods: str) -> None:
        """Of the leg `l1` at counter `c1` since nine: states and how many seconds each lasted."""
        at = NINE
        for state, seconds in (each.split() for each in periods.split(", ")):
            self.period("v1", "l1", state, at, at := at + int(seconds), "c1")

    def record(self, now: int | None = None) -> DayRecord:
        return DayRecord(DAY, ZONE, self.legs, self.periods, self.stands, self.mentions, now)
