"""The store: opens the database and hands out the ports. For the one server, or for a command beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

from sqlalchemy import Connection

from server.app.ports import StoredCatalogue
from server.db import catalogues
from server.db.access_store import Accesses
from server.db.account_store import Accounts
from server.db.address import Address, parse_address
from server.db.api_keys import ApiKeys
from server.db.api_records import ApiRecords
from server.db.audits import Audits
from server.db.batches import Batches
from server.db.bookings import Bookings
from server.db.catalogues import Catalogues
from server.db.chain import Chain
from server.db.cutting import Cutting
from server.db.day_records import DayRecords
from server.db.drafts import Drafts
from server.db.engine import reading_engine, writing_engine
from server.db.erasing import Erasing
from server.db.forecast_scores import ForecastScores
from server.db.histories import Histories
from server.db.lobbies import Lobbies
from server.db.migrating import migrate, refuse_other_schema
from server.db.numbers import Numbers
from server.db.persons import Persons
from server.db.recordings import Recordings
from server.db.retention_runs import RetentionRuns
from server.db.rollups import KeptRollUps, RollUps
from server.db.sightings import Sightings
from server.db.sole_server import PATIENCE, DatabaseTakenError, FileLock, hold_advisory_lock
from server.db.surveys import Surveys
from server.db.unit_of_work import Reader, Writer

SERVER = "server"  # who acts when nobody types a command


@dataclass(frozen=True, slots=True)
class Store:
    lobbies: Lobbies
    catalogues: Catalogues
    access: Accesses
    bookings: Bookings
    numbers: Numbers
    histories: Histories
    recordings: Recordings
    forecast_scores: ForecastScores
    day_records: DayRecords
    rollups: KeptRollUps
    audit: Audits
    surveys: Surveys
    accounts: Accounts
    drafts: Drafts
    api_keys: ApiKeys
    api_records: ApiRecords
    sightings: Sightings
    url: str = field(repr=False)
    """By which a process of our own opens it, too. It may hold a password."""
    cutting: Cutting
    persons: Persons
    retention_runs: RetentionRuns
    erasing: Callable[[str], Erasing]
    """For the site's time zone."""
    sweep: Callable[[], bool]
    """Nothing that was erased is left in the files; False: to be tried again. Raises StorageError."""
    close: Callable[[], None]
    """Ends every connection and lets the next server in."""

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(url: str, patience: float = PATIENCE, by: str = SERVER) -> Store:
    """For the server: alone on the database, the schema brought up to date. Raises StorageError: one sentence.

    `patience` is for how many seconds it waits for a server before it to end, `by` who stands in the audit log."""
    address = parse_address(url)
    with ExitStack() as opened:
        if address.is_sqlite:
            opened.callback(FileLock(address, patience).release)

        def alone(connection: Connection) -> None:
            if not address.is_sqlite:
                hold_advisory_lock(connection, address, patience)

        return _open(address, alone, migrate, opened, by)


def open_beside(url: str, by: str = SERVER, *, up_to_date: bool = True) -> Store:
    """For a command that may run beside the server: devices, secrets and catalogues, not the lobby.

    With `up_to_date` it brings the schema up to date, only while no server runs. Raises StorageError."""
    if up_to_date:
        with suppress(DatabaseTakenError):
            open_store(url, patience=0).close()
    with ExitStack() as opened:
        return _open(parse_address(url), lambda _: None, refuse_other_schema, opened, by)


def _open(
    address: Address,
    prepare: Callable[[Connection], None],
    bring_schema: Callable[[Connection, Address], None],
    opened: ExitStack,
    by: str,
) -> Store:
    writing = writing_engine(address)
    chain = Chain(writing.dialect, by)
    writer = Writer(writing, address, prepare)
    opened.callback(writer.close)
    reader = Reader(reading_engine(address), address)
    opened.callback(reader.close)
    writer.use(lambda connection: bring_schema(connection, address))
    return Store(
        Lobbies(writer, reader, Batches(writing.dialect, chain)),
        Catalogues(writer, reader, chain),
        Accesses(writer, reader, chain),
        Bookings(writer, reader),
        Numbers(reader),
        Histories(reader),
        Recordings(reader),
        ForecastScores(reader),
        DayRecords(reader),
        KeptRollUps(writer, reader),
        Audits(writer, reader, chain),
        Surveys(writer, reader, chain),
        Accounts(writer, reader, chain),
        Drafts(writer, reader, chain),
        ApiKeys(writer, reader, chain),
        ApiRecords(reader),
        Sightings(writer, reader),
        address.url.render_as_string(hide_password=False),
        Cutting(writer, reader, chain),
        Persons(writer, reader, chain),
        RetentionRuns(writer, reader, chain),
        lambda time_zone: Erasing(writer, reader, time_zone),
        writer.sweep,
        opened.pop_all().close,
    )


@dataclass(frozen=True, slots=True)
class ReportSource:
    """What a process that makes reports reads, and nothing by which it could write."""

    days: DayRecords
    rollups: RollUps
    scores: ForecastScores
    newest_version: Callable[[], int]
    versions: Callable[[], Sequence[StoredCatalogue]]


def open_for_reports(url: str) -> ReportSource:
    """The schema is the business of the server that started the process. Raises StorageError."""
    address = parse_address(url)
    reader = Reader(reading_engine(address), address)
    return ReportSource(
        DayRecords(reader),
        RollUps(reader),
        ForecastScores(reader),
        lambda: catalogues.newest_version(reader),
        lambda: catalogues.versions(reader),
    )
