"""Signing in: which counter, who, and the PIN; what each key does on that page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from counter.state import Desk, Entry, Picker, SigningIn
from counter.words import say
from shared.protocol.views import CounterItem, OfficerItem
from shared.vocabulary import Role

SHORTEST_PIN, LONGEST_PIN = 4, 12
_SITTING = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.AGENCY_HEAD, Role.ADMINISTRATOR})
_ORDER = (Entry.COUNTER, Entry.OFFICER, Entry.PIN)


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    title: str
    detail: str


def counter_choices(desk: Desk, page: SigningIn) -> tuple[Choice, ...]:
    """Counters whose number begins with what was typed, in the order of their numbers."""
    typed = page.counters.query.strip().casefold()
    items = [item for item in desk.counters.values() if isinstance(item, CounterItem)]
    return tuple(
        Choice(item.id, say("counterNumber", desk.language, number=item.number), _who(desk, item))
        for item in sorted(items, key=_by_number)
        if item.number.casefold().startswith(typed)
    )


def officer_choices(desk: Desk, page: SigningIn) -> tuple[Choice, ...]:
    """Officers who may sit at the chosen counter and whose name has what was typed."""
    counter = desk.counters.get(f"counter:{page.counter}")
    agency = counter.agency if isinstance(counter, CounterItem) else None
    typed = page.officers.query.casefold().split()
    items = [
        item
        for item in desk.counters.values()
        if isinstance(item, OfficerItem) and item.role in _SITTING and item.agency in (None, agency)
    ]
    found = [item for item in items if all(word in item.name.casefold() for word in typed)]
    return tuple(Choice(item.id, item.name, "") for item in sorted(found, key=lambda item: item.name.casefold()))


def choices(desk: Desk, page: SigningIn) -> tuple[Choice, ...]:
    match page.entry:
        case Entry.COUNTER:
            return counter_choices(desk, page)
        case Entry.OFFICER:
            return officer_choices(desk, page)
        case Entry.PIN:
            return ()


def picker(page: SigningIn) -> Picker:
    return page.counters if page.entry is Entry.COUNTER else page.officers


def with_picker(page: SigningIn, changed: Picker) -> SigningIn:
    if page.entry is Entry.COUNTER:
        return replace(page, counters=changed)
    return replace(page, officers=changed)


def typed(page: SigningIn, text: str) -> SigningIn:
    """A character was typed into the entry."""
    if page.entry is Entry.PIN:
        ok = text.isascii() and text.isdigit() and len(page.pin) < LONGEST_PIN
        return replace(page, pin=page.pin + text) if ok else page
    return with_picker(page, Picker(picker(page).query + text, 0))


def erased(page: SigningIn) -> SigningIn:
    if page.entry is Entry.PIN:
        return replace(page, pin=page.pin[:-1])
    return with_picker(page, Picker(picker(page).query[:-1], 0))


def moved(desk: Desk, page: SigningIn, by: int) -> SigningIn:
    """The mark goes up or down, round the ends."""
    offered = choices(desk, page)
    if not offered:
        return page
    return with_picker(page, replace(picker(page), at=(picker(page).at + by) % len(offered)))


def picked(desk: Desk, page: SigningIn, index: int) -> SigningIn:
    """The line at `index` is taken; the next entry follows."""
    offered = choices(desk, page)
    if not 0 <= index < len(offered):
        return page
    taken = offered[index].id
    if page.entry is Entry.COUNTER:
        kept = page.officer if taken == page.counter else ""
        return replace(page, counter=taken, officer=kept, entry=Entry.OFFICER, counters=Picker(), officers=Picker())
    return replace(page, officer=taken, entry=Entry.PIN, officers=Picker(), pin="")


def gone_to(page: SigningIn, wanted: Entry) -> SigningIn:
    """To an entry whose predecessors are filled; else to the first that is not."""
    reachable = wanted
    if wanted is not Entry.COUNTER and not page.counter:
        reachable = Entry.COUNTER
    elif wanted is Entry.PIN and not page.officer:
        reachable = Entry.OFFICER
    return replace(page, entry=reachable, pin="", counters=Picker(), officers=Picker())


def gone_back(page: SigningIn) -> SigningIn:
    at = _ORDER.index(page.entry)
    return page if at == 0 else gone_to(page, _ORDER[at - 1])


def marked(desk: Desk, counter: str) -> SigningIn:
    """A fresh page with the mark on the counter that this PC was used for last."""
    page = SigningIn()
    ids = [choice.id for choice in counter_choices(desk, page)]
    return replace(page, counters=Picker(at=ids.index(counter))) if counter in ids else page


def _who(desk: Desk, counter: CounterItem) -> str:
    if counter.officer is None:
        return say("counterFree", desk.language)
    item = desk.counters.get(f"officer:{counter.officer}")
    name = item.name if isinstance(item, OfficerItem) else say("someone", desk.language)
    return say("counterTakenBy", desk.language, name=name)


def _by_number(counter: CounterItem) -> tuple[list[tuple[bool, int, str]], str]:
    """ "2" before "10", "12A" after "12"."""
    parts = re.findall(r"\d+|\D+", counter.number)
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts], counter.id
