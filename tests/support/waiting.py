"""Waiting for a condition, never for a time: how tests meet programs that run beside them."""

from __future__ import annotations

import os
from collections.abc import Callable
from time import monotonic, sleep

PATIENCE = 60.0  # seconds until a test gives up: a condition that holds on a machine with many other things to do, too


def wait_until(condition: Callable[[], bool], patience: float = PATIENCE, every: float = 0.01) -> float:
    """Gives the seconds that it took; fails the test when it does not happen."""
    began = monotonic()
    while not condition():
        assert monotonic() - began < patience, f"it did not happen within {patience:.0f} s"
        sleep(every)
    return monotonic() - began


def fair(seconds: float) -> float:
    """So many promised seconds on this machine now: longer by as much as more work waits for each core than a run of
    the tests brings by itself (one worker each). A promise holds for a machine that does nothing else."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1) - 0.5)
