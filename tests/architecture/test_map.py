"""ARCHITECTURE.md is a map: every module that it names by its path is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATH = re.compile(r"`((?:server|kiosk|counter|display|shared|tests)/[\w/.]*)`")


def named(text: str) -> set[str]:
    return set(PATH.findall(text))


def stands(path: str) -> bool:
    return (ROOT / path).exists() or (ROOT / f"{path}.py").exists()


def test_every_path_on_the_map_is_there() -> None:
    paths = named((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    assert "server/app/permissions" in paths
    assert not sorted(path for path in paths if not stands(path))


def test_a_module_that_was_moved_would_be_missed() -> None:
    (path,) = named("it is in `server/app/moved_away`")
    assert not stands(path)
