"""What a package drags in when it is imported alone: the house's rules, seen from a fresh interpreter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from server.db import open_store

# package -> what must not be loaded with it, and why that would hurt
FORBIDDEN = {
    "shared.vocabulary": ("msgspec", "PySide6", "sqlalchemy", "starlette"),
    "shared.session": ("PySide6", "sqlalchemy", "starlette", "websockets", "server"),
    "server.domain.lobby": ("msgspec", "PySide6", "sqlalchemy", "starlette", "websockets"),
    "server.app.dispatcher": ("PySide6", "sqlalchemy", "starlette", "websockets", "uvicorn"),
    "server.db.store": ("PySide6", "starlette", "websockets", "uvicorn"),
    "server.bootstrap": ("PySide6", "kiosk", "counter", "display", "matplotlib", "numpy"),
    "server.reporting.worker": ("PySide6", "starlette", "uvicorn", "matplotlib", "openpyxl"),
    "kiosk.flow": ("PySide6", "sqlalchemy", "starlette", "server", "escpos"),
    "counter.desk": ("PySide6", "sqlalchemy", "starlette", "server"),
    "display.board": ("PySide6", "sqlalchemy", "starlette", "server"),
    "display.playlist": ("PySide6", "sqlalchemy", "starlette", "server"),
    "kiosk.__main__": ("sqlalchemy", "starlette", "server", "escpos"),
    "counter.__main__": ("sqlalchemy", "starlette", "server"),
    "display.__main__": ("sqlalchemy", "starlette", "server"),
}


@pytest.mark.parametrize("package", FORBIDDEN)
def test_a_module_loads_without_what_it_must_not_know(package: str) -> None:
    script = f"import {package}, sys, json; print(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    loaded = json.loads(
        subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout
    )
    trespassing = set(FORBIDDEN[package]) & set(loaded)
    assert not trespassing, f"{package} loads {sorted(trespassing)}: move what needs it outwards (ARCHITECTURE.md)"


WINDOWS = {
    "kiosk": "kiosk.__main__, kiosk.kiosk_viewmodel, kiosk.start",
    "counter": "counter.__main__, counter.counter_viewmodel",
    "display": "display.__main__, display.board_viewmodel",
}
# What a window does not need for its first frame; each of them costs some hundredths of a second and megabytes.
HEAVY = {"structlog", "rich", "numpy", "PIL", "qrcode", "argon2", "escpos", "websockets", "asyncio", "ssl", "miniaudio"}


@pytest.mark.parametrize("program", WINDOWS)
def test_a_window_opens_without_what_it_needs_later(program: str) -> None:
    script = (
        f"import {WINDOWS[program]}, shared.qt.launch, shared.qt.link, sys, json; print(json.dumps([*sys.modules]))"
    )
    loaded = json.loads(
        subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout
    )
    early = HEAVY & set(loaded)
    assert not early, f"{program} loads {sorted(early)} before its first frame: import them where they are needed"


# What a server needs now and then, or never: it costs a tenth of a second and megabytes at every start.
NOW_AND_THEN = {
    *("rich", "pygments", "alembic", "mako", "icalendar", "qrcode", "PIL"),
    *("openpyxl", "fpdf", "matplotlib", "numpy", "simpy"),
}


def test_a_server_serves_without_what_it_needs_now_and_then(tmp_path: Path) -> None:
    """Also with its database open, which is as its release wants it: only the first start migrates."""
    script = (
        "import server.__main__, server.cli.run_command, sys, json; from server.db.store import open_store;"
        " open_store(sys.argv[1]).close(); print(json.dumps([*sys.modules]))"
    )
    url = f"sqlite:///{tmp_path / 'loket.sqlite'}"
    open_store(url).close()
    words = [sys.executable, "-c", script, url]
    loaded = json.loads(subprocess.run(words, capture_output=True, check=True, text=True).stdout)
    early = NOW_AND_THEN & set(loaded)
    assert not early, f"a server loads {sorted(early)} at start: import them where they are needed"
