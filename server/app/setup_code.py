"""The setup code: what a server without a hall shows at its console, and asks of whoever sets the hall up."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from server.app.pairing import ALPHABET

LENGTH = 10
MOST_WRONG = 10  # tries in a row; then nobody may try for a while
PAUSE = timedelta(minutes=1)


class TooManyWrongError(Exception):
    """Somebody guesses."""


class SetupCode:
    """Good until the hall is set up. A browser that said it once is known by its cookie."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        self._wrong = 0
        self._closed_until: datetime | None = None
        self._tokens: set[str] = set()

    @property
    def shown(self) -> str:
        return f"{self.code[: LENGTH // 2]}-{self.code[LENGTH // 2 :]}"

    def enter(self, said: str) -> str | None:
        """A token for the browser; None for a wrong code. Raises TooManyWrongError."""
        now = self._clock()
        if self._closed_until is not None and now < self._closed_until:
            raise TooManyWrongError
        plain = said.upper().replace("-", "").replace(" ", "")
        if not hmac.compare_digest(plain.encode(), self.code.encode()):
            self._wrong += 1
            if self._wrong >= MOST_WRONG:
                self._wrong, self._closed_until = 0, now + PAUSE
            return None
        self._wrong = 0
        token = secrets.token_urlsafe(32)
        self._tokens.add(token)
        return token

    def knows(self, token: str) -> bool:
        return token in self._tokens
