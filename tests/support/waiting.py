"""Waiting for a condition, never for a time: how tests meet programs that run beside them."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep

PATIENCE = 10.0  # seconds until a test gives up


def wait_until(condition: Callable[[], bool], patience: float = PATIENCE, every: float = 0.01) -> float:
    """Gives the seconds that it took; fails the test when it does not happen."""
    began = monotonic()
    while not condition():
        assert monotonic() - began < patience, f"it did not happen within {patience:.0f} s"
        sleep(every)
    return monotonic() - began
