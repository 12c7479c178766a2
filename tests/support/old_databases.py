"""Databases as earlier releases left them: the real migrations up to a revision, and a little of everything inside."""

from __future__ import annotations

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import BigInteger, Boolean, Connection, Double, Float, Integer, LargeBinary, MetaData, Table, insert

from server.db.address import parse_address
from server.db.engine import switch_to_wal, writing_engine
from server.db.instants import to_micros
from server.db.migrating import alembic_config
from tests.support.builders import NINE, TODAY

ROWS = 20
KNOWN: dict[str, object] = {  # by the name of a column: words that a release must still be able to read
    "service_date": TODAY.isoformat(),
    "series": "A",
    "language": "id",
    "priority": "regular",
    "needs": "",
    "print_state": "printed",
    "state": "waiting",
    "service": "KTP",
    "note": "",
    "why": "{}",
    "kind": "issued",
    "program": "kiosk",
    "before": "{}",
    "after": "{}",
    "rule": "head_start",
}
BY_TABLE: dict[tuple[str, str], object] = {
    ("bookings", "state"): "booked",
    ("service_ratings", "rating"): 4,
    ("counters", "state"): "closed",
    ("counters", "service_date"): "2026-11-20",
    ("closures", "service_date"): "2026-11-20",
}
MAY_BE_EMPTY = {"audit", "leases", "alembic_version"}  # what the present rows need is not knowable here


def revisions() -> list[str]:
    """All that ever were, oldest first."""
    scripts = ScriptDirectory.from_config(alembic_config())
    return [script.revision for script in scripts.walk_revisions()][::-1]


def make_old(url: str, revision: str) -> None:
    """A database of that revision with a little of everything in it."""
    address = parse_address(url)
    engine = writing_engine(address)
    with engine.connect() as connection:
        if address.is_sqlite:
            switch_to_wal(connection, address)
        with connection.begin():
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
            _fill(connection)
    engine.dispose()


def _fill(connection: Connection) -> None:
    present = MetaData()
    present.reflect(connection)
    for table in present.sorted_tables:
        if table.name not in MAY_BE_EMPTY:
            for number in range(1, ROWS + 1):
                connection.execute(insert(table).values(_row(table, number)))


def _row(table: Table, number: int) -> dict[str, object]:
    row: dict[str, object] = {}
    for column in table.columns:
        if column.nullable or (table.name in ("facts", "periods", "catalogue_versions") and column.primary_key):
            continue
        known = BY_TABLE.get((table.name, column.name), KNOWN.get(column.name))
        match column.type:
            case _ if column.name == "series" and table.name == "sequences":
                row[column.name] = f"S{number}"
            case _ if column.name == "service" and column.primary_key:
                row[column.name] = f"service-{number}"
            case _ if known is not None:
                row[column.name] = known
            case Boolean():
                row[column.name] = False
            case Float() | Double():
                row[column.name] = float(number)
            case LargeBinary():
                row[column.name] = f"{column.name}-{number}".encode()
            case BigInteger() if column.primary_key and len(table.primary_key) == 1:
                row[column.name] = number
            case BigInteger():
                row[column.name] = to_micros(NINE)
            case Integer():
                row[column.name] = number
            case _:
                row[column.name] = f"{column.name}-{number}" if column.name != "visit" else f"id-{number}"
    return row
