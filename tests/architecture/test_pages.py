"""What an administrator looks up is whole: every setting once, with the program's default, and every alarm."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from counter.settings import CounterSettings
from display.settings import DisplaySettings
from kiosk.settings import KioskSettings
from server.app.alarms import Alarm
from server.settings import ServerSettings
from shared.program import WindowSettings

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "settings.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| (?:`(.+?)`|none) \|", re.MULTILINE)
SHARED = set(WindowSettings.__struct_fields__)


def rows(heading: str) -> list[tuple[str, object]]:
    """Name and default, as they stand under a heading."""
    _, _, rest = PAGE.partition(f"# {heading}\n")
    part = rest.partition("\n#")[0]
    return [(name, tomllib.loads(f"it = {text}")["it"] if text else None) for name, text in ROW.findall(part)]


def defaults(kind: type[msgspec.Struct]) -> dict[str, object]:
    told: dict[str, object] = msgspec.to_builtins(kind(), builtin_types=())
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


@pytest.mark.parametrize(
    ("heading", "kind", "left_out"),
    [
        ("Server", ServerSettings, set()),
        ("Kiosk, counter, display", WindowSettings, set()),
        ("Kiosk", KioskSettings, SHARED),
        ("Counter", CounterSettings, SHARED),
        ("Display", DisplaySettings, SHARED),
    ],
)
def test_the_page_names_every_setting_once(heading: str, kind: type[msgspec.Struct], left_out: set[str]) -> None:
    written = rows(heading)
    own = {name: value for name, value in defaults(kind).items() if name not in left_out}
    assert dict(written) == own
    assert len(written) == len(own)


def test_every_alarm_is_explained_once() -> None:
    told = re.findall(r"^\| `(\w+)` \|", (DOCS / "install.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(told) == sorted(Alarm)
