"""How long a call keeps its thread: time on the processor and time it waited for something, not for the processor.

A busy machine lets a thread wait its turn; that says nothing about the code, so it is taken off.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
_SCHEDULED = Path("/proc/thread-self/schedstat")


class Longest:
    """The longest of all timed calls, in seconds."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def call(self, act: Callable[[], T]) -> T:
        queued, began = _queued(), time.perf_counter()
        try:
            return act()
        finally:
            took = time.perf_counter() - began - (_queued() - queued)
            self.seconds = max(self.seconds, took)

    @property
    def milliseconds(self) -> float:
        return self.seconds * 1000


def _queued() -> float:
    """Seconds that this thread was ready to run and had no processor."""
    try:
        return int(_SCHEDULED.read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0  # a kernel without the figure: then all of the time counts
