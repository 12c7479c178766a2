"""API keys: another system's proof, 256 random bits that are shown once and kept as SHA-256.

A key has one role and does what that role may. One that works at a counter carries the officer and the counter it
works for: the administrator decides that when the key is made, and no request can name another.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType, Protocol

from server.app.sessions import Outbox, Seat, Session
from server.app.tokens import hash_of
from server.domain.catalogue import Catalogue
from shared.vocabulary import AgencyId, CounterId, DeviceId, OfficerId, Role

KeyId = NewType("KeyId", str)

KEY_ROLES = (Role.KIOSK, Role.OFFICER, Role.SUPERVISOR, Role.AGENCY_HEAD, Role.AUDITOR, Role.ADMINISTRATOR)
"""A kiosk's gives numbers; the others are those of people."""
SITS = (Role.OFFICER, Role.SUPERVISOR, Role.AGENCY_HEAD, Role.ADMINISTRATOR)
"""May carry a counter; an officer's key must."""
API_DEVICE = "api:"  # before a key's id, where facts and requests name a device
_TOKEN = re.compile(r"lk_[0-9a-f]{10}_[A-Za-z0-9_-]{43}")
LONGEST_NAME = 60


class KeyMistakeError(Exception):
    """A key that cannot be made so; the text is for the administrator."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A key as an administrator asks for it."""

    name: str
    role: Role
    agency: AgencyId | None = None
    """None: the whole site."""
    officer: OfficerId | None = None
    counter: CounterId | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ApiKey:
    id: KeyId
    name: str
    """What it is for: "Website of the regency"."""
    role: Role
    agency: AgencyId | None
    officer: OfficerId | None
    counter: CounterId | None
    created_at: datetime
    created_by: str
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    used_at: datetime | None = None
    """To the hour."""

    def is_good(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    @property
    def device(self) -> DeviceId:
        """As facts and requests name it."""
        return DeviceId(f"{API_DEVICE}{self.id}")

    def session(self, outbox: Outbox) -> Session:
        """For one request."""
        seat = None
        if self.officer is not None and self.counter is not None:
            seat = Seat(self.officer, self.counter, self.role)
        return Session(outbox, self.role, self.device, self.name, agency=self.agency, seat=seat, by_key=True)


class KeyStore(Protocol):
    """Safe to use from any thread; each raises StorageError."""

    def add_key(self, key: ApiKey, key_hash: bytes) -> None: ...
    def all_keys(self) -> Sequence[ApiKey]:
        """All that were ever made, oldest first."""

    def key_by_hash(self, key_hash: bytes) -> ApiKey | None:
        """Also one that is revoked or has expired."""

    def revoke_key(self, key: KeyId, now: datetime, by: str = "") -> bool:
        """False when there is none of that id to revoke. `by`: an officer; "": whoever runs this program."""

    def key_used(self, key: KeyId, now: datetime) -> None: ...


def make_key(store: KeyStore, wanted: Wanted, catalogue: Catalogue, now: datetime, by: str) -> tuple[ApiKey, str]:
    """The key, and its secret, which is not kept anywhere. Raises KeyMistakeError, StorageError."""
    checked = _checked(wanted, catalogue, now)
    id_ = KeyId(secrets.token_hex(5))
    token = f"lk_{id_}_{secrets.token_urlsafe(32)}"
    key = ApiKey(
        id=id_,
        name=checked.name,
        role=checked.role,
        agency=checked.agency,
        officer=checked.officer,
        counter=checked.counter,
        created_at=now,
        created_by=by,
        expires_at=checked.expires_at,
    )
    store.add_key(key, hash_of(token))
    return key, token


def looks_like_key(token: str) -> bool:
    return _TOKEN.fullmatch(token) is not None


def _checked(wanted: Wanted, catalogue: Catalogue, now: datetime) -> Wanted:
    name = " ".join(wanted.name.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise KeyMistakeError(f"Say in 1 to {LONGEST_NAME} characters what the key is for.")
    if wanted.role not in KEY_ROLES:
        raise KeyMistakeError(f"A key has one of the roles {', '.join(KEY_ROLES)}.")
    if wanted.expires_at is not None and wanted.expires_at <= now:
        raise KeyMistakeError("The key would have expired already.")
    if wanted.agency is not None and wanted.agency not in catalogue.agencies:
        raise KeyMistakeError(f"The catalogue has no agency {wanted.agency}.")
    if wanted.role is Role.AGENCY_HEAD and wanted.agency is None:
        raise KeyMistakeError("The key of an agency's head needs the agency.")
    if wanted.role is Role.OFFICER and (wanted.officer is None or wanted.counter is None):
        raise KeyMistakeError("An officer's key needs the officer and the counter that it works for.")
    agency = wanted.agency
    if wanted.officer is not None or wanted.counter is not None:
        agency = _agency_of_seat(wanted, catalogue)
    return Wanted(name, wanted.role, agency, wanted.officer, wanted.counter, wanted.expires_at)


def _agency_of_seat(wanted: Wanted, catalogue: Catalogue) -> AgencyId | None:
    """What a key that works at a counter sees: an officer's the counter's agency, others what was asked for."""
    if wanted.role not in SITS or wanted.officer is None or wanted.counter is None:
        raise KeyMistakeError("Officer and counter go together, and not with the roles kiosk and auditor.")
    officer, counter = catalogue.officers.get(wanted.officer), catalogue.counters.get(wanted.counter)
    if officer is None:
        raise KeyMistakeError(f"The catalogue has no officer {wanted.officer}.")
    if counter is None:
        raise KeyMistakeError(f"The catalogue has no counter {wanted.counter}.")
    if officer.agency not in (None, counter.agency) or wanted.agency not in (None, counter.agency):
        raise KeyMistakeError(f"The counter {wanted.counter} is of the agency {counter.agency}, of another than asked.")
    return counter.agency if wanted.role is Role.OFFICER else wanted.agency
