"""Who decided, on the record's page: a person, the server, or another system by its name."""

from __future__ import annotations

import pytest

from server.app.audit import FIRST_HASH, Entry, What, written
from server.web.audit.telling import lines_of
from shared.vocabulary import Language
from tests.support.small_catalogue import SMALL, read


@pytest.mark.parametrize(
    ("actor", "device", "who"),
    [
        ("head", None, "Pengawas (head)"),
        ("", None, "the server"),
        ("", "api:0123456789", "Regency"),
        ("registry-01", "api:0123456789", "Petugas 01 (registry-01)"),
    ],
)
def test_who_acted_without_a_person_is_told_by_its_name(actor: str, device: str | None, who: str) -> None:
    entry = written(Entry(What.SERVICE_CLOSED, "card", actor, device), 1, 0, "server", FIRST_HASH)
    (line,) = lines_of([entry], read(SMALL), {"api:0123456789": "Regency"}, Language.ENGLISH)
    assert line.who == who


@pytest.mark.parametrize(
    ("language", "when", "details"),
    [
        (Language.INDONESIAN, "1 Januari 1970, 08.00.00", "Dari alamat 10.0.0.7"),
        (Language.ENGLISH, "1 January 1970, 08:00:00", "From the address 10.0.0.7"),
    ],
)
def test_when_and_from_where_are_told_in_the_readers_language(language: Language, when: str, details: str) -> None:
    entry = written(Entry(What.SIGNED_IN, "head", "head", "address:10.0.0.7"), 1, 0, "server", FIRST_HASH)
    (line,) = lines_of([entry], read(SMALL), {}, language)
    assert (line.when, line.details) == (when, details)


def test_a_device_that_came_from_itself_is_not_told_twice() -> None:
    entry = written(
        Entry(What.DEVICE_INTRODUCED, "d1", device="d1", after={"program": "counter"}), 1, 0, "server", FIRST_HASH
    )
    (line,) = lines_of([entry], read(SMALL), {"d1": "PC-1"}, Language.INDONESIAN)
    assert (line.about, line.details) == ("PC-1", "Program: loket")
