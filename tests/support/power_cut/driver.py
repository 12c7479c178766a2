"""The driver: as much of Python's database interface over apsw as the store needs, so that the real store runs on a
file system of ours. pysqlite3 cannot: it carries an SQLite of its own, into which no file system can be put.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import apsw
import apsw.ext


class Error(Exception):
    sqlite_errorname = ""


class DatabaseError(Error):
    pass


class OperationalError(DatabaseError):
    pass


class IntegrityError(DatabaseError):
    pass


InterfaceError = DataError = InternalError = ProgrammingError = NotSupportedError = DatabaseError


class Driver:
    """Stands where SQLAlchemy expects the module of a driver."""

    paramstyle = "qmark"
    apilevel = "2.0"
    threadsafety = 1
    sqlite_version = apsw.sqlite_lib_version()
    sqlite_version_info = tuple(int(part) for part in sqlite_version.split("."))
    Error, DatabaseError, OperationalError, IntegrityError = Error, DatabaseError, OperationalError, IntegrityError
    InterfaceError, DataError, InternalError = DatabaseError, DatabaseError, DatabaseError
    ProgrammingError, NotSupportedError = DatabaseError, DatabaseError

    def __init__(self, file_system: str, instead: Mapping[str, str] | None = None) -> None:
        self._file_system = file_system
        self._instead = dict(instead or {})
        self.said: set[str] = set()
        """The statements that came, as they came."""

    def connect(self, file: str, **_: object) -> Connection:
        return Connection(apsw.Connection(str(file), vfs=self._file_system), self._rewritten)

    def _rewritten(self, statement: str) -> str:
        self.said.add(statement)
        return self._instead.get(statement, statement)


class Connection:
    isolation_level: str | None = None

    def __init__(self, connection: apsw.Connection, rewritten: Callable[[str], str]) -> None:
        self._connection = connection
        self._rewritten = rewritten
        self._described: dict[str, Any] = {}
        connection.set_busy_timeout(5000)

    def cursor(self) -> Cursor:
        return Cursor(self)

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Cursor:
        return self.cursor().execute(statement, parameters)

    def create_function(self, *_: object, **__: object) -> None:
        """SQLAlchemy brings a function for regular expressions; we have none."""

    def commit(self) -> None:
        if self._connection.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        if self._connection.in_transaction:
            self.execute("ROLLBACK")

    def close(self) -> None:
        self._connection.close()

    def run(self, statement: str, parameters: Sequence[Any]) -> tuple[list[Any], int]:
        try:
            rows = list(self._connection.cursor().execute(self._rewritten(statement), tuple(parameters)))
        except apsw.ConstraintError as error:
            raise IntegrityError(str(error)) from error
        except apsw.Error as error:
            raise OperationalError(str(error)) from error
        return rows, self._connection.changes()

    def describe(self, statement: str) -> Any:
        if statement not in self._described:
            columns = apsw.ext.query_info(self._connection, statement).description
            self._described[statement] = [(name, *[None] * 6) for name, _ in columns] or None
        return self._described[statement]


class Cursor:
    arraysize = 1
    lastrowid = None
    rowcount = -1
    description: Any = None

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Cursor:
        self.description = self._connection.describe(statement)
        self._rows, self.rowcount = self._connection.run(statement, parameters)
        return self

    def executemany(self, statement: str, many: Sequence[Sequence[Any]]) -> Cursor:
        self.description = None
        self.rowcount = sum(self._connection.run(statement, parameters)[1] for parameters in many)
        return self

    def fetchone(self) -> Any:
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int = 1) -> list[Any]:
        taken, self._rows = self._rows[:size], self._rows[size:]
        return taken

    def fetchall(self) -> list[Any]:
        taken, self._rows = self._rows, []
        return taken

    def close(self) -> None:
        self._rows = []
