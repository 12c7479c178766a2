"""REST, for reading only: health, figures, and the hall as its screens show it. Nothing personal: law 12."""

from __future__ import annotations

import asyncio

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.app.jobs import Looked
from server.net.asking import PATIENCE
from server.net.gate import Gate
from shared.program import RELEASE
from shared.protocol.values import PROTOCOL
from shared.protocol.views import AgencyItem, CounterItem, LineItem, ServiceItem, Table, ZoneItem
from shared.vocabulary import ZoneId

_encode = msgspec.json.Encoder().encode


def routes(gate: Gate) -> list[Route]:
    async def health(_: Request) -> Response:
        figures = gate.figures
        state = {
            "ok": figures.database,
            "release": RELEASE,
            "protocol": PROTOCOL,
            "database": figures.database,
            "service_date": figures.service_date,
            "stolen_tokens": figures.stolen_tokens,
            "certificate_days": None if figures.certificate_days < 0 else figures.certificate_days,
            "connections": figures.connections,
            "waiting_jobs": figures.waiting_jobs,
            "alarms": sorted(figures.alarms),
            "disk_free": figures.disk_free,
            "backup_at": figures.backup,
        }
        return _json(state, 200 if figures.database else 503)

    async def metrics(_: Request) -> Response:
        return PlainTextResponse(gate.figures.prometheus(), media_type="text/plain; version=0.0.4")

    async def authority(_: Request) -> Response:
        """For a device that is to be introduced; it shows the fingerprint behind its code."""
        if not gate.authority:
            return PlainTextResponse("This server has no authority of its own.", 404)
        return PlainTextResponse(gate.authority, media_type="application/x-pem-file")

    async def site(_: Request) -> Response:
        table = await look(gate, "counters")
        counters = [item for item in (table or {}).values() if isinstance(item, CounterItem)]
        zones = sorted({item.zone for item in counters})
        return _json({"site": gate.site(), "zones": zones, "counters": [_place(item) for item in counters]})

    async def services(_: Request) -> Response:
        table = await look(gate, "kiosk")
        return _json({"agencies": _items(table, AgencyItem), "services": _items(table, ServiceItem)})

    async def lines(_: Request) -> Response:
        return _json({"lines": _items(await look(gate, "kiosk"), LineItem)})

    async def board(request: Request) -> Response:
        table = await look(gate, f"board:{ZoneId(request.path_params['zone'])}")
        if not table:
            return _json({"error": "unknown_zone"}, 404)
        calls = [item for item in table.values() if not isinstance(item, ZoneItem)]
        return _json({"zone": table["zone"], "calls": calls})

    return [
        Route("/health", health),
        Route("/metrics", metrics),
        Route("/authority.pem", authority),
        Route("/api/site", site),
        Route("/api/services", services),
        Route("/api/lines", lines),
        Route("/api/boards/{zone}", board),
    ]


async def look(gate: Gate, stream: str) -> Table | None:
    """A stream's table once, by way of the writer's thread; None when there is no such stream.

    Raises HTTPException (503) when the writer has too much to do: a reader is turned away before anyone in the hall.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Table | None] = loop.create_future()

    def say(table: Table | None) -> None:
        if not answer.done():
            answer.set_result(table)

    busy = HTTPException(503, "Too many ask at once: try again in a moment.", {"Retry-After": "2"})
    if not gate.writer.put(Looked(stream, say)):
        raise busy
    try:
        return await asyncio.wait_for(answer, PATIENCE)
    except TimeoutError:
        raise busy from None


def _place(counter: CounterItem) -> dict[str, str]:
    """Without who sits there."""
    return {"number": counter.number, "zone": counter.zone, "agency": counter.agency, "state": counter.state.value}


def _items(table: Table | None, kind: type[AgencyItem | ServiceItem | LineItem]) -> list[object]:
    return [item for item in (table or {}).values() if isinstance(item, kind)]


def _json(content: object, status: int = 200) -> Response:
    headers = {"cache-control": "no-store"}
    return Response(_encode(content), status, headers, media_type="application/json")
