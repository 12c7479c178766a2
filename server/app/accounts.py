"""Accounts: who signs in to the pages with a password, for how long, and what a browser shows for it.

A person is an officer of the catalogue; their role and agency are looked up there each time, so that a change holds at
once. The session's token is 256 random bits in a cookie; only its SHA-256 is kept.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher

from server.app.officers import SLOW, Door
from server.app.ports import AccountStore, SignedInSession
from server.app.tokens import hash_of
from server.domain.catalogue import Catalogue
from shared.vocabulary import AgencyId, DeviceId, OfficerId, Role

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 128  # characters; NIST SP 800-63B: length counts, not kinds of characters
ONE_TIME_LENGTH = 14
_ONE_TIME_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another
SEEN_EVERY = timedelta(minutes=1)  # a page is no reason to write each time


class WeakPasswordError(Exception):
    """Too short, too long, or the name itself."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who signed in, as the catalogue has them now."""

    id: OfficerId
    name: str
    role: Role
    agency: AgencyId | None
    """What they may see and change; None: the whole site."""
    csrf: str
    """What every form of theirs must bring along."""
    must_change: bool = False
    """Signed in with a password that somebody else knows."""


class Accounts:
    """Call it from a worker thread: passwords are checked slowly on purpose."""

    def __init__(
        self,
        store: AccountStore,
        catalogue: Callable[[], Catalogue],
        pepper: bytes = b"",
        idle: timedelta = timedelta(minutes=30),
        longest: timedelta = timedelta(hours=12),
        hasher: PasswordHasher = SLOW,
    ) -> None:
        """`idle`: without a page for so long, a session ends; `longest`: it ends in any case."""
        self._store = store
        self._catalogue = catalogue
        self._door = Door(store.passwords, pepper, hasher)
        self._idle = idle
        self._longest = longest

    def sign_in(self, officer: OfficerId, password: str, address: str, now: datetime) -> str:
        """The session's token. Refuses with WRONG_PIN, also for somebody the catalogue does not know, and with
        PIN_LOCKED and the seconds left after too many failures from this address."""
        self._door.check(officer, DeviceId(f"address:{address}"), password, now)
        token = secrets.token_urlsafe(32)
        self._store.forget_sessions(now - self._idle, now - self._longest)
        self._store.begin_session(SignedInSession(hash_of(token), officer, now, now), address)
        return token

    def who(self, token: str, now: datetime) -> Staff | None:
        """None: nobody, or not any more."""
        if not token:
            return None
        session = self._store.session(hash_of(token))
        if session is None or now - session.seen_at > self._idle or now - session.began_at > self._longest:
            return None
        officer = self._catalogue().officers.get(session.officer)
        if officer is None:
            return None
        if now - session.seen_at >= SEEN_EVERY:
            self._store.seen(session.token_hash, now)
        agency = officer.agency if officer.role in (Role.AGENCY_HEAD, Role.OFFICER) else None
        if officer.role is Role.AGENCY_HEAD and agency is None:
            return None  # the head of none: the catalogue's check refuses that, and so do we
        must_change = self._store.must_change(officer.id)
        return Staff(officer.id, officer.name, officer.role, agency, csrf_of(token), must_change)

    def sign_out(self, token: str) -> None:
        self._store.end_session(hash_of(token))

    def end_others(self, officer: OfficerId, token: str) -> int:
        return self._store.end_sessions(officer, hash_of(token))

    def change_password(self, staff: Staff, old: str, new: str, address: str, now: datetime) -> None:
        """Ends every session. Raises WeakPasswordError; refuses as `sign_in` does."""
        refuse_weak(staff.id, new)
        if hmac.compare_digest(old.encode(), new.encode()):
            raise WeakPasswordError
        self._door.check(staff.id, DeviceId(f"address:{address}"), old, now)
        self._store.set_password(staff.id, self._door.hashed(new), once=False, by=staff.id)

    def set_password(self, officer: OfficerId, password: str, by: str = "") -> None:
        """Raises WeakPasswordError."""
        refuse_weak(officer, password)
        self._store.set_password(officer, self._door.hashed(password), once=False, by=by)

    def give_one_time(self, officer: OfficerId, by: str = "") -> str:
        """A password to be shown once and changed at the first sign-in."""
        password = "".join(secrets.choice(_ONE_TIME_LETTERS) for _ in range(ONE_TIME_LENGTH))
        self._store.set_password(officer, self._door.hashed(password), once=True, by=by)
        return password

    def has_password(self) -> frozenset[OfficerId]:
        return self._store.has_password()


def refuse_weak(officer: OfficerId, password: str) -> None:
    """Raises WeakPasswordError."""
    fits = SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD
    if not fits or len(set(password)) < 4 or officer.lower() in password.lower():
        raise WeakPasswordError


def csrf_of(token: str) -> str:
    digest = hmac.new(token.encode(), b"form", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()
