"""Ports: what the application asks of the outside. `server.db` implements the store; tests have one in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from server.domain.changes import Changes, CounterStatus
from server.domain.early_calls import EarlyCall
from server.domain.facts import Why
from server.domain.leases import Lease
from server.domain.orders import Bulletin, Closure
from server.domain.outlook import Lessons
from server.domain.visit import Visit
from shared.vocabulary import DeviceId, FollowKey, LegId, OfficerId, Program, RequestId, ZoneId


class StorageError(Exception):
    """The database did not do it. Nothing of this unit of work was kept."""


@dataclass(frozen=True, slots=True)
class StoredLobby:
    """All rows of one service date."""

    service_date: date
    visits: Sequence[Visit]
    counters: Sequence[CounterStatus]
    sequences: dict[str, int]
    leases: Sequence[Lease] = ()
    reasons: Mapping[LegId, Why] = field(default_factory=dict)
    """Why those who are in hand were called, as their facts say."""
    closures: Sequence[Closure] = ()
    bulletins: Sequence[Bulletin] = ()
    """In the order in which they were given."""
    early_calls: Sequence[EarlyCall] = ()
    """Calls out of order, in the order of their facts."""


@dataclass(frozen=True, slots=True)
class StoredReply:
    """A request that was done: law 5."""

    request: RequestId
    device: str
    body: bytes
    """SHA-256 of the command as it was encoded: the same id with another body is refused."""
    reply: bytes
    """The encoded `Reply`."""
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredCatalogue:
    version: int
    text: str
    """The TOML file as it was published."""
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Device:
    id: DeviceId
    program: Program
    name: str
    zone: ZoneId | None
    token_hash: bytes
    """SHA-256 of the token; the token itself is on the device only."""
    approved_at: datetime
    revoked_at: datetime | None = None
    rotated_at: datetime | None = None
    """When the present token took the place of the one before it; None for the first one."""
    next_hash: bytes | None = None
    """Of a new token that was offered and not used yet."""
    revoked_why: str = ""
    """`administrator` or `old_token`."""


@dataclass(frozen=True, slots=True)
class PendingDevice:
    """A program that shows a code and waits for an administrator."""

    code: str
    installation: str
    program: Program
    asked_at: datetime
    expires_at: datetime
    proof_hash: bytes = b""
    """SHA-256 of what the program alone knows: nobody else collects its approval."""


@dataclass(frozen=True, slots=True)
class Approval:
    """What an administrator decided for a code; the token is minted when the device collects it."""

    code: str
    installation: str
    name: str
    zone: ZoneId | None


@dataclass(frozen=True, slots=True)
class OfficerSecret:
    officer: OfficerId
    pin_hash: str
    """argon2id, as its library encodes it."""


@dataclass(frozen=True, slots=True)
class PinFailures:
    """Wrong PINs of one officer at one device, since the last right one."""

    officer: OfficerId
    device: DeviceId
    failures: int = 0
    locked_until: datetime | None = None


class LobbyStore(Protocol):
    """Used by the writer thread alone."""

    def read_lobby(self, service_date: date) -> StoredLobby: ...

    def newest_instant(self) -> datetime | None:
        """The latest moment that any fact bears: a clock far behind it is wrong."""

    def lessons(self, today: date) -> Lessons:
        """What earlier days, and today so far, teach about waits."""

    def open_dates_before(self, service_date: date) -> Sequence[date]:
        """Earlier service dates that still have open legs or standing leases (the server was off at closing time)."""

    def replies_to(self, requests: Collection[RequestId]) -> Mapping[RequestId, StoredReply]:
        """Those among the requests that were done already, with their replies: one question for a whole batch."""

    def keys_given(self, keys: Collection[FollowKey]) -> frozenset[FollowKey]:
        """Those that a visit of any day has. Raises StorageError."""

    def forget_replies(self, before: datetime) -> int:
        """How many older replies were forgotten; nobody repeats a request for days."""

    def commit(self, service_date: date, changes: Changes, replies: Sequence[StoredReply]) -> None:
        """One transaction, on the disk when it returns. Raises StorageError; then nothing was kept."""


class CatalogueStore(Protocol):
    def catalogue_versions(self) -> Sequence[StoredCatalogue]:
        """Oldest first."""

    def newest_version(self) -> int:
        """0 while nothing was published. Cheap: a running server asks every second."""

    def publish_catalogue(self, text: str, now: datetime) -> StoredCatalogue: ...


class SecretStore(Protocol):
    """What a door keeps: secrets and failures. `device` is where somebody stands: a device's id, or an address."""

    def officer_secret(self, officer: OfficerId) -> OfficerSecret | None: ...
    def save_officer_secret(self, secret: OfficerSecret, by: str = "") -> None:
        """What was counted against the officer is forgotten."""

    def pin_failures(self, officer: OfficerId, device: DeviceId) -> PinFailures: ...
    def save_pin_failures(self, failures: PinFailures) -> None: ...


