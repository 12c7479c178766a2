"""Import and export: the TOML file and the spreadsheet. A file is checked whole before it becomes the draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.app.catalogue_editing.desk import Present
from server.app.catalogue_editing.document import Document, rewritten
from server.app.catalogue_editing.placing import Placed, placed
from server.app.catalogue_editing.ports import NO_DRAFT, DraftMovedError
from server.app.catalogue_editing.rights import Editor
from server.app.catalogue_editing.sheets_in import LARGEST, Cell, SheetWrong, read_workbook
from server.app.catalogue_editing.sheets_out import workbook_of
from server.app.catalogue_editing.tables import Tables
from server.app.catalogue_file import CatalogueError, Code, check
from server.net.forms import read_form
from server.web.admin.mistake_words import WRONG_SHEETS, said
from server.web.admin.office import Office, editor_of, go_on
from server.web.admin.overview import remark
from server.web.admin.words import WORDS
from server.web.house.house import HEADERS, language_of
from shared.vocabulary import Language

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROOM_FOR_THE_FORM = 16_384  # bytes around the file
_LARGEST_TEXT = 1024 * 1024  # bytes; a hall of 150 services takes 60,000
_MOST_DOTS = 200  # in one line
_MOST_SHOWN = 100  # mistakes; whoever mends these finds the rest
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Wrong:
    where: str
    said: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: a text without mistakes, or the mistakes."""

    text: str
    wrong: Sequence[Wrong] = ()


Over = Callable[[Tables], Tables]


def as_it_is(tables: Tables) -> Tables:
    return tables


class Exchange:
    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/admin/exchange", self.show),
            Route("/admin/exchange", self.take, methods=["POST"], max_body_size=LARGEST + _ROOM_FOR_THE_FORM),
            Route("/admin/exchange/catalogue.toml", self.toml),
            Route("/admin/exchange/catalogue.xlsx", self.xlsx),
        ]

    async def show(self, http: Request) -> Response:
        return await self._page(http, await self._office.present())

    async def toml(self, _: Request) -> Response:
        present = await self._office.present()
        return _file(present.document.text.encode(), "application/toml", "toml", present)

    async def xlsx(self, _: Request) -> Response:
        present = await self._office.present()
        return _file(await self._office.aside(workbook_of, present.tables), _XLSX, "xlsx", present)

    async def take(self, http: Request) -> Response:
        office, language = self._office, language_of(http)
        given = await read_form(http, max_files=1)
        present = await office.present()
        upload = given.get("file")
        content = await upload.read(LARGEST + 1) if isinstance(upload, UploadFile) else b""
        if not content:
            return await self._page(http, present, complaint=WORDS["no_file"].in_(language), status=422)
        if present.draft is not None and "replace" not in given:
            return await self._page(http, present, complaint=WORDS["must_replace"].in_(language), status=422)
        taken = await office.aside(text_in_file, content, present.document, language)
        if taken.wrong:
            complaint = WORDS["file_wrong"].in_(language).format(count=len(taken.wrong))
            return await self._page(http, present, complaint=complaint, wrong=taken.wrong[:_MOST_SHOWN], status=422)
        if taken.text == present.document.text:
            return go_on("/admin/exchange", "same")
        try:
            await office.aside(self._take_over, taken.text, present, editor_of(http))
        except DraftMovedError:
            return go_on("/admin/exchange", "moved_on")
        except CatalogueError as error:  # something that only the whole catalogue shows
            wrong = [Wrong(f"{WORDS['line'].in_(language).format(line=one.line)}", str(one)) for one in error.mistakes]
            complaint = WORDS["file_wrong"].in_(language).format(count=len(wrong))
            return await self._page(http, present, complaint=complaint, wrong=wrong[:_MOST_SHOWN], status=422)
        return go_on("/admin/changes", "taken")

    def _take_over(self, text: str, present: Present, editor: Editor) -> None:
        if present.draft is not None and text == present.published.text:
            self._office.desk.discard(present.digest, editor)  # it says what is published
        else:
            self._office.desk.take_over(text, present.digest if present.draft else NO_DRAFT, editor)

    async def _page(
        self,
        http: Request,
        present: Present,
        complaint: str = "",
        wrong: Sequence[Wrong] = (),
        status: int = 200,
    ) -> Response:
        return await self._office.page(
            http,
            "exchange.html",
            present,
            status,
            complaint=complaint,
            wrong=wrong,
            has_draft=present.draft is not None,
        )


