"""Units of work: one transaction at a time for writers, single statements for readers, one kind of error for both."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from server.db.address import Address
from server.db.engine import BEGIN

_T = TypeVar("_T")

SWEEP_MILLISECONDS = 100  # that a sweep waits for who reads
PERSONAL = ("bookings", "visits", "legs", "survey_texts")
"""Tables that hold what visitors said."""

# What a driver raises, and what it raises before it asks the database: a number beyond 64 bits, half a character.
FAILURES = (SQLAlchemyError, OverflowError, UnicodeError)


def driver_of(connection: Connection) -> Any:
    """The driver's own connection, inside the same transaction."""
    return connection.connection.driver_connection


class Writer:
    """The one connection of this process that writes. Units of work from any thread take turns on it."""

    def __init__(self, engine: Engine, address: Address, prepare: Callable[[Connection], None]) -> None:
        self._engine = engine
        self._driver: Any = engine.dialect.dbapi
        self._address = address
        self._prepare = prepare
        self._turn = threading.Lock()
        self._connection: Connection | None = None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Committed, and on the disk, when the block ends; rolled back when it raises. Raises StorageError."""
        with self._turn:
            try:
                connection = self._connected()
                with connection.begin():
                    yield connection
            except FAILURES as error:
                if not isinstance(error, IntegrityError):
                    self._drop()  # whatever it was (disk full, server gone), the next one starts on a fresh connection
                raise self._address.error(error) from error

    @contextmanager
    def batch(self) -> Iterator[Any]:
        """As `transaction`, for statements that go straight to the driver's connection: Core's way to it costs more
        than they do. Raises StorageError."""
        with self._turn:
            try:
                driver: Any = self._connected().connection.driver_connection
                if self._address.is_sqlite:
                    driver.execute(BEGIN)
                try:
                    yield driver
                    driver.commit()
                except BaseException:
                    driver.rollback()
                    raise
            except (*FAILURES, self._driver.Error) as error:
                if not isinstance(error, self._driver.IntegrityError):
                    self._drop()
                raise self._address.error(error) from error

    def use(self, work: Callable[[Connection], None]) -> None:
        """For work that begins its transactions itself. Raises StorageError."""
        with self._turn:
            try:
                work(self._connected())
            except FAILURES as error:
                self._drop()
                raise self._address.error(error) from error

    def sweep(self) -> bool:
        """Nothing that was erased is left in SQLite's log of changes, or as a dead row of PostgreSQL. False: somebody
        reads just now, it has to be tried again. Waits for nobody. Raises StorageError."""
        try:
            with self._engine.connect() as connection:  # of its own: the writer's goes on meanwhile
                driver = driver_of(connection)
                if self._address.is_sqlite:
                    driver.execute(f"PRAGMA busy_timeout = {SWEEP_MILLISECONDS}")
                    return bool(driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
                driver.rollback()
                driver.autocommit = True
                driver.cursor().execute(f"VACUUM {', '.join(PERSONAL)}")
                return True
        except (*FAILURES, self._driver.Error) as error:
            raise self._address.error(error) from error

    def close(self) -> None:
        with self._turn:
            self._drop()
            self._engine.dispose()

    def _connected(self) -> Connection:
        if self._connection is None:
            connection = self._engine.connect()
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            with suppress(*FAILURES):
                self._connection.close()
            self._connection = None


class Reader:
    """Connections that cannot write, for any thread."""

    def __init__(self, engine: Engine, address: Address) -> None:
        self._engine = engine
        self._address = address

    def read(self, work: Callable[[Connection], _T]) -> _T:
        """Raises StorageError. `work` may run twice: a connection that died while it was idle is tried anew."""
        try:
            try:
                with self._engine.connect() as connection:
                    return work(connection)
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                with self._engine.connect() as connection:
                    return work(connection)
        except FAILURES as error:
            raise self._address.error(error) from error

    def close(self) -> None:
        self._engine.dispose()
