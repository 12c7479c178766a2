"""A wait as it travels."""

from __future__ import annotations

from server.domain.estimating import Range
from shared.protocol.values import Minutes


def minutes_of(wait: Range | None) -> Minutes | None:
    return None if wait is None else Minutes(low=wait.low, high=wait.high)
