"""Forms: what a browser sent, when all of it is text that a database keeps and a page can show again."""

from __future__ import annotations

import re

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

MAX_FIELDS = 2_000
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


async def read_form(http: Request, *, max_fields: int = MAX_FIELDS, max_files: int = 1) -> FormData:
    """The form, which stays with the request: whoever reads it again gets the same one. Raises HTTPException for a NUL,
    which PostgreSQL does not take, and for half a character: a body says by itself in which letters it is written."""
    form = await http.form(max_fields=max_fields, max_files=max_files)
    texts = (text for field in form.multi_items() for text in field if isinstance(text, str))
    if any(_NO_TEXT.search(text) for text in texts):
        raise HTTPException(400)
    return form