@dataclass(frozen=True, slots=True)
class SignedInSession:
    """Somebody who signed in to the pages, in one browser."""

    token_hash: bytes
    """SHA-256 of what the browser's cookie holds."""
    officer: OfficerId
    began_at: datetime
    seen_at: datetime


class AccountStore(Protocol):
    """Passwords and the sessions of the pages; safe to use from any thread. Each raises StorageError."""

    @property
    def passwords(self) -> SecretStore: ...

    def set_password(self, officer: OfficerId, password_hash: str, *, once: bool, by: str) -> None:
        """`once`: whoever signs in with it must choose another. Ends all sessions of the officer and every lock.
        `by` is the officer who did it; "": whoever runs this program."""

    def must_change(self, officer: OfficerId) -> bool: ...

    def has_password(self) -> frozenset[OfficerId]: ...

    def begin_session(self, session: SignedInSession, address: str) -> None: ...

    def session(self, token_hash: bytes) -> SignedInSession | None: ...

    def seen(self, token_hash: bytes, now: datetime) -> None: ...

    def end_session(self, token_hash: bytes) -> None: ...

    def end_sessions(self, officer: OfficerId, besides: bytes = b"") -> int:
        """All of one officer's, besides one; how many."""

    def forget_sessions(self, seen_before: datetime, begun_before: datetime) -> None: ...


class AccessStore(SecretStore, Protocol):
    """Devices and PINs; safe to use from any thread."""

    def officers_with_pin(self) -> frozenset[OfficerId]: ...

    def device_by_token(self, token_hash: bytes) -> Device | None:
        """By its token, or by one that was offered to it."""

    def device_by_retired_token(self, token_hash: bytes) -> Device | None: ...
    def offer_token(self, device: DeviceId, token_hash: bytes) -> None:
        """Another offer takes the place of one that was not used."""

    def take_up_token(self, device: DeviceId, token_hash: bytes, now: datetime) -> None:
        """The offered token was used: from now on it is the device's, and the one before it is retired."""

    def devices(self) -> Sequence[Device]: ...
    def revoke_device(self, device: DeviceId, now: datetime, why: str = "administrator", by: str = "") -> bool:
        """`by`: the officer who did it; "": whoever runs this program."""

    def ask_pairing(self, pending: PendingDevice) -> None:
        """Replaces an earlier code of the same installation."""

    def pending_devices(self, now: datetime) -> Sequence[PendingDevice]: ...

    def approved_installations(self, now: datetime) -> frozenset[str]:
        """Those whose approval waits to be collected. Cheap: it is asked twice a second while anybody shows a code."""

    def approve(self, approval: Approval, now: datetime, by: str = "") -> bool:
        """False when the code is unknown or expired."""

    def collect(
        self, installation: str, proof_hash: bytes, device: DeviceId, token_hash: bytes, now: datetime
    ) -> Device | None:
        """Turn an approval into a device, once; None while there is none, or when the proof is another's."""
