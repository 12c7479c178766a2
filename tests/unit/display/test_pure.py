"""What decides about calls can be read and tested without Qt and without sound."""

from __future__ import annotations

import subprocess
import sys

import pytest

PURE = ("board", "calendar", "playlist", "receipts", "screen", "speech", "words")


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_loads_neither_qt_nor_sound(module: str) -> None:
    """In a fresh interpreter: this one has loaded everything. If it fails, move what was imported into the
    view model or the speaker, and hand its result in as a value."""
    heavy = ("PySide6", "miniaudio", "espeakng_loader")
    asked = f"import sys, display.{module}; print([m for m in {heavy} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
