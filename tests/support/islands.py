"""Builders for what kiosks give without the server."""

from __future__ import annotations

from datetime import datetime

from shared.protocol.commands import IslandTicket
from shared.vocabulary import Language, PrintState, Priority
from tests.support.builders import KTP, NINE


def an_island_ticket(
    number: int = 501,
    *,
    series: str = "A",
    service: str = KTP,
    arrived_at: datetime = NINE,
    priority: Priority = Priority.REGULAR,
    print_state: PrintState = PrintState.PRINTED,
    key: str = "",
) -> IslandTicket:
    return IslandTicket(
        request=f"press-{series}{number}",
        series=series,
        number=number,
        key=key or f"{series}{number}".ljust(22, "x"),
        service=service,
        language=Language.INDONESIAN,
        arrived_at=arrived_at,
        priority=priority,
        print_state=print_state,
    )
