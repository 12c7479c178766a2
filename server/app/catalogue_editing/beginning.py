"""Beginning: the first catalogue of a hall, made of a few answers, or of a file with the answers over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from server.app.catalogue_editing.kinds import Item, strings
from server.app.catalogue_editing.naming import slug
from server.app.catalogue_editing.schema import HOURS, KINDS
from server.app.catalogue_editing.tables import Tables
from server.app.catalogue_file.draft import WHOLE_AGENCY
from shared.vocabulary import Language, Role

OFFICE = "office"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Letters that are not mistaken for each other over a loudspeaker come first.
_LETTERS = "AFHJKLMNQRSUVWXYBIOZCDEGPT"


@dataclass(frozen=True, slots=True)
class Hall:
    name: Mapping[str, str]
    time_zone: str
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class FirstService:
    name: Mapping[str, str]
    minutes: int


@dataclass(frozen=True, slots=True)
class FirstAgency:
    name: Mapping[str, str]
    short_name: str
    services: Sequence[FirstService]
    counters: int


@dataclass(frozen=True, slots=True)
class Week:
    spans: Mapping[str, Sequence[str]]
    """By weekday; a day without is closed."""
    friday_break: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FirstPerson:
    officer: str
    name: str


def by_hand(agencies: Sequence[FirstAgency], zone: Mapping[str, str], fee: Mapping[str, str]) -> Tables:
    """One zone; each agency with a prefix of its own, and counters that serve all of its services."""
    tables: Tables = {name: {} for name in KINDS}
    tables["zone"]["a"] = {"id": "a", "name": dict(zone)}
    prefixes, number = _prefixes(), 0
    for first in agencies:
        agency = _new(tables["agency"], slug(first.short_name) or "agency")
        tables["agency"][agency] = {
            "id": agency,
            "name": dict(first.name),
            "short_name": first.short_name,
            "prefix": next(prefixes),
        }
        for offered in first.services:
            service = _new(tables["service"], slug(f"{agency} {next(iter(offered.name.values()))}"))
            tables["service"][service] = {
                "id": service,
                "agency": agency,
                "name": dict(offered.name),
                "fee": dict(fee),
                "standard_minutes": offered.minutes,
            }
        for _ in range(first.counters):
            number += 1
            item: Item = {"number": str(number), "zone": "a", "agency": agency, "profile": [f"{WHOLE_AGENCY}{agency}"]}
            tables["counter"][f"counter-{number}"] = item
        officer = _new(tables["officer"], f"{agency}-01")
        tables["officer"][officer] = {"id": officer, "name": f"Petugas {first.short_name}", "agency": agency}
    return tables


def begun(offer: Tables, hall: Hall, week: Week, person: FirstPerson) -> Tables:
    """The whole first catalogue: what is offered, in this hall, at these hours, in this person's care."""
    tables: Tables = {name: dict(offer.get(name, {})) for name in KINDS}
    site: Item = dict(tables["site"].get("site", {}))
    site |= {
        "id": site.get("id") or slug(next(iter(hall.name.values()), "")) or "hall",
        "name": dict(hall.name),
        "time_zone": hall.time_zone,
        "languages": [language.value for language in hall.languages],
    }
    template = str(site.get("hours", "")) or OFFICE
    site["hours"] = template
    tables["site"] = {"site": site}
    hours: Item = {HOURS.identity: template}
    hours |= {day: list(week.spans[day]) for day in WEEKDAYS if week.spans.get(day)}
    if week.friday_break and week.spans.get("friday"):
        hours["friday_break"] = list(week.friday_break)
    tables[HOURS.name][template] = hours
    tables["officer"][person.officer] = {
        "id": person.officer,
        "name": person.name,
        "role": Role.ADMINISTRATOR.value,
    }
    return tables


def week_of(tables: Tables) -> Week | None:
    """The hours that hold in a file where nothing else is said."""
    site = tables.get("site", {}).get("site", {})
    found = tables.get(HOURS.name, {}).get(str(site.get("hours", "")))
    if found is None:
        return None
    return Week({day: strings(found.get(day)) for day in WEEKDAYS}, strings(found.get("friday_break")))


def _prefixes() -> Iterator[str]:
    for length in (1, 2):
        for letters in product(_LETTERS, repeat=length):
            yield "".join(letters)


def _new(taken: Mapping[str, Item], base: str) -> str:
    base = base[:40] or "x"
    code, number = base, 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    return code
