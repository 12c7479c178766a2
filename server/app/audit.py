"""The audit log: who decided what. Each entry is chained to the one before it by a hash; no personal data is in it.

The hash of an entry is SHA-256 over the hash before it and the entry's canonical text, so that nobody can change,
insert or take out an entry without the ones behind it telling.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from server.domain.facts import Fact, FactKind
from server.domain.publishing import DAY_OVER

Details = Mapping[str, str | int | float | None]
NOTHING: Details = MappingProxyType({})
FIRST_HASH = bytes(32)  # what stands before the first entry


class What(StrEnum):
    """A value is never renamed once it was released: it is part of what was hashed."""

    CATALOGUE_PUBLISHED = "catalogue_published"
    DRAFT_DISCARDED = "draft_discarded"
    DRAFT_CHANGED = "draft_changed"
    """One thing of the catalogue's draft: which, how, and which of its fields; the words are in the version."""
    DRAFT_IMPORTED = "draft_imported"
    DEVICE_APPROVED = "device_approved"
    DEVICE_INTRODUCED = "device_introduced"
    DEVICE_REVOKED = "device_revoked"
    TOKEN_ROTATED = "token_rotated"  # noqa: S105
    PIN_SET = "pin_set"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_IN_LOCKED = "sign_in_locked"
    PASSWORD_SET = "password_set"  # noqa: S105
    SIGNED_IN = "signed_in"
    SESSIONS_ENDED = "sessions_ended"
    CALLED_OUT_OF_ORDER = "called_out_of_order"
    REPRINTED = "reprinted"
    DAY_CLOSED = "day_closed"
    DAY_CLOSED_EARLY = "day_closed_early"
    VISIT_MOVED = "visit_moved"
    VISIT_CALLED_OFF = "visit_called_off"
    VISIT_REPRIORITISED = "visit_reprioritised"
    VISIT_REOPENED = "visit_reopened"
    SERVICE_CLOSED = "service_closed"
    SERVICE_OPENED = "service_opened"
    COUNTER_STOOD = "counter_stood"
    """Opened, paused or closed by a supervisor."""
    BULLETIN_GIVEN = "bulletin_given"
    BULLETIN_ENDED = "bulletin_ended"
    ALERT_ACKNOWLEDGED = "alert_acknowledged"
    FACTS_SEALED = "facts_sealed"
    FACTS_CUT = "facts_cut"
    """The oldest facts were erased, up to a seal's end."""
    AUDIT_CUT = "audit_cut"
    """The oldest entries of this log were erased; the last one's hash is the anchor of what is left."""
    ERASED_BY_CLOCK = "erased_by_clock"
    PERSON_EXPORTED = "person_exported"
    """The subject is a keyed hash: whoever does not hold the key cannot find out whose."""
    PERSON_ERASED = "person_erased"
    API_KEY_CREATED = "api_key_created"
    API_KEY_REVOKED = "api_key_revoked"
    BACKED_UP = "backed_up"
    RESTORED = "restored"
    INDEX_PUBLISHED = "index_published"


FACTS_LOG, AUDIT_LOG = "facts", "audit"  # what may be cut at its old end

_TELLING = (FactKind.CALLED, FactKind.PRINT_REPORTED, FactKind.EXPIRED)
_STEERED: Mapping[FactKind, What] = {
    FactKind.TRANSFERRED: What.VISIT_MOVED,
    FactKind.CANCELLED: What.VISIT_CALLED_OFF,
    FactKind.REPRIORITISED: What.VISIT_REPRIORITISED,
    FactKind.RETURNED: What.VISIT_REOPENED,
    FactKind.SERVICE_CLOSED: What.SERVICE_CLOSED,
    FactKind.SERVICE_OPENED: What.SERVICE_OPENED,
    FactKind.COUNTER_OPENED: What.COUNTER_STOOD,
    FactKind.COUNTER_PAUSED: What.COUNTER_STOOD,
    FactKind.COUNTER_CLOSED: What.COUNTER_STOOD,
    FactKind.PAUSE_ANNOUNCED: What.COUNTER_STOOD,
    FactKind.PAUSE_CALLED_OFF: What.COUNTER_STOOD,
    FactKind.BULLETIN_GIVEN: What.BULLETIN_GIVEN,
    FactKind.BULLETIN_ENDED: What.BULLETIN_ENDED,
    FactKind.ALERT_ACKNOWLEDGED: What.ALERT_ACKNOWLEDGED,
    FactKind.DAY_CLOSED: What.DAY_CLOSED_EARLY,
}
"""A supervisor's acts. What a closed day expired and closed is counted in its one entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    what: What
    subject: str
    """The id of what it is about: a device, an officer, a visit, a version, a file."""
    actor: str = ""
    """The officer's id; empty: whoever runs this program."""
    device: str | None = None
    before: Details = field(default_factory=lambda: NOTHING)
    after: Details = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it is kept."""

    number: int
    at: int
    """Microseconds since 1970, UTC, by the clock of whoever wrote it. The order is the number's, never the clock's."""
    what: str
    actor: str
    device: str | None
    subject: str
    before: str
    after: str
    previous: bytes
    hash: bytes

    def expected_hash(self) -> bytes:
        content = [self.number, self.at, self.what, self.actor, self.device, self.subject, self.before, self.after]
        return hashlib.sha256(self.previous + canonical(content)).digest()


def written(entry: Entry, number: int, at: int, by: str, previous: bytes) -> Written:
    """The entry with its place in the chain."""
    actor, before, after = entry.actor or by, canonical(entry.before).decode(), canonical(entry.after).decode()
    content = (number, at, entry.what.value, actor, entry.device, entry.subject, before, after)
    return Written(*content, previous, hashlib.sha256(previous + canonical(content)).digest())


def canonical(content: Mapping[str, object] | Sequence[object]) -> bytes:
    """One text for one content, on every machine."""
    whole = dict(content) if isinstance(content, Mapping) else list(content)
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def entries_of(facts: Iterable[Fact], service_date: str) -> list[Entry]:
    """What of the lobby's facts belongs here, too: decisions of people, not the work of the day."""
    entries: list[Entry] = []
    expired = 0
    for fact in facts:
        if "because" in fact.why:
            steered = _STEERED.get(fact.kind)
            if steered is not None and fact.why.get("reason") != DAY_OVER:
                entries.append(_steered(fact, steered, service_date))
            continue
        if fact.kind not in _TELLING:  # almost every time
            continue
        match fact.kind:
            case FactKind.CALLED if fact.why.get("reason"):
                entries.append(_of(fact, What.CALLED_OUT_OF_ORDER, "reason", "passed_over", "first_passed"))
            case FactKind.PRINT_REPORTED if fact.why.get("copy"):
                entries.append(_of(fact, What.REPRINTED, "copy", "state"))
            case FactKind.EXPIRED:
                expired += 1
    if expired:
        entries.append(Entry(What.DAY_CLOSED, service_date, after={"expired": expired}))
    return entries


