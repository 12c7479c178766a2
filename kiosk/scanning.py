"""A scanner types like a keyboard: the keys of one slip's QR code, put together. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

LONGEST = 512  # characters; our addresses have about sixty
PAUSE = 0.5  # seconds: a scanner types without one; what came before is somebody's finger on a keyboard
_ENDS = frozenset("\r\n\t")  # what scanners send after a code
_KEY = re.compile(r"/v/([A-Za-z0-9_-]{16,64})/?(?:\?\S*)?")


@dataclass(frozen=True, slots=True)
class Scan:
    """What was typed so far, and when last."""

    typed: str = ""
    at: float = 0.0

    def after(self, text: str, now: float) -> tuple[Scan, str | None]:
        """The scan with one key more, and the slip's key when a code is complete."""
        before = self.typed if now - self.at <= PAUSE else ""
        if text and text in _ENDS:
            return Scan(), slip_key(before)
        if not text.isprintable():
            return replace(self, typed=before), None
        return Scan((before + text)[-LONGEST:], now), None


def slip_key(code: str) -> str | None:
    """The key in the address that a slip's QR code holds; None for any other code."""
    found = _KEY.search(code)
    return found[1] if found is not None and found.end() == len(code) else None