def text_in_file(content: bytes, present: Document, language: Language, over: Over = as_it_is) -> Taken:
    """`over` may put something of our own over what the file says, before it is checked."""
    if content.startswith(_ZIP):
        return _of_workbook(content, present, language, over)
    if len(content) > _LARGEST_TEXT or _is_too_deep(content):
        return Taken("", [Wrong("", WRONG_SHEETS[SheetWrong.TOO_LARGE].in_(language))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Taken("", [Wrong("", WORDS["other_file"].in_(language))])
    try:
        tables = Document(text).tables
    except (ValueError, RecursionError):
        return Taken(text, wrong_in_text(text, language))
    covered = over(tables)
    if covered is not tables:
        text = rewritten(Document(text), covered).text
    return Taken(text, wrong_in_text(text, language))


def _is_too_deep(content: bytes) -> bool:
    """A key of 20,000 parts is a file of 40 kB, and takes the parser 15 s and two gigabytes."""
    return any(line.count(b".") > _MOST_DOTS for line in content.split(b"\n"))


def _of_workbook(content: bytes, present: Document, language: Language, over: Over) -> Taken:
    read = read_workbook(content, present.tables)
    if read.mistakes:
        return Taken(
            "",
            [
                Wrong(_place(one.cell, language), WRONG_SHEETS[one.wrong].in_(language).format(value=one.value))
                for one in read.mistakes
            ],
        )
    document = rewritten(present, over(read.tables))
    wrong = []
    for one in placed(check(document.text), document.tables):
        if one.is_error:
            cell = read.cell_of(one)
            where = _place(cell, language) if cell.row else _named(one, document.tables, language)
            wrong.append(Wrong(where, said(one, document.tables, language)))
    return Taken(document.text, wrong)


def wrong_in_text(text: str, language: Language) -> Sequence[Wrong]:
    """By line; in English in the words of the command line, which name more."""
    try:
        tables = Document(text).tables
    except (ValueError, RecursionError):
        tables = {}
    wrong = []
    for mistake in check(text):
        one = placed([mistake], tables)[0] if tables else Placed(mistake, None)
        if one.is_error:
            where = WORDS["line"].in_(language).format(line=mistake.line)
            name = _named(one, tables, language) if tables else ""
            plainly = language is Language.ENGLISH or mistake.code is Code.NOT_TOML
            words = mistake.message if plainly else said(one, tables, language)
            wrong.append(Wrong(f"{where}: {name}" if name and not plainly else where, words))
    return wrong


def _named(one: Placed, tables: Tables, language: Language) -> str:
    words = remark(one, tables, language)
    return ", ".join(part for part in (words["name"], words["field"]) if part)


def _place(cell: Cell, language: Language) -> str:
    if not cell.sheet:
        return ""
    if not cell.row:
        return cell.sheet
    words = WORDS["cell" if cell.column else "row"].in_(language)
    return words.format(sheet=cell.sheet, row=cell.row, column=cell.column)


def _file(content: bytes, kind: str, ending: str, present: Present) -> Response:
    site = str(present.tables["site"].get("site", {}).get("id", "loket"))
    state = "draft" if present.draft is not None else f"v{present.newest}"
    name = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "-" for letter in site)
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}-{state}.{ending}"'}
    return Response(content, media_type=kind, headers=headers)
