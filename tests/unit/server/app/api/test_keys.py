"""API keys: what one may be, and what it can do afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from server.app.api.keys import (
    KEY_ROLES,
    ApiKey,
    KeyId,
    KeyMistakeError,
    Wanted,
    looks_like_key,
    make_key,
)
from server.app.tokens import hash_of
from shared.vocabulary import AgencyId, CounterId, OfficerId, Role
from tests.support.builders import NINE
from tests.support.server_in_memory import Ear
from tests.support.small_catalogue import SMALL, read

CATALOGUE = read(SMALL)
REGISTRY, POLICE = AgencyId("registry"), AgencyId("police")
OFFICER, COUNTER, ELSEWHERE = OfficerId("registry-01"), CounterId("counter-1"), CounterId("desk-two")


@dataclass
class KeysInMemory:
    kept: dict[bytes, ApiKey] = field(default_factory=dict)

    def add_key(self, key: ApiKey, key_hash: bytes) -> None:
        self.kept[key_hash] = key

    def all_keys(self) -> Sequence[ApiKey]:
        return list(self.kept.values())

    def key_by_hash(self, key_hash: bytes) -> ApiKey | None:
        return self.kept.get(key_hash)

    def revoke_key(self, key: KeyId, now: datetime, by: str = "") -> bool:
        return False

    def key_used(self, key: KeyId, now: datetime) -> None:
        return None


def made(wanted: Wanted) -> ApiKey:
    return make_key(KeysInMemory(), wanted, CATALOGUE, NINE, "user:test")[0]


def test_a_key_is_kept_as_its_hash_alone() -> None:
    store = KeysInMemory()
    key, token = make_key(store, Wanted("Website", Role.KIOSK), CATALOGUE, NINE, "user:test")
    assert looks_like_key(token)
    assert store.key_by_hash(hash_of(token)) == key
    assert token.split("_", 2)[2] not in str(store.kept)
    assert make_key(store, Wanted("Website", Role.KIOSK), CATALOGUE, NINE, "user:test")[1] != token


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("", Role.KIOSK),
        Wanted("x" * 61, Role.KIOSK),
        Wanted("tab\x00", Role.KIOSK),
        *[Wanted("a", role) for role in Role if role not in KEY_ROLES],
        Wanted("a", Role.KIOSK, expires_at=NINE),
        Wanted("a", Role.KIOSK, AgencyId("none")),
        Wanted("a", Role.AGENCY_HEAD),
        Wanted("a", Role.OFFICER),
        Wanted("a", Role.OFFICER, officer=OFFICER),
        Wanted("a", Role.SUPERVISOR, counter=COUNTER),
        Wanted("a", Role.KIOSK, officer=OFFICER, counter=COUNTER),
        Wanted("a", Role.AUDITOR, officer=OFFICER, counter=COUNTER),
        Wanted("a", Role.OFFICER, officer=OfficerId("nobody"), counter=COUNTER),
        Wanted("a", Role.OFFICER, officer=OFFICER, counter=CounterId("none")),
        Wanted("a", Role.OFFICER, officer=OFFICER, counter=ELSEWHERE),
        Wanted("a", Role.OFFICER, POLICE, OFFICER, COUNTER),
    ],
    ids=str,
)
def test_a_key_that_makes_no_sense_is_not_made(wanted: Wanted) -> None:
    with pytest.raises(KeyMistakeError):
        made(wanted)


def test_an_officers_key_sees_the_agency_of_its_counter() -> None:
    key = made(Wanted("Registry's own system", Role.OFFICER, officer=OFFICER, counter=COUNTER))
    assert key.agency == REGISTRY
    session = key.session(Ear())
    assert (session.role, session.agency, session.sender) == (Role.OFFICER, REGISTRY, f"api:{key.id}")
    assert session.seat is not None
    assert (session.seat.officer, session.seat.counter) == (OFFICER, COUNTER)


def test_a_key_without_a_counter_sits_nowhere() -> None:
    assert made(Wanted("Floor", Role.SUPERVISOR)).session(Ear()).seat is None


def test_a_key_ends_with_its_day() -> None:
    key = made(Wanted("For a trial", Role.KIOSK, expires_at=NINE + timedelta(days=1)))
    assert (key.is_good(NINE), key.is_good(NINE + timedelta(days=1))) == (True, False)
