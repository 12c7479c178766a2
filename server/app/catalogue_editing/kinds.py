"""Kinds: what the tables of a catalogue file are called and hold, as data. Forms, spreadsheets and differences read it.

A field that is added here stands in the forms, in the spreadsheet and in every difference at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from shared.vocabulary import Words

Item = dict[str, object]
"""One table of the file, as tomllib reads it."""


class Shape(Enum):
    """What a value looks like in the file."""

    ID = auto()
    TEXT = auto()
    WORDS = auto()
    WORDS_LIST = auto()
    NUMBER = auto()
    FLAG = auto()
    CHOICE = auto()
    CHOICES = auto()
    """Several of the options; without order unless the field says so."""
    REFERENCE = auto()
    """The id of one thing of the kind `of`."""
    REFERENCES = auto()
    """Ids in an order that counts."""
    TEXTS = auto()
    SPANS = auto()
    """Such as ["08:00-12:00", "13:00-15:00"]."""
    PAIR = auto()
    """Such as ["11:30", "13:00"]."""
    DATE = auto()


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    key: str
    """With a dot where it stands in a table below: `calling.recalls`."""
    shape: Shape
    label: Words
    required: bool = False
    limit: int = 0
    """Characters of a text."""
    low: int = 0
    high: int = 0
    usual: str | int | bool | None = None
    """What holds when it is left out, where that can be said in one value."""
    options: tuple[Option, ...] = ()
    of: str = ""
    hint: Words | None = None
    group: Words | None = None
    """The heading under which it stands in a form."""


class Writing(Enum):
    ONE = auto()
    """[site]"""
    NAMED = auto()
    """[hours.NAME]"""
    MANY = auto()
    """[[service]]"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    name: str
    """The table's name in the file."""
    writing: Writing
    one: Words
    many: Words
    identity: str
    """The field that tells its things apart."""
    fields: tuple[Field, ...]
    title: str = ""
    """The field that names a thing to people, where that is not its identity."""
    ordered: bool = False
    """Whether visitors see the order of the file."""

    def field(self, key: str) -> Field | None:
        return next((field for field in self.fields if field.key == key), None)


def value_of(item: Mapping[str, object], key: str) -> object | None:
    """None for what is left out."""
    head, _, rest = key.partition(".")
    value = item.get(head)
    if rest:
        return value_of(value, rest) if isinstance(value, Mapping) else None
    return value


def put_value(item: Item, key: str, value: object | None) -> None:
    """None takes it out; a table below that became empty goes with its last value."""
    head, _, rest = key.partition(".")
    if rest:
        inner = item.get(head)
        below: Item = dict(inner) if isinstance(inner, Mapping) else {}
        put_value(below, rest, value)
        if below:
            item[head] = below
        else:
            item.pop(head, None)
    elif value is None:
        item.pop(head, None)
    else:
        item[head] = value


def strings(value: object) -> Sequence[str]:
    """The texts of a list; nothing else of it."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
