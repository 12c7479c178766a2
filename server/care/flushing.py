"""Flushing: how often a second this disk says that something is safe. Too often, and it cannot be true."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

LONG_ENOUGH = 0.5  # seconds
AT_MOST = 2_000  # flushes
TOO_FAST = 2_000
"""Flushes a second. A plain disk needs longer for its magnets or cells; a faster one has a safe cache, or lies."""


def flushes_per_second(folder: Path) -> float:
    """Write and flush one sector after the other for half a second. Raises OSError."""
    with tempfile.TemporaryFile(dir=folder) as file:
        started = time.monotonic()
        done = 0
        while done < AT_MOST:
            file.write(bytes(512))
            file.flush()
            os.fdatasync(file.fileno())
            done += 1
            took = time.monotonic() - started
            if took > LONG_ENOUGH:
                break
    return done / max(took, 1e-9)
