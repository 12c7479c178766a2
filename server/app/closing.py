"""Closing: the code of a websocket's end for each reason that we refuse for."""

from __future__ import annotations

from shared.vocabulary import ErrorCode

# RFC 6455, and from 4000 on our own
GOING_AWAY, NOT_CONSISTENT, POLICY, TOO_BIG, TRY_LATER, NOT_YOURS = 1001, 1007, 1008, 1009, 1013, 4403
_CODES = {
    ErrorCode.MALFORMED: NOT_CONSISTENT,
    ErrorCode.TOO_LARGE: TOO_BIG,
    ErrorCode.STORAGE_UNAVAILABLE: TRY_LATER,
    ErrorCode.OVERLOADED: TRY_LATER,
    ErrorCode.FORBIDDEN: NOT_YOURS,
}


def close_code(code: ErrorCode) -> int:
    return _CODES.get(code, POLICY)
