"""F35: an update fails half-way. The database is the old one, whole, or the new one, whole; a copy lies beside it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from sqlalchemy import MetaData, Table, func, inspect, select

from server.db import open_store
from server.db.address import parse_address
from server.db.checking import damage_of
from server.db.copying import look_through
from server.db.engine import writing_engine
from shared.vocabulary import VisitId
from tests.support.builders import TODAY
from tests.support.databases import PostgreSQL, postgresql
from tests.support.killed_migration import COPY_POINTS
from tests.support.old_databases import ROWS, make_old, revisions
from tests.support.promises import RecordFigure

__all__ = ["postgresql"]

*EARLIER, NEWEST = revisions()
NEVER = "never"
DATABASES = [
    "sqlite",
    pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")]),
]
New = Callable[[str], str]


def among_the_faults(revisions: list[str]) -> list[ParameterSet]:
    """Those that take their minute among the faults: the first and the last before this one are tried every time."""
    return [pytest.param(revision, marks=pytest.mark.faults) for revision in revisions]


@pytest.fixture(params=DATABASES)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> New:
    """Addresses of databases of an earlier revision, all with the same content."""
    made: dict[str, str] = {}
    numbers = count(1)
    if request.param == "postgresql":
        cluster: PostgreSQL = request.getfixturevalue("postgresql")

        def in_cluster(revision: str) -> str:
            if revision not in made:
                made[revision] = cluster.new_database()
                make_old(cluster.url(made[revision]), revision)
            return cluster.url(cluster.new_database(made[revision]))

        return in_cluster

    def in_file(revision: str) -> str:
        if revision not in made:
            made[revision] = str(tmp_path / f"{revision}.sqlite")
            make_old(f"sqlite:///{made[revision]}", revision)
        folder = tmp_path / f"machine-{next(numbers)}"
        folder.mkdir()
        shutil.copyfile(made[revision], folder / "loket.sqlite")
        return f"sqlite:///{folder / 'loket.sqlite'}"

    return in_file


@pytest.mark.parametrize("revision", [EARLIER[0], *among_the_faults(EARLIER[1:-1]), EARLIER[-1]])
def test_f35_every_earlier_database_is_taken_over_whole(revision: str, old: New) -> None:
    url = old(revision)
    before = _counts(url)
    _is_taken_over(url)
    after = _counts(url)
    assert {table: after[table] for table in before if table not in ("alembic_version", "pairings")} == {
        table: rows for table, rows in before.items() if table not in ("alembic_version", "pairings")
    }


@pytest.mark.parametrize(
    ("points", "earlier"),
    [
        pytest.param(5, EARLIER[:1], marks=pytest.mark.faults, id="first"),
        pytest.param(1000, EARLIER, marks=pytest.mark.release, id="all"),
    ],
)
def test_f35_a_migration_killed_anywhere_leaves_the_old_database_or_the_new_one(
    points: int, earlier: list[str], old: New, figure: RecordFigure
) -> None:
    killed = 0
    for revision in earlier:
        url = old(revision)
        before = _counts(url)
        ((code, statements),) = _start([(url, NEVER)])
        assert code == 0
        every = max(1, statements // points)
        moments = [str(number) for number in range(1, statements + 1, every)]
        if url.startswith("sqlite"):
            moments += COPY_POINTS
        attempts = [(old(revision), moment) for moment in moments]
        for (url, moment), (code, _) in zip(attempts, _start(attempts), strict=True):
            assert code == -9, (revision, moment, code)
            killed += 1
            _is_old_or_new(url, revision, before)
            _is_taken_over(url)
    kind = "sqlite" if url.startswith("sqlite") else "postgresql"
    words = f"{kind}: {killed} migrations from {len(earlier)} schemas killed: each old or new, whole, and taken over"
    figure("", "F35", words)


def _start(attempts: list[tuple[str, str]]) -> list[tuple[int, int]]:
    """How each server ended, and how many statements it said."""
    words = [word for attempt in attempts for word in attempt]
    command = [sys.executable, "-m", "tests.support.killed_migration", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [(int(code), int(said)) for code, said in map(str.split, done.stdout.splitlines())]


def _is_old_or_new(url: str, revision: str, before: dict[str, int]) -> None:
    found = _revision(url)
    assert found in (revision, NEWEST)
    assert damage_of(url) == ""
    if found == revision:
        assert _counts(url) == before
    file = parse_address(url).file
    if file is not None:
        copy = file.with_name(f"{file.name}.before-{NEWEST}")
        assert found == revision or copy.exists(), "changed without a copy"
        if copy.exists():
            content = look_through(copy)
            assert (content.schema, content.visits) == (revision, ROWS)


def _is_taken_over(url: str) -> None:
    """By the server of today, with everybody in it."""
    with open_store(url) as store:
        found = {visit.id: visit for visit in store.lobbies.read_lobby(TODAY).visits}
        assert set(found) == {VisitId(f"id-{number}") for number in range(1, ROWS + 1)}
        assert all(visit.legs for visit in found.values())
        assert len(store.access.devices()) == ROWS
        assert len(store.catalogues.catalogue_versions()) == ROWS
        assert not store.audit.verify().broken
    assert _revision(url) == NEWEST
    assert damage_of(url) == ""


def _revision(url: str) -> str:
    engine = writing_engine(parse_address(url))
    with engine.connect() as connection, connection.begin():
        found: str = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    engine.dispose()
    return found


def _counts(url: str) -> dict[str, int]:
    engine = writing_engine(parse_address(url))
    with engine.connect() as connection, connection.begin():
        names = inspect(connection).get_table_names()
        counted = {
            name: connection.scalar(select(func.count()).select_from(Table(name, MetaData()))) or 0 for name in names
        }
    engine.dispose()
    return counted
