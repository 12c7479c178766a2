"""Telling: values and differences in words of the trade, as people read them, not as the file writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from server.app.catalogue_editing.difference import Change, FieldChange, Sort
from server.app.catalogue_editing.kinds import Field, Shape, strings
from server.app.catalogue_editing.tables import Tables, name_of, title_of
from shared import dates
from shared.vocabulary import Language, Words

_YES, _NO = Words("ya", "yes"), Words("tidak", "no")
_CLOSED = Words("tutup", "closed")
_NOTHING = Words("kosong", "empty")
_SORTS = {
    Sort.ADDED: Words("{kind} baru: {name}", "New {kind}: {name}"),
    Sort.REMOVED: Words("{kind} dihapus: {name}", "{kind} removed: {name}"),
    Sort.CHANGED: Words("{kind} {name}", "{kind} {name}"),
    Sort.REORDERED: Words("Urutan {kind} diubah", "Order of {kind} changed"),
}


def told_change(change: Change, after: Tables, language: Language) -> str:
    """The heading of one change: `Service Family card`."""
    words = _SORTS[change.sort].in_(language)
    if change.sort is Sort.REORDERED:
        kind = change.kind.many.in_(language)
        if change.identity:
            kind = f"{kind} {name_of(after, 'agency', change.identity).in_(language)}"
        return words.format(kind=kind)
    item = change.after or change.before
    kind = change.kind.one.in_(language)
    name = title_of(change.kind, change.identity, item).in_(language)
    name = name.removeprefix(f"{kind} ")  # "Counter Counter 3"
    if change.sort is Sort.ADDED and language is Language.ENGLISH:
        kind = kind.lower()
    return words.format(kind=kind, name=name)


def told_field(change: FieldChange, before: Tables, after: Tables, language: Language) -> tuple[str, str, str]:
    """The field's label, what it was and what it is."""
    label = change.field.label.in_(language)
    return (
        label,
        told_value(change.field, change.before, before, language),
        told_value(change.field, change.after, after, language),
    )


def told_value(field: Field, value: object, tables: Tables, language: Language) -> str:
    if value is None or (value in ("", []) and field.shape is not Shape.CHOICES):
        if field.usual is not None:
            return told_value(field, field.usual, tables, language)
        return (_CLOSED if field.shape is Shape.SPANS else _NOTHING).in_(language)
    match field.shape:
        case Shape.WORDS:
            return _both(value)
        case Shape.WORDS_LIST:
            return "; ".join(_both(one) for one in value) if isinstance(value, list) else str(value)
        case Shape.FLAG:
            return (_YES if value else _NO).in_(language)
        case Shape.CHOICE:
            return _option(field, str(value), language)
        case Shape.CHOICES:
            return ", ".join(_option(field, one, language) for one in strings(value)) or _NOTHING.in_(language)
        case Shape.REFERENCE:
            return name_of(tables, field.of, str(value)).in_(language)
        case Shape.REFERENCES:
            return ", ".join(name_of(tables, field.of, one).in_(language) for one in strings(value))
        case Shape.SPANS | Shape.TEXTS:
            return ", ".join(strings(value))
        case Shape.PAIR:
            return "-".join(strings(value))
        case Shape.DATE if isinstance(value, date):
            return f"{dates.weekday(value, language)}, {dates.day_and_month(value, language)} {value.year}"
        case _:
            return str(value)


def _both(value: object) -> str:
    """Both languages: a change in one of them must be seen."""
    if not isinstance(value, Mapping):
        return str(value)
    return " / ".join(dict.fromkeys(str(text) for text in value.values()))


def _option(field: Field, value: str, language: Language) -> str:
    return next((option.label.in_(language) for option in field.options if option.value == value), value)
