"""References: what else of a catalogue names a thing, and what becomes of that when the thing goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from server.app.catalogue_editing.document import Document, rewritten
from server.app.catalogue_editing.kinds import Field, Kind, Shape, put_value, strings, value_of
from server.app.catalogue_editing.schema import KINDS
from server.app.catalogue_editing.tables import Tables
from server.app.catalogue_editing.writing import copied
from server.app.catalogue_file.draft import WHOLE_AGENCY

_NAMING = (Shape.REFERENCE, Shape.REFERENCES)


@dataclass(frozen=True, slots=True)
class Reference:
    kind: Kind
    identity: str
    field: Field

    @property
    def is_mention(self) -> bool:
        """One of several in a list, or something that may be left out: it can be struck out."""
        return self.field.shape is Shape.REFERENCES or not self.field.required


def references_to(tables: Tables, kind: Kind, identity: str) -> list[Reference]:
    return list(_references(tables, kind.name, identity))


def removed(document: Document, kind: Kind, identity: str) -> Document:
    """Without the thing, without what belongs to it, and without a mention of any of that."""
    going = _going(document.tables, kind.name, identity)
    tables = {name: dict(things) for name, things in document.tables.items()}
    for name, one in going:
        for reference in _references(document.tables, name, one):
            if (reference.kind.name, reference.identity) not in going:
                _strike_out(tables, reference, name, one)
        tables[name].pop(one, None)
    return rewritten(document, tables)


def going_with(tables: Tables, kind: Kind, identity: str) -> list[tuple[Kind, str]]:
    """What cannot stay without the thing: an agency's services, counters and officers."""
    return [(KINDS[name], one) for name, one in _going(tables, kind.name, identity)[1:]]


def _going(tables: Tables, name: str, identity: str) -> list[tuple[str, str]]:
    going = [(name, identity)]
    for one in going:  # grows while it is read
        for reference in _references(tables, *one):
            thing = (reference.kind.name, reference.identity)
            belongs = not reference.is_mention or (one[0] == "agency" and reference.field.key == "agency")
            if (belongs or _is_all_of_it(tables, reference, going)) and thing not in going and thing[0] != "site":
                going.append(thing)
    return going


def _is_all_of_it(tables: Tables, reference: Reference, going: list[tuple[str, str]]) -> bool:
    """A required list of which nothing would be left: a counter that serves only what goes."""
    if not (reference.field.required and reference.field.shape is Shape.REFERENCES):
        return False
    gone = {one for name, one in going if name == "service"}
    gone |= {f"{WHOLE_AGENCY}{one}" for name, one in going if name == "agency"}
    item = tables[reference.kind.name][reference.identity]
    return set(strings(value_of(item, reference.field.key))) <= gone


def _strike_out(tables: Tables, reference: Reference, name: str, identity: str) -> None:
    item = copied(tables[reference.kind.name][reference.identity])
    names = {identity, *([f"{WHOLE_AGENCY}{identity}"] if name == "agency" else [])}
    value = value_of(item, reference.field.key)
    left = [one for one in strings(value) if one not in names] if isinstance(value, list) else None
    put_value(item, reference.field.key, left or None)
    if reference.field.key == "helps" and not left:
        for key in ("helping_minutes", "helps_below"):  # they mean nothing without
            item.pop(key, None)
    tables[reference.kind.name][reference.identity] = item


def _references(tables: Tables, name: str, identity: str) -> Iterator[Reference]:
    for kind in KINDS.values():
        for field in kind.fields:
            if field.shape in _NAMING and field.of == name:
                wanted = identity
            elif field.shape is Shape.REFERENCES and field.of == "service" and name == "agency":
                wanted = f"{WHOLE_AGENCY}{identity}"
            else:
                continue
            for one, item in tables[kind.name].items():
                value = value_of(item, field.key)
                if value == wanted or (isinstance(value, list) and wanted in value):
                    yield Reference(kind, one, field)
