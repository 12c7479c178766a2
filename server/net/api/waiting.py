"""Waiting times for everybody: anonymous JSON for a site of the regency, built once and given to all who ask."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from datetime import datetime

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.app.api.resources import AgencyWaiting, ServiceWaiting, Waiting
from server.net.api.operations import Operation
from server.net.api.routes import Api
from server.net.gate import Gate
from server.net.rest import look
from shared.protocol.views import AgencyItem, LineItem, ServiceItem, Table

FRESH_FOR = 15  # seconds that browsers and proxies may keep it
BUILT_EVERY = 5.0  # seconds: so often the writer is asked at most, however many ask us

_encode = msgspec.json.Encoder().encode


class PublicWaiting:
    """Used by the loop's thread alone."""

    def __init__(self, gate: Gate, api: Api) -> None:
        self._gate = gate
        self._api = api
        self._built: tuple[bytes, str] | None = None
        self._built_at = 0.0
        self._shown: tuple[AgencyWaiting, ...] = ()
        self._one_at_a_time: asyncio.Lock | None = None

    def route(self, operation: Operation) -> BaseRoute:
        async def waiting(http: Request) -> Response:
            await self._api.call_of(operation, http)
            text, tag = await self._newest()
            headers = {
                "cache-control": f"public, max-age={FRESH_FOR}",
                "etag": tag,
                "access-control-allow-origin": "*",  # for any page to read; a key is neither asked for nor taken
                "x-content-type-options": "nosniff",
            }
            known = {one.strip().removeprefix("W/") for one in http.headers.get("if-none-match", "").split(",")}
            if known & {tag, "*"}:
                return Response(status_code=304, headers=headers)
            return Response(text, 200, headers, media_type=operation.media_type)

        return Route(operation.address[1], self._api.guarded(waiting), methods=["GET"])

    async def _newest(self) -> tuple[bytes, str]:
        self._one_at_a_time = self._one_at_a_time or asyncio.Lock()
        async with self._one_at_a_time:
            now = asyncio.get_running_loop().time()
            if self._built is None or now - self._built_at >= BUILT_EVERY:
                shown = tuple(_agencies(await look(self._gate, "kiosk")))
                if self._built is None or shown != self._shown:
                    self._shown, self._built = shown, self._build(shown, self._gate.clock())
                self._built_at = now
            return self._built

    def _build(self, shown: tuple[AgencyWaiting, ...], now: datetime) -> tuple[bytes, str]:
        site = self._gate.site()
        at = now.replace(microsecond=0)
        text = _encode(Waiting(site=site.name, time_zone=site.time_zone, as_of=at, agencies=shown))
        return text, f'"{hashlib.sha256(text).hexdigest()[:24]}"'


def _agencies(table: Table | None) -> Iterable[AgencyWaiting]:
    items = [] if table is None else list(table.values())
    services = sorted((one for one in items if isinstance(one, ServiceItem)), key=lambda one: one.order)
    lines = {one.service: one for one in items if isinstance(one, LineItem)}
    for agency in sorted((one for one in items if isinstance(one, AgencyItem)), key=lambda one: one.order):
        mine = [one for one in services if one.agency == agency.id and one.id in lines]
        yield AgencyWaiting(
            agency=agency.id, name=agency.name, services=tuple(_service(one, lines[one.id]) for one in mine)
        )


def _service(service: ServiceItem, line: LineItem) -> ServiceWaiting:
    return ServiceWaiting(
        service=service.id,
        name=service.name,
        open=line.open,
        waiting=line.waiting,
        minutes=line.minutes,
        opens_at=line.opens_at,
        closes_at=line.closes_at,
    )
