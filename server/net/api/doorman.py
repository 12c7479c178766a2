"""The doorman: whose key a request shows, and whether it comes too often."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from server.app.allowance import Rate
from server.app.api.keys import ApiKey, KeyStore, looks_like_key
from server.app.ports import StorageError
from server.app.tokens import hash_of
from server.net.api.problems import ProblemError
from server.net.crowd import Allowances
from shared.vocabulary import ErrorCode, Role

KNOWN_FOR = 2.0  # seconds that a key is believed without another look: a revoked one is shut out after that
REMEMBERED = 256  # keys
NOTE_USE = timedelta(hours=1)

Aside = Callable[..., Awaitable[Any]]


@dataclass(eq=False, slots=True)
class Doorman:
    """Used by the loop's thread alone."""

    keys: KeyStore
    aside: Aside
    """Runs in the pool: never the loop."""
    clock: Callable[[], datetime]
    misses: Allowances
    """Wrong keys, by address."""
    rate: Rate
    """Requests of one key."""
    strangers: Rate = field(default_factory=lambda: Rate(60, 5.0))
    """Requests without a key, of one address; thousands of phones may share one."""
    _by_key: Allowances = field(init=False)
    _by_address: Allowances = field(init=False)
    _known: OrderedDict[bytes, tuple[ApiKey, float]] = field(init=False, default_factory=OrderedDict)

    def __post_init__(self) -> None:
        self._by_key = Allowances(self.rate)
        self._by_address = Allowances(self.strangers)

    def let_stranger_in(self, address: str) -> None:
        """Raises ProblemError."""
        if not self._by_address.take(address, _tick()):
            raise ProblemError(ErrorCode.TOO_MANY, facts={"seconds": 1})

    async def let_in(self, authorization: str, address: str, roles: frozenset[Role]) -> ApiKey:
        """Whose key it is. Raises ProblemError."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise ProblemError(ErrorCode.NOT_INTRODUCED, "Send an API key: `Authorization: Bearer lk_...`.")
        key = await self._find(token.strip(), address)
        if key is None or not key.is_good(self.clock()):
            raise ProblemError(ErrorCode.NOT_INTRODUCED if key is None else ErrorCode.REVOKED)
        if not self._by_key.take(key.id, _tick()):
            raise ProblemError(ErrorCode.TOO_MANY, facts={"seconds": max(1, round(1 / self.rate.per_second))})
        if key.role not in roles:
            raise ProblemError(ErrorCode.FORBIDDEN, facts={"role": key.role.value})
        return key

    async def _find(self, token: str, address: str) -> ApiKey | None:
        if not looks_like_key(token):
            self._count_miss(address)
            return None
        presented, now = hash_of(token), _tick()
        known = self._known.get(presented)
        if known is not None and now - known[1] < KNOWN_FOR:
            return known[0]
        self._known.pop(presented, None)
        try:
            key: ApiKey | None = await self.aside(self.keys.key_by_hash, presented)
        except StorageError:
            raise ProblemError(ErrorCode.STORAGE_UNAVAILABLE) from None
        if key is None:
            self._count_miss(address)
            return None
        if key.used_at is None or self.clock() - key.used_at >= NOTE_USE:
            with suppress(StorageError):  # a full disk can still be read
                await self.aside(self.keys.key_used, key.id, self.clock())
        self._known[presented] = key, now
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return key

    def _count_miss(self, address: str) -> None:
        """Nobody guesses 256 bits, but each try would cost a look into the database."""
        if not self.misses.take(address, _tick()):
            raise ProblemError(ErrorCode.TOO_MANY, facts={"seconds": 2})


def _tick() -> float:
    return asyncio.get_running_loop().time()
