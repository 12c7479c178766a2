"""Forms: a text that no database keeps or no page can show is refused where it comes in."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

import server
from server.net.forms import read_form
from server.net.guard import NoNul

URLENCODED = "application/x-www-form-urlencoded"
PARTS = 'multipart/form-data; boundary=b; charset="utf-7"'  # in which half a character can be written


def read(body: bytes, kind: str = URLENCODED) -> list[tuple[str, Any]]:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def story() -> list[tuple[str, Any]]:
        http = Request({"type": "http", "method": "POST", "headers": [(b"content-type", kind.encode())]}, receive)
        form = await read_form(http)
        assert await read_form(http) is form, "whoever reads it again gets the same one"
        return form.multi_items()

    return asyncio.run(story())


def part(text: bytes) -> bytes:
    return b'--b\r\nContent-Disposition: form-data; name="note"\r\n\r\n' + text + b"\r\n--b--\r\n"


def test_a_form_is_read_to_the_letter() -> None:
    text = "a é \u202e\n"
    assert read(f"note={quote(text)}&note=".encode()) == [("note", text), ("note", "")]
    assert read(part(b"plain"), PARTS) == [("note", "plain")]


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"note=a%00b", URLENCODED), (b"no%00te=a", URLENCODED), (part(b"a\x00b"), PARTS), (part(b"+2AA-"), PARTS)],
    ids=["nul in a value", "nul in a name", "nul in a part", "half a character"],
)
def test_a_form_with_what_is_no_text_is_refused(body: bytes, kind: str) -> None:
    with pytest.raises(HTTPException) as refused:
        read(body, kind)
    assert refused.value.status_code == 400


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/v/k", b"", 200),
        ("/v/k", b"q=%2500", 200),
        ("/v/a\x00b", b"", 400),
        ("/audit", b"what=%00", 400),
    ],
)
def test_an_address_with_a_nul_leads_nowhere(path: str, query: bytes, status: int) -> None:
    said: list[int] = []

    async def page(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Message) -> None:
        if "status" in message:
            said.append(message["status"])

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "path": path, "query_string": query, "headers": []}
    asyncio.run(NoNul(page)(scope, nothing, send))
    assert said == [status]


def test_there_is_no_other_way_to_read_a_form_or_to_ask_the_writer() -> None:
    root = Path(server.__file__).parent
    texts = {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in root.rglob("*.py")}
    assert {name for name, text in texts.items() if re.search(r"\bawait \w+\.form\(", text)} == {"net/forms.py"}
    asking = {name for name, text in texts.items() if re.search(r"writer\.put\(Asked\(", text)}
    assert asking == {"net/asking.py", "net/handing_on.py"}
