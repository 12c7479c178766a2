"""A wait as it travels."""

from __future__ import annotations

from server.domain.estimating import Forecast
from shared.protocol.values import Minutes


def minutes_of(wait: Forecast | None) -> Minutes | None:
    return None if wait is None else Minutes(wait.likely.low, wait.likely.high, max(wait.likely.high, wait.sure.high))
