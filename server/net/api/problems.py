"""Problems: a refusal as RFC 9457 says it, with our stable code and the facts."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from starlette.responses import Response

from server.app.api.resources import Problem
from shared.protocol.values import Fact
from shared.vocabulary import ErrorCode

PROBLEM_JSON = "application/problem+json"
KIND = "urn:loket:"  # before the code: a name, not an address (RFC 9457, 3.1.1)

_STATUS: Mapping[ErrorCode, int] = {
    ErrorCode.MALFORMED: 400,
    ErrorCode.TOO_LARGE: 413,
    ErrorCode.TOO_MANY: 429,
    ErrorCode.COOLDOWN: 429,
    ErrorCode.NOT_INTRODUCED: 401,
    ErrorCode.REVOKED: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.REQUEST_REUSED: 422,
    ErrorCode.STORAGE_UNAVAILABLE: 503,
    ErrorCode.OVERLOADED: 503,
    ErrorCode.CLOCK_BEHIND: 503,
    ErrorCode.UNKNOWN_STREAM: 404,
    ErrorCode.UNKNOWN_SERVICE: 404,
    ErrorCode.UNKNOWN_COUNTER: 404,
    ErrorCode.UNKNOWN_VISIT: 404,
    ErrorCode.UNKNOWN_BOOKING: 404,
}
ANOTHER_STATE = 409
"""Everything else: understood and allowed, but the hall is in another state."""

_encode = msgspec.json.Encoder().encode


class ProblemError(Exception):
    """Ends a request with a problem."""

    def __init__(self, code: ErrorCode, detail: str = "", facts: Mapping[str, Fact] | None = None) -> None:
        super().__init__(code.value)
        self.code = code
        self.detail = detail
        self.facts = dict(facts or {})


def status_of(code: ErrorCode) -> int:
    return _STATUS.get(code, ANOTHER_STATE)


def answer(error: ProblemError) -> Response:
    status = status_of(error.code)
    problem = Problem(
        type=f"{KIND}{error.code.value}",
        title=error.code.value.replace("_", " ").capitalize(),
        status=status,
        code=error.code,
        facts=error.facts,
        detail=error.detail,
    )
    headers = {"cache-control": "no-store"}
    if status == 401:
        headers["www-authenticate"] = 'Bearer realm="loket"'
    if status in (429, 503):
        headers["retry-after"] = str(error.facts.get("seconds") or 2)
    return Response(_encode(problem), status, headers, media_type=PROBLEM_JSON)
