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
