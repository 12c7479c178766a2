"""Routes: from a request over HTTP to an operation, and from what it gave to an answer."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec
from msgspec import structs
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.app.api.keys import ApiKey
from server.app.ports import StorageError
from server.net.api.doorman import Doorman
from server.net.api.operations import Call, Operation
from server.net.api.problems import ProblemError, answer
from server.net.asking import Answer, ask
from server.net.crowd import asked_from
from server.net.gate import Gate
from shared.protocol.commands import Command
from shared.protocol.messages import Reply
from shared.vocabulary import ErrorCode

REQUEST_HEADER = "idempotency-key"
_REQUEST = re.compile(r"[A-Za-z0-9_.:-]{1,40}")  # with the key's id before it, an id as programs make them
_JSON = "application/json"

_encode = msgspec.json.Encoder().encode
Endpoint = Callable[[Request], Awaitable[Response]]


class Api:
    """Carries operations out. Used by the loop's thread alone."""

    def __init__(self, gate: Gate, doorman: Doorman) -> None:
        self._gate = gate
        self._doorman = doorman

    def routes(self, operations: Sequence[Operation]) -> list[BaseRoute]:
        """Those that have no route of their own."""
        common = [one for one in operations if one.read is not None or one.command is not None]
        return [Route(one.address[1], self._endpoint(one), methods=[one.method]) for one in common]

    def guarded(self, work: Endpoint) -> Endpoint:
        """What goes wrong in it becomes a problem, never a trace."""

        async def endpoint(http: Request) -> Response:
            try:
                return await work(http)
            except ProblemError as error:
                return answer(error)
            except StorageError:
                return answer(ProblemError(ErrorCode.STORAGE_UNAVAILABLE))
            except HTTPException as error:
                if error.status_code == 413:
                    return answer(ProblemError(ErrorCode.TOO_LARGE))
                if error.status_code == 503:
                    return answer(ProblemError(ErrorCode.OVERLOADED))
                raise

        return endpoint

    async def call_of(self, operation: Operation, http: Request) -> Call:
        """The request, checked against the operation. Raises ProblemError."""
        address = asked_from(http)
        key = None
        if operation.roles is None:
            self._doorman.let_stranger_in(address)
        else:
            key = await self._doorman.let_in(http.headers.get("authorization", ""), address, operation.roles)
        path = _checked(operation.path_type, dict(http.path_params), strict=True)
        return Call(
            key=key,
            path=structs.asdict(path),
            query=_checked(operation.query, _once(http), strict=False),
            body=None if operation.body is None else await _body(http, operation.body),
            request=http.headers.get(REQUEST_HEADER, ""),
        )

    def _endpoint(self, operation: Operation) -> Endpoint:
        async def endpoint(http: Request) -> Response:
            call = await self.call_of(operation, http)
            if operation.read is not None:
                return _say(await operation.read(call))
            return await self._do(operation, call)

        return self.guarded(endpoint)

    async def _do(self, operation: Operation, call: Call) -> Response:
        key = call.key
        assert key is not None, "a command without a key"
        if operation.at_counter and call.path["counter"] != key.counter:
            raise ProblemError(ErrorCode.FORBIDDEN, "The key works at another counter, or at none.")
        request = _request(key, call.request)
        reply = await self._ask(key, request, operation.command_of(call))
        if reply.refusal is not None:
            raise ProblemError(reply.refusal.code, facts=reply.refusal.facts)
        headers = {"idempotency-replayed": "true"} if reply.replayed else {}
        return _say(reply.result, operation.status, headers)

    async def _ask(self, key: ApiKey, request: str, command: Command) -> Reply:
        outbox = Answer()
        return await ask(self._gate, outbox, key.session(outbox), request, command)


def _say(content: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(_encode(content), status, {"cache-control": "no-store", **(headers or {})}, media_type=_JSON)


def _request(key: ApiKey, given: str) -> str:
    """The request's id, which is another for every key. Raises ProblemError."""
    if given and _REQUEST.fullmatch(given) is None:
        raise ProblemError(ErrorCode.MALFORMED, "`Idempotency-Key` is 1 to 40 letters, digits or one of _ . : -")
    return f"{key.device}:{given or secrets.token_hex(16)}"


def _once(http: Request) -> dict[str, str]:
    """Raises ProblemError for a parameter that is given twice: nobody guesses which was meant."""
    given = http.query_params.multi_items()
    if len(dict(given)) != len(given):
        raise ProblemError(ErrorCode.MALFORMED, "A parameter is there twice.")
    return dict(given)


async def _body(http: Request, kind: type[msgspec.Struct]) -> Any:
    if http.headers.get("content-type", "").split(";")[0].strip().lower() != _JSON:
        raise ProblemError(ErrorCode.MALFORMED, f"The body must be {_JSON}.")
    try:
        return msgspec.convert(_whole_numbers(msgspec.json.decode(await http.body())), kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProblemError(ErrorCode.MALFORMED, _place(error)) from None


def _whole_numbers(given: Any) -> Any:
    """JSON has one kind of number: 5.0 is the integer 5, as JSON Schema says and some languages write it."""
    match given:
        case dict():
            return {name: _whole_numbers(value) for name, value in given.items()}
        case list():
            return [_whole_numbers(one) for one in given]
        case float() if given.is_integer():
            return int(given)
        case _:
            return given


def _checked(kind: type[msgspec.Struct], given: dict[str, str], *, strict: bool) -> Any:
    try:
        return msgspec.convert(given, kind, strict=strict)
    except (msgspec.ValidationError, UnicodeError) as error:
        raise ProblemError(ErrorCode.MALFORMED, _place(error)) from None


def _place(error: Exception) -> str:
    """Where it went wrong; what was sent is not repeated."""
    return str(error) if isinstance(error, msgspec.ValidationError) else "This is no JSON."
