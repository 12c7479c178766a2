"""Leasing: blocks for kiosks, and the merging of what they gave."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from server.domain.errors import RefusedError
from server.domain.facts import Actor, FactKind
from server.domain.leases import IslandTicket, LeaseEnd
from server.domain.lobby import Lobby
from server.domain.numbering import ISLAND_FIRST, ISLAND_LAST, next_block, next_number
from server.domain.visit import Visit
from shared.vocabulary import (
    CancelReason,
    DeviceId,
    ErrorCode,
    FollowKey,
    Language,
    LegId,
    PrintState,
    Priority,
    RequestId,
    ServiceId,
)
from tests.support.builders import KTP, NINE, ONE, a_lobby, call, issue, minutes
from tests.unit.server.domain.any_islands import AnyIslands

K1, K2 = DeviceId("kiosk-1"), DeviceId("kiosk-2")


def leased(lobby: Lobby, device: DeviceId = K1, journal: str = "j1", size: int = 30) -> list[str]:
    lobby.lease(device, journal, size, NINE, Actor(device))
    return [str(lease) for lease in lobby.held(device)]


def ticket(number: int, at: datetime = NINE, service: str = KTP, key: str = "") -> IslandTicket:
    return IslandTicket(
        RequestId(f"press-{number}"),
        "A",
        number,
        FollowKey(key or f"key-{number}"),
        ServiceId(service),
        Language.INDONESIAN,
        Priority.REGULAR,
        (),
        at,
        PrintState.PRINTED,
    )


def merged(lobby: Lobby, given: IslandTicket, now: datetime = NINE, device: DeviceId = K1) -> Visit:
    return lobby.merge(given, LegId(f"leg-{given.number}"), now, Actor(device))


def refusal(lobby: Lobby, given: IslandTicket, device: DeviceId = K1) -> ErrorCode:
    with pytest.raises(RefusedError) as refused:
        merged(lobby, given, device=device)
    return refused.value.code


def test_the_laws_hold_for_any_run_of_islands() -> None:
    run_state_machine_as_test(
        AnyIslands,
        settings=settings(
            max_examples=40, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_each_kiosk_gets_its_own_block_of_every_series_and_the_usual_numbers_are_not_touched() -> None:
    lobby = a_lobby()
    assert leased(lobby, K1) == ["A 501-530", "B 501-530", "T 501-530"]
    assert leased(lobby, K2) == ["A 531-560", "B 531-560", "T 531-560"]
    assert issue(lobby).ticket == "A-001"


def test_a_lease_asked_again_gives_nothing_more() -> None:
    lobby = a_lobby()
    assert leased(lobby) == leased(lobby)


def test_a_block_is_filled_up_when_half_of_it_was_given() -> None:
    lobby = a_lobby()
    leased(lobby, size=4)
    merged(lobby, ticket(501))
    assert leased(lobby, size=4)[0] == "A 501-504"
    merged(lobby, ticket(502))
    assert [block for block in leased(lobby, size=4) if block.startswith("A")] == ["A 501-504", "A 505-506"]


def test_a_kiosk_that_lost_its_memory_gets_other_numbers_and_the_facts_say_why() -> None:
    lobby = a_lobby()
    leased(lobby, journal="j1")
    assert leased(lobby, journal="j2")[0] == "A 531-560"
    ended = [fact for fact in lobby.take_changes().facts if fact.kind is FactKind.LEASE_ENDED]
    assert ended[0].why == {
        "block": "A 501-530",
        "end": LeaseEnd.JOURNAL_LOST.value,
        "kiosk": K1,
        "unused": "501-530",
    }


def test_what_it_gave_before_is_still_its_own() -> None:
    lobby = a_lobby()
    leased(lobby, journal="j1")
    leased(lobby, journal="j2")
    assert merged(lobby, ticket(501)).ticket == "A-501"


def test_the_day_ends_with_every_unused_number_explained() -> None:
    lobby = a_lobby()
    leased(lobby)
    merged(lobby, ticket(502))
    lobby.end_leases(NINE, Actor())
    assert not lobby.held(K1)
    fact = next(fact for fact in lobby.take_changes().facts if fact.why.get("block") == "A 501-530")
    assert (fact.why["end"], fact.why["unused"]) == ("day_over", "501, 503-530")


def test_a_ticket_stands_where_its_arrival_puts_it_not_where_its_number_does() -> None:
    lobby = a_lobby(waiting=["A-001", "A-002"])
    leased(lobby)
    later = NINE + minutes(40)
    third = issue(lobby, now=later)
    merged(lobby, ticket(501, NINE + minutes(10)), later)
    merged(lobby, ticket(502, NINE + minutes(5)), later)
    line = [lobby.visit_of(leg.id).ticket for leg in lobby.line(KTP)]
    assert line == ["A-001", "A-002", "A-502", "A-501", third.ticket]
    assert lobby.visit_of(call(lobby, ONE).id).ticket == "A-001"


def test_merged_twice_is_counted_once() -> None:
    lobby = a_lobby()
    leased(lobby)
    assert merged(lobby, ticket(501)) == merged(lobby, ticket(501))
    assert len(lobby.visits) == 1
    assert [fact.kind for fact in lobby.take_changes().facts].count(FactKind.MERGED) == 1


def test_merged_again_after_it_was_cancelled_it_stays_cancelled() -> None:
    lobby = a_lobby()
    leased(lobby)
    visit = merged(lobby, ticket(501))
    lobby.cancel(visit.id, CancelReason.LEFT, NINE, Actor(K1))
    assert merged(lobby, ticket(501)).is_open is False


def test_hours_and_quota_do_not_matter_to_a_paper_that_was_given() -> None:
    lobby = a_lobby()
    leased(lobby)
    assert merged(lobby, ticket(501, NINE + minutes(300)), NINE + minutes(600)).is_open


@pytest.mark.parametrize("number", [1, 500, 531, 999])
def test_a_number_that_the_kiosk_does_not_hold_is_refused_and_written_down(number: int) -> None:
    lobby = a_lobby()
    leased(lobby, K1)
    lobby.take_changes()
    assert refusal(lobby, ticket(number)) is ErrorCode.NOT_LEASED
    assert [fact.kind for fact in lobby.take_changes().facts] == [FactKind.MERGE_REFUSED]
    assert not lobby.visits


def test_nobody_hands_in_from_anothers_block() -> None:
    lobby = a_lobby()
    leased(lobby, K1)
    assert refusal(lobby, ticket(501), K2) is ErrorCode.NOT_LEASED


def test_another_paper_with_the_same_number_or_key_is_refused() -> None:
    lobby = a_lobby()
    leased(lobby)
    merged(lobby, ticket(501))
    assert refusal(lobby, ticket(501, key="another")) is ErrorCode.NUMBER_TAKEN
    assert refusal(lobby, ticket(502, key="key-501")) is ErrorCode.NUMBER_TAKEN


def test_an_unknown_service_is_refused() -> None:
    lobby = a_lobby()
    leased(lobby)
    assert refusal(lobby, ticket(501, service="nothing")) is ErrorCode.UNKNOWN_SERVICE


@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        (minutes(10), minutes(10)),
        (minutes(-2), minutes(0)),
        (minutes(33), minutes(30)),
        (timedelta(days=-900), minutes(30)),
        (timedelta(days=900), minutes(30)),
    ],
    ids=["sane", "a little before its lease", "a little ahead", "an empty battery", "the far future"],
)
def test_an_arrival_that_cannot_be_counts_as_now(claimed: timedelta, kept: timedelta) -> None:
    lobby = a_lobby()
    leased(lobby)
    assert merged(lobby, ticket(501, NINE + claimed), NINE + minutes(30)).arrived_at == NINE + kept


def test_the_usual_numbers_step_over_the_range_of_the_islands() -> None:
    assert next_number({"A": ISLAND_FIRST - 2}, "A") == ISLAND_FIRST - 1
    assert next_number({"A": ISLAND_FIRST - 1}, "A") == ISLAND_LAST + 1
    assert next_number({"A": ISLAND_LAST + 1}, "A") == ISLAND_LAST + 2


def test_blocks_end_where_their_range_ends() -> None:
    assert list(next_block(ISLAND_LAST - 2, 30)) == [ISLAND_LAST - 1, ISLAND_LAST]
    assert not next_block(ISLAND_LAST, 30)
    assert not next_block(None, 0)


def test_a_kiosk_that_forgets_again_and_again_leaves_the_range_to_the_others() -> None:
    lobby = a_lobby()
    for memory in range(50):
        leased(lobby, K1, f"j{memory}")
    assert lobby.held(K1) == ()
    assert leased(lobby, K2)[0] == f"A {ISLAND_FIRST + 4 * 30}-{ISLAND_FIRST + 5 * 30 - 1}"
