"""The reports' routes: the page and its files. What takes work is done by the desk, in another process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route

from server.app.accounts import Staff
from server.app.reports.question import (
    NoReportError,
    Preset,
    WrongQuestionError,
    preset_of,
    stretch_of,
    subject_of,
)
from server.domain.catalogue import Catalogue
from server.domain.service_day import service_date
from server.net.doorkeeper import staff_of
from server.web.house.house import HEADERS, House, StaticFilesOfHouse, language_of
from server.web.reports.words import WORDS
from shared.vocabulary import AgencyId, Language

_HERE = Path(__file__).parent
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
_KEPT = ("of", "period", "first", "last")
_LONGEST = 80  # characters of any of them
AT_ONCE = 0.5  # seconds; of a report that takes longer the page comes first
_HERE_IT_COMES = "<!-- the report -->"


@dataclass(frozen=True, slots=True)
class Asked:
    form: str
    """`page`, `xlsx`, `csv` or `pdf`."""
    of: str
    agency: str | None
    """What an agency's head may see; None: everything."""
    period: str
    first: str
    last: str
    language: Language
    section: str
    query: str


class Reports(Protocol):
    async def draw(self, asked: Asked) -> tuple[bytes, str]:
        """The page's part or the file, and the file's name. Raises NoReportError."""


@dataclass(frozen=True, slots=True)
class _Group:
    label: str
    choices: list[tuple[str, str]]


def report_routes(house: House, reports: Reports) -> Sequence[BaseRoute]:
    return _Pages(house, reports).routes()


class _Pages:
    def __init__(self, house: House, reports: Reports) -> None:
        self._house = house
        self._reports = reports
        self._room = house.room("reports", _HERE, WORDS)

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/reports", self.page),
            Route("/reports/file/{form}", self.file),
            Mount("/static/reports", StaticFilesOfHouse(directory=_HERE / "static")),
        ]

    async def page(self, http: Request) -> Response:
        asked = _asked(http, "page")
        if why := self._wrong(asked):
            return self._page(http, asked, _complaint(why, asked.language), 422)
        drawing = asyncio.create_task(self._part(asked))
        done, _ = await asyncio.wait({drawing}, timeout=AT_ONCE)
        if done:
            return self._page(http, asked, *drawing.result())
        return _as_it_comes(self._page(http, asked, _HERE_IT_COMES, 200), drawing)

    async def _part(self, asked: Asked) -> tuple[str, int]:
        """The report, or why there is none, and the status."""
        try:
            return (await self._reports.draw(asked))[0].decode(), 200
        except NoReportError as error:
            return _complaint(error.why, asked.language), _status(error)

    def _wrong(self, asked: Asked) -> str:
        """Why there can be no such report: what the process would say, too, and is known before it is asked."""
        catalogue = self._house.gate.catalogue()
        agency = None if asked.agency is None else AgencyId(asked.agency)
        try:
            subject_of(asked.of, catalogue, agency)
            today = service_date(self._house.gate.clock(), catalogue.site.time_zone)
            stretch_of(preset_of(asked.period), today, asked.first, asked.last)
        except WrongQuestionError as error:
            return f"wrong_{error.why}"
        return ""

    def _page(self, http: Request, asked: Asked, part: str, status: int) -> HTMLResponse:
        staff, catalogue = staff_of(http), self._house.gate.catalogue()
        return self._room.page(
            http,
            "reports.html",
            status,
            part=Markup(part),  # noqa: S704 - rendered by our own process, which escapes
            making=part == _HERE_IT_COMES,
            whole=WORDS["whole_site" if staff.agency is None else "whole_agency"].in_(asked.language),
            groups=_groups(catalogue, staff, asked.language),
            periods=[(preset.value, WORDS[preset.value].in_(asked.language)) for preset in Preset],
            of=asked.of,
            period=asked.period,
            first=_date(asked.first),
            last=_date(asked.last),
        )

    async def file(self, http: Request) -> Response:
        form = http.path_params["form"]
        if form not in _TYPES:
            return Response(status_code=404, headers=HEADERS)
        try:
            body, name = await self._reports.draw(_asked(http, form))
        except NoReportError as error:
            words = WORDS[error.why].in_(language_of(http))
            return Response(words, _status(error), HEADERS, media_type="text/plain; charset=utf-8")
        told = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
        return Response(body, headers=HEADERS | told, media_type=_TYPES[form])


def _as_it_comes(page: HTMLResponse, drawing: asyncio.Task[tuple[str, int]]) -> Response:
    """The page at once, saying that its report is being made, and the report when it is there: without a script."""
    before, after = bytes(page.body).split(_HERE_IT_COMES.encode())

    async def parts() -> AsyncIterator[bytes]:
        try:
            yield before
            yield f'<div class="made">{(await drawing)[0]}</div>'.encode()
            yield after
        finally:
            drawing.cancel()  # whoever asked may have left

    answer = StreamingResponse(parts(), page.status_code)
    answer.raw_headers = [one for one in page.raw_headers if one[0] != b"content-length"]
    return answer


def _asked(http: Request, form: str) -> Asked:
    given = {name: http.query_params.get(name, "")[:_LONGEST] for name in (*_KEPT, "section")}
    staff = staff_of(http)
    return Asked(
        form=form,
        of=given["of"],
        agency=staff.agency,
        period=given["period"] or Preset.THIS_MONTH.value,
        first=given["first"],
        last=given["last"],
        language=language_of(http),
        section=given["section"],
        query=urlencode([(name, given[name]) for name in _KEPT if given[name]]),
    )


def _complaint(why: str, language: Language) -> str:
    return f'<p class="notice bad" role="alert">{escape(WORDS[why].in_(language))}</p>'


def _status(error: NoReportError) -> int:
    return 503 if error.why in ("busy", "failed") else 422


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _groups(catalogue: Catalogue, staff: Staff, language: Language) -> list[_Group]:
    """What may be chosen: for an agency's head, what is of the agency."""
    mine = staff.agency
    services = [one for one in catalogue.services.values() if mine in (None, one.agency)]
    counters = [one for one in catalogue.counters.values() if mine in (None, one.agency)]
    groups = []
    if mine is None:
        agencies = sorted(catalogue.agencies.values(), key=lambda one: one.order)
        groups.append(
            _Group(WORDS["agencies"].in_(language), [(f"agency:{one.id}", one.name.in_(language)) for one in agencies])
        )
    names = {one.id: one.short_name for one in catalogue.agencies.values()}
    groups += [
        _Group(
            WORDS["services"].in_(language),
            [(f"service:{one.id}", f"{names[one.agency]}: {one.name.in_(language)}") for one in services],
        ),
        _Group(
            WORDS["counters"].in_(language),
            [(f"counter:{one.id}", f"{WORDS['counter'].in_(language)} {one.number}") for one in counters],
        ),
    ]
    if mine is None:
        zones = catalogue.zones.values()
        groups.append(
            _Group(WORDS["zones"].in_(language), [(f"zone:{one.id}", one.name.in_(language)) for one in zones])
        )
    return groups
