"""The audit log on both databases: written with its effect, never changed; who changes it all the same is found out."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from server.app.audit import FIRST_HASH, Entry, What, written
from server.app.ports import Approval, OfficerSecret, PendingDevice, PinFailures, StorageError
from server.db import Store, open_beside, open_store
from server.domain.lobby import Lobby
from shared.vocabulary import CallReason, DeviceId, LegId, OfficerId, PrintState, Program, ZoneId
from tests.integration.db.rows import a_reply, run_sql
from tests.support.builders import DESK, KIOSK, NINE, ONE, TODAY, a_lobby, issue

KIOSK_ONE, AYU = DeviceId("d1"), OfficerId("ayu")


def decide(store: Store) -> None:
    """One of everything that belongs into the log."""
    store.catalogues.publish_catalogue("[site]", NINE)
    asked = PendingDevice("BCDF2345", "box-1", Program.KIOSK, NINE, NINE + timedelta(minutes=10), b"proof")
    store.access.ask_pairing(asked)
    store.access.approve(Approval(asked.code, "box-1", "Kiosk 1", ZoneId("A")), NINE)
    store.access.collect("box-1", b"proof", KIOSK_ONE, b"token", NINE)
    store.access.offer_token(KIOSK_ONE, b"next")
    store.access.take_up_token(KIOSK_ONE, b"next", NINE)
    store.access.revoke_device(KIOSK_ONE, NINE)
    store.access.save_officer_secret(OfficerSecret(AYU, "a hash"))
    store.access.save_pin_failures(PinFailures(AYU, KIOSK_ONE, failures=1))
    store.access.save_pin_failures(PinFailures(AYU, KIOSK_ONE, locked_until=NINE))
    store.access.save_pin_failures(PinFailures(AYU, KIOSK_ONE))  # the right PIN at last: nothing to tell
    store.lobbies.commit(TODAY, a_day().take_changes(), ())


def a_day() -> Lobby:
    lobby = a_lobby()
    visits = [issue(lobby) for _ in range(3)]
    lobby.call_ticket(ONE, visits[2].last_leg.id, CallReason.URGENT_NEED, in_hand=None, now=NINE, actor=DESK)
    lobby.report_print(visits[0].id, PrintState.PRINTED, None, 0, NINE, KIOSK)
    lobby.report_print(visits[0].id, PrintState.PRINTED, None, 1, NINE, KIOSK)
    lobby.expire_open_legs(NINE, DESK)
    return lobby


def test_every_decision_is_written_down_once(store: Store) -> None:
    decide(store)
    told = [(entry.what, entry.actor, entry.device, entry.subject) for entry in store.audit.entries()]
    assert told == [
        ("catalogue_published", "server", None, "version 1"),
        ("device_approved", "server", None, "box-1"),
        ("device_introduced", "server", "d1", "d1"),
        ("token_rotated", "server", "d1", "d1"),
        ("device_revoked", "server", None, "d1"),
        ("pin_set", "server", None, "ayu"),
        ("sign_in_failed", "server", "d1", "ayu"),
        ("sign_in_locked", "server", "d1", "ayu"),
        ("called_out_of_order", "ayu", "desk-1", "v3"),
        ("reprinted", "server", "kiosk-1", "v1"),
        ("day_closed", "server", None, "2026-11-23"),
    ]
    called = next(entry for entry in store.audit.entries() if entry.what == What.CALLED_OUT_OF_ORDER)
    assert json.loads(called.after)["reason"] == "urgent_need"
    verdict = store.audit.verify()
    assert (verdict.entries, verdict.broken) == (11, "")


def test_what_does_not_happen_is_not_written_down(store: Store) -> None:
    lobby = a_day()
    changes = lobby.take_changes()
    leg = next(iter(changes.legs.values()))
    changes.legs[LegId("stray")] = replace(leg, id=LegId("stray"))
    with pytest.raises(StorageError):
        store.lobbies.commit(TODAY, changes, [a_reply("r1")])
    assert not store.access.revoke_device(KIOSK_ONE, NINE)
    assert store.audit.verify().entries == 0


def test_an_ordinary_day_leaves_the_log_alone(store: Store) -> None:
    lobby = a_lobby()
    for _ in range(3):
        issue(lobby)
    lobby.call_next(ONE, in_hand=None, now=NINE, actor=DESK)
    store.lobbies.commit(TODAY, lobby.take_changes(), ())
    assert store.audit.verify().entries == 0


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'nobody'", "DELETE FROM audit"])
def test_the_log_is_append_only(store: Store, url: str, statement: str) -> None:
    decide(store)
    with pytest.raises(Exception, match="the audit log is append-only"):
        run_sql(url, statement)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE audit SET actor = 'budi' WHERE number = 9", r"Entry 9 \(called_out_of_order, v3\) was changed"),
        ("UPDATE audit SET at = at + 1 WHERE number = 6", r"Entry 6 \(pin_set, ayu\) was changed"),
        ("UPDATE audit SET device = 'd2' WHERE number = 4", "Entry 4 .* was changed"),
        ("UPDATE audit SET after = '{}' WHERE number = 1", "Entry 1 .* was changed"),
        ("DELETE FROM audit WHERE number = 5", "Entry 5 is missing: the next one is 6"),
        ("DELETE FROM audit WHERE number = 1", "Entry 1 is missing"),
        ("UPDATE audit SET hash = previous WHERE number = 3", "Entry 3 .* was changed"),
    ],
)
def test_who_changes_the_log_all_the_same_is_found_out(store: Store, url: str, statement: str, words: str) -> None:
    decide(store)
    with_a_tool(url, statement)
    verdict = store.audit.verify()
    assert verdict.broken
    assert re.match(words, verdict.broken), verdict.broken
    assert verdict.entries < 11


def test_facts_are_sealed_and_a_changed_one_is_found_out(store: Store, url: str) -> None:
    lobby = a_lobby()
    for rounds in range(2):
        for _ in range(5):
            issue(lobby)
        store.lobbies.commit(TODAY, lobby.take_changes(), ())
        assert store.audit.seal_facts() == 5
        assert store.audit.seal_facts() == 0, "nothing new"
        assert store.audit.verify().facts == (rounds + 1) * 5
    with_a_tool(url, "UPDATE facts SET kind = 'cancelled' WHERE id = 7")
    assert store.audit.verify().broken == "Entry 2 seals facts 6 to 10: one of them was changed."
    with_a_tool(url, "UPDATE facts SET kind = 'issued' WHERE id = 7")
    assert not store.audit.verify().broken
    with_a_tool(url, "DELETE FROM facts WHERE id = 3")
    assert store.audit.verify().broken == "Entry 1 seals facts 1 to 5: one of them was changed."


@pytest.mark.parametrize("after", ["{}", "[]", "no JSON", '{"first": 1, "last": "all", "count": 0, "sha256": ""}'])
def test_a_seal_that_is_none_is_found_out_in_one_sentence(store: Store, url: str, after: str) -> None:
    run_sql(url, forged(url, Entry(What.FACTS_SEALED, "facts"), after))
    assert store.audit.verify().broken == "Entry 1 seals facts, but does not say which."
    issued = a_lobby()
    issue(issued)
    store.lobbies.commit(TODAY, issued.take_changes(), ())
    assert store.audit.seal_facts() == 1, "the server goes on"


def forged(url: str, entry: Entry, after: str) -> str:
    """Written by somebody who can compute a hash as well as the program."""
    made = replace(written(entry, 1, 0, "server", FIRST_HASH), after=after)
    values = f"1, 0, '{made.what}', '{made.actor}', NULL, '{made.subject}', '{made.before}', '{after}'"
    hashes = (made.previous.hex(), made.expected_hash().hex())
    blobs = ", ".join(f"X'{one}'" if url.startswith("sqlite") else f"'\\x{one}'" for one in hashes)
    columns = "number, at, what, actor, device, subject, before, after, previous, hash"
    return f"INSERT INTO audit ({columns}) VALUES ({values}, {blobs})"


def test_a_command_and_the_server_write_one_chain(store: Store, url: str) -> None:
    with open_beside(url, by="user:dewi") as command:
        for number in range(20):
            (store if number % 2 else command).access.save_officer_secret(OfficerSecret(AYU, f"hash {number}"))
    assert [entry.actor for entry in store.audit.entries()] == ["user:dewi", "server"] * 10
    assert store.audit.verify().entries == 20


def test_the_log_goes_on_after_a_restart(url: str) -> None:
    for _ in range(3):
        with open_store(url) as store:
            store.access.save_officer_secret(OfficerSecret(AYU, "a hash"))
    with open_store(url) as store:
        assert store.audit.verify().entries == 3


def with_a_tool(url: str, statement: str) -> None:
    """Somebody who owns the database takes the triggers away first."""
    table = "audit" if " audit" in statement else "facts"
    if url.startswith("sqlite"):
        for verb in ("update", "delete"):
            run_sql(url, f"DROP TRIGGER IF EXISTS {table}_refuse_{verb}")
    else:
        for verb in ("change", "delete"):
            run_sql(url, f"DROP TRIGGER IF EXISTS {table}_refuse_{verb} ON {table}")
    run_sql(url, statement)
