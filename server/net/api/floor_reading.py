"""The floor for another system: what a supervisor's page shows, of an agency's key the agency's part."""

from __future__ import annotations

from server.app.api.resources import Floor, FloorLine
from server.net.api.operations import Call
from server.net.api.problems import ProblemError
from server.net.api.scoping import agency_for, items_of, key_of
from server.net.gate import Gate
from server.net.rest import look
from shared.protocol.floor_views import (
    BulletinItem,
    FloorAlertItem,
    FloorCounterItem,
    FloorDeviceItem,
    FloorItem,
    FloorLineItem,
    FloorVisitItem,
)
from shared.vocabulary import ErrorCode, LegState

_BESIDE = (LegState.CALLED, LegState.SERVING, LegState.PARKED, LegState.MISSED)


class FloorReading:
    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def floor(self, call: Call) -> Floor:
        wanted = agency_for(key_of(call), call.query.agency)
        table = await look(self._gate, "floor" if wanted is None else f"floor:{wanted}")
        (about,) = items_of(table, FloorItem) or (None,)
        if about is None:
            raise ProblemError(ErrorCode.UNKNOWN_STREAM, facts={"agency": wanted})
        return Floor(
            agency=about.agency,
            name=about.name,
            counters=tuple(items_of(table, FloorCounterItem)),
            lines=tuple(items_of(table, FloorLineItem)),
            devices=tuple(items_of(table, FloorDeviceItem)),
            alerts=tuple(items_of(table, FloorAlertItem)),
            bulletins=tuple(items_of(table, BulletinItem)),
        )

    async def line(self, call: Call) -> FloorLine:
        service = call.path["service"]
        table = await look(self._gate, f"case:line:{service}")
        (line,) = items_of(table, FloorLineItem) or (None,)
        if line is None:
            raise ProblemError(ErrorCode.UNKNOWN_SERVICE, facts={"service": service})
        agency_for(key_of(call), line.agency)
        legs = items_of(table, FloorVisitItem)
        return FloorLine(
            line=line,
            waiting=tuple(one for one in legs if one.state is LegState.WAITING),
            beside=tuple(one for one in legs if one.state in _BESIDE),
        )
