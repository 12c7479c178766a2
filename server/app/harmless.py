"""Harmless: a text that a spreadsheet program would take for a formula gets an apostrophe before it."""

from __future__ import annotations

_BEGINS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # OWASP: CSV injection
_BEGINS_CELL = ("\t", "\r", "\n")


def is_formula(text: str) -> bool:
    """Now, or after it was saved in another format and opened again."""
    return text.startswith(_BEGINS_CELL) or text.lstrip().startswith(_BEGINS_FORMULA)


def harmless(text: str) -> str:
    return f"'{text}" if is_formula(text) else text
