"""The site under load: a catalogue of a large hall, its devices and officers, people waiting, and a past.

All of it is written through the server's own store, before the server starts; only the past goes in by SQL.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher

from server.app.days import open_day
from server.app.ports import OfficerSecret
from server.bootstrap import catalogues_of
from server.db.store import Store, open_store
from server.domain.facts import Actor
from server.domain.lobby import Lobby
from shared.vocabulary import FollowKey, Language, LegId, OfficerId, Priority, Program, ServiceId, VisitId, ZoneId
from tests.bench.devices import Pass
from tests.support.many_counters import introduce

ZONES, AGENCIES, SERVICES_EACH, COUNTERS_EACH = 5, 25, 6, 4  # the size of a large hall: 150 services, 100 counters
PIN = "2468"
MORNING = 10  # local hour at which every run happens: the day must not end under it

SERVICES = tuple(f"s{agency}-{at}" for agency in range(AGENCIES) for at in range(SERVICES_EACH))
COUNTERS = tuple(f"counter-{at + 1}" for at in range(AGENCIES * COUNTERS_EACH))


@dataclass(frozen=True, slots=True)
class Site:
    """A database that is ready for a server."""

    url: str
    folder: Path
    kiosks: tuple[Pass, ...] = ()
    counters: tuple[Pass, ...] = ()
    displays: tuple[Pass, ...] = ()
    keys: tuple[str, ...] = ()
    """Follow-up keys of those who wait, in the order in which they came."""


def prepare(
    url: str, folder: Path, *, kiosks: int = 0, counters: int = 0, displays: int = 0, waiting: int = 0,
    lines: int = len(SERVICES),
) -> Site:  # fmt: skip
    """A published catalogue, devices introduced, officers with a PIN, and people waiting since a while in so many
    lines."""
    now = datetime.now(UTC)
    with open_store(url) as store:
        store.catalogues.publish_catalogue(catalogue(now), now)
        _set_pins(store)
        return Site(
            url,
            folder,
            _introduce(store, Program.KIOSK, kiosks, now),
            _introduce(store, Program.COUNTER, counters, now),
            _introduce(store, Program.DISPLAY, displays, now),
            _fill(store, waiting, now, lines),
        )


def officer_of(counter: str) -> str:
    return f"officer-{counter.partition('-')[2]}"


def catalogue(now: datetime) -> str:
    parts = [_HEAD.format(zone=_zone_where_it_is_morning(now))]
    parts += [_ZONE.format(at=at) for at in range(ZONES)]
    for agency in range(AGENCIES):
        parts.append(_AGENCY.format(at=agency, prefix=chr(ord("A") + agency)))
        parts += [_SERVICE.format(at=at, agency=agency, minutes=5 + at) for at in range(SERVICES_EACH)]
    for at in range(len(COUNTERS)):
        agency = at // COUNTERS_EACH
        parts.append(_COUNTER.format(number=at + 1, zone=agency % ZONES, agency=agency))
    return "\n".join(parts)


def _zone_where_it_is_morning(now: datetime) -> str:
    east = (MORNING - now.hour + 11) % 24 - 11  # hours ahead of UTC; the names of these zones say the opposite
    return f"Etc/GMT{-east:+d}" if east else "Etc/GMT"


def _introduce(store: Store, program: Program, count: int, now: datetime) -> tuple[Pass, ...]:
    passes = []
    for at in range(count):
        name, zone = f"{program.value} {at}", ZoneId(f"z{at % ZONES}")
        passes.append(Pass(program, introduce(store, program, f"{program.value}-{at}", now, name, zone)))
    return tuple(passes)


def _set_pins(store: Store) -> None:
    """One cheap hash for all: signing in is slow on purpose, and is not what is measured here."""
    pin_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)
    for counter in COUNTERS:
        store.access.save_officer_secret(OfficerSecret(OfficerId(officer_of(counter)), pin_hash))


def _fill(store: Store, waiting: int, now: datetime, lines: int) -> tuple[str, ...]:
    began = now - timedelta(milliseconds=waiting)
    lobby: Lobby = open_day(store.lobbies, catalogues_of(store.catalogues, always=False).read(now), began)
    keys: Sequence[str] = [secrets.token_urlsafe(16) for _ in range(waiting)]
    for at, key in enumerate(keys):
        lobby.issue(
            ServiceId(SERVICES[at % lines]),
            visit=VisitId(f"v_{secrets.token_hex(10)}"),
            leg=LegId(f"l_{secrets.token_hex(10)}"),
            key=FollowKey(key),
            language=Language.INDONESIAN,
            priority=Priority.REGULAR,
            needs=(),
            now=began + timedelta(milliseconds=at),
            actor=Actor(),
        )
    changes = lobby.take_changes()
    if changes:
        store.lobbies.commit(lobby.service_date, changes, ())
    return tuple(keys)


_HEAD = """\
[site]
id = "bench"
name = {{ id = "Aula Ukur", en = "Bench Hall" }}
time_zone = "{zone}"
holidays = "none"
hours = "office"
ticker = [
  {{ id = "Selamat datang. Ambil nomor di mesin antrean, lalu tunggu panggilan.", en = "Please take a number." }},
  {{ id = "Lansia, ibu hamil dan penyandang disabilitas didahulukan.", en = "Elderly people go first." }},
  {{ id = "Biaya tercantum di mesin antrean.", en = "Fees are listed at the kiosk." }},
]

[hours.office]
monday = ["07:00-16:00"]
tuesday = ["07:00-16:00"]
wednesday = ["07:00-16:00"]
thursday = ["07:00-16:00"]
friday = ["07:00-16:00"]
saturday = ["07:00-16:00"]
sunday = ["07:00-16:00"]
"""
_ZONE = """
[[zone]]
id = "z{at}"
name = {{ id = "Zona {at}", en = "Zone {at}" }}
"""
_AGENCY = """
[[agency]]
id = "a{at}"
name = {{ id = "Instansi {at}", en = "Agency {at}" }}
short_name = "Instansi {at}"
prefix = "{prefix}"
"""
_SERVICE = """
[[service]]
id = "s{agency}-{at}"
agency = "a{agency}"
name = {{ id = "Layanan {agency}.{at}", en = "Service {agency}.{at}" }}
requirements = [{{ id = "Kartu Keluarga asli", en = "Original family card" }}]
fee = {{ id = "Gratis", en = "Free" }}
standard_minutes = {minutes}
"""
_COUNTER = """
[[counter]]
number = "{number}"
zone = "z{zone}"
agency = "a{agency}"
profile = ["agency:a{agency}"]

[[officer]]
id = "officer-{number}"
name = "Petugas {number}"
agency = "a{agency}"
"""
