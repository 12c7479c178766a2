"""F28: a copied token is found out when the device and the copy part ways. The real server, the real session."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.notices import Live, PairingCode, TokenGiven, TurnedAway
from shared.vocabulary import ErrorCode
from tests.support.device import Device
from tests.support.promises import RecordFigure
from tests.support.real_server import RealServer
from tests.support.waiting import wait_until

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    with RealServer(
        tmp_path_factory.mktemp("server"), LOKET_TOKEN_DAYS="0.0000001"
    ) as running:  # old at once: each connection brings the next
        yield running


def introduced(server: RealServer, folder: Path) -> str:
    """A device that was approved; gives its first token."""
    device = Device(folder, server.port)
    code = device.hears(PairingCode).code
    server.command("devices", "approve", code, "--name", "Kiosk 1")
    device.hears(Live)
    device.loses_power()
    return device.keys.token()


def stolen(server: RealServer) -> int:
    return int(str(server.health()["stolen_tokens"]))


def test_a_token_that_was_replaced_opens_nothing_and_revokes_its_device(
    server: RealServer, tmp_path: Path, figure: RecordFigure
) -> None:
    first = introduced(server, tmp_path / "kiosk")
    shutil.copytree(tmp_path / "kiosk", tmp_path / "thief")
    device = Device(tmp_path / "kiosk", server.port)
    device.hears(Live)
    second = device.keys.token()
    assert second != first
    assert (tmp_path / "kiosk" / "token").stat().st_mode & 0o777 == 0o600
    before = stolen(server)

    thief = Device(tmp_path / "thief", server.port)
    told = thief.hears(TurnedAway)
    assert (told.code, told.facts) == (ErrorCode.REVOKED, {"reason": "old_token"})
    assert device.hears(TurnedAway).code is ErrorCode.REVOKED, "nobody can tell which of the two is the device"
    assert device.is_shown_out()
    wait_until(lambda: stolen(server) == before + 1)
    assert "used a token that had been replaced" in server.command("devices", "list")
    revoked = server.process.wait_for_fact("retired_token_used")["device"]
    assert revoked in first
    audit = [line for line in server.command("audit", "export").splitlines() if "device_revoked" in line]
    assert [revoked in line and "old_token" in line for line in audit][-1:] == [True]
    text = server.log.read_text()
    assert not any(secret in text for secret in (first, second, device.keys.proof()))
    figure("", "F28", "token 1 after its rotation: refused, device revoked within 1 look, told, in log and /health")


def test_the_copy_that_is_first_is_found_out_when_the_device_comes(server: RealServer, tmp_path: Path) -> None:
    introduced(server, tmp_path / "kiosk")
    shutil.copytree(tmp_path / "kiosk", tmp_path / "thief")
    thief = Device(tmp_path / "thief", server.port)
    thief.hears(Live)
    device = Device(tmp_path / "kiosk", server.port)
    assert device.hears(TurnedAway).code is ErrorCode.REVOKED
    assert thief.is_shown_out()


def test_power_that_fails_before_the_next_token_is_kept_locks_nobody_out(server: RealServer, tmp_path: Path) -> None:
    first = introduced(server, tmp_path / "kiosk")
    for _ in range(3):
        device = Device(tmp_path / "kiosk", server.port, forgetful=True)
        device.hears(TokenGiven)
        device.loses_power()
        assert device.keys.token() == first
    device = Device(tmp_path / "kiosk", server.port)
    device.hears(Live)


def test_power_that_fails_right_after_it_was_kept_locks_nobody_out(server: RealServer, tmp_path: Path) -> None:
    introduced(server, tmp_path / "kiosk")
    device = Device(tmp_path / "kiosk", server.port, forgetful=True)
    device.keys.keep_token(device.hears(TokenGiven).token)
    device.loses_power()
    Device(tmp_path / "kiosk", server.port).hears(Live)


def test_a_device_that_cannot_keep_the_next_token_works_on_with_its_own(server: RealServer, tmp_path: Path) -> None:
    introduced(server, tmp_path / "kiosk")
    device = Device(tmp_path / "kiosk", server.port, forgetful=True)
    device.hears(Live)
    device.loses_power()
    Device(tmp_path / "kiosk", server.port).hears(Live)


def test_a_copy_that_comes_while_the_next_token_is_given_cannot_void_it(server: RealServer, tmp_path: Path) -> None:
    first = introduced(server, tmp_path / "kiosk")
    shutil.copytree(tmp_path / "kiosk", tmp_path / "thief")
    device = Device(tmp_path / "kiosk", server.port, forgetful=True)
    second = device.hears(TokenGiven).token
    thief = Device(tmp_path / "thief", server.port)
    thief.hears(Live)
    assert thief.keys.token() == first, "nothing was offered to a second connection"
    device.forgetful = False
    device.keeps(second)
    device.hears(Live)
    again = Device(tmp_path / "thief", server.port)
    assert again.hears(TurnedAway).code is ErrorCode.REVOKED, "and the copy is found out"
