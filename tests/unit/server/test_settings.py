"""The server's settings: limits that an administrator may move, and none that would let everything through."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.app.allowance import Rate
from server.bootstrap import limits_of
from server.net.gate import Limits
from server.settings import ServerSettings, backup_folder
from shared.program import SettingsError, read_settings
from shared.vocabulary import Role


def settings_of(text: str, folder: Path) -> ServerSettings:
    file = folder / "settings.toml"
    file.write_text(text)
    return read_settings(ServerSettings, file=file, environment={}, given={})


def test_a_limit_that_is_moved_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    limits = limits_of(settings_of("message_rates.counter = { burst = 40, per_second = 9 }", tmp_path))
    assert limits.rates == Limits().rates | {Role.COUNTER: Rate(40, 9.0)}


@pytest.mark.parametrize(
    "text",
    [
        "message_rates.kiosk = { burst = 0, per_second = 1 }",
        "message_rates.kiosk = { burst = 1, per_second = 0 }",
        "message_rates.cashier = { burst = 1, per_second = 1 }",
        "kiosk_burst = 0",
        "kiosk_per_second = 0.0",
    ],
)
def test_a_limit_that_would_stop_everything_or_names_nobody_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        settings_of(text, tmp_path)


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ('backup_folder = "/mnt/backups"', "/mnt/backups"),
        ('database = "sqlite:////srv/hall/loket.sqlite"', "/srv/hall/backups"),
        ('state = "/var/lib/loket"', "/var/lib/loket/backups"),
        ('database = "postgresql://loket@/loket"\nstate = "/var/lib/loket"', "/var/lib/loket/backups"),
    ],
)
def test_backups_lie_beside_the_database_unless_they_have_a_place(text: str, folder: str, tmp_path: Path) -> None:
    assert backup_folder(settings_of(text, tmp_path)) == Path(folder)
