"""Databases for tests: an SQLite file, and a PostgreSQL that the suite starts for itself, as fixtures.

Eighteen migrations cost more than most tests: an SQLite file with the schema is copied, and one PostgreSQL database is
emptied after each test. Those whose names begin with `empty_` have no table yet.

@pytest.fixture(params=EVERY_DATABASE)
def url(request): return request.getfixturevalue(request.param)
"""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import psycopg
import pytest

from server.db import open_store

EVERY_DATABASE = [
    pytest.param("sqlite_url", id="sqlite"),
    # One group: under xdist one worker starts the cluster, not every one.
    pytest.param(
        "postgresql_url", id="postgresql", marks=[pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")]
    ),
]

_START_SECONDS = 60
EMPTY, READY = "template0", "loket_ready"  # the second has the schema
_NEVER_ASKED_AGAIN = {
    "fsync": "off",
    "full_page_writes": "off",
}  # a machine that stops in the middle ends the test, too
# What an emptied database still differs in from a new one: its tables, and what guards them.
_SHAPE = """
SELECT md5(string_agg(what, ',' ORDER BY what)) FROM (
  SELECT version_num::text AS what FROM alembic_version
  UNION ALL SELECT attrelid::regclass::text || '.' || attname::text FROM pg_attribute
    WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
  UNION ALL SELECT tgname::text || tgenabled::text FROM pg_trigger
) AS shape"""


class NoPostgreSQLError(Exception):
    """This machine has none."""


@dataclass
class PostgreSQL:
    """A running cluster. Its socket lies in its own folder; it listens on no port."""

    folder: Path
    programs: Path
    settings: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _process: subprocess.Popen[bytes] | None = None
    _used: str = ""
    _shape: object = None

    def start(self) -> None:
        own = {"listen_addresses": "", "unix_socket_directories": str(self.folder), "shared_buffers": "16MB"}
        settings = own | self.settings
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        postgres = [str(self.programs / "postgres"), "-D", str(self.folder / "data")]
        words = [*_as_unprivileged(self.folder), *postgres, *options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(words, stdout=log, stderr=log, cwd=self.folder)
        _wait_until_ready(self.programs, self.folder, self._process)

    def stop_at_once(self) -> None:
        """As `pg_ctl stop -m immediate`: every connection is cut, and the next start recovers from the log."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=30)
            self._process = None

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def administer(self, statement: str) -> None:
        with self._connected("postgres") as connection:
            connection.execute(statement)

    def new_database(self, template: str = EMPTY) -> str:
        name = f"test_{next(self._numbers)}"
        self.administer(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        self.administer(f"DROP DATABASE {name} WITH (FORCE)")

    def ready_database(self) -> str:
        """With the schema and nothing in it: the last test's, emptied, unless that one changed more than rows."""
        name, self._used = self._used, ""
        return name or self.new_database(READY)

    def take_back(self, name: str) -> None:
        try:
            is_as_new = self._emptied(name)
        except (psycopg.errors.UndefinedTable, psycopg.OperationalError):  # not a schema of ours, or not there
            is_as_new = False
        if is_as_new:
            self._used = name
        else:
            self.drop(name)

    def _emptied(self, name: str) -> bool:
        with self._connected(name) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            [shape] = connection.execute(_SHAPE).fetchone() or (None,)
            if self._shape is None:
                with self._connected(READY) as fresh:
                    [self._shape] = fresh.execute(_SHAPE).fetchone() or (None,)
            tables = connection.execute(
                "SELECT quote_ident(tablename) FROM pg_tables "
                "WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            ).fetchall()
            # As a replica no trigger fires: what is append-only for everybody else goes, too.
            statements = ["SET session_replication_role = replica", *(f"DELETE FROM {table}" for (table,) in tables)]
            connection.execute(";".join(statements))
            connection.execute("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'")
            return bool(shape == self._shape)

    def _connected(self, name: str) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=name, autocommit=True)


@cache
def _migrated() -> bytes:
    """An SQLite file with the schema, made once in this process."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "loket.sqlite")
        open_store(f"sqlite:///{file}").close()
        assert not file.with_name(f"{file.name}-wal").exists()
        return file.read_bytes()


def lay_out(url: str) -> str:
    """Give `url` the schema, by a copy, if it is an SQLite file that is not there yet."""
    if url.startswith("sqlite:///") and not (file := Path(url.removeprefix("sqlite:///"))).exists():
        file.write_bytes(_migrated())
    return url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A fresh file with the schema in it."""
    return lay_out(f"sqlite:///{tmp_path / 'loket.sqlite'}")


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'loket.sqlite'}"


@pytest.fixture
def postgresql_url(postgresql: PostgreSQL) -> Iterator[str]:
    """A database with the schema and no rows in it."""
    name = postgresql.ready_database()
    yield postgresql.url(name)
    postgresql.take_back(name)


@pytest.fixture
def empty_postgresql_url(postgresql: PostgreSQL) -> Iterator[str]:
    """A fresh database without any table."""
    name = postgresql.new_database()
    yield postgresql.url(name)
    postgresql.drop(name)


@pytest.fixture(scope="session")
def postgresql() -> PostgreSQL:
    """A private cluster of this test run, gone with it, even if the run is killed."""
    try:
        return _cluster()
    except NoPostgreSQLError as error:
        pytest.skip(str(error))


@cache  # every module that imports the fixture has one of its own; a cluster each would cost two seconds of a core
def _cluster() -> PostgreSQL:
    with ExitStack() as opened:
        cluster = opened.enter_context(running_postgresql(_NEVER_ASKED_AGAIN))
        cluster.administer(f"CREATE DATABASE {READY} TEMPLATE {EMPTY}")
        open_store(cluster.url(READY)).close()
        atexit.register(opened.pop_all().close)
    return cluster


@contextmanager
def running_postgresql(settings: dict[str, str] | None = None) -> Iterator[PostgreSQL]:
    """A private cluster, empty and, unless `settings` say otherwise, durable. Raises NoPostgreSQLError."""
    programs = _programs()
    if programs is None:
        raise NoPostgreSQLError("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="loket-pg-", dir="/tmp"))  # short: a socket's path has 107 bytes
    cluster = PostgreSQL(folder, programs, settings or {})
    try:
        subprocess.run(
            [*_as_unprivileged(folder), programs / "initdb", "-D", folder / "data", "-U", "postgres", "--auth=trust",
             "--no-sync", "-E", "UTF8", "--locale=C"],
            check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        cluster.start()
        yield cluster
    finally:
        cluster.stop_at_once()  # nobody needs this data again
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _as_unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root. It dies with this process: nothing is left behind by a run that is killed."""
    setpriv = shutil.which("setpriv")
    command = [setpriv, "--pdeathsig", "QUIT"] if setpriv else []
    if os.geteuid() != 0:
        return command
    shutil.chown(folder, "nobody", "nogroup")
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--pdeathsig", "QUIT"]


def _wait_until_ready(programs: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode != 0:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}")
        time.sleep(0.05)
