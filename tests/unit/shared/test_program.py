"""What every program with a window can be told: one set of settings, and what is wrong is said in a sentence."""

from __future__ import annotations

import pytest

from counter.settings import CounterSettings
from display.settings import DisplaySettings
from kiosk.settings import KioskSettings
from shared.program import SettingsError, WindowSettings, read_settings

PROGRAMS = [KioskSettings, CounterSettings, DisplaySettings]


@pytest.mark.parametrize("kind", PROGRAMS)
@pytest.mark.parametrize(("name", "text"), [("LOG_LEVEL", "loud"), ("SERVER", "http://hall"), ("WINDOW", "wide")])
def test_a_wrong_value_in_the_environment_is_refused(kind: type[WindowSettings], name: str, text: str) -> None:
    with pytest.raises(SettingsError):
        read_settings(kind, file=None, environment={f"LOKET_{name}": text}, given={})


@pytest.mark.parametrize("kind", PROGRAMS)
def test_the_command_line_wins_over_the_environment(kind: type[WindowSettings]) -> None:
    environment = {"LOKET_SERVER": "ws://hall:8400", "LOKET_WINDOW": "800x600+10+20"}
    settings = read_settings(kind, file=None, environment=environment, given={"server": "wss://other", "state": None})
    assert settings.server == "wss://other"
    assert settings.window == "800x600+10+20"
    assert settings.state == ""
