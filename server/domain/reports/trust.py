"""Trust: which times say something about the hall, and which only that somebody forgot a key or pressed it too soon."""

from __future__ import annotations

from dataclasses import dataclass

SECOND = 1_000_000  # microseconds
LONGEST_WAIT = 12 * 3600 * SECOND  # no hall is open for longer


@dataclass(frozen=True, slots=True)
class Trust:
    """Bounds of times that are believed, in microseconds; others are counted, but not in any median, mean or worst."""

    shortest_service: int = 10 * SECOND
    """Whoever was served in less was not served: the key was pressed to get on."""
    longest: int = 4 * 3600 * SECOND
    """Of walking and of being served: beyond it somebody forgot to end it."""

    @property
    def seal(self) -> str:
        """Names the bounds in what was made with them: with others it must be made anew."""
        return f"{self.shortest_service // SECOND}-{self.longest // SECOND}"
