"""Results for another system: reports, the satisfaction index, forecast scores; of an agency's key the agency's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Protocol, TypeVar

import msgspec

from server.app.api import results as r
from server.app.forecast_scores import ForecastScores, ServiceDay
from server.app.reports.question import NoReportError
from server.app.satisfaction_report import BadPeriodError, ratings_of, report_of
from server.app.satisfaction_sheet import GroupKind, Report
from server.app.survey_ports import Month, Publication
from server.app.surveys import Surveys
from server.net.api.operations import Call
from server.net.api.problems import ProblemError
from server.net.api.queries import ForecastsQuery, IndexQuery, PublishedQuery, ReportQuery
from server.net.api.scoping import agency_for, key_of
from server.net.gate import Gate
from shared.vocabulary import AgencyId, ErrorCode

T = TypeVar("T")

NEWEST_TEXTS = 200  # of a period's suggestions
LONGEST = 92  # days of forecast scores at once
USUAL = 7  # days of them when none are named
_REFUSED = {
    "busy": ErrorCode.OVERLOADED,
    "failed": ErrorCode.STORAGE_UNAVAILABLE,
    "wrong_not_yours": ErrorCode.FORBIDDEN,
    "wrong_unknown": ErrorCode.UNKNOWN_STREAM,
}
"""Why there is no report; anything else is about the dates."""


class Reports(Protocol):
    async def as_json(self, of: str, agency: AgencyId | None, period: str, first: str, last: str) -> bytes:
        """A HallReport. Raises NoReportError."""


class ResultsReading:
    def __init__(self, gate: Gate, reports: Reports, scores: ForecastScores) -> None:
        self._gate = gate
        self._reports = reports
        self._scores = scores

    async def report(self, call: Call) -> msgspec.Raw:
        query: ReportQuery = call.query
        first, last = (str(day or "") for day in (query.first, query.last))
        try:
            told = await self._reports.as_json(query.of or "", key_of(call).agency, query.period.value, first, last)
        except NoReportError as error:
            code = _REFUSED.get(error.why, ErrorCode.MALFORMED)
            raise ProblemError(code, facts={"why": error.why.removeprefix("wrong_")}) from None
        return msgspec.Raw(told)

    async def index(self, call: Call) -> r.IndexResults:
        query: IndexQuery = call.query
        surveys, agency = self._gate.surveys, agency_for(key_of(call), query.agency)
        last = query.last or f"{surveys.today():%Y-%m}"
        try:
            return await self._gate.aside(_index, surveys, query.first or last, last, agency)
        except BadPeriodError:
            raise ProblemError(ErrorCode.MALFORMED, facts={"why": "dates"}) from None

    async def published(self, call: Call) -> r.PublishedIndexes:
        query: PublishedQuery = call.query
        every = await self._gate.aside(self._gate.surveys.store.publications)
        found = [one for one in every if query.before is None or one.number < query.before]
        shown = found[: query.limit]
        return r.PublishedIndexes(
            items=tuple(_published(one) for one in shown),
            next=shown[-1].number if len(found) > len(shown) else None,
        )

    async def forecasts(self, call: Call) -> r.ForecastScores:
        query: ForecastsQuery = call.query
        agency = agency_for(key_of(call), query.agency)
        last = query.last or self._gate.surveys.today()
        first = query.first or last - timedelta(days=min(USUAL - 1, last.toordinal() - 1))
        if not timedelta(0) <= last - first < timedelta(days=LONGEST):
            raise ProblemError(ErrorCode.MALFORMED, facts={"why": "dates", "days": LONGEST})
        catalogue = self._gate.catalogue()
        known = {**catalogue.removed, **catalogue.services}
        found = await self._aside(self._scores.between, first, last)
        return r.ForecastScores(
            items=tuple(
                _score(one)
                for one in found
                if agency is None or (one.service in known and known[one.service].agency == agency)
            )
        )

    async def _aside(self, work: Callable[[date, date], T], first: date, last: date) -> T:
        found: T = await self._gate.aside(work, first, last)
        return found


def _index(surveys: Surveys, first: Month, last: Month, agency: AgencyId | None) -> r.IndexResults:
    """Raises BadPeriodError, StorageError."""
    report = report_of(surveys.store, surveys.catalogue(), first, last, agency)
    ratings = [one for one in surveys.store.ratings(first, last) if agency in (None, one.agency)]
    texts = [one for one in surveys.store.texts(first, last) if agency in (None, one.agency)]
    return r.IndexResults(
        report=report,
        ratings=tuple(
            r.GroupRatings(kind=kind, id=id_, counts=tuple(counts))
            for (kind, id_), counts in ratings_of(ratings, report.hidden_below).items()
            if agency is None or kind is not GroupKind.SITE
        ),
        suggestions=tuple(
            r.Suggestion(month=one.month, service=one.service, language=one.language, text=one.text)
            for one in texts[:NEWEST_TEXTS]
        ),
    )


def _published(one: Publication) -> r.PublishedIndex:
    report = msgspec.json.decode(one.content, type=Report)
    return r.PublishedIndex(number=one.number, published_at=one.published_at, report=report)


def _score(one: ServiceDay) -> r.ForecastScore:
    tally = one.tally
    return r.ForecastScore(
        service_date=one.date,
        service=one.service,
        waits=tally.waits,
        never_called=tally.never_called,
        in_sure=tally.in_sure,
        in_likely=tally.in_likely,
        bias=tally.bias if tally.waits else None,
        wrong_by=tally.wrong_by / tally.waits if tally.waits else None,
    )
