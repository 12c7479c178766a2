"""Which SQLite may hold the data."""

from __future__ import annotations

import pytest

from server.app.ports import StorageError
from server.db.engine import refuse_unsound_sqlite, sqlite_driver


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 51, 2)])
def test_a_library_that_can_damage_the_file_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(StorageError, match=r"^SQLite 3\.[0-9.]+ can damage the database"):
        refuse_unsound_sqlite(version)


@pytest.mark.parametrize("version", [(3, 6, 23), (3, 51, 3), (3, 53, 4), (4, 0, 0)])
def test_a_sound_library_is_taken(version: tuple[int, ...]) -> None:
    refuse_unsound_sqlite(version)


def test_the_library_in_use_is_sound() -> None:
    refuse_unsound_sqlite(sqlite_driver().sqlite_version_info)
