"""Dates, as they are written on the command line."""

from __future__ import annotations

from datetime import date

from server.cli.failing import CommandError


def date_of(text: str) -> date:
    """Raises CommandError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is no date: write it as 2026-11-23.") from None
