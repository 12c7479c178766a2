"""An announced pause as it travels."""

from __future__ import annotations

from server.domain.pauses import MINUTE, PlannedPause
from shared.protocol.values import NextPause


def next_pause(planned: PlannedPause | None) -> NextPause | None:
    return None if planned is None else NextPause(planned.reason, planned.starts_at, planned.lasts // MINUTE)
