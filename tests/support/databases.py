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
    _numbers: Iterator[int] = field(default_factory=itertools.count)

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
def running_postgresql() -> Iterator[PostgreSQL]:
    """A private cluster, empty and durable. Raises NoPostgreSQLError."""
    programs = _programs()
    if programs is None:
        raise NoPostgreSQLError("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="loket-pg-", dir="/tmp"))  # short: a socket's path has 107 bytes
    as_user = _as_unprivileged(folder)
    process = None
    try:
        data = folder / "data"
        subprocess.run(
            [*as_user, programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8",
             "--locale=C"],
            check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        settings = {"listen_addresses": "", "unix_socket_directories": str(folder), "shared_buffers": "16MB"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [*as_user, programs / "postgres", "-D", data, *options], stdout=log, stderr=log, cwd=folder
            )
        _wait_until_ready(programs, folder, process)
        yield PostgreSQL(folder)
    finally:
        if process is not None:
            process.send_signal(signal.SIGQUIT)  # at once: nobody needs this data again
            process.wait(timeout=30)
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
