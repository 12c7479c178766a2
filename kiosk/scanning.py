"""A scanner types like a keyboard: the keys of one slip's QR code, put together. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

LONGEST = 512  # characters; our addresses have about sixty
PAUSE = 0.5  # seconds: a scanner types without one; what came before is somebody's finger on a keyboard
_ENDS = frozenset("\r\n\t")  # what scanners send after a code
_BOOKING = re.compile(r"/b/([A-Za-z0-9_-]{22})/?(?:\?\S*)?")
_KEY = re.compile(r"/v/([A-Za-z0-9_-]{16,64})/?(?:\?\S*)?")


@dataclass(frozen=True, slots=True)
class Scan:
    """What was typed so far, and when last."""

    typed: str = ""
    at: float = 0.0

    def after(self, text: str, now: float) -> tuple[Scan, str | None]:
        """The scan with one key more, and the slip's key when a code is complete."""
        scan, code = self.read(text, now)
        return scan, None if code is None else slip_key(code)

    def read(self, text: str, now: float) -> tuple[Scan, str | None]:
        """The scan with one key more, and what the code says when it is complete."""
        before = self.typed if now - self.at <= PAUSE else ""
        if text and text in _ENDS:
            return Scan(), before
        if not text.isprintable():
            return replace(self, typed=before), None
        return Scan((before + text)[-LONGEST:], now), None


def slip_key(code: str) -> str | None:
    """The key in the address that a slip's QR code holds; None for any other code."""
    return _whole(_KEY, code)


def booking_key(code: str) -> str | None:
    """The key in the address that a booking's QR code holds; None for any other code."""
    return _whole(_BOOKING, code)


def _whole(address: re.Pattern[str], code: str) -> str | None:
    found = address.search(code)
    return found[1] if found is not None and found.end() == len(code) else None
