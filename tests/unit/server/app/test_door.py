"""The door: guessing a PIN is slow, then locked out, and tells nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from server.app.officers import INVENTED_KEPT, LOCK_TIME, Door
from server.app.ports import AccessStore
from server.domain.errors import RefusedError
from shared.vocabulary import DeviceId, ErrorCode, OfficerId
from tests.support.builders import AYU, NINE
from tests.support.pin_secrets import Secrets

DESK, ELSEWHERE = DeviceId("desk"), DeviceId("elsewhere")


@pytest.fixture
def secrets() -> Secrets:
    return Secrets()


@pytest.fixture
def door(secrets: Secrets) -> Door:
    access: AccessStore = secrets  # type: ignore[assignment]
    made = Door(access)
    made.set_pin(AYU, "482915")
    return made


def _refused(door: Door, pin: str, now: datetime, officer: OfficerId = AYU, device: DeviceId = DESK) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        door.check(officer, device, pin, now)
    return caught.value


def test_the_right_pin_opens(door: Door) -> None:
    door.check(AYU, DESK, "482915", NINE)


def test_a_pin_is_kept_as_argon2id_and_never_as_it_is(door: Door, secrets: Secrets) -> None:
    assert secrets.kept[AYU].pin_hash.startswith("$argon2id$")
    assert "482915" not in secrets.kept[AYU].pin_hash


def test_an_unknown_officer_is_refused_like_a_wrong_pin(door: Door) -> None:
    unknown, wrong = _refused(door, "482915", NINE, OfficerId("nobody")), _refused(door, "0000", NINE)
    assert (unknown.code, unknown.facts) == (wrong.code, wrong.facts) == (ErrorCode.WRONG_PIN, {})


def test_waiting_grows_with_each_failure_and_the_fifth_locks_for_a_quarter_of_an_hour(
    door: Door, secrets: Secrets
) -> None:
    now, pauses = NINE, []
    for _ in range(5):
        assert _refused(door, "0000", now).code is ErrorCode.WRONG_PIN
        until = secrets.failures[AYU, DESK].locked_until
        pauses.append(0.0 if until is None or until <= now else (until - now).total_seconds())
        now += timedelta(seconds=pauses[-1])
    assert pauses == [0, 0, 4, 8, LOCK_TIME.total_seconds()]


def test_while_locked_even_the_right_pin_waits_and_then_opens(door: Door) -> None:
    now = NINE
    for _ in range(5):
        assert _refused(door, "0000", now).code is ErrorCode.WRONG_PIN
        now += timedelta(seconds=20)
    locked = _refused(door, "482915", now)
    assert locked.code is ErrorCode.PIN_LOCKED
    assert locked.facts["seconds"] == LOCK_TIME.total_seconds() - 20
    door.check(AYU, DESK, "482915", now + LOCK_TIME)


def test_a_right_pin_forgets_the_failures_before_it(door: Door, secrets: Secrets) -> None:
    _refused(door, "0000", NINE)
    _refused(door, "0000", NINE)
    door.check(AYU, DESK, "482915", NINE)
    assert secrets.failures[AYU, DESK].failures == 0


def _lock(door: Door, officer: OfficerId, device: DeviceId) -> datetime:
    now = NINE
    for _ in range(5):
        assert _refused(door, "0000", now, officer, device).code is ErrorCode.WRONG_PIN
        now += timedelta(seconds=20)
    assert _refused(door, "0000", now, officer, device).code is ErrorCode.PIN_LOCKED
    return now


def test_a_lock_holds_at_that_device_only(door: Door) -> None:
    now = _lock(door, AYU, ELSEWHERE)
    door.check(AYU, DESK, "482915", now)


def test_a_name_that_nobody_bears_is_locked_like_any_other(door: Door) -> None:
    _lock(door, OfficerId("nobody"), DESK)


def test_inventing_names_costs_no_memory_without_end(secrets: Secrets, monkeypatch: pytest.MonkeyPatch) -> None:
    access: AccessStore = secrets  # type: ignore[assignment]
    door = Door(access)
    monkeypatch.setattr(door, "_matches", lambda _hash, _pin: False)  # a thousand real ones take a minute
    for number in range(INVENTED_KEPT + 500):
        _refused(door, "0000", NINE, OfficerId(f"nobody-{number}"))
    assert len(door._invented) == INVENTED_KEPT
    assert not secrets.failures


def test_with_a_pepper_a_hash_is_worth_nothing_without_it(secrets: Secrets) -> None:
    access: AccessStore = secrets  # type: ignore[assignment]
    seasoned = Door(access, pepper=b"kept outside the database")
    seasoned.set_pin(AYU, "482915")
    seasoned.check(AYU, DESK, "482915", NINE)
    for other in (Door(access), Door(access, pepper=b"another one, just as long")):
        assert _refused(other, "482915", NINE).code is ErrorCode.WRONG_PIN


def test_a_pin_from_before_the_pepper_opens_and_is_seasoned_then(door: Door, secrets: Secrets) -> None:
    access: AccessStore = secrets  # type: ignore[assignment]
    seasoned = Door(access, pepper=b"kept outside the database")
    seasoned.check(AYU, DESK, "482915", NINE)
    assert _refused(door, "482915", NINE).code is ErrorCode.WRONG_PIN
    seasoned.check(AYU, DESK, "482915", NINE + timedelta(minutes=1))
