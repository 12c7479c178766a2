"""The difference between two texts of a catalogue, thing by thing and field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from server.app.catalogue_editing.kinds import Field, Item, Kind, Shape, value_of
from server.app.catalogue_editing.schema import KINDS
from server.app.catalogue_editing.tables import Tables


class Sort(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"
    """The things of one kind stand in another order; `identity` is the agency's, or empty."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    field: Field
    before: object | None
    after: object | None


@dataclass(frozen=True, slots=True)
class Change:
    kind: Kind
    identity: str
    sort: Sort
    before: Item | None = None
    after: Item | None = None
    fields: tuple[FieldChange, ...] = ()
    """Of something changed: what of it."""


def difference(before: Tables, after: Tables) -> list[Change]:
    """Kind by kind; of each what is gone, what is new, what is other, and whether the order is."""
    return [change for kind in KINDS.values() for change in _of_kind(kind, before[kind.name], after[kind.name])]


def _of_kind(kind: Kind, before: dict[str, Item], after: dict[str, Item]) -> Iterator[Change]:
    for identity, item in before.items():
        if identity not in after:
            yield Change(kind, identity, Sort.REMOVED, item, None)
    for identity, item in after.items():
        if identity not in before:
            yield Change(kind, identity, Sort.ADDED, None, item)
        elif fields := tuple(_fields(kind, before[identity], item)):
            yield Change(kind, identity, Sort.CHANGED, before[identity], item, fields)
    if kind.ordered:
        yield from _reordered(kind, before, after)


def _fields(kind: Kind, before: Item, after: Item) -> Iterator[FieldChange]:
    for field in kind.fields:
        was, now = value_of(before, field.key), value_of(after, field.key)
        if _meant(field, was) != _meant(field, now):
            yield FieldChange(field, was, now)


def _meant(field: Field, value: object) -> object:
    """What is usual may be said or left out, and a number above a counter stand in quotes or not."""
    if value is None or (value == [] and field.shape is not Shape.CHOICES):
        return field.usual
    return str(value) if field.key == "number" else value


def _reordered(kind: Kind, before: dict[str, Item], after: dict[str, Item]) -> Iterator[Change]:
    """Within each agency: that is the order in which the kiosk shows them."""
    was, now = _orders(kind, before), _orders(kind, after)
    for agency, order in now.items():
        earlier = [identity for identity in was.get(agency, []) if identity in order]
        if earlier != [identity for identity in order if identity in earlier]:
            yield Change(kind, agency, Sort.REORDERED)


def _orders(kind: Kind, things: dict[str, Item]) -> dict[str, list[str]]:
    orders: dict[str, list[str]] = {}
    for identity, item in things.items():
        orders.setdefault("" if kind.name == "agency" else str(item.get("agency", "")), []).append(identity)
    return orders
