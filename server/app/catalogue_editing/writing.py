"""Writing: plain values as TOML, in one block or as a whole file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import tomlkit
from tomlkit.items import Item as TomlItem

from server.app.catalogue_editing.kinds import Item, Kind, Writing
from server.app.catalogue_editing.schema import KINDS
from server.app.catalogue_editing.tables import Tables
from shared.vocabulary import Language

_LONG = 100  # characters of a list on one line; a longer one takes a line for each


def toml_of(kind: Kind, identity: str, item: Mapping[str, object]) -> str:
    """The block of a new thing."""
    document = tomlkit.document()
    table = tomlkit.table()
    fill(table, kind, item)
    match kind.writing:
        case Writing.ONE:
            document.append(kind.name, table)
        case Writing.NAMED:
            parent = tomlkit.table(is_super_table=True)
            parent.append(identity, table)
            document.append(kind.name, parent)
        case Writing.MANY:
            things = tomlkit.aot()
            things.append(table)
            document.append(kind.name, things)
    return tomlkit.dumps(document).strip("\n") + "\n"


def fill(table: Any, kind: Kind, item: Mapping[str, object]) -> None:
    """Make the table say what the item says, and leave alone what it says already."""
    wanted = {key: value for key, value in item.items() if not (kind.writing is Writing.NAMED and key == kind.identity)}
    for key in [key for key in table if key not in wanted]:
        table.remove(key)
    for key in sorted(wanted, key=_place_in(kind)):
        value = wanted[key]
        present = table.get(key)
        if isinstance(value, Mapping) and not _is_words(value):
            if not isinstance(present, dict):
                present = tomlkit.table()
                table.append(key, present)
            _fill_below(present, value)
        elif present is None:
            table.append(key, toml_value(value))
        elif plain(present) != value:
            table[key] = toml_value(value)


def toml_value(value: object) -> TomlItem:
    """As it is written by hand: blanks inside the braces, a long list line by line."""
    return tomlkit.value(_text(value))


def _text(value: object) -> str:
    match value:
        case Mapping():
            return "{{ {} }}".format(", ".join(f"{key} = {_text(inner)}" for key, inner in value.items()))
        case list():
            parts = [_text(one) for one in value]
            in_one = "[{}]".format(", ".join(parts))
            if len(in_one) <= _LONG and not any(isinstance(one, Mapping) for one in value):
                return in_one
            return "[\n{}]".format("".join(f"  {part},\n" for part in parts))
        case date():
            return value.isoformat()
        case _:
            return tomlkit.item(value).as_string()


def plain(value: Any) -> object:
    return value.unwrap() if hasattr(value, "unwrap") else value


def whole(tables: Tables) -> str:
    """A file of its own, without any comment: for a hall that begins, or whose text cannot be edited in pieces."""
    return "\n".join(
        toml_of(kind, identity, item) for kind in KINDS.values() for identity, item in tables.get(kind.name, {}).items()
    )


def _fill_below(table: Any, values: Mapping[str, object]) -> None:
    for key in [key for key in table if key not in values]:
        table.remove(key)
    for key, value in values.items():
        if plain(table.get(key)) != value:
            table[key] = toml_value(value)


def _place_in(kind: Kind) -> Any:
    places = {field.key.partition(".")[0]: index for index, field in reversed(list(enumerate(kind.fields)))}
    return lambda key: places.get(key, len(places))


def _is_words(value: Mapping[object, object]) -> bool:
    return value.keys() <= set(Language)


def copied(item: Mapping[str, object]) -> Item:
    """So that changing one does not change the other."""
    return {key: _copied(value) for key, value in item.items()}


def _copied(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value
