"""Data and its clocks; one person's data, to look at and to erase."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.app.persons import Erased, PersonStore, Trace, UnclearPersonError, told, trace_of
from server.app.retention import Kept, Run, Runs, next_due
from server.domain import service_day
from server.net.forms import read_form
from server.web.admin.data_words import DATA_WORDS
from server.web.admin.office import Office, editor_of, text_in
from server.web.admin.overview import moment
from server.web.house.house import language_of
from shared.vocabulary import Language

_YEAR = 365.25
_IN_YEARS = 800  # days: from here on nobody counts in days


class Data:
    def __init__(self, office: Office, kept: Callable[[], Sequence[Kept]], runs: Runs, persons: PersonStore) -> None:
        self._office = office
        self._kept = kept
        self._runs = runs
        self._persons = persons

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/admin/data", self.show),
            Route("/admin/data/person", self.look, methods=["POST"]),
            Route("/admin/data/erase", self.erase, methods=["POST"]),
        ]

    async def show(self, http: Request) -> Response:
        return await self._page(http)

    async def look(self, http: Request) -> Response:
        given = text_in(await read_form(http), "who")
        trace, complaint = await self._trace(http, given)
        return await self._page(http, given, trace, complaint, status=422 if complaint else 200)

    async def erase(self, http: Request) -> Response:
        given = text_in(await read_form(http), "who")
        trace, complaint = await self._trace(http, given)
        if not trace:
            return await self._page(http, given, trace, complaint, status=422)
        office = self._office
        today = service_day.service_date(office.gate.clock(), office.gate.catalogue().site.time_zone)
        erased = await office.aside(self._persons.erase, trace, today, editor_of(http).officer)
        return await self._page(http, erased=erased)

    async def _trace(self, http: Request, given: str) -> tuple[Trace | None, str]:
        """What is kept, and what is wrong with the question."""
        language = language_of(http)
        try:
            trace = await self._office.aside(trace_of, self._persons, given, editor_of(http).officer)
        except UnclearPersonError:
            return None, DATA_WORDS["person_unclear"].in_(language)
        return (trace, "") if trace else (None, DATA_WORDS["person_nothing"].in_(language))

    async def _page(
        self,
        http: Request,
        given: str = "",
        trace: Trace | None = None,
        complaint: str = "",
        erased: Erased | None = None,
        status: int = 200,
    ) -> Response:
        office, language = self._office, language_of(http)
        zone = ZoneInfo(office.gate.catalogue().site.time_zone)
        last = await office.aside(self._runs.last)
        rows = [_row(one, last.get(one.data.id), zone, language) for one in self._kept()]
        following = moment(next_due(office.gate.clock(), zone.key), zone, language)
        counts = None if trace is None else {"bookings": len(trace.bookings), "visits": len(trace.stays)}
        return await office.page(
            http,
            "data.html",
            status=status,
            rows=rows,
            following=DATA_WORDS["data_next"].in_(language).format(when=following),
            given=given,
            complaint=complaint,
            found=None if counts is None else DATA_WORDS["person_kept"].in_(language).format(**counts),
            told="" if trace is None else json.dumps(told(trace), ensure_ascii=False, indent=2),
            erased=_erased(erased, language),
        )


def _row(kept: Kept, run: Run | None, zone: ZoneInfo, language: Language) -> dict[str, str]:
    if kept.data.step is None:
        last = DATA_WORDS["data_all_day"].in_(language)
    elif run is None:
        last = DATA_WORDS["data_never"].in_(language)
    else:
        when = moment(run.ended_at, zone, language)
        last = DATA_WORDS["data_ran"].in_(language).format(when=when, rows=run.erased)
    return {
        "holds": kept.data.holds.in_(language),
        "why": kept.data.why.in_(language),
        "days": _days(kept, language),
        "last": last,
    }


def _days(kept: Kept, language: Language) -> str:
    if not kept.days:
        key = "data_own_clock" if kept.data.step is None else "data_until_over"
        return DATA_WORDS[key].in_(language)
    if kept.days >= _IN_YEARS:
        return DATA_WORDS["data_some_years"].in_(language).format(years=round(kept.days / _YEAR))
    return DATA_WORDS["data_some_days"].in_(language).format(days=kept.days)


def _erased(erased: Erased | None, language: Language) -> str:
    if erased is None:
        return ""
    said = DATA_WORDS["person_erased"].in_(language).format(bookings=erased.bookings, visits=erased.visits)
    if erased.today:
        said += " " + DATA_WORDS["person_today"].in_(language).format(today=erased.today)
    return said
