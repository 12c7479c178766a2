"""The description of the API for programs: `/api/v1/openapi.json`, made once when the server starts."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.net.api.openapi import document
from server.net.api.operations import ROOT, Operation
from server.net.api.routes import Api

HEADERS = {"cache-control": "public, max-age=300", "x-content-type-options": "nosniff"}


def description_route(api: Api, operations: Sequence[Operation]) -> BaseRoute:
    described = msgspec.json.format(msgspec.json.encode(document(operations)), indent=1)

    async def description(_: Request) -> Response:
        return Response(described, 200, HEADERS, media_type="application/json")

    return Route(f"{ROOT}/openapi.json", api.guarded(description), methods=["GET"])
