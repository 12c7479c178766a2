"""The index's routes: published periods for everybody; results, sheet, raw table and publishing for who may."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from server.app.allowance import Rate
from server.app.ports import StorageError
from server.app.satisfaction_report import BadPeriodError
from server.app.satisfaction_sheet import Report, Sheet
from server.app.survey_ports import Month, Publication
from server.app.surveys import Surveys
from server.net.crowd import Allowances, asked_from
from server.net.doorkeeper import staff_of
from server.net.forms import read_form
from server.web.house.house import HEADERS, House, language_of
from server.web.ikm.periods import is_over, month_words, months_back, period_words, usual_spans
from server.web.ikm.reading import chosen_sheet, publish, read_results, read_spreadsheet, report_in
from server.web.ikm.showing import shown_sheet, tables_of
from server.web.ikm.words import WORDS
from shared.dates import clock, day_and_month
from shared.vocabulary import Language, Role

_HERE = Path(__file__).parent
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PDF = "application/pdf"
# By address, of what everybody may read: the pages ask the database, and a sheet costs a core some 100 ms.
READING = Rate(120, 4.0)
DRAWING = Rate(20, 0.2)
MOST_DRAWN = 64  # sheets of 40 kB that are kept
_LONGEST_NUMBER = 9  # digits
Drawn = tuple[bytes, str, str]
_NOTICES = ("published_now", "not_over", "no_result", "bad_period")
T = TypeVar("T")


def ikm_routes(house: House, surveys: Surveys) -> Sequence[BaseRoute]:
    return _Ikm(house, surveys).routes()


class _Ikm:
    def __init__(self, house: House, surveys: Surveys) -> None:
        self._house = house
        self._surveys = surveys
        self._readings, self._drawings = Allowances(READING), Allowances(DRAWING)
        self._drawn: OrderedDict[tuple[int, str, Language], Drawn] = OrderedDict()
        self._room = house.room("ikm", _HERE, WORDS)

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/ikm", self.public),
            Route("/ikm/published/{number}", self.published),
            Route("/ikm/published/{number}/sheet.pdf", self.published_sheet),
            Route("/ikm/report", self.report),
            Route("/ikm/report/sheet.pdf", self.report_sheet),
            Route("/ikm/report/answers.xlsx", self.spreadsheet),
            Route("/ikm/report/publish", self.publish, methods=["POST"]),
            Route("/ikm/report/codes", self.codes),
            Mount("/static/ikm", StaticFiles(directory=_HERE / "static")),
        ]

    # --- for everybody ---

    async def public(self, http: Request) -> Response:
        self._take(http, self._readings)
        publications = await self._aside(self._surveys.store.publications)
        if not publications:
            return self._room.page(http, "public.html", publication=None, publications=[])
        return self._show_published(http, publications[0], publications)

    async def published(self, http: Request) -> Response:
        self._take(http, self._readings)
        publications = await self._aside(self._surveys.store.publications)
        return self._show_published(http, _numbered(publications, _number(http)), publications)

    async def published_sheet(self, http: Request) -> Response:
        """What was published does not change any more: whoever asks next gets what was drawn."""
        self._take(http, self._readings)
        key = (_number(http), http.query_params.get("of", ""), language_of(http))
        drawn = self._drawn.get(key)
        if drawn is None:
            self._take(http, self._drawings)
            drawn = await self._draw_published(http)
            self._drawn[key] = drawn
            while len(self._drawn) > MOST_DRAWN:
                self._drawn.popitem(last=False)
        return _file(*drawn)

    async def _draw_published(self, http: Request) -> Drawn:
        publications = await self._aside(self._surveys.store.publications)
        publication = _numbered(publications, _number(http))
        report, language = report_in(publication), language_of(http)
        note = f"{WORDS['published_on'].in_(language)}: {self._moment(publication.published_at, language)}"
        return await self._pdf(report, chosen_sheet(report, http.query_params.get("of", ""), None), language, note)

    def _take(self, http: Request, allowances: Allowances) -> None:
        """Of anybody's address. Raises HTTPException."""
        address = asked_from(http)
        if not allowances.take(address, asyncio.get_running_loop().time()):
            raise HTTPException(429)

    def _show_published(self, http: Request, publication: Publication, publications: Sequence[Publication]) -> Response:
        language, report = language_of(http), report_in(publication)
        sheet = chosen_sheet(report, http.query_params.get("of", ""), None)
        if sheet is None:
            raise HTTPException(404)
        same = [one for one in publications if (one.first, one.last) == (publication.first, publication.last)]
        return self._room.page(
            http,
            "public.html",
            publication=publication.number,
            period=period_words(report.first, report.last, language),
            published_on=self._moment(publication.published_at, language),
            newer=same[0].number if same[0].number != publication.number else 0,
            sheet=shown_sheet(sheet, report, language),
            tables=tables_of(report, language),
            at=f"/ikm/published/{publication.number}?",
            pdf=f"/ikm/published/{publication.number}/sheet.pdf?{_query(of=_of(sheet), lang=language.value)}",
            hidden_below=report.hidden_below,
            publications=[
                (one.number, period_words(one.first, one.last, language), self._moment(one.published_at, language))
                for one in publications
            ],
        )

    # --- for those who may ---

    async def report(self, http: Request) -> Response:
        language, agency, today = language_of(http), staff_of(http).agency, self._surveys.today()
        first, last = self._period(http)
        notice = http.query_params.get("notice", "")
        try:
            results = await self._aside(read_results, self._surveys, first, last, agency, language)
        except BadPeriodError:
            return RedirectResponse("/ikm/report?notice=bad_period", 303, headers=HEADERS)
        report = results.report
        sheet = chosen_sheet(report, http.query_params.get("of", ""), agency)
        if sheet is None:
            raise HTTPException(404)
        period = {"from": first, "to": last}
        return self._room.page(
            http,
            "report.html",
            first=first,
            last=last,
            period=period_words(first, last, language),
            months=[(month, month_words(month, language)) for month in months_back(today)],
            spans=[(f"/ikm/report?{urlencode({'from': one.first, 'to': one.last})}", one.words.in_(language),
                    (one.first, one.last) == (first, last)) for one in usual_spans(today)],
            sheet=shown_sheet(sheet, report, language),
            tables=tables_of(report, language),
            at=f"/ikm/report?{urlencode(period)}&",
            pdf=f"/ikm/report/sheet.pdf?{urlencode({**period, 'of': _of(sheet), 'lang': language.value})}",
            xlsx=f"/ikm/report/answers.xlsx?{urlencode({**period, 'lang': language.value})}",
            hidden_below=report.hidden_below,
            channels=[(WORDS[f"channel_{name}"].in_(language), count) for name, count in report.channels.items()],
            incomplete=report.incomplete,
            ratings=results.ratings,
            texts=[(month_words(month, language), service, text) for month, service, text in results.texts],
            asks=self._asks(),
            may_publish=staff_of(http).role is Role.ADMINISTRATOR,
            is_over=is_over(last, today),
            whole_site=agency is None,
            notice=WORDS[notice].in_(language) if notice in _NOTICES else "",
            notice_kind="good" if notice == "published_now" else "warn",
        )  # fmt: skip

    async def report_sheet(self, http: Request) -> Response:
        language, agency = language_of(http), staff_of(http).agency
        first, last = self._period(http)
        try:
            results = await self._aside(read_results, self._surveys, first, last, agency, language)
        except BadPeriodError:
            raise HTTPException(404) from None
        sheet = chosen_sheet(results.report, http.query_params.get("of", ""), agency)
        printed = f"{WORDS['printed_on'].in_(language)}: {self._moment(self._surveys.clock(), language)}"
        return _file(
            *await self._pdf(results.report, sheet, language, f"{WORDS['unpublished'].in_(language)} · {printed}")
        )

    async def spreadsheet(self, http: Request) -> Response:
        first, last = self._period(http)
        agency, language = staff_of(http).agency, language_of(http)
        try:
            content = await self._aside(read_spreadsheet, self._surveys, first, last, agency, language)
        except BadPeriodError:
            raise HTTPException(404) from None
        return _file(content, _XLSX, f"ikm-{first}-{last}.xlsx")

    async def publish(self, http: Request) -> Response:
        form = await read_form(http, max_fields=10, max_files=0)
        first, last = str(form.get("from", "")), str(form.get("to", ""))
        said = await self._published(first, last, staff_of(http).id)
        return RedirectResponse(
            f"/ikm/report?{urlencode({'from': first, 'to': last, 'notice': said})}", 303, headers=HEADERS
        )

    async def _published(self, first: Month, last: Month, by: str) -> str:
        """The notice about it."""
        if not is_over(last, self._surveys.today()):
            return "not_over"
        try:
            results = await self._aside(read_results, self._surveys, first, last, None, Language.INDONESIAN)
            if all(sheet.index is None for sheet in results.report.sheets):
                return "no_result"
            await self._aside(publish, self._surveys, first, last, by)
        except BadPeriodError:
            return "bad_period"
        return "published_now"

    async def codes(self, http: Request) -> Response:
        language, agency, catalogue = language_of(http), staff_of(http).agency, self._surveys.catalogue()
        base = self._house.gate.public_url
        counters = [one for one in catalogue.counters.values() if agency in (None, one.agency)]
        shown = [
            (one.number, catalogue.agency(one.agency).name.in_(language), f"{base}/s/{one.id}") for one in counters
        ]
        return self._room.page(
            http, "codes.html", codes=[(number, name, address, _qr(address)) for number, name, address in shown]
        )

    # --- what they share ---

    def _period(self, http: Request) -> tuple[Month, Month]:
        usual = usual_spans(self._surveys.today())[0]
        return http.query_params.get("from", usual.first), http.query_params.get("to", usual.last)

    def _asks(self) -> bool:
        catalogue = self._surveys.catalogue()
        return any(catalogue.survey_of(agency) is not None for agency in catalogue.agencies)

    async def _pdf(self, report: Report, sheet: Sheet | None, language: Language, note: str) -> Drawn:
        from server.web.ikm.sheet_pdf import sheet_pdf  # not needed by a server that nobody asks for one

        if sheet is None:
            raise HTTPException(404)
        content = await self._aside(sheet_pdf, report, sheet, language, note)
        return content, _PDF, f"ikm-{report.first}-{report.last}.pdf"

    async def _aside(self, what: Callable[..., T], *arguments: Any) -> T:
        """Raises HTTPException (503) while the database is gone."""
        try:
            return await self._house.gate.aside(what, *arguments)
        except StorageError:
            raise HTTPException(503) from None

    def _moment(self, at: datetime, language: Language) -> str:
        zone = self._house.zone()
        local = at.astimezone(zone).date()
        return f"{day_and_month(local, language)} {local.year}, {clock(at, zone, language)}"


