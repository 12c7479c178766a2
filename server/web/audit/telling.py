"""Telling: entries and facts as a page shows them. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from server.app.api.keys import API_DEVICE
from server.app.audit import What, Written
from server.app.history import History, WentBefore
from server.domain.catalogue import Catalogue
from server.domain.facts import Fact
from server.web.audit.words import DECISIONS, DETAILS, HAPPENED, VALUES, WORDS
from shared import dates
from shared.vocabulary import CounterId, Language, OfficerId

_EPOCH_MICROS = 1_000_000
_ADDRESS = "address:"  # what a person signed in from, in place of a device
_NOT_TOLD = frozenset({"ticket", "order", "passed", "arrival"})
_MOMENTS = frozenset({"effective_at", "booked_for"})


Names = Mapping[str, str]
"""Devices and other systems, by the ids that facts and entries name them by."""


@dataclass(frozen=True, slots=True)
class Line:
    when: str
    what: str
    who: str
    about: str
    details: str
    number: int = 0
    counter: str = ""


def lines_of(entries: Sequence[Written], catalogue: Catalogue, devices: Names, language: Language) -> list[Line]:
    zone = ZoneInfo(catalogue.site.time_zone)
    return [
        Line(
            number=entry.number,
            when=_moment(datetime.fromtimestamp(entry.at / _EPOCH_MICROS, UTC), zone, language),
            what=decision(entry.what, language),
            who=_who(entry, catalogue, devices, language),
            about=devices.get(entry.subject, entry.subject),
            details=_details_of(entry, zone, devices, language),
        )
        for entry in entries
    ]


def decision(what: str, language: Language) -> str:
    known = DECISIONS.get(What(what)) if what in {one.value for one in What} else None
    return what.replace("_", " ") if known is None else known.in_(language)


def _who(entry: Written, catalogue: Catalogue, devices: Names, language: Language) -> str:
    """A person; or another system that acted by its key, without one."""
    device = entry.device or ""
    if device.startswith(API_DEVICE) and OfficerId(entry.actor) not in catalogue.officers:
        return devices.get(device, device)
    return person(entry.actor, catalogue, language)


def person(actor: str, catalogue: Catalogue, language: Language) -> str:
    officer = catalogue.officers.get(OfficerId(actor))
    if officer is not None:
        return f"{officer.name} ({actor})"
    return WORDS["server"].in_(language) if actor in ("", "server") else actor


def events_of(history: History, catalogue: Catalogue, devices: Names, language: Language) -> list[Line]:
    zone = ZoneInfo(catalogue.site.time_zone)
    return [_event(fact, zone, catalogue, devices, language) for fact in history.facts]


@dataclass(frozen=True, slots=True)
class Before:
    ticket: str
    came: str
    counts_from: str
    called: str
    why: str


def those_before(history: History, catalogue: Catalogue, language: Language) -> list[Before]:
    zone = ZoneInfo(catalogue.site.time_zone)
    return [_before(other, zone, language) for other in history.went_before]


def _before(other: WentBefore, zone: ZoneInfo, language: Language) -> Before:
    reason = str(other.why.get("reason") or other.why.get("rule") or "")
    why = VALUES[reason].in_(language) if reason in VALUES else reason
    came, counts_from, called = (
        _clock(at, zone, language) for at in (other.arrival, other.effective_at, other.called_at)
    )
    return Before(other.ticket, came, counts_from, called, why)


def _event(fact: Fact, zone: ZoneInfo, catalogue: Catalogue, devices: Names, language: Language) -> Line:
    known = HAPPENED.get(fact.kind)
    counter = catalogue.counters.get(fact.counter) if fact.counter else None
    device = fact.actor.device or ""
    who = person(fact.actor.officer, catalogue, language) if fact.actor.officer else devices.get(device, device)
    return Line(
        when=_clock(fact.at, zone, language),
        what=fact.kind.value.replace("_", " ") if known is None else known.in_(language),
        who=who,
        about="" if fact.service is None else _service(fact, catalogue, language),
        details=_sentence([_said(fact.why, language, zone)]),
        counter=(fact.counter or CounterId("")) if counter is None else counter.number,
    )


def _service(fact: Fact, catalogue: Catalogue, language: Language) -> str:
    assert fact.service is not None
    try:
        return catalogue.service(fact.service).name.in_(language)
    except KeyError:
        return fact.service


def _details_of(entry: Written, zone: ZoneInfo, devices: Names, language: Language) -> str:
    before, after = _read(entry.before), _read(entry.after)
    told = _said(after, language, zone)
    was = _said(before, language, zone)
    said = WORDS["before_after"].in_(language).format(before=was) if was else ""
    return _sentence(part for part in (told, said, _whence(entry, devices, language)) if part)


def _whence(entry: Written, devices: Names, language: Language) -> str:
    """Where the entry came from; a device that is told about in it came from itself."""
    device = entry.device or ""
    if device in ("", entry.subject):
        return ""
    key = "from_address" if device.startswith(_ADDRESS) else "from_device"
    return WORDS[key].in_(language).format(device=devices.get(device, device.removeprefix(_ADDRESS)))


def _sentence(parts: Iterable[str]) -> str:
    said = "; ".join(parts)
    return said[:1].upper() + said[1:]


def _said(details: Mapping[str, object], language: Language, zone: ZoneInfo) -> str:
    parts = []
    for name, value in details.items():
        if value in (None, "") or name in _NOT_TOLD or _is_about_others(name):
            continue
        known = DETAILS.get(name)
        label = name.replace("_", " ") if known is None else known.in_(language)
        word = VALUES.get(str(value))
        plain = str(value) if word is None else word.in_(language)
        shown = _clock(datetime.fromisoformat(str(value)), zone, language) if name in _MOMENTS else plain
        parts.append(f"{label}: {shown.replace(chr(10), ', ')}")
    return "; ".join(parts)


def _is_about_others(name: str) -> bool:
    """Who was passed over stands in the fact of a call one by one; how many is enough here."""
    return name.startswith("passed_") and name != "passed_over"


def _read(text: str) -> Mapping[str, object]:
    """Whoever owns the database can write there what they like."""
    try:
        found = json.loads(text)
    except ValueError:
        return {"text": text}
    return found if isinstance(found, dict) else {"text": text}


def _moment(at: datetime, zone: ZoneInfo, language: Language) -> str:
    local = at.astimezone(zone).date()
    return f"{dates.day_and_month(local, language)} {local.year}, {_clock(at, zone, language)}"


def _clock(at: datetime, zone: ZoneInfo, language: Language) -> str:
    """To the second: what an auditor compares lies close together."""
    return dates.clock(at, zone, language) + at.strftime(".%S" if language is Language.INDONESIAN else ":%S")
