"""Databases for tests: an SQLite file, and a PostgreSQL that the suite starts for itself, as fixtures.

@pytest.fixture(params=EVERY_DATABASE)
def url(request): return request.getfixturevalue(request.param)
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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
EMPTY, READY = "template0", "loket_ready"  # the second has the schema: copying it is cheaper than migrating


class NoPostgreSQLError(Exception):
    """This machine has none."""


@dataclass
class PostgreSQL:
    """A running cluster. Its socket lies in its own folder; it listens on no port."""

    folder: Path
    programs: Path
    shared_buffers: str = "16MB"
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "shared_buffers": self.shared_buffers,
        }
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
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)

    def new_database(self, template: str = EMPTY) -> str:
        name = f"test_{next(self._numbers)}"
        self.administer(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'loket.sqlite'}"


@pytest.fixture
def postgresql_url(postgresql: PostgreSQL) -> Iterator[str]:
    """A fresh database with the schema in it."""
    name = postgresql.new_database(READY)
    yield postgresql.url(name)
    postgresql.administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_postgresql_url(postgresql: PostgreSQL) -> Iterator[str]:
    """A fresh database without any table."""
    name = postgresql.new_database()
    yield postgresql.url(name)
    postgresql.administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A private cluster of this test run, gone with it, even if the run is killed."""
    try:
        with running_postgresql() as cluster:
            cluster.administer(f"CREATE DATABASE {READY} TEMPLATE {EMPTY}")
            open_store(cluster.url(READY)).close()
            yield cluster
    except NoPostgreSQLError as error:
        pytest.skip(str(error))


@contextmanager
def running_postgresql(shared_buffers: str = "16MB") -> Iterator[PostgreSQL]:
    """A private cluster, empty and durable. Raises NoPostgreSQLError."""
    programs = _programs()
    if programs is None:
        raise NoPostgreSQLError("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="loket-pg-", dir="/tmp"))  # short: a socket's path has 107 bytes
    cluster = PostgreSQL(folder, programs, shared_buffers)
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
