"""Where the database is: the URL of the settings, checked, and the sentences for what can go wrong there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from server.app.ports import StorageError

_SQLITE_PREDICATES = {  # by the primary result code of https://www.sqlite.org/rescode.html
    "CANTOPEN": "cannot be opened: does the folder exist, and may this user write there?",
    "NOTADB": "is not an SQLite database.",
    "READONLY": "cannot be written by this user.",
    "PERM": "cannot be written by this user.",
    "BUSY": "is locked by another program.",
    "LOCKED": "is locked by another program.",
    "FULL": "cannot grow: the disk is full.",
    "IOERR": "cannot be read or written: the disk reports an error ({detail}).",
    "CORRUPT": "is damaged; restore the last backup.",
}


@dataclass(frozen=True, slots=True)
class Address:
    url: URL
    file: Path | None
    """The file of an SQLite database; None on PostgreSQL."""

    @property
    def is_sqlite(self) -> bool:
        return self.file is not None

    def __str__(self) -> str:
        if self.file is not None:
            return f"the database file {self.file}"
        return f"the database {self.url.set(drivername='postgresql').render_as_string(hide_password=True)}"

    def error(self, cause: Exception) -> StorageError:
        """One sentence for the administrator; the cause stays attached for the log."""
        return self.refusal(_predicate(cause))

    def refusal(self, predicate: str) -> StorageError:
        at = str(self)
        return StorageError(f"{at[0].upper()}{at[1:]} {predicate}")


def parse_address(url: str) -> Address:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StorageError(
            "The database address cannot be read: write sqlite:///FILE or postgresql://USER@HOST/NAME."
        ) from None
    match parsed.get_backend_name():
        case "sqlite":
            if parsed.database in (None, "", ":memory:"):
                raise StorageError("The database address names no file: write sqlite:///FILE.")
            assert parsed.database is not None
            # Resolved: whatever link leads to the file, there is one lock beside it.
            return Address(parsed, Path(parsed.database).resolve())
        case "postgresql":
            return Address(parsed.set(drivername="postgresql+psycopg"), None)
        case other:
            raise StorageError(f"Loket keeps its data in SQLite or PostgreSQL, not in {other}.")


def _predicate(cause: Exception) -> str:
    origin = cause.orig if isinstance(cause, DBAPIError) and cause.orig is not None else cause
    detail = next((line.strip() for line in str(origin).splitlines() if line.strip()), type(origin).__name__)
    name = str(getattr(origin, "sqlite_errorname", "")).removeprefix("SQLITE_")
    if name.startswith("CONSTRAINT"):
        return f"refused a row: {detail}."
    for code, predicate in _SQLITE_PREDICATES.items():
        if name == code or name.startswith(f"{code}_"):
            return predicate.format(detail=name.lower())
    if "FATAL:" in detail:  # PostgreSQL's own words for who may not come in, behind the client's
        detail = detail.rpartition("FATAL:")[2].strip()
    return f"failed: {detail.removeprefix('connection failed: ').rstrip('.')}."
