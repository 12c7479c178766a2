"""Naming: a code for a new thing, made of what it is called, where nobody thought of one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

from server.app.catalogue_editing.kinds import Item, Kind
from server.app.catalogue_editing.tables import agency_of

_LONGEST = 40
_NOT_IN_A_CODE = re.compile(r"[^a-z0-9]+")


def suggested(kind: Kind, item: Item, taken: Collection[str]) -> str:
    """Unlike every other of the kind; "" when there is nothing to make it of."""
    name = item.get(kind.title or kind.identity)
    words = str(next(iter(name.values()), "")) if isinstance(name, Mapping) else str(name or "")
    base = slug(words)
    if kind.name == "service" and (agency := agency_of(kind, item)):
        base = slug(f"{agency} {words}") if base else ""
    code, number = base, 2
    while code and code in taken:
        code, number = f"{base}-{number}", number + 1
    return code


def slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_A_CODE.sub("-", plain)[:_LONGEST].strip("-")
