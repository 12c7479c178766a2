"""How narrow a range could be: the day played again from the moment of a number, service times drawn anew."""

from __future__ import annotations

from random import Random

from server.domain.profiles import WorkProfiles
from server.simulation.floor import narrowest, waits_anew
from server.simulation.history import Away, Episode, History
from tests.support.builders import KTP, NINE, ONE, a_catalogue

SEED = 7


def a_history(spread: float, *episodes: Episode) -> History:
    """Only counter 1 works, from the first minute on."""
    return History(WorkProfiles(a_catalogue()), {KTP: 10.0}, spread, list(episodes), {ONE: 0.0}, {ONE: 400.0})


def waits(place: int, available: float, *, called: float | None = None, freed: float = float("inf")) -> Episode:
    return Episode(KTP, available, True, (NINE, place), fixed=1.0, called=called, freed=freed, counter=ONE)


def drawn(history: History, target: Episode, draws: int = 300) -> list[float]:
    return sorted(waits_anew(history, target, Random(SEED), draws))


def test_where_nothing_is_left_to_chance_the_wait_is_what_it_was() -> None:
    ahead, mine = waits(1, 0.0, called=0.0, freed=11.0), waits(2, 3.0, called=11.0)
    assert narrowest(drawn(a_history(1e-9, ahead, mine), mine), 0.9) == (8.0, 8.0)


def test_the_fewer_stand_ahead_the_wider_the_range_beside_the_wait() -> None:
    def width(ahead: int) -> float:
        people = [waits(place, 0.0, called=place * 11.0 + 1) for place in range(ahead)]
        mine = waits(ahead, 0.0, called=ahead * 11.0 + 1)
        found = drawn(a_history(0.6, *people, mine), mine)
        low, high = narrowest(found, 0.9)
        return (high - low) / (sum(found) / len(found))

    assert width(2) > width(8) > width(30)


def test_a_pause_and_whoever_comes_later_with_an_earlier_key_are_known() -> None:
    mine, later = waits(5, 0.0, called=90.0), waits(1, 2.0, called=60.0)
    in_hand = waits(0, -5.0, called=-4.0, freed=8.0)
    history = a_history(1e-9, in_hand, mine, later)
    history.away[ONE] = [Away(7.0, 8.0, 40.0)]
    found = drawn(history, mine, 5)
    assert found == [found[0]] * 5
    assert abs(found[0] - (7 + 40 + 11)) < 0.1, "the one in hand, the pause, the one with the earlier key"


def test_the_narrowest_stretch_holds_its_share() -> None:
    assert narrowest([0, 1, 2, 3, 4, 5, 6, 7, 8, 100], 0.9) == (0, 8)
    assert narrowest([0, 90, 91, 92, 93], 0.8) == (90, 93)
