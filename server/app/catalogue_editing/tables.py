"""Tables: a catalogue's text as plain values, each thing by its kind and identity."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date

from server.app.catalogue_editing.kinds import Item, Kind, Writing
from server.app.catalogue_editing.schema import COUNTER, HOURS, KINDS, SITE
from server.app.catalogue_file.draft import WHOLE_AGENCY
from shared.vocabulary import Words

Tables = dict[str, dict[str, Item]]
"""By the kind's name and the thing's identity, in the order of the file."""


def tables_of(text: str) -> Tables:
    """Of a text that is TOML. Raises ValueError for any other."""
    raw = tomllib.loads(text.removeprefix("\ufeff"))
    return {kind.name: _things(kind, raw.get(kind.name)) for kind in KINDS.values()}


def _things(kind: Kind, found: object) -> dict[str, Item]:
    if kind.writing is Writing.ONE:
        return {SITE.name: dict(found)} if isinstance(found, dict) else {}
    things: dict[str, Item] = {}
    if kind.writing is Writing.NAMED:
        for name, table in found.items() if isinstance(found, dict) else ():
            if isinstance(table, dict):
                things[name] = {kind.identity: name, **table}
        return things
    for index, table in enumerate(found if isinstance(found, list) else ()):
        if isinstance(table, dict):
            identity = identity_of(kind, table)
            things[identity if identity and identity not in things else f"{identity}#{index + 1}"] = dict(table)
    return things


def identity_of(kind: Kind, item: Mapping[str, object]) -> str:
    """What tells a thing from the others of its kind; "" when it says nothing."""
    if kind is SITE:
        return SITE.name
    value = item.get(kind.identity)
    if kind is COUNTER and value is None:
        number = item.get("number")
        return "" if number is None else f"counter-{number}"
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def title_of(kind: Kind, identity: str, item: Mapping[str, object] | None) -> Words:
    """What people call it."""
    value = (item or {}).get(kind.title or kind.identity)
    if isinstance(value, Mapping):
        said = {language: str(text) for language, text in value.items()}
        anything = next(iter(said.values()), identity)
        return Words(said.get("id", anything), said.get("en", anything))
    text = identity if value is None or value == "" else str(value)
    if kind is COUNTER:
        return Words(f"Loket {text}", f"Counter {text}")
    return Words(text, text)


def name_of(tables: Tables, kind: str, identity: str) -> Words:
    """The title of something that another thing names; `agency:ID` is all of an agency."""
    if identity.startswith(WHOLE_AGENCY) and kind == "service":
        agency = name_of(tables, "agency", identity.removeprefix(WHOLE_AGENCY))
        return Words(f"Semua layanan {agency.id}", f"All services of {agency.en}")
    if kind == HOURS.name:
        return Words(identity, identity)
    return title_of(KINDS[kind], identity, tables.get(kind, {}).get(identity))


def agency_of(kind: Kind, item: Mapping[str, object] | None) -> str:
    """The agency to which a thing belongs; "" for what belongs to the site."""
    value = (item or {}).get("id" if kind.name == "agency" else "agency")
    return value if isinstance(value, str) else ""


def services_of(tables: Tables, agency: str) -> list[str]:
    return [identity for identity, item in tables["service"].items() if item.get("agency") == agency]
