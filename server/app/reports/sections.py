"""Sections of a report about the whole of it: times, outcomes, the course of days, exceptions, forecasts, papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from server.app.forecast_scores import Tally
from server.app.reports.naming import Names
from server.app.reports.ports import Mentioned
from server.app.reports.reading import Reading
from server.app.reports.report import Card, Cell, Column, Drawing, Finding, LeftOut, Section, Table, Unit
from server.domain.reports.figures import Figures, Subject
from server.domain.reports.histogram import Cells, by_bucket, percentiles

TEXT, WORD, COUNT, DURATION, SHARE = Unit.TEXT, Unit.WORD, Unit.COUNT, Unit.DURATION, Unit.SHARE
MOST_LINES = 50  # of papers: nobody mends more of them at once


def columns(*named: tuple[str, Unit]) -> tuple[Column, ...]:
    return tuple(Column(key, unit) for key, unit in named)


def share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def middle_and_tail(cells: Cells) -> list[float | None]:
    """The median and the ninth tenth, in seconds."""
    return percentiles(by_bucket(cells), (0.5, 0.9))


def no_shows(figures: Figures) -> float | None:
    """Of those who were called and whose stay has ended."""
    return share(figures.missed, figures.called)


def cards(now: Figures, before: Figures) -> tuple[Card, ...]:
    def each(key: str, unit: Unit, of: Callable[[Figures], float | None], less: bool | None) -> Card:
        return Card(key, unit, of(now), of(before) if before.visits else None, less)

    return (
        each("visits", COUNT, lambda one: one.visits, None),
        each("wait_median", DURATION, lambda one: middle_and_tail(one.waits)[0], True),
        each("wait_p90", DURATION, lambda one: middle_and_tail(one.waits)[1], True),
        each("service_median", DURATION, lambda one: middle_and_tail(one.services)[0], None),
        each("no_shows", SHARE, no_shows, True),
        each("papers_incomplete", SHARE, lambda one: share(one.papers_incomplete, one.served), True),
        each("never_called", COUNT, lambda one: one.never_called, True),
        each("by_ticket", SHARE, lambda one: share(one.by_ticket, one.calls), True),
    )


def times(figures: Figures) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for key, cells, total, worst, out in (
        ("waiting", figures.waits, figures.waited, figures.longest_wait, figures.waited_too_long),
        ("walking", figures.walks, figures.walked, figures.longest_walk, _out_of_walks(figures)),
        ("serving", figures.services, figures.took, figures.longest_service, _out_of_services(figures)),
    ):
        count = cells.total()
        mean = total / 1000 / count if count else None
        rows.append((key, count, *middle_and_tail(cells), mean, worst / 1000 if count else None, out))
    head = columns(
        ("time", WORD), ("count", COUNT), ("median", DURATION), ("p90", DURATION), ("mean", DURATION),
        ("worst", DURATION), ("left_out", COUNT),
    )  # fmt: skip
    middle, tail = middle_and_tail(figures.waits)
    facts: Mapping[str, tuple[Cell, Unit]] = {"median": (middle, DURATION), "p90": (tail, DURATION)}
    finding = Finding("finding_times", facts) if tail is not None else None
    return Section("times", Table(head, rows if any(row[1] or row[6] for row in rows) else []), finding=finding)


def left_out(figures: Figures) -> tuple[LeftOut, ...]:
    one = figures
    return (
        LeftOut("waiting", one.waits.total(), (("too_long", one.waited_too_long),)),
        LeftOut("walking", one.walks.total(), (("left_open", one.walked_left_open), ("too_long", one.walked_too_long))),
        LeftOut(
            "serving",
            one.services.total(),
            (("left_open", one.took_left_open), ("too_short", one.took_too_short), ("too_long", one.took_too_long)),
        ),
    )


def outcomes(figures: Figures) -> Section:
    kinds = ("solved", "papers_incomplete", "referred", "not_entitled", "transferred", "missed", "cancelled")
    counts = {kind: getattr(figures, kind) for kind in kinds}
    counts["never_called"] = figures.never_called
    counts["left_open"] = figures.expired - figures.never_called
    if figures.open:
        counts["still_open"] = figures.open
    rows = [(kind, count, share(count, figures.legs)) for kind, count in counts.items()]
    facts: Mapping[str, tuple[Cell, Unit]] = {
        "solved": (share(figures.solved, figures.legs), SHARE),
        "missed": (share(figures.missed, figures.legs), SHARE),
    }
    head = columns(("outcome", WORD), ("count", COUNT), ("share", SHARE))
    return Section("outcomes", Table(head, rows), finding=Finding("finding_outcomes", facts))


def course(reading: Reading, subject: Subject) -> Section:
    rows: list[tuple[Cell, ...]] = [
        (
            span,
            one.visits,
            one.served,
            one.missed,
            *middle_and_tail(one.waits),
            middle_and_tail(one.services)[0],
            no_shows(one),
        )
        for span, one in reading.course(subject)
    ]
    head = columns(
        ("span", Unit.SPAN), ("visits", COUNT), ("served", COUNT), ("missed", COUNT), ("wait_median", DURATION),
        ("wait_p90", DURATION), ("service_median", DURATION), ("no_shows", SHARE),
    )  # fmt: skip
    waits = [(row[4], row[0]) for row in rows if isinstance(row[4], float)]
    finding = None
    if len(rows) > 1 and waits:
        most, busiest = max((int(str(row[1])), str(row[0])) for row in rows)
        wait, slowest = max(waits)
        finding = Finding(
            "finding_course",
            {
                "busiest": (busiest, Unit.SPAN),
                "visits": (most, COUNT),
                "slowest": (slowest, Unit.SPAN),
                "wait": (wait, DURATION),
            },
        )
    return Section("course", Table(head, rows), Drawing.COURSE, finding)


def exceptions(mentioned: Sequence[Mentioned], figures: Figures) -> Section:
    counts = Counter[str]()
    for one in mentioned:
        counts[one.word] += one.count
    rows = [(f"reason_{word or 'other'}", count, share(count, figures.calls)) for word, count in counts.most_common()]
    head = columns(("reason", WORD), ("count", COUNT), ("of_calls", SHARE))
    return Section("exceptions", Table(head, rows), finding=_first(rows, "finding_exceptions", WORD))


def exceptions_by_counter(mentioned: Sequence[Mentioned], names: Names) -> Section:
    counts = Counter[tuple[str, str]]()
    for one in mentioned:
        counts[one.counter, one.word] += one.count
    rows = [
        (names.counter(counter), f"reason_{word or 'other'}", count) for (counter, word), count in counts.most_common()
    ]
    head = columns(("counter", TEXT), ("reason", WORD), ("count", COUNT))
    by_counter = Counter[str]()
    for (counter, _), count in counts.items():
        by_counter[counter] += count
    most = [(names.counter(counter), count) for counter, count in by_counter.most_common(1)]
    return Section("exceptions_by_counter", Table(head, rows), finding=_first(most, "finding_exceptions", TEXT))


def forecasts(told: dict[str, Tally], names: Names) -> Section:
    rows: list[tuple[Cell, ...]] = []
    if len(told) > 1:
        rows.append(("", names.everything, *_score(sum(told.values(), Tally()))))
    for service, tally in sorted(told.items(), key=lambda each: -each[1].waits):
        rows.append((names.agency_of(service), names.service(service), *_score(tally)))
    head = columns(
        ("agency", TEXT), ("service", TEXT), ("told", COUNT), ("in_sure", SHARE), ("in_likely", SHARE),
        ("bias", Unit.MINUTES), ("wrong_by", Unit.MINUTES),
    )  # fmt: skip
    whole = sum(told.values(), Tally())
    finding = None
    if whole.waits:
        facts: Mapping[str, tuple[Cell, Unit]] = {
            "share": (whole.in_sure / whole.waits, SHARE),
            "count": (whole.waits, COUNT),
        }
        finding = Finding("finding_forecasts", facts)
    return Section("forecasts", Table(head, rows), finding=finding)


def papers(mentioned: Sequence[Mentioned], incomplete: dict[str, int], names: Names) -> Section:
    counts = Counter[tuple[str, str]]()
    for one in mentioned:
        counts[one.service, one.word] += one.count
    rows = [
        (names.service(service), names.paper(service, line), count, share(count, incomplete.get(service, 0)))
        for (service, line), count in counts.most_common(MOST_LINES)
    ]
    head = columns(("service", TEXT), ("paper", TEXT), ("count", COUNT), ("of_incomplete", SHARE))
    most = [(row[1], row[2]) for row in rows[:1]]
    return Section("papers", Table(head, rows), finding=_first(most, "finding_papers", TEXT))


def _first(rows: Sequence[tuple[Cell, ...]], key: str, unit: Unit) -> Finding | None:
    """Of rows that begin with what happened most, and how often."""
    return Finding(key, {"name": (rows[0][0], unit), "count": (rows[0][1], COUNT)}) if rows else None


def _score(tally: Tally) -> tuple[Cell, ...]:
    waits = tally.waits
    if not waits:
        return (0, None, None, None, None)
    return (waits, tally.in_sure / waits, tally.in_likely / waits, tally.bias, tally.wrong_by / waits)


def _out_of_walks(figures: Figures) -> int:
    return figures.walked_left_open + figures.walked_too_long


def _out_of_services(figures: Figures) -> int:
    return figures.took_left_open + figures.took_too_short + figures.took_too_long
