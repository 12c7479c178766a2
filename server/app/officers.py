"""Officers at the door: a PIN is checked slowly, guessing is slowed further and then locked out."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from server.app.ports import AccessStore, OfficerSecret
from server.domain.errors import RefusedError
from shared.vocabulary import ErrorCode, OfficerId

LOCK_AFTER = 5
LOCK_TIME = timedelta(minutes=15)
FREE_FAILURES = 2  # a slip of the finger costs nothing; the third wrong PIN makes waiting begin


class Door:
    """Checks PINs. Call it from a worker thread: each check costs some ten milliseconds of a core on purpose."""

    def __init__(self, access: AccessStore) -> None:
        self._access = access
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # as OWASP recommends
        self._nobody = self._hasher.hash("the PIN of nobody")
        self._locks: defaultdict[OfficerId, threading.Lock] = defaultdict(threading.Lock)

    def set_pin(self, officer: OfficerId, pin: str) -> None:
        self._access.save_officer_secret(OfficerSecret(officer, self._hasher.hash(pin)))

    def check(self, officer: OfficerId, pin: str, now: datetime) -> None:
        """Return when the PIN is right. Refuses with WRONG_PIN, also for an officer who does not exist, so that
        names cannot be found out; with PIN_LOCKED and the seconds left after too many failures."""
        with self._locks[officer]:
            secret = self._access.officer_secret(officer)
            if secret is None:
                self._matches(self._nobody, pin)
                raise RefusedError(ErrorCode.WRONG_PIN)
            if secret.locked_until is not None and now < secret.locked_until:
                left = (secret.locked_until - now).total_seconds()
                raise RefusedError(ErrorCode.PIN_LOCKED, seconds=max(1, round(left)))
            if self._matches(secret.pin_hash, pin):
                if secret.failures:
                    self._access.save_officer_secret(replace(secret, failures=0, locked_until=None))
                return
            self._access.save_officer_secret(_failed_once_more(secret, now))
            raise RefusedError(ErrorCode.WRONG_PIN)

    def _matches(self, pin_hash: str, pin: str) -> bool:
        try:
            return self._hasher.verify(pin_hash, pin)
        except VerificationError:
            return False


def _failed_once_more(secret: OfficerSecret, now: datetime) -> OfficerSecret:
    failures = secret.failures + 1
    if failures >= LOCK_AFTER:
        return replace(secret, failures=0, locked_until=now + LOCK_TIME)
    pause = timedelta(seconds=2 ** (failures - 1)) if failures > FREE_FAILURES else None
    return replace(secret, failures=failures, locked_until=None if pause is None else now + pause)
