"""The crowd: connections of which nobody knows yet what they want, a bounded number for each address.

Whoever is known does not count: a device that was welcomed, a phone whose page exists. Thousands of phones share one
address, of the hall's Wi-Fi or of a mobile network; they pass through the crowd in a moment.
"""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.requests import HTTPConnection

from server.app.allowance import Allowance, Rate
from server.net.newest import Newest

ADDRESSES_REMEMBERED = 10_000  # with an allowance; the one seen longest ago is forgotten


class Crowd:
    """Used by the loop's thread alone. `at_most` 0: no limit."""

    def __init__(self, at_most: int, request_within: float, exempt: frozenset[str] = frozenset()) -> None:
        """`request_within`: seconds from a request's first byte to its last, the first one's from the connection.
        `exempt`: proxies, behind which everybody has their address."""
        self.request_within = request_within
        self._exempt = exempt
        self._newest: Newest[str, asyncio.BaseTransport] = Newest(at_most)
        self._addresses: dict[asyncio.BaseTransport, str] = {}  # a transport of TLS that ended cannot say its own

    def enter(self, transport: asyncio.BaseTransport) -> asyncio.BaseTransport | None:
        """Which connection of its address has to go for it: a request is a moment's work, so whoever is oldest there
        means no more than to hold a place."""
        address = address_of(transport)
        if address in self._exempt:
            return None
        self._addresses[transport] = address
        oldest = self._newest.enter(address, transport)
        if oldest is not None:
            del self._addresses[oldest]
        return oldest

    def leave(self, transport: asyncio.BaseTransport) -> None:
        """It ended, or is known now. Twice does no harm."""
        address = self._addresses.pop(transport, None)
        if address is not None:
            self._newest.leave(address, transport)

    def __len__(self) -> int:
        return len(self._newest)


class Strangers:
    """Connections that have not said who they are. When there are too many, the address with the most of them makes
    room, its longest silent one first: who speaks at once is let in, however many others are silent."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._waiting: OrderedDict[asyncio.Timeout, str] = OrderedDict()

    def enter(self, patience: asyncio.Timeout, address: str) -> None:
        """`patience` ends at once when room must be made."""
        if len(self._waiting) >= self._at_most:
            (most, _), *_ = Counter(self._waiting.values()).most_common(1)
            oldest = next(one for one, where in self._waiting.items() if where == most)
            del self._waiting[oldest]
            oldest.reschedule(asyncio.get_running_loop().time())
        self._waiting[patience] = address

    def leave(self, patience: asyncio.Timeout) -> None:
        self._waiting.pop(patience, None)


class Allowances:
    """What strangers may do now and then, by address: ask for pages that do not exist, or for a pairing code."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._allowances: OrderedDict[str, Allowance] = OrderedDict()

    def take(self, address: str, now: float) -> bool:
        """False: that address did it too often."""
        address = neighbourhood(address)
        allowance = self._allowances.get(address)
        if allowance is None:
            allowance = self._allowances[address] = Allowance(self._rate, now)
            if len(self._allowances) > ADDRESSES_REMEMBERED:
                self._allowances.popitem(last=False)
        self._allowances.move_to_end(address)
        return allowance.take(now)


def neighbourhood(address: str) -> str:
    """Whose address it is: one IPv4 address, or the 2^64 addresses of one IPv6 network, which any home is given."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))


def asked_from(http: HTTPConnection) -> str:
    """The address that a request or a websocket came from; "" for one that has none."""
    return "" if http.client is None else http.client.host


def address_of(transport: asyncio.BaseTransport) -> str:
    peer = transport.get_extra_info("peername")
    return str(peer[0]) if isinstance(peer, tuple) and peer else ""
