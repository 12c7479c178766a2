"""What a counter program needs before anyone has signed in: the counters, and who may sit there."""

from __future__ import annotations

from collections.abc import Iterable

from server.domain.lobby import Lobby
from shared.protocol.views import CounterItem, OfficerItem, Table
from shared.vocabulary import CounterId


def counters_view(lobby: Lobby) -> Table:
    table = counter_items(lobby, lobby.catalogue.counters)
    for officer in lobby.catalogue.officers.values():
        table[f"officer:{officer.id}"] = OfficerItem(
            id=officer.id, name=officer.name, role=officer.role, agency=officer.agency
        )
    return table


def counter_items(lobby: Lobby, counters: Iterable[CounterId]) -> Table:
    table: Table = {}
    for counter_id in counters:
        counter, status = lobby.catalogue.counters.get(counter_id), lobby.counters[counter_id]
        if counter is not None:
            table[f"counter:{counter.id}"] = CounterItem(
                id=counter.id,
                number=counter.number,
                zone=counter.zone,
                agency=counter.agency,
                state=status.state,
                officer=status.officer,
            )
    return table