def _steered(fact: Fact, what: What, service_date: str) -> Entry:
    subject = fact.visit or fact.counter or fact.service or fact.why.get("bulletin") or fact.why.get("alert")
    after = {**fact.why, "kind": fact.kind.value}
    if fact.visit is not None:
        after["service"] = fact.service
    return Entry(what, str(subject or service_date), fact.actor.officer or "", fact.actor.device, after=after)


def _of(fact: Fact, what: What, *details: str) -> Entry:
    after = {"counter": fact.counter, **{name: fact.why.get(name) for name in details}}
    return Entry(what, fact.visit or "", fact.actor.officer or "", fact.actor.device, after=after)


@dataclass(frozen=True, slots=True)
class Verdict:
    entries: int
    head: bytes
    """The hash of the last entry: written down elsewhere, it shows later that nothing was cut off the end."""
    facts: int
    """How many are sealed."""
    broken: str = ""
    """What is wrong with the first broken entry; "" when the chain holds."""


def broken_link(entry: Written, number: int, previous: bytes) -> str:
    """What is wrong with an entry that should have this number and stand behind this hash; "" when nothing is."""
    named = f"Entry {entry.number} ({entry.what}, {entry.subject})"
    if entry.number != number:
        return f"Entry {number} is missing: the next one is {entry.number}."
    if entry.previous != previous:
        return f"{named} does not follow entry {number - 1}: one of the two was changed."
    if entry.expected_hash() != entry.hash:
        return f"{named} was changed after it was written."
    return ""


@dataclass(frozen=True, slots=True)
class Seal:
    """What an entry says of the facts that it covers, by their numbers."""

    first: int
    last: int
    count: int
    sha256: str


def seal_in(after: str) -> Seal | None:
    """None for a text that is no seal: whoever owns the database can write what they like."""
    try:
        said = json.loads(after)
        return Seal(int(said["first"]), int(said["last"]), int(said["count"]), str(said["sha256"]))
    except (KeyError, TypeError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a log was cut: all up to a number was erased. In the audit log, the hash of the last entry that went."""

    up_to: int = 0
    hash: bytes = b""


NO_CUT = Cut()


def cut_in(after: str) -> Cut:
    """What an entry says of a cut; none for a text that says nothing of the kind."""
    try:
        said = json.loads(after)
        return Cut(int(said["up_to"]), bytes.fromhex(str(said.get("hash", ""))))
    except (KeyError, TypeError, ValueError):
        return NO_CUT


def beginning(first: Written, cut: Cut) -> tuple[int, bytes]:
    """What stands before the first entry that is left: its number and its hash. While a cut is being carried out, there
    are still entries before the anchor; they must lead up to it."""
    if 1 < first.number <= cut.up_to + 1:
        return first.number - 1, cut.hash if first.number == cut.up_to + 1 else first.previous
    return 0, FIRST_HASH


def digest_of(rows: Iterable[Sequence[object]]) -> tuple[int, str]:
    """How many rows of facts, and their SHA-256 in hexadecimal digits."""
    digest, count = hashlib.sha256(), 0
    for row in rows:
        digest.update(canonical(row))
        count += 1
    return count, digest.hexdigest()


def text_of(entry: Written, at: datetime) -> str:
    """One line of JSON, for an export."""
    fields = {
        "number": entry.number,
        "at": at.isoformat(),
        "what": entry.what,
        "actor": entry.actor,
        "device": entry.device,
        "subject": entry.subject,
        "before": json.loads(entry.before),
        "after": json.loads(entry.after),
        "previous": entry.previous.hex(),
        "hash": entry.hash.hex(),
    }
    return json.dumps(fields, ensure_ascii=False)
