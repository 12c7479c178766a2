"""Devices are introduced once; officers' secrets are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from server.app.ports import Approval, Device, OfficerSecret, PendingDevice, PinFailures
from server.db import Store
from server.db.access_store import COLLECTED_WITHIN
from shared.vocabulary import DeviceId, OfficerId, Program, ZoneId
from tests.support.builders import AYU, NINE, minutes

KIOSK = DeviceId("d1")
TOKEN = b"\x00\xff" * 16
PROOF = b"\x00\x01" * 16


def pending(code: str = "H7K2", installation: str = "kiosk-pc", asked_at: datetime = NINE) -> PendingDevice:
    return PendingDevice(code, installation, Program.KIOSK, asked_at, asked_at + minutes(10), PROOF)


def approval(code: str = "H7K2", installation: str = "kiosk-pc") -> Approval:
    return Approval(code, installation, "Kiosk 1", ZoneId("A"))


@pytest.fixture
def kiosk(store: Store) -> Device:
    store.access.ask_pairing(pending())
    assert store.access.approve(approval(), NINE + minutes(1))
    device = store.access.collect("kiosk-pc", PROOF, KIOSK, TOKEN, NINE + minutes(2))
    assert device is not None
    return device


def test_a_program_waits_with_its_code_until_it_is_approved(store: Store) -> None:
    store.access.ask_pairing(pending())
    assert store.access.pending_devices(NINE) == [pending()]
    assert store.access.collect("kiosk-pc", PROOF, KIOSK, TOKEN, NINE) is None
    assert store.access.approve(approval(), NINE)
    assert store.access.pending_devices(NINE) == []


def test_an_approved_program_becomes_a_device(store: Store, kiosk: Device) -> None:
    assert kiosk == Device(KIOSK, Program.KIOSK, "Kiosk 1", ZoneId("A"), TOKEN, NINE + minutes(1))
    assert store.access.device_by_token(TOKEN) == kiosk
    assert store.access.devices() == [kiosk]
    assert store.access.device_by_token(b"another") is None


def test_an_approval_is_collected_once(store: Store, kiosk: Device) -> None:
    assert store.access.collect("kiosk-pc", PROOF, DeviceId("d2"), b"other", NINE + minutes(3)) is None
    assert not store.access.approve(approval(), NINE + minutes(3))


def test_an_approval_that_nobody_collects_lapses(store: Store) -> None:
    store.access.ask_pairing(pending())
    store.access.approve(approval(), NINE)
    assert store.access.collect("kiosk-pc", PROOF, KIOSK, TOKEN, NINE + COLLECTED_WITHIN) is None
    store.access.ask_pairing(pending("NEW1", asked_at=NINE + COLLECTED_WITHIN))
    assert [found.code for found in store.access.pending_devices(NINE + COLLECTED_WITHIN)] == ["NEW1"]


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        (approval(code="XXXX"), NINE),
        (approval(installation="another-pc"), NINE),
        (approval(), NINE + minutes(10)),
    ],
    ids=["unknown code", "another program's code", "expired"],
)
def test_a_code_is_approved_only_as_it_is_shown(store: Store, wrong: Approval, at: datetime) -> None:
    store.access.ask_pairing(pending())
    assert not store.access.approve(wrong, at)
    assert store.access.collect("kiosk-pc", PROOF, KIOSK, TOKEN, at) is None


def test_asking_again_replaces_the_code(store: Store) -> None:
    store.access.ask_pairing(pending("OLD1"))
    store.access.ask_pairing(pending("NEW1", asked_at=NINE + minutes(1)))
    assert [found.code for found in store.access.pending_devices(NINE + minutes(1))] == ["NEW1"]
    assert not store.access.approve(approval("OLD1"), NINE + minutes(1))


def test_asking_again_keeps_an_approval_that_waits(store: Store) -> None:
    store.access.ask_pairing(pending("OLD1"))
    store.access.approve(approval("OLD1"), NINE)
    store.access.ask_pairing(pending("NEW1", asked_at=NINE + minutes(1)))
    assert store.access.collect("kiosk-pc", PROOF, KIOSK, TOKEN, NINE + minutes(1)) is not None


def test_an_expired_code_may_be_given_to_another(store: Store) -> None:
    store.access.ask_pairing(pending(installation="gone"))
    store.access.ask_pairing(pending(installation="here", asked_at=NINE + minutes(10)))
    assert [found.installation for found in store.access.pending_devices(NINE + minutes(10))] == ["here"]


def test_a_revoked_device_is_still_known_and_revoked_once(store: Store, kiosk: Device) -> None:
    assert store.access.revoke_device(KIOSK, NINE + minutes(5))
    assert not store.access.revoke_device(KIOSK, NINE + minutes(6))
    assert not store.access.revoke_device(DeviceId("unknown"), NINE)
    found = store.access.device_by_token(TOKEN)
    assert found is not None
    assert found.revoked_at == NINE + minutes(5)


def test_an_approval_is_not_given_to_whoever_only_knows_the_installation(store: Store) -> None:
    store.access.ask_pairing(pending())
    store.access.approve(approval(), NINE)
    assert store.access.collect("kiosk-pc", b"guessed", KIOSK, TOKEN, NINE) is None
    assert store.access.collect("kiosk-pc", PROOF, KIOSK, TOKEN, NINE) is not None


def test_an_offered_token_is_good_beside_the_old_one_until_it_is_used(store: Store, kiosk: Device) -> None:
    store.access.offer_token(KIOSK, b"second")
    assert [store.access.device_by_token(token) is not None for token in (TOKEN, b"second")] == [True, True]
    store.access.take_up_token(KIOSK, b"second", NINE + minutes(9))
    assert store.access.device_by_token(TOKEN) is None
    retired, present = store.access.device_by_retired_token(TOKEN), store.access.device_by_token(b"second")
    assert retired == present == replace(kiosk, token_hash=b"second", rotated_at=NINE + minutes(9))
    store.access.take_up_token(KIOSK, b"second", NINE + minutes(10))  # by a second connection, too late: nothing
    assert store.access.devices() == [present]


def test_every_generation_before_the_present_one_is_known_for_what_it_is(store: Store, kiosk: Device) -> None:
    for token in (b"second", b"third"):
        store.access.offer_token(KIOSK, token)
        store.access.take_up_token(KIOSK, token, NINE + minutes(9))
    for token in (TOKEN, b"second"):
        assert store.access.device_by_retired_token(token) is not None
    assert store.access.device_by_retired_token(b"third") is None


def test_a_secret_is_kept_and_replaced(store: Store) -> None:
    assert store.access.officer_secret(AYU) is None
    for pin_hash in ("$argon2id$1", "$argon2id$2"):
        store.access.save_officer_secret(OfficerSecret(AYU, pin_hash))
        assert store.access.officer_secret(AYU) == OfficerSecret(AYU, pin_hash)


def test_wrong_pins_are_counted_for_each_officer_at_each_device_and_a_new_pin_forgets_them(store: Store) -> None:
    locked = PinFailures(AYU, KIOSK, 5, NINE + timedelta(seconds=30))
    elsewhere = PinFailures(AYU, DeviceId("d2"), 1)
    for failures in (PinFailures(AYU, KIOSK, 4), locked, elsewhere):
        store.access.save_pin_failures(failures)
    assert store.access.pin_failures(AYU, KIOSK) == locked
    assert store.access.pin_failures(AYU, DeviceId("d2")) == elsewhere
    assert store.access.pin_failures(OfficerId("budi"), KIOSK) == PinFailures(OfficerId("budi"), KIOSK)
    store.access.save_officer_secret(OfficerSecret(AYU, "$argon2id$3"))
    assert store.access.pin_failures(AYU, KIOSK) == PinFailures(AYU, KIOSK)