def _number(http: Request) -> int:
    """Of a publication. Raises HTTPException for what is none: also for digits without an end."""
    text: str = http.path_params["number"]
    if not text.isdecimal() or len(text) > _LONGEST_NUMBER:
        raise HTTPException(404)
    return int(text)


def _numbered(publications: Sequence[Publication], number: int) -> Publication:
    found = next((one for one in publications if one.number == number), None)
    if found is None:
        raise HTTPException(404)
    return found


def _query(**fields: str) -> str:
    return urlencode(fields)


def _of(sheet: Sheet) -> str:
    return f"{sheet.kind.value}:{sheet.id}"


def _qr(address: str) -> Markup:
    import qrcode  # with Pillow behind it: not needed by a server of which nobody prints the codes
    from qrcode.image.svg import SvgPathImage

    code = qrcode.QRCode(border=2, error_correction=qrcode.ERROR_CORRECT_M, image_factory=SvgPathImage)
    code.add_data(address)
    return Markup(code.make_image().to_string(encoding="unicode"))  # noqa: S704 - squares, drawn right here


def _file(content: bytes, kind: str, name: str) -> Response:
    disposition = f'{"inline" if kind == _PDF else "attachment"}; filename="{name}"'
    return Response(content, media_type=kind, headers=HEADERS | {"Content-Disposition": disposition})
