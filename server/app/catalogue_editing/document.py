"""The document: one catalogue's text, changed one thing at a time. Comments, order and everything else stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

import tomlkit

from server.app.catalogue_editing.blocks import Block, ScatteredError, blocks_of, lines_of
from server.app.catalogue_editing.kinds import Item, Kind, Writing
from server.app.catalogue_editing.schema import HOURS, KINDS
from server.app.catalogue_editing.tables import Tables, agency_of, identity_of, tables_of
from server.app.catalogue_editing.writing import fill, toml_of, whole

_MANY = 40  # new things at once; more are another hall, and no comment of this one fits it


class NoSuchThingError(Exception):
    """Somebody else took it out meanwhile."""


class Document:
    """Never changes: every change gives another one."""

    def __init__(self, text: str) -> None:
        """Raises ValueError when the text is not TOML."""
        self.text = text.removeprefix("\ufeff")
        self.tables: Tables = tables_of(self.text)

    def item(self, kind: Kind, identity: str) -> Item | None:
        return self.tables[kind.name].get(identity)

    def put(self, kind: Kind, identity: str, item: Mapping[str, object]) -> Document:
        """Change what is there, or add what is not, behind the others of its agency or kind."""
        if identity in self.tables[kind.name]:
            return self._in_pieces(lambda: self._changed(kind, identity, item), self._with(kind, identity, item))
        return self._in_pieces(lambda: self._added(kind, identity, item), self._with(kind, identity, item))

    def without(self, kind: Kind, identity: str) -> Document:
        if identity not in self.tables[kind.name]:
            raise NoSuchThingError
        tables = {name: dict(things) for name, things in self.tables.items()}
        del tables[kind.name][identity]
        return self._in_pieces(lambda: self._removed(kind, identity), tables)

    def moved(self, kind: Kind, identity: str, *, up: bool) -> Document:
        """Change places with the neighbour of the same agency; the first and the last stay."""
        if identity not in self.tables[kind.name]:
            raise NoSuchThingError
        beside = self._neighbours(kind, identity)
        place = beside.index(identity) + (-1 if up else 1)
        if not 0 <= place < len(beside):
            return self
        other = beside[place]
        return self._in_pieces(lambda: self._swapped(kind, identity, other), self._exchanged(kind, identity, other))

    def only(self, tables: Tables) -> Document:
        """What is there already as the tables have it, and without what they do not have; nothing is added."""
        expected = {
            name: {one: tables[name][one] for one in things if one in tables[name]}
            for name, things in self.tables.items()
        }
        return self._in_pieces(lambda: self._all_changed(expected), expected)

    # --- in pieces ---

    def _changed(self, kind: Kind, identity: str, item: Mapping[str, object]) -> str:
        block = self._block(kind, identity)
        piece = self._piece(block, kind, identity, item)
        return "".join([*self._lines[: block.header], piece, *self._lines[block.end :]])

    def _all_changed(self, tables: Tables) -> str:
        text, at = [], 0
        for (name, identity), block in sorted(self._blocks.items(), key=lambda found: found[1].start):
            item = tables[name].get(identity)
            if item is None:
                text += self._lines[at : block.start]
                at = self._behind(block)
            elif item != self.tables[name][identity]:
                text += [*self._lines[at : block.header], self._piece(block, KINDS[name], identity, item)]
                at = block.end
        return "".join([*text, *self._lines[at:]])

    def _piece(self, block: Block, kind: Kind, identity: str, item: Mapping[str, object]) -> str:
        document = tomlkit.parse("".join(self._lines[block.header : block.end]))
        table = document[kind.name]
        match kind.writing:
            case Writing.ONE:
                fill(table, kind, item)
            case Writing.NAMED:
                fill(table[identity], kind, item)
            case Writing.MANY:
                fill(table[0], kind, item)
        return tomlkit.dumps(document).rstrip("\n") + "\n"

    def _added(self, kind: Kind, identity: str, item: Mapping[str, object]) -> str:
        piece = toml_of(kind, identity, item)
        behind = self._last_beside(kind, item)
        at = len(self._lines) if behind is None else behind.end
        before = "".join(self._lines[:at])
        if before and not before.endswith("\n"):
            before += "\n"
        after = "".join(self._lines[at:])
        return f"{before}\n{piece}{after}" if before else piece + after

    def _removed(self, kind: Kind, identity: str) -> str:
        block = self._block(kind, identity)
        return "".join([*self._lines[: block.start], *self._lines[self._behind(block) :]])

    def _swapped(self, kind: Kind, one: str, other: str) -> str:
        first, second = sorted((self._block(kind, one), self._block(kind, other)), key=lambda block: block.start)
        lines = self._lines
        if not lines[-1].endswith("\n"):
            lines = [*lines[:-1], lines[-1] + "\n"]
        parts = [
            lines[: first.start],
            lines[second.start : second.end],
            lines[first.end : second.start],
            lines[first.start : first.end],
            lines[second.end :],
        ]
        return "".join(line for part in parts for line in part)

    def _in_pieces(self, edit: Callable[[], str], expected: Tables) -> Document:
        """The edited text if it says what was meant; where the text is written in an unusual way, one of our own."""
        try:
            edited = Document(edit())
            if same(edited.tables, expected):
                return edited
        except (ScatteredError, ValueError, KeyError):
            pass
        return Document(whole(expected))

    # --- below ---

    def _behind(self, block: Block) -> int:
        """With the blank line that parts it from the next."""
        blank = block.end < len(self._lines) and not self._lines[block.end].strip()
        return block.end + 1 if blank else block.end

    @cached_property
    def _lines(self) -> list[str]:
        return lines_of(self.text)

    @cached_property
    def _blocks(self) -> dict[tuple[str, str], Block]:
        found = {}
        identities = {name: list(things) for name, things in self.tables.items()}
        for block in blocks_of(self.text):
            name = str(block.owner[0])
            if name not in KINDS:
                continue
            match KINDS[name].writing:
                case Writing.ONE:
                    identity = name
                case Writing.NAMED:
                    identity = str(block.owner[1])
                case Writing.MANY:
                    identity = identities[name][int(block.owner[1])]
            found[name, identity] = block
        return found

    def _block(self, kind: Kind, identity: str) -> Block:
        return self._blocks[kind.name, identity]

    def _last_beside(self, kind: Kind, item: Mapping[str, object]) -> Block | None:
        things = self.tables[kind.name]
        agency = agency_of(kind, item) if kind.name != "agency" else ""
        of_agency = [identity for identity, other in things.items() if agency and other.get("agency") == agency]
        behind = (of_agency or list(things))[-1:]
        if behind:
            return self._block(kind, behind[0])
        earlier = [
            block for (name, _), block in self._blocks.items() if name == HOURS.name and kind.name.endswith("day")
        ]
        return earlier[-1] if earlier else None

    def _neighbours(self, kind: Kind, identity: str) -> list[str]:
        things = self.tables[kind.name]
        agency = things[identity].get("agency")
        return [one for one, item in things.items() if item.get("agency") == agency]

    def _with(self, kind: Kind, identity: str, item: Mapping[str, object]) -> Tables:
        """What changes in its place may get another identity: the date of a holiday."""
        things = dict(self.tables[kind.name])
        if identity in things:
            name = identity_of(kind, item)
            things = {name if one == identity else one: other for one, other in things.items()}
            things[name] = dict(item)
        else:
            things[identity] = dict(item)
        return {**self.tables, kind.name: things}

    def _exchanged(self, kind: Kind, one: str, other: str) -> Tables:
        places = {one: other, other: one}
        things = self.tables[kind.name]
        moved = {places.get(identity, identity): things[places.get(identity, identity)] for identity in things}
        return {**self.tables, kind.name: moved}


def same(one: Tables, other: Tables) -> bool:
    """Whether both say the same of every thing, and in the same order wherever somebody sees it."""
    return one == other and all(
        _order_in_agencies(one[kind.name]) == _order_in_agencies(other[kind.name])
        for kind in KINDS.values()
        if kind.ordered
    )


def _order_in_agencies(things: Mapping[str, Item]) -> dict[object, list[str]]:
    order: dict[object, list[str]] = {}
    for identity, item in things.items():
        order.setdefault(item.get("agency"), []).append(identity)
    return order


def rewritten(document: Document, tables: Tables) -> Document:
    """The document with every thing as the tables have it; its comments stay where their things do."""
    if same(document.tables, tables):
        return document
    added = [
        (kind, one, item)
        for kind in KINDS.values()
        for one, item in tables[kind.name].items()
        if one not in document.tables[kind.name]
    ]
    if len(added) > _MANY:
        return Document(whole(tables))
    document = document.only(tables)
    for kind, one, item in added:
        document = document.put(kind, one, item)
    return document if same(document.tables, tables) else Document(whole(tables))
