"""A wait as it travels."""

from __future__ import annotations

from server.domain.estimating import STEP, Forecast
from shared.protocol.values import Minutes


def minutes_of(wait: Forecast | None) -> Minutes | None:
    if wait is None:
        return None
    rarely_over = round(wait.sure.high / STEP) * STEP
    return Minutes(wait.likely.low, wait.likely.high, max(wait.likely.high, rarely_over))
