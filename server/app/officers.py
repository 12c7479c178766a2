"""Officers at the door: a PIN is checked slowly, guessing is slowed further and then locked out at that device."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from dataclasses import replace
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.app.ports import OfficerSecret, PinFailures, SecretStore
from server.domain.errors import RefusedError
from shared.vocabulary import DeviceId, ErrorCode, OfficerId

LOCK_AFTER = 5
LOCK_TIME = timedelta(minutes=15)
FREE_FAILURES = 2  # a slip of the finger costs nothing; the third wrong PIN makes waiting begin
INVENTED_KEPT = 1_000  # names that nobody bears are counted, too, or a lock would tell who exists
_LOCKS = 64
GIVEN_DIGITS = 6
SLOW = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # as OWASP recommends
_PEPPERED = "pepper:"  # before the hash of a PIN that was seasoned


class Door:
    """Checks PINs. Call it from a worker thread: each check costs some ten milliseconds of a core on purpose."""

    def __init__(self, access: SecretStore, pepper: bytes = b"", hasher: PasswordHasher = SLOW) -> None:
        """`pepper` is a key that is kept outside the database: without it, the hashes of a stolen copy cannot be
        tried against all PINs."""
        self._access = access
        self._pepper = pepper
        self._hasher = hasher
        self._nobody = self._hashed("the PIN of nobody")
        self._locks = tuple(threading.Lock() for _ in range(_LOCKS))
        self._invented: OrderedDict[tuple[OfficerId, DeviceId], PinFailures] = OrderedDict()
        self._guard = threading.Lock()

    def set_pin(self, officer: OfficerId, pin: str, by: str = "") -> None:
        """Also ends every lock of the officer. `by`: the officer who did it; "": whoever runs this program."""
        self._access.save_officer_secret(OfficerSecret(officer, self._hashed(pin)), by)

    def give_pin(self, officer: OfficerId, by: str = "") -> str:
        """A PIN that nobody chose, to be shown once."""
        pin = "".join(secrets.choice("0123456789") for _ in range(GIVEN_DIGITS))
        self.set_pin(officer, pin, by)
        return pin

    def has_pin(self, officer: OfficerId) -> bool:
        return self._access.officer_secret(officer) is not None

    def hashed(self, secret: str) -> str:
        """As it is kept."""
        return self._hashed(secret)

    def check(self, officer: OfficerId, device: DeviceId, pin: str, now: datetime) -> None:
        """Return when the PIN is right. Refuses with WRONG_PIN, also for an officer who does not exist, so that
        names cannot be found out; with PIN_LOCKED and the seconds left after too many failures at this device."""
        with self._locks[hash((officer, device)) % _LOCKS]:
            secret = self._access.officer_secret(officer)
            known = secret is not None
            failures = self._access.pin_failures(officer, device) if known else self._of_nobody(officer, device)
            if failures.locked_until is not None and now < failures.locked_until:
                left = (failures.locked_until - now).total_seconds()
                raise RefusedError(ErrorCode.PIN_LOCKED, seconds=max(1, round(left)))
            if self._matches(self._nobody if secret is None else secret.pin_hash, pin) and secret is not None:
                self._let_in(secret, failures, pin)
                return
            self._count(failures, now, known=known)
            raise RefusedError(ErrorCode.WRONG_PIN)

    def _let_in(self, secret: OfficerSecret, failures: PinFailures, pin: str) -> None:
        if self._pepper and not secret.pin_hash.startswith(_PEPPERED):
            self._access.save_officer_secret(OfficerSecret(secret.officer, self._hashed(pin)))  # set before the pepper
        elif failures.failures:
            self._access.save_pin_failures(replace(failures, failures=0, locked_until=None))

    def _count(self, failures: PinFailures, now: datetime, *, known: bool) -> None:
        counted = _failed_once_more(failures, now)
        if known:
            self._access.save_pin_failures(counted)
            return
        with self._guard:
            self._invented[failures.officer, failures.device] = counted
            self._invented.move_to_end((failures.officer, failures.device))
            while len(self._invented) > INVENTED_KEPT:
                self._invented.popitem(last=False)

    def _of_nobody(self, officer: OfficerId, device: DeviceId) -> PinFailures:
        with self._guard:
            return self._invented.get((officer, device)) or PinFailures(officer, device)

    def _hashed(self, pin: str) -> str:
        return (_PEPPERED if self._pepper else "") + self._hasher.hash(self._seasoned(pin))

    def _seasoned(self, pin: str) -> str:
        return hmac.new(self._pepper, pin.encode(), hashlib.sha256).hexdigest() if self._pepper else pin

    def _matches(self, pin_hash: str, pin: str) -> bool:
        peppered = pin_hash.startswith(_PEPPERED)
        try:
            return self._hasher.verify(pin_hash.removeprefix(_PEPPERED), self._seasoned(pin) if peppered else pin)
        except (VerificationError, InvalidHashError):
            return False


def _failed_once_more(before: PinFailures, now: datetime) -> PinFailures:
    failures = before.failures + 1
    if failures >= LOCK_AFTER:
        return replace(before, failures=0, locked_until=now + LOCK_TIME)
    pause = timedelta(seconds=2 ** (failures - 1)) if failures > FREE_FAILURES else None
    return replace(before, failures=failures, locked_until=None if pause is None else now + pause)
