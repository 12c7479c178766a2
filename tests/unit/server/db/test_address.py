"""What may stand in the settings as the address of the database."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.app.ports import StorageError
from server.db.address import parse_address


def test_a_file_is_meant_by_three_slashes() -> None:
    assert parse_address("sqlite:////var/lib/loket/loket.sqlite").file == Path("/var/lib/loket/loket.sqlite")
    assert parse_address("sqlite:///loket.sqlite").file == Path.cwd() / "loket.sqlite"


@pytest.mark.parametrize("given", ["postgresql://loket@db/loket", "postgresql+psycopg://loket@db/loket"])
def test_postgresql_is_reached_through_psycopg(given: str) -> None:
    assert parse_address(given).url.drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("loket.sqlite", "cannot be read"),
        ("", "cannot be read"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("mysql://loket@db/loket", "not in mysql"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(given: str, sentence: str) -> None:
    with pytest.raises(StorageError, match=sentence):
        parse_address(given)


def test_a_password_is_not_shown() -> None:
    assert "geheim" not in str(parse_address("postgresql://loket:geheim@db/loket"))
