"""Many rows in one statement: added, or changed by their id, straight to the driver.

Statement by statement, a batch of 64 tickets costs three times as much: the time goes into compiling and into crossing
between Python and the database. So Core writes each SQL once, and a statement takes many rows. SQLite's driver lets go
of the interpreter at each step, and the network's thread has it for a while: one step for many rows. PostgreSQL's turns
every cell into bytes of its own, in Python: one text of JSON, which the database takes apart on its own time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Any

from msgspec import json
from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Dialect,
    Insert,
    LargeBinary,
    Table,
    Update,
    bindparam,
    insert,
    literal_column,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from server.app.ports import StorageError
from server.db.rows import Row

MOST = 64  # rows of one statement; a batch is said as 64, 32, 16 ... rows, so that a driver knows seven texts of each

Cells = Callable[[Column[Any]], ColumnElement[Any]]
"""What a statement puts in the place of a column's new value."""


class Adding:
    """Inserts rows of a table; with `replacing`, a row whose primary key is there takes the new values."""

    def __init__(self, table: Table, dialect: Dialect, *, replacing: bool = False) -> None:
        one = _Compiled(_upsert(table, dialect) if replacing else _insert(table), table, dialect)
        before, _, values = one.text.partition(" VALUES ")
        _, _, after = values.partition(")")
        cells = [_cell_of_json(column, place, dialect) for place, column in enumerate(_written(table))]
        self._rows = (
            _RowsInMarks(one, f"{before} VALUES ", after)
            if dialect.name == "sqlite"
            else _RowsInJson(one, f"{before} SELECT {', '.join(cells)} FROM ", after)  # noqa: S608 - our columns
        )

    def run(self, driver: Any, given: Sequence[Row]) -> None:
        if given:
            self._rows.run(driver, given)

    def in_json(self) -> _RowsInJson:
        assert isinstance(self._rows, _RowsInJson), "SQLite takes rows as marks"
        return self._rows


class AddingTogether:
    """Rows of several tables by one statement of PostgreSQL, which is a transaction by itself: one trip, one flush.

    Its parts are carried out in no order, so none of them may need what another has done.
    """

    def __init__(self, parts: Sequence[Adding]) -> None:
        self._parts = [part.in_json() for part in parts]
        *before, last = (part.text for part in self._parts)
        named = ", ".join(f"part_{at} AS ({text})" for at, text in enumerate(before))
        self._text = f"WITH {named} {last}"

    def run(self, driver: Any, given: Sequence[Sequence[Row]]) -> None:
        """Outside a transaction. On the disk when this returns."""
        driver.autocommit = True
        try:
            driver.execute(self._text, [part.cell(rows) for part, rows in zip(self._parts, given, strict=True)])
        finally:
            driver.autocommit = False


class Changing:
    """Updates rows that are there."""

    def __init__(self, table: Table, dialect: Dialect, make: Callable[[Cells], Update] | None = None) -> None:
        make = make or (lambda cells: _update(table, cells))
        self._table = table.name
        one = _Compiled(make(_parameter), table, dialect)
        cell = _cell_of_values if dialect.name == "sqlite" else partial(_cell_of_json, dialect=dialect)

        def many(column: Column[Any]) -> ColumnElement[Any]:
            return literal_column(cell(column, one.names.index(_name(column))))

        before, _, after = str(make(many).compile(dialect=dialect)).partition(" WHERE ")
        self._rows = (
            _RowsInMarks(one, f"{before} FROM (VALUES ", f") AS new WHERE {after}")
            if dialect.name == "sqlite"
            else _RowsInJson(one, f"{before} FROM ", f" WHERE {after}")
        )

    def run(self, driver: Any, given: Sequence[Row]) -> list[Changed]:
        """To be looked at when the trip is over."""
        return [Changed(self._rows.run(driver, given), len(given), self._table)] if given else []


