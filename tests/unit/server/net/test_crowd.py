"""The crowd: limits by address that nobody known ever meets."""

from __future__ import annotations

import asyncio

from server.app.allowance import Rate
from server.net.crowd import ADDRESSES_REMEMBERED, Allowances, Crowd, Strangers, neighbourhood


class Peer(asyncio.BaseTransport):
    def __init__(self, address: str) -> None:
        super().__init__({"peername": (address, 4000)})


def test_an_address_has_so_many_places_and_the_newest_have_them() -> None:
    crowd = Crowd(2, 10.0)
    one, two, three, other = Peer("10.0.0.1"), Peer("10.0.0.1"), Peer("10.0.0.1"), Peer("10.0.0.2")
    assert [crowd.enter(peer) for peer in (one, two, three, other)] == [None, None, one, None]
    crowd.leave(one)
    crowd.leave(three)
    crowd.leave(three)
    assert crowd.enter(one) is None
    assert crowd.enter(three) is two, "whoever holds a place longest, not whoever comes"


def test_a_place_is_given_back_by_a_transport_that_cannot_say_its_address_any_more() -> None:
    class Ended(Peer):
        """As asyncio's transport of TLS, once its protocol is gone."""

        ended = False

        def get_extra_info(self, name: str, default: object = None) -> object:
            if self.ended:
                raise AttributeError(name)
            return super().get_extra_info(name, default)

    crowd, one = Crowd(2, 10.0), Ended("10.0.0.1")
    crowd.enter(one)
    one.ended = True
    crowd.leave(one)
    assert len(crowd) == 0


def test_a_proxy_is_everybody_and_has_no_limit() -> None:
    crowd = Crowd(1, 10.0, frozenset({"10.0.0.9"}))
    assert not any(crowd.enter(Peer("10.0.0.9")) for _ in range(5))
    assert len(crowd) == 0


def test_silent_strangers_make_room_for_one_who_comes() -> None:
    async def story() -> list[str]:
        strangers, ended = Strangers(3), list[str]()

        async def stay(name: str, address: str) -> None:
            try:
                async with asyncio.timeout(5) as patience:
                    strangers.enter(patience, address)
                    await asyncio.sleep(5)
            except TimeoutError:
                ended.append(name)

        staying = [asyncio.create_task(stay(*who)) for who in (("a", "x"), ("b", "y"), ("c", "x"), ("d", "z"))]
        for _ in range(5):
            await asyncio.sleep(0)
        for task in staying:
            task.cancel()
        await asyncio.gather(*staying, return_exceptions=True)
        return ended

    assert asyncio.run(story()) == ["a"], "the longest silent one of the address that has most"


def test_misses_are_counted_by_address_and_forgotten_in_time() -> None:
    misses = Allowances(Rate(2, 0.5))
    assert [misses.take("a", 0.0) for _ in range(3)] == [True, True, False]
    assert misses.take("b", 0.0)
    assert misses.take("a", 2.0)
    for at in range(ADDRESSES_REMEMBERED + 1):
        misses.take(f"10.{at}", 2.0)
    assert misses.take("a", 2.0), "an address that was not seen for long is unknown again"


def test_a_network_of_one_home_is_counted_as_one_address() -> None:
    misses = Allowances(Rate(2, 0.5))
    assert [misses.take(f"2001:db8:0:7::{host}", 0.0) for host in range(1, 4)] == [True, True, False]
    assert misses.take("2001:db8:0:8::1", 0.0)


def test_addresses_of_the_old_kind_are_counted_one_by_one_however_they_are_written() -> None:
    assert neighbourhood("::ffff:192.0.2.1") == neighbourhood("192.0.2.1") == "192.0.2.1"
    assert neighbourhood("192.0.2.2") == "192.0.2.2"
    assert neighbourhood("") == ""
    assert neighbourhood("fe80::1%eth0") == neighbourhood("fe80::2%eth0")
