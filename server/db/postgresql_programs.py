"""PostgreSQL's own programs: pg_dump writes a backup, pg_restore reads it. Called as programs; plainly missed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from server.app.ports import StorageError
from server.db.address import Address
from server.db.copying import Content

_DEBIAN = Path("/usr/lib/postgresql")  # one folder for each version; the newest can read all of them


def dump(address: Address, file: Path) -> None:
    """Raises StorageError."""
    _run("pg_dump", "--format=custom", f"--file={file}", f"--dbname={_without_password(address)}", address=address)


def read_back(address: Address, file: Path) -> None:
    """Into an empty database, all or nothing. Raises StorageError."""
    whole = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    _run("pg_restore", *whole, f"--dbname={_without_password(address)}", str(file), address=address)


def look_through(address: Address, file: Path) -> Content:
    """Read every byte of a dump, and count. Raises StorageError when it is damaged or not ours."""
    if not file.is_file():
        raise StorageError(f"There is no file {file}.")
    rows = {"alembic_version": 0, "visits": 0, "facts": 0}
    schema, table = "", ""
    with _reading("pg_restore", "--data-only", "--file=-", str(file), address=address) as lines:
        for line in lines:
            if not table and line.startswith("COPY "):
                table = line.split()[1].rpartition(".")[2]
            elif line == "\\.\n":
                table = ""
            elif table in rows:
                rows[table] += 1
                schema = line.strip() if table == "alembic_version" else schema
    if not schema:
        raise StorageError(f"The file {file} is no backup of a Loket database.")
    return Content(schema, rows["visits"], rows["facts"])


def _run(program: str, *words: str, address: Address) -> None:
    done = subprocess.run(  # noqa: S603 - a program of the system, and words of ours
        [_path_of(program), *words], env=_environment(address), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise StorageError(f"{program} failed: {_first_line(done.stderr)}.")


@contextmanager
def _reading(program: str, *words: str, address: Address) -> Iterator[IO[str]]:
    process = subprocess.Popen(  # noqa: S603
        [_path_of(program), *words],
        env=_environment(address),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        yield process.stdout
        said = process.stderr.read()
    if process.returncode:
        raise StorageError(f"{program} failed: {_first_line(said)}.")


def _path_of(program: str) -> str:
    installed = sorted(_DEBIAN.glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    found = str(installed[-1]) if installed else shutil.which(program)
    if found is None:
        raise StorageError(f"{program} is not installed (Debian: apt-get install postgresql-client).")
    return found


def _without_password(address: Address) -> str:
    """Everybody on the machine can read a program's words."""
    return address.url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


def _environment(address: Address) -> dict[str, str]:
    password = {} if address.url.password is None else {"PGPASSWORD": str(address.url.password)}
    return {**os.environ, "PGCONNECT_TIMEOUT": "5", **password}


def _first_line(said: str) -> str:
    return next((line.strip().rstrip(".") for line in said.splitlines() if line.strip()), "it says nothing")