@dataclass(frozen=True, slots=True)
class Changed:
    cursors: list[Any]
    rows: int
    table: str

    def refuse_missing_rows(self) -> None:
        """Raises StorageError unless every row was there: memory would be ahead of the disk."""
        if sum(cursor.rowcount for cursor in self.cursors) != self.rows:
            raise StorageError(f"The database lacks rows of {self.table} that the lobby knows.")


class _RowsInMarks:
    """As parameters, each cell one."""

    def __init__(self, one: _Compiled, before: str, after: str) -> None:
        self._arranged = one.arranged
        self._before, self._after = before, after
        self._row = f"({', '.join('?' * len(one.names))})"
        self._texts: dict[int, str] = {}

    def run(self, driver: Any, given: Sequence[Row]) -> list[Any]:
        return [
            driver.execute(self._text(len(rows)), list(chain.from_iterable(map(self._arranged, rows))))
            for rows in _in_powers_of_two(given)
        ]

    def _text(self, count: int) -> str:
        if count not in self._texts:
            self._texts[count] = f"{self._before}{', '.join([self._row] * count)}{self._after}"
        return self._texts[count]


class _RowsInJson:
    """As one parameter, an array of arrays."""

    def __init__(self, one: _Compiled, before: str, after: str) -> None:
        self._arranged = one.arranged
        self.text = f"{before}jsonb_array_elements(%s::jsonb) AS new(row){after}"

    def run(self, driver: Any, given: Sequence[Row]) -> list[Any]:
        return [driver.execute(self.text, [self.cell(given)])]

    def cell(self, given: Sequence[Row]) -> str:
        return json.encode(list(map(self._arranged, given))).decode()


class _Compiled:
    """A statement as the driver takes it, with the cells of a table's row in the order in which it asks for them."""

    def __init__(self, statement: Insert | Update, table: Table, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        assert compiled.positiontup is not None, "the engine must use positional parameters"
        given = [_name(column) for column in _written(table)]
        self.text = str(compiled)
        self.names = compiled.positiontup
        self.arranged = _picking([given.index(name) for name in self.names])


def _picking(places: Sequence[int]) -> Callable[[Row], Row]:
    """An itemgetter gives a bare cell, not a row, where it is asked for one."""
    return itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)


def _in_powers_of_two(given: Sequence[Row]) -> Iterator[Sequence[Row]]:
    at, left = 0, len(given)
    while left:
        count = min(MOST, 1 << (left.bit_length() - 1))
        yield given[at : at + count]
        at, left = at + count, left - count


def _cell_of_values(_: Column[Any], place: int) -> str:
    return f"new.column{place + 1}"


def _cell_of_json(column: Column[Any], place: int, dialect: Dialect) -> str:
    cell = f"(new.row->>{place})"
    if isinstance(column.type, LargeBinary):
        return f"decode({cell}, 'base64')"
    return f"{cell}::{column.type.compile(dialect=dialect)}"


def _written(table: Table) -> list[Column[Any]]:
    """The columns of a row: all but an id that the database counts up."""
    return [column for column in table.columns if column is not table.autoincrement_column]


def _name(column: Column[Any]) -> str:
    return f"new_{column.name}"  # a bare column name means something else to Core


def _parameter(column: Column[Any]) -> BindParameter[Any]:
    return bindparam(_name(column))


def _insert(table: Table) -> Insert:
    return insert(table).values({column.name: _parameter(column) for column in _written(table)}).inline()


def _upsert(table: Table, dialect: Dialect) -> Insert:
    make = sqlite.insert if dialect.name == "sqlite" else postgresql.insert
    statement = make(table).values({column.name: _parameter(column) for column in _written(table)})
    changed = {column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=changed)


def _update(table: Table, cells: Cells) -> Update:
    values = {column.name: cells(column) for column in table.columns if not column.primary_key}
    return update(table).where(table.c.id == cells(table.c.id)).values(values)
