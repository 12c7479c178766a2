"""Accounts on both databases: who may come in with which password, how long a session lasts, and what ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server.app.accounts import Accounts, Staff, WeakPasswordError
from server.app.officers import LOCK_AFTER, LOCK_TIME
from server.db import Store
from server.domain.catalogue import Catalogue
from server.domain.errors import RefusedError
from shared.vocabulary import ErrorCode, OfficerId, Role
from tests.support.builders import NINE, minutes
from tests.support.people import PEOPLE
from tests.support.small_catalogue import changed, read

HEAD = OfficerId("head")
POLICE = OfficerId("police-head")
GOOD = "padi menguning di sawah"
HERE = "10.0.0.5"


class Site:
    """The catalogue as it is now."""

    def __init__(self) -> None:
        self.catalogue: Catalogue = read(PEOPLE)

    def __call__(self) -> Catalogue:
        return self.catalogue


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def accounts(store: Store, site: Site) -> Accounts:
    made = Accounts(store.accounts, site)
    made.set_password(HEAD, GOOD)
    return made


def refusal(accounts: Accounts, officer: OfficerId, password: str, address: str = HERE) -> ErrorCode:
    with pytest.raises(RefusedError) as refused:
        accounts.sign_in(officer, password, address, NINE)
    return refused.value.code


def staff(accounts: Accounts, token: str, after: int = 0) -> Staff:
    who = accounts.who(token, NINE + minutes(after))
    assert who is not None
    return who


def test_the_right_password_opens_and_the_cookie_is_nowhere_in_the_database(accounts: Accounts, store: Store) -> None:
    token = accounts.sign_in(HEAD, GOOD, HERE, NINE)
    assert staff(accounts, token).role is Role.SUPERVISOR
    assert staff(accounts, token).agency is None
    assert all(token.encode() not in repr(entry).encode() for entry in store.audit.entries())
    assert accounts.who(token[:-1] + ("A" if token[-1] != "A" else "B"), NINE) is None


def test_somebody_who_does_not_exist_is_refused_like_a_wrong_password(accounts: Accounts) -> None:
    assert refusal(accounts, HEAD, "wrong wrong wrong") is ErrorCode.WRONG_PIN
    assert refusal(accounts, OfficerId("nobody"), GOOD) is ErrorCode.WRONG_PIN


def test_guessing_locks_at_that_address_and_nowhere_else(accounts: Accounts) -> None:
    at = NINE
    for _ in range(LOCK_AFTER):
        with pytest.raises(RefusedError):
            accounts.sign_in(HEAD, "wrong wrong wrong", HERE, at)
        at += timedelta(seconds=30)
    with pytest.raises(RefusedError) as refused:
        accounts.sign_in(HEAD, GOOD, HERE, at)
    assert refused.value.code is ErrorCode.PIN_LOCKED
    assert accounts.sign_in(HEAD, GOOD, "10.0.0.6", at)
    assert accounts.sign_in(HEAD, GOOD, HERE, at + LOCK_TIME)


def test_a_session_ends_without_a_page_and_in_any_case_after_some_hours(accounts: Accounts) -> None:
    token = accounts.sign_in(HEAD, GOOD, HERE, NINE)
    assert accounts.who(token, NINE + minutes(31)) is None
    for quarter in range(1, 48):
        staff(accounts, token, 15 * quarter)
    assert accounts.who(token, NINE + timedelta(hours=12, seconds=1)) is None


def test_what_the_catalogue_says_of_somebody_holds_at_once(accounts: Accounts, site: Site) -> None:
    token = accounts.sign_in(HEAD, GOOD, HERE, NINE)
    site.catalogue = read(changed('role = "supervisor"', 'role = "auditor"', PEOPLE))
    assert staff(accounts, token).role is Role.AUDITOR
    site.catalogue = read(changed('id = "head"', 'id = "another"', PEOPLE))
    assert accounts.who(token, NINE) is None


def test_an_agency_head_sees_their_agency(accounts: Accounts) -> None:
    accounts.set_password(POLICE, GOOD)
    assert staff(accounts, accounts.sign_in(POLICE, GOOD, HERE, NINE)).agency == "police"


def test_another_password_ends_every_session_and_the_other_sessions_end_at_a_word(accounts: Accounts) -> None:
    first, second = (accounts.sign_in(HEAD, GOOD, HERE, NINE) for _ in range(2))
    assert accounts.end_others(HEAD, second) == 1
    assert accounts.who(first, NINE) is None
    accounts.change_password(staff(accounts, second), GOOD, "air mengalir sampai jauh", HERE, NINE)
    assert accounts.who(second, NINE) is None
    assert refusal(accounts, HEAD, GOOD) is ErrorCode.WRONG_PIN
    accounts.sign_out(token := accounts.sign_in(HEAD, "air mengalir sampai jauh", HERE, NINE))
    assert accounts.who(token, NINE) is None


def test_a_password_for_one_time_must_be_changed(accounts: Accounts) -> None:
    given = accounts.give_one_time(POLICE, by="boss")
    who = staff(accounts, accounts.sign_in(POLICE, given, HERE, NINE))
    assert who.must_change
    with pytest.raises(WeakPasswordError):
        accounts.change_password(who, given, given, HERE, NINE)
    accounts.change_password(who, given, GOOD, HERE, NINE)
    assert not staff(accounts, accounts.sign_in(POLICE, GOOD, HERE, NINE)).must_change


@pytest.mark.parametrize("password", ["short", "x" * 129, "aaaaaaaaaaaaaa", "my name is HEAD 1"])
def test_a_weak_password_is_refused(accounts: Accounts, password: str) -> None:
    with pytest.raises(WeakPasswordError):
        accounts.set_password(HEAD, password)


def test_who_came_in_and_who_set_a_password_stands_in_the_audit_log(accounts: Accounts, store: Store) -> None:
    accounts.sign_in(HEAD, GOOD, HERE, NINE)
    refusal(accounts, HEAD, "wrong wrong wrong")
    told = [(entry.what, entry.subject, entry.device) for entry in store.audit.entries()]
    assert told[-3:] == [
        ("password_set", "head", None),
        ("signed_in", "head", f"address:{HERE}"),
        ("sign_in_failed", "head", f"address:{HERE}"),
    ]
    assert not store.audit.verify().broken
