"""Harmless: a text that a spreadsheet program would take for a formula gets an apostrophe before it."""

from __future__ import annotations

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # OWASP: CSV injection


def harmless(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_BEGINS_FORMULA) else text
