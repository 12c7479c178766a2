"""One server at a time: two of them on one database would each hold half of the lobby in memory."""

from __future__ import annotations

import fcntl
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from server.app.ports import StorageError
from server.db.address import Address

PATIENCE = 3.0  # seconds: at a restart the server before may still be writing its last batch
_POLL = 0.05  # seconds
_ADVISORY_KEY = 0x4C6F6B6574  # "Loket"; PostgreSQL keeps these locks by database


class DatabaseTakenError(StorageError):
    """Another server holds the database."""

    def __init__(self, address: Address) -> None:
        super().__init__(f"Another Loket server is running on {address}; stop it first.")


class FileLock:
    """A lock on `<database>.lock`. The kernel drops it with the process, also after kill -9."""

    def __init__(self, address: Address, patience: float = PATIENCE) -> None:
        assert address.file is not None
        path = address.file.with_name(f"{address.file.name}.lock")
        self._file = _open(path, address)
        deadline = time.monotonic() + patience
        while not self._try():
            if time.monotonic() >= deadline:
                self._file.close()
                raise DatabaseTakenError(address)
            time.sleep(_POLL)

    def release(self) -> None:
        self._file.close()  # the file stays: removing it would let two servers lock two files of one name

    def _try(self) -> bool:
        with suppress(BlockingIOError):
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False


def hold_advisory_lock(connection: Connection, address: Address, patience: float = PATIENCE) -> None:
    """Held by the writing connection itself: who loses it can no longer write."""
    try:
        with connection.begin():
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, round(patience * 1000))}")
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({_ADVISORY_KEY})")
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == "55P03":  # lock_not_available
            raise DatabaseTakenError(address) from None
        raise


def _open(path: Path, address: Address) -> IO[str]:
    if address.file is not None and address.file.is_dir():
        raise address.refusal("cannot be opened: it is a folder.")
    try:
        return path.open("a")
    except OSError as error:
        raise address.refusal(f"cannot be opened: {error.strerror} ({path.parent}).") from error
