"""A small hall for the tests of the counter: its tables, and the notices that a server would send."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from counter.keys import BY_VERB, Verb
from counter.state import AtDesk, Credentials, Desk, Event, KeyPressed, Line, Link
from shared.notices import Live, TableChanged
from shared.protocol.messages import SiteInfo, Welcome
from shared.protocol.replies import SignedIn
from shared.protocol.views import (
    AsideItem,
    CounterItem,
    DeskItem,
    DeskServiceItem,
    HandItem,
    Item,
    OfficerItem,
    Table,
    WaitingItem,
)
from shared.vocabulary import CounterState, Language, LegState, Priority, Role, Words

NOW = datetime(2026, 11, 23, 2, 42, tzinfo=UTC)  # 10.42 in Makassar
STREAM = "desk:c3"
ZONE = Words("Zona A", "Zone A")


def minutes_ago(count: float) -> datetime:
    return NOW - timedelta(minutes=count)


def welcome() -> Welcome:
    site = SiteInfo(
        id="mpp",
        name=Words("MPP Contoh", "Sample MPP"),
        time_zone="Asia/Makassar",
        languages=(Language.INDONESIAN, Language.ENGLISH),
    )
    return Welcome(protocol=1, release="0.1.0", device="d1", name="PC loket 3", zone="a", site=site, now=NOW)


def a_counter(number: str, agency: str = "dukcapil", officer: str | None = None) -> CounterItem:
    state = CounterState.CLOSED if officer is None else CounterState.OPEN
    return CounterItem(id=f"c{number}", number=number, zone="a", agency=agency, state=state, officer=officer)


def an_officer(officer: str, name: str, agency: str | None = None, role: Role = Role.OFFICER) -> OfficerItem:
    return OfficerItem(id=officer, name=name, role=role, agency=agency)


def counters_table(**taken: str) -> Table:
    """Counters 2, 3, 10 and 12; `c3="o2"` seats an officer."""
    items: list[Item] = [a_counter(number, officer=taken.get(f"c{number}")) for number in ("10", "2", "3")]
    items.append(a_counter("12", agency="bpjs", officer=taken.get("c12")))
    items += [
        an_officer("o1", "Petugas Satu"),
        an_officer("o2", "Petugas Dua", "dukcapil"),
        an_officer("o3", "Petugas Tiga", "bpjs"),
        an_officer("o4", "Pengawas", role=Role.SUPERVISOR),
    ]
    return {_key(item): item for item in items}


def _key(item: Item) -> str:
    return f"{'officer' if isinstance(item, OfficerItem) else 'counter'}:{getattr(item, 'id', '')}"


def a_desk_item(**changes: Any) -> DeskItem:
    values: dict[str, Any] = {
        "counter": "c3",
        "number": "3",
        "zone": ZONE,
        "officer": "o1",
        "officer_name": "Petugas Satu",
        "state": CounterState.OPEN,
        "since": minutes_ago(160),
        "waiting": 0,
        "served_today": 14,
    }
    return DeskItem(**(values | changes))


def in_hand(state: LegState = LegState.CALLED, **changes: Any) -> HandItem:
    values: dict[str, Any] = {
        "visit": "v-hand",
        "leg": "hand",
        "ticket": "A-042",
        "service": "ktp",
        "state": state,
        "since": minutes_ago(2.25),
        "calls": 1,
        "language": Language.INDONESIAN,
        "priority": Priority.REGULAR,
        "needs": (),
        "arrived_at": minutes_ago(31),
    }
    return HandItem(**(values | changes))


def waits(ticket: str, minutes: float, **changes: Any) -> WaitingItem:
    """One who came `minutes` ago; the leg is named as the ticket."""
    values: dict[str, Any] = {
        "visit": f"v-{ticket}",
        "leg": ticket,
        "ticket": ticket,
        "service": "ktp",
        "arrived_at": minutes_ago(minutes),
        "effective_at": minutes_ago(minutes),
        "order": 0,
        "priority": Priority.REGULAR,
        "needs": (),
    }
    return WaitingItem(**(values | changes))


def set_aside(ticket: str, state: LegState, minutes: float = 5, note: str = "") -> AsideItem:
    return AsideItem(
        visit=f"v-{ticket}",
        leg=ticket,
        ticket=ticket,
        service="ktp",
        state=state,
        since=minutes_ago(minutes),
        note=note,
    )


def a_service(
    service: str, name: str, english: str, prefix: str, counters: tuple[str, ...] = (), agency: str = "dukcapil"
) -> DeskServiceItem:
    agencies = {
        "dukcapil": Words("Dinas Kependudukan dan Pencatatan Sipil", "Civil Registry"),
        "bpjs": Words("BPJS Kesehatan", "Health Insurance"),
    }
    return DeskServiceItem(
        id=service,
        agency=agency,
        agency_name=agencies[agency],
        name=Words(name, english),
        prefix=prefix,
        mine=agency == "dukcapil",
        counters=counters,
    )


SERVICES = (
    a_service("ktp", "KTP elektronik", "Electronic identity card", "A", ("3",)),
    a_service("kk", "Kartu Keluarga", "Family card", "A", ("2", "3")),
    a_service("akta", "Akta kelahiran", "Birth certificate", "B"),
    a_service("jkn", "Pendaftaran JKN", "Health insurance enrolment", "C", ("12",), "bpjs"),
)


def desk_table(*items: Item, **desk: Any) -> Table:
    """The table of the desk: who is in hand, waits or was set aside, by their own keys."""
    listed = sum(isinstance(item, WaitingItem) for item in items)
    table: Table = {"desk": a_desk_item(**({"waiting": listed} | desk))}
    table.update({f"service:{service.id}": service for service in SERVICES})
    for item in items:
        match item:
            case HandItem():
                table["hand"] = item
            case WaitingItem(leg=leg):
                table[f"waiting:{leg}"] = item
            case AsideItem(leg=leg):
                table[f"aside:{leg}"] = item
            case _:
                table[f"other:{len(table)}"] = item
    return table


def at_desk(*items: Item, **desk: Any) -> Desk:
    """Signed in at counter 3, with the link alive."""
    return Desk(
        link=Link(Line.LIVE),
        place=AtDesk(Credentials("o1", "c3", "1234"), STREAM),
        counters=counters_table(c3="o1"),
        table=desk_table(*items, **desk),
        site=Words("MPP Contoh", "Sample MPP"),
        time_zone="Asia/Makassar",
    )


def live() -> Live:
    return Live(welcome())


def table_of(stream: str, table: Mapping[str, Item]) -> TableChanged:
    return TableChanged(stream, dict(table), frozenset(table), frozenset(), whole=True)


def signed_in(counter: str = "c3", officer: str = "o1") -> SignedIn:
    return SignedIn(officer=officer, name="Petugas Satu", role=Role.OFFICER, counter=counter, stream=f"desk:{counter}")


def key(verb: Verb) -> KeyPressed:
    """The key of a verb, as a keyboard sends it."""
    name = BY_VERB[verb].key
    return KeyPressed(name, name.lower() if len(name) == 1 else " " if name == "Space" else "")


def keys(text: str) -> list[Event]:
    """Typed characters; "\\n" is Enter."""
    return [KeyPressed("Return", "\r") if letter == "\n" else KeyPressed(letter.upper(), letter) for letter in text]
