"""A hall for faults: one service, as many counters and officers as wanted, every device introduced before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher

from server.app import pairing
from server.app.days import open_day
from server.app.ports import Approval, OfficerSecret
from server.bootstrap import catalogues_of
from server.db import Store, open_store
from server.domain.facts import Actor
from shared.protocol.messages import Hello
from shared.protocol.values import PROTOCOL
from shared.vocabulary import (
    FollowKey,
    Language,
    LegId,
    OfficerId,
    Priority,
    Program,
    ServiceId,
    VisitId,
    ZoneId,
)

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # for where nobody guesses
PIN = "482915"
SERVICE, OTHER_SERVICE = "card", "birth"
MORNING = 10  # local hour at which every run happens: the day must not end under it


@dataclass(frozen=True, slots=True)
class Devices:
    """Tokens by program; the device's number is its place."""

    kiosks: tuple[str, ...]
    counters: tuple[str, ...]
    displays: tuple[str, ...] = ()


def prepare(url: str, *, kiosks: int, counters: int = 0, displays: int = 0) -> Devices:
    """Publish the hall on an empty database and introduce its devices."""
    now = datetime.now(UTC)
    with open_store(url) as store:
        store.catalogues.publish_catalogue(catalogue(max(counters, 1), now), now)
        # One cheap hash for all: signing in is slow on purpose, and is not what is tried here.
        pin_hash = QUICK.hash(PIN)
        for number in range(1, counters + 1):
            store.access.save_officer_secret(OfficerSecret(OfficerId(officer(number)), pin_hash))
        return Devices(
            _introduce(store, Program.KIOSK, kiosks, now),
            _introduce(store, Program.COUNTER, counters, now),
            _introduce(store, Program.DISPLAY, displays, now),
        )


def fill(url: str, waiting: int) -> None:
    """People who came one second after the other and wait."""
    now = datetime.now(UTC)
    with open_store(url) as store:
        began = now - timedelta(seconds=waiting)
        lobby = open_day(store.lobbies, catalogues_of(store.catalogues, always=True).read(now), began)
        for at in range(waiting):
            lobby.issue(
                ServiceId((SERVICE, OTHER_SERVICE)[at % 2]),
                visit=VisitId(f"v{at}"),
                leg=LegId(f"l{at}"),
                key=FollowKey(f"key-{at:020}"),
                language=Language.INDONESIAN,
                priority=Priority.REGULAR,
                needs=(),
                now=began + timedelta(seconds=at),
                actor=Actor(),
            )
        store.lobbies.commit(lobby.service_date, lobby.take_changes(), ())


def counter(number: int) -> str:
    return f"counter-{number}"


def officer(number: int) -> str:
    return f"officer-{number}"


def catalogue(counters: int, now: datetime) -> str:
    desks = (_COUNTER.format(number=number) for number in range(1, counters + 1))
    return "\n".join([_HEAD.format(zone=_zone_where_it_is_morning(now)), *desks])


def _zone_where_it_is_morning(now: datetime) -> str:
    east = (MORNING - now.hour + 11) % 24 - 11  # hours ahead of UTC; the names of these zones say the opposite
    return f"Etc/GMT{-east:+d}" if east else "Etc/GMT"


def _introduce(store: Store, program: Program, count: int, now: datetime) -> tuple[str, ...]:
    return tuple(introduce(store, program, f"{program.value}-{at}", now) for at in range(count))


def introduce(
    store: Store, program: Program, installation: str, now: datetime, name: str = "", zone: ZoneId | None = None
) -> str:
    """The token of a device that an administrator approved."""
    hello = Hello(protocol=PROTOCOL, program=program, release="test", installation=installation)
    pending = pairing.ask(store.access, hello, now)
    assert store.access.approve(Approval(pending.code, installation, name or installation, zone), now)
    collected = pairing.collect(store.access, hello, now)
    assert collected is not None
    return collected[1]


_HEAD = """\
[site]
id = "faults"
name = {{ id = "Aula Uji", en = "Test Hall" }}
time_zone = "{zone}"
holidays = "none"
hours = "all"

[hours.all]
monday = ["00:00-24:00"]
tuesday = ["00:00-24:00"]
wednesday = ["00:00-24:00"]
thursday = ["00:00-24:00"]
friday = ["00:00-24:00"]
saturday = ["00:00-24:00"]
sunday = ["00:00-24:00"]

[[zone]]
id = "hall"
name = {{ id = "Aula", en = "Hall" }}

[[agency]]
id = "registry"
name = {{ id = "Dinas", en = "Registry" }}
short_name = "Dinas"
prefix = "A"

[[service]]
id = "card"
agency = "registry"
name = {{ id = "Kartu", en = "Card" }}
fee = {{ id = "Gratis", en = "Free" }}
standard_minutes = 5

[[service]]
id = "birth"
agency = "registry"
name = {{ id = "Akta", en = "Birth certificate" }}
prefix = "B"
fee = {{ id = "Gratis", en = "Free" }}
standard_minutes = 10
"""
_COUNTER = """
[[counter]]
number = "{number}"
zone = "hall"
agency = "registry"
profile = ["agency:registry"]

[[officer]]
id = "officer-{number}"
name = "Petugas {number}"
agency = "registry"
"""
