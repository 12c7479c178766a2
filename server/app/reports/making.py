"""Making a report: which figures answer a question, read and put in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from server.app.reports import by_hour, sections
from server.app.reports.breakdowns import breakdown
from server.app.reports.naming import Names
from server.app.reports.question import Question
from server.app.reports.reading import LiveDays, Reading
from server.app.reports.report import Report, Section
from server.domain.catalogue import Catalogue
from server.domain.reports.day_record import EXCEPTION, PAPER
from server.domain.reports.figures import Figures, Kind, Subject
from server.domain.reports.histogram import ERROR
from server.domain.service_day import service_date


@dataclass(frozen=True, slots=True)
class Part:
    """What lies inside a subject: `None` is everything of a kind, an empty set nothing."""

    agencies: Collection[str] | None
    services: Collection[str] | None
    counters: Collection[str] | None
    zones: Collection[str] | None

    def holds(self, service: str, counter: str) -> bool:
        """Whether what happened for a service at a counter belongs to it."""
        if self.services is not None and self.services:
            return service in self.services
        return self.counters is None or counter in self.counters


def part_of(subject: Subject, catalogue: Catalogue) -> Part:
    """An agency's services and counters are looked up here: nobody else's can get into its report."""
    nothing: frozenset[str] = frozenset()
    services = {**catalogue.removed, **catalogue.services}.values()
    match subject.kind:
        case Kind.SITE:
            return Part(None, None, None, None)
        case Kind.AGENCY:
            return Part(
                nothing,
                frozenset(one.id for one in services if one.agency == subject.id),
                frozenset(one.id for one in catalogue.counters.values() if one.agency == subject.id),
                nothing,
            )
        case Kind.SERVICE:
            return Part(nothing, frozenset({subject.id}), nothing, nothing)
        case Kind.COUNTER:
            return Part(nothing, nothing, frozenset({subject.id}), nothing)
        case Kind.ZONE:
            inside = frozenset(one.id for one in catalogue.counters.values() if one.zone == subject.id)
            return Part(nothing, nothing, inside, nothing)


def make(question: Question, now: datetime, live: LiveDays) -> Report:
    """Raises StorageError."""
    catalogue = live.rolling_up.catalogue
    today = service_date(now, catalogue.site.time_zone)
    reading = Reading(question.stretch, today, now, live)
    before = question.stretch.before()
    subject, names = question.subject, Names(catalogue)
    figures = reading.of(subject)
    return Report(
        site=catalogue.site.name,
        subject=subject,
        subject_name=names.of(subject),
        stretch=question.stretch,
        before=before,
        made_at=now,
        time_zone=catalogue.site.time_zone,
        cards=sections.cards(figures, Reading(before, today, now, live).of(subject)),
        sections=tuple(
            one
            for make_section in _wanted(subject, part_of(subject, catalogue), reading, figures, names)
            if (one := make_section()).table.rows
        ),
        left_out=sections.left_out(figures),
        pending=reading.pending,
        live=question.stretch.last >= today,
        error=ERROR,
        visits=figures.visits,
    )


def _wanted(
    subject: Subject, part: Part, reading: Reading, figures: Figures, names: Names
) -> list[Callable[[], Section]]:
    wanted: list[Callable[[], Section]] = [
        partial(sections.course, reading, subject),
        partial(sections.times, figures),
        partial(sections.outcomes, figures),
        partial(by_hour.arrivals, figures),
        partial(by_hour.waits, figures),
        partial(by_hour.staffing, figures),
    ]
    services: Mapping[str, Figures] = {}
    for kind, inside in (
        (Kind.AGENCY, part.agencies),
        (Kind.SERVICE, part.services),
        (Kind.COUNTER, part.counters),
        (Kind.ZONE, part.zones),
    ):
        if inside is not None and not inside:
            continue
        found = reading.outlines(kind, inside)
        if kind is Kind.SERVICE:
            services = found
        if kind is not subject.kind:
            wanted.append(partial(breakdown, kind, found, names))
    mentioned = reading.mentions(EXCEPTION, part.holds)
    wanted.append(partial(sections.exceptions, mentioned, figures))
    wanted.append(partial(sections.exceptions_by_counter, mentioned, names))
    told = reading.forecasts() if part.services is None or part.services else {}
    kept = {one: tally for one, tally in told.items() if part.services is None or one in part.services}
    wanted.append(partial(sections.forecasts, kept, names))
    incomplete = {service: one.papers_incomplete for service, one in services.items()}
    wanted.append(partial(sections.papers, reading.mentions(PAPER, part.holds), incomplete, names))
    return wanted
