"""Engines: how a connection to either database is opened, and what is switched on in it."""

from __future__ import annotations

import sqlite3
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from server.app.ports import StorageError
from server.db.address import Address

BUSY_MILLISECONDS = 5000  # how long a writer waits for another process's before it gives up
STATEMENTS = 256  # that a connection keeps compiled: those of a batch for each number of rows are some eighty
_WITH_WAL_RESET_BUG = ((3, 7, 0), (3, 51, 2))  # first and last; they can corrupt a WAL: https://www.sqlite.org/wal.html

# SQLite's default, a transaction that becomes a writer at its first write, is refused when another wrote in between,
# and lets two of them read the same waiting leg before one of them calls it.
BEGIN = "BEGIN IMMEDIATE"

# A server that vanished must not hold its lock for the two hours of TCP's defaults.
_POSTGRESQL_OPTIONS = (
    f"-c synchronous_commit=on -c lock_timeout={BUSY_MILLISECONDS} "
    "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
)


# Whoever writes finds rows by their keys: a plan that was made, and kept, while a table was small must not read it from
# end to end when it has grown (law 14).
_BY_INDEX = " -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off"


def sqlite_driver() -> ModuleType:
    """pysqlite3 brings a newer SQLite than Debian's; elsewhere Python's own is taken if it is sound."""
    try:
        from pysqlite3 import dbapi2 as bundled
    except ImportError:
        refuse_unsound_sqlite(sqlite3.sqlite_version_info)
        return sqlite3
    refuse_unsound_sqlite(bundled.sqlite_version_info)
    return bundled  # type: ignore[no-any-return]  # the package has no types


def refuse_unsound_sqlite(version: tuple[int, ...]) -> None:
    first, last = _WITH_WAL_RESET_BUG
    if first <= version <= last:
        raise StorageError(
            f"SQLite {'.'.join(map(str, version))} can damage the database (fixed in 3.51.3): install pysqlite3 0.6.1."
        )


def writing_engine(address: Address) -> Engine:
    """For the one connection that writes; it is kept by its user, so there is no pool."""
    if not address.is_sqlite:
        return _postgresql(address, _POSTGRESQL_OPTIONS + _BY_INDEX, poolclass=NullPool)
    engine = _sqlite(address, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def overwrite_what_is_erased(connection: Any, _: ConnectionPoolEntry) -> None:
        # Otherwise a name that was erased stays in the free parts of the file for whoever has the file.
        connection.execute("PRAGMA secure_delete = ON")

    @event.listens_for(engine, "begin")
    def begin_immediate(connection: Connection) -> None:
        connection.exec_driver_sql(BEGIN)

    return engine


def switch_to_wal(connection: Connection, address: Address) -> None:
    """The file keeps it: once it is ours, readers and the writer do not wait for each other. Outside a transaction."""
    driver: Any = connection.connection.driver_connection
    mode = driver.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise address.refusal("lies on a disk that SQLite cannot share between processes; put it on a local one.")


def reading_engine(address: Address) -> Engine:
    """For any thread; every statement by itself, and the database refuses writes on these connections."""
    if not address.is_sqlite:
        options = f"{_POSTGRESQL_OPTIONS} -c default_transaction_read_only=on"
        return _postgresql(address, options, isolation_level="AUTOCOMMIT")
    engine = _sqlite(address)

    @event.listens_for(engine, "connect")
    def refuse_writes(connection: Any, _: ConnectionPoolEntry) -> None:
        connection.execute("PRAGMA query_only = ON")

    return engine


def _postgresql(address: Address, options: str, **more: Any) -> Engine:
    connect = {"connect_timeout": 5, "application_name": "loket", "options": options}
    # "format": positional parameters, so that a batch is a list of tuples on both databases.
    return create_engine(address.url, paramstyle="format", connect_args=connect, **more)


def _sqlite(address: Address, **more: Any) -> Engine:
    connect = {"check_same_thread": False, "timeout": BUSY_MILLISECONDS / 1000, "cached_statements": STATEMENTS}
    engine = create_engine(address.url, module=sqlite_driver(), connect_args=connect, **more)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        connection.execute("PRAGMA synchronous = FULL")  # NORMAL loses the last commits in a power cut
        connection.execute("PRAGMA foreign_keys = ON")

    return engine
