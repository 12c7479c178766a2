"""What anybody may ask of the pages is bounded: forms sent again and again, sheets to draw, files that cost much."""

from __future__ import annotations

import asyncio
import io
import zipfile
from typing import Any, cast

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Route

from server.app.catalogue_editing.document import Document
from server.app.catalogue_editing.sheets_in import SheetWrong, read_workbook
from server.web.admin import exchange
from server.web.admin.exchange import text_in_file
from server.web.api.routes import api_page_routes
from server.web.booking.challenge import Challenges
from server.web.booking.hall import BookingHall
from server.web.booking.routes import booking_routes
from server.web.booking.showing import slot_start
from server.web.house.house import Room
from shared.vocabulary import Language
from tests.support.people import PEOPLE


class FullHall:
    """Nothing of it is left for this address."""

    def read(self, _: str) -> None:
        raise HTTPException(429)


def test_a_booking_that_is_sent_again_and_again_is_counted_like_a_page_that_is_read() -> None:
    routes = booking_routes(cast(Room, None), cast(BookingHall, FullHall()), Challenges(b"secret"))
    posting = next(one for one in routes if isinstance(one, Route) and "POST" in (one.methods or ()))
    http = Request({"type": "http", "method": "POST", "headers": [], "client": ("192.0.2.1", 1), "path_params": {}})
    with pytest.raises(HTTPException) as refused:
        asyncio.run(cast(Any, posting.endpoint(http)))
    assert refused.value.status_code == 429


def test_the_papers_of_a_booking_are_not_drawn_for_a_crowd() -> None:
    async def draw() -> None:
        hall = BookingHall(cast(Any, None), cast(Any, None))
        for _ in range(20):
            hall.draw("192.0.2.1")
        with pytest.raises(HTTPException):
            hall.draw("192.0.2.1")
        hall.read("192.0.2.1")  # the page itself is still there

    asyncio.run(draw())


def test_a_slot_beyond_every_calendar_is_none() -> None:
    assert slot_start("20261128T0100Z") is not None
    for beyond in ("99991231T2359Z", "00010101T0000Z", "x", ""):
        assert slot_start(beyond) is None


def test_a_spreadsheet_whose_styles_would_take_minutes_is_not_opened() -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/styles.xml", "<font/>" * 300_000)
    (mistake,) = read_workbook(book.getvalue(), Document(PEOPLE).tables).mistakes
    assert mistake.wrong is SheetWrong.TOO_LARGE


@pytest.mark.parametrize(
    "content",
    [
        b".".join([b"a"] * 20_000) + b" = 1",
        PEOPLE.encode() + b'\n["a"' + b' . "a"' * 20_000 + b"]",
        b"# nothing\n" * 200_000,
    ],
    ids=["a key of many parts", "a table of many parts", "a file of many lines"],
)
def test_a_file_that_would_keep_the_parser_busy_is_not_given_to_it(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the parser was given the file")

    present = Document(PEOPLE)
    monkeypatch.setattr(exchange, "Document", never)
    monkeypatch.setattr(exchange, "check", never)
    (wrong,) = text_in_file(content, present, Language.ENGLISH).wrong
    assert wrong.said == "This file is too large."


def test_a_catalogue_with_a_long_remark_is_read_as_before() -> None:
    text = PEOPLE + "# " + "One more sentence. " * 60 + "\n"
    assert not text_in_file(text.encode(), Document(PEOPLE), Language.ENGLISH).wrong


def test_the_operations_of_the_api_are_drawn_once_for_everybody() -> None:
    drawn: list[Language] = []

    class Drawing:
        def part(self, _: Request, __: str, language: Language, **___: Any) -> str:
            drawn.append(language)
            return "<section></section>"

        def page(self, _: Request, __: str, **values: Any) -> str:
            return str(values["operations"])

    class Quiet:
        public_url, authority = "http://hall", b""
        gate = doorkeeper = property(lambda self: self)

        def room(self, *_: object) -> Drawing:
            return Drawing()

        async def who(self, _: Request) -> None:
            return None

    page = next(one for one in api_page_routes(cast(Any, Quiet()), []) if isinstance(one, Route)).endpoint

    async def ask(language: Language) -> str:
        scope = {"type": "http", "method": "GET", "scheme": "http", "server": ("hall", 80), "path": "/api"}
        return cast(str, await page(Request({**scope, "query_string": f"lang={language}".encode(), "headers": []})))

    for language in (*Language, *Language):
        assert asyncio.run(ask(language)) == "<section></section>"
    assert drawn == list(Language)
