"""Islands through the whole server: who may lease and hand in, what is answered, what a new day makes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from server.db import open_store
from server.domain.facts import FactKind
from shared.protocol.commands import CallNext, LeaseNumbers, MergeTickets
from shared.protocol.replies import Called, Leased, Merged, MergedTicket
from shared.protocol.steering import CloseService
from shared.vocabulary import ErrorCode, PrintState, island_visit
from tests.support.builders import NINE, TODAY
from tests.support.islands import an_island_ticket
from tests.support.memory_store import MemoryStore
from tests.support.server_in_memory import ServerInMemory

LEASE = LeaseNumbers(journal="j1")


def leased(server: ServerInMemory) -> Leased:
    result = server.does(server.kiosk(), LEASE)
    assert isinstance(result, Leased)
    return result


def test_a_kiosk_alone_gives_no_numbers_for_what_a_supervisor_closed_today() -> None:
    server = ServerInMemory()
    server.does(server.person(), CloseService(service="KTP", because="network down"))
    told = leased(server)
    assert [(hours.services, bool(hours.spans)) for hours in told.hours] == [
        (("KTP",), False),
        (("KK", "AKTA", "PKB"), True),
    ]


def test_a_kiosk_is_told_all_that_it_needs_to_go_on_alone() -> None:
    told = leased(ServerInMemory(block=5))
    assert [(block.series, block.first, block.last) for block in told.blocks] == [
        ("A", 501, 505),
        ("B", 501, 505),
        ("T", 501, 505),
    ]
    assert told.service_date == TODAY
    assert told.until == datetime(2026, 11, 23, 19, tzinfo=UTC)
    assert told.follow == "http://hall/v/"
    (hours,) = told.hours
    assert set(hours.services) == {"KTP", "KK", "AKTA", "PKB"}
    assert hours.spans[0] == (datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 23, 7, tzinfo=UTC))


def test_numbers_that_were_handed_in_are_not_leased_again() -> None:
    server = ServerInMemory(block=5)
    leased(server)
    server.does(server.kiosk(), MergeTickets(service_date=TODAY, tickets=(an_island_ticket(502),)))
    assert [(b.first, b.last) for b in leased(server).blocks if b.series == "A"] == [(501, 501), (503, 505)]


def test_without_blocks_there_is_no_island() -> None:
    assert leased(ServerInMemory(block=0)).blocks == ()


def test_what_was_handed_in_can_be_called_and_followed() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.officer()
    leased(server)
    server.passes(seconds=20 * 60)
    given = an_island_ticket(501, arrived_at=NINE + timedelta(minutes=3), print_state=PrintState.FAILED)
    result = server.does(kiosk, MergeTickets(service_date=TODAY, tickets=(given,)))
    assert result == Merged(tickets=(MergedTicket("A", 501),))
    visit = server.lobby.visits[island_visit(TODAY, "A", 501)]
    assert (visit.key, visit.print_state) == (given.key, PrintState.FAILED)
    assert visit.arrived_at == NINE + timedelta(minutes=3)
    assert "visit" in server.follows(server.phone(given.key), f"visit:{given.key}")
    called = server.does(officer, CallNext())
    assert isinstance(called, Called)
    assert called.ticket == "A-501"


def test_handed_in_twice_under_two_ids_and_after_a_restart_it_counts_once() -> None:
    server = ServerInMemory()
    leased(server)
    batch = MergeTickets(service_date=TODAY, tickets=(an_island_ticket(501), an_island_ticket(502)))
    first = server.asks(server.kiosk(), batch, "m1")
    assert server.asks(server.kiosk(), batch, "m1").replayed
    server.restarts()
    again = server.asks(server.kiosk(), batch, "m2")
    assert again.result == first.result
    assert len(server.lobby.visits) == 2


def test_a_commit_that_fails_promises_nothing_and_the_same_batch_is_taken_later() -> None:
    server = ServerInMemory()
    leased(server)
    batch = MergeTickets(service_date=TODAY, tickets=(an_island_ticket(501),))
    server.store.broken = True
    assert server.refusal(server.kiosk(), batch).code is ErrorCode.STORAGE_UNAVAILABLE
    server.store.broken = False
    server.passes(seconds=2)
    server.does(server.kiosk(), batch)
    assert [visit.ticket for visit in server.lobby.visits.values()] == ["A-501"]


def test_one_that_is_refused_does_not_keep_the_others_out() -> None:
    server = ServerInMemory()
    leased(server)
    batch = MergeTickets(service_date=TODAY, tickets=(an_island_ticket(901), an_island_ticket(501)))
    result = server.does(server.kiosk(), batch)
    assert result == Merged(tickets=(MergedTicket("A", 901, ErrorCode.NOT_LEASED), MergedTicket("A", 501)))


def test_handed_in_after_its_day_it_is_written_down_and_nobody_waits() -> None:
    server = ServerInMemory()
    leased(server)
    server.passes(seconds=24 * 60 * 60)
    batch = MergeTickets(service_date=TODAY, tickets=(an_island_ticket(501),))
    result = server.does(server.kiosk(), batch)
    assert result == Merged(tickets=(MergedTicket("A", 501, ErrorCode.DAY_OVER),))
    assert not server.lobby.visits
    (fact,) = [fact for fact in server.store.facts if fact.kind is FactKind.MERGE_REFUSED]
    assert (fact.why["ticket"], fact.why["service_date"]) == ("A-501", TODAY.isoformat())


def test_the_days_end_ends_every_block_also_when_the_server_was_off_then() -> None:
    server = ServerInMemory()
    leased(server)
    server.now += timedelta(days=1)
    server.restarts()
    day = server.store.read_lobby(TODAY)
    assert not any(lease.stands for lease in day.leases)
    assert leased(server).service_date == date(2026, 11, 24)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_that_no_calendar_has_counts_as_now(moment: str) -> None:
    server = ServerInMemory()
    leased(server)
    given = an_island_ticket(501, arrived_at=datetime.fromisoformat(moment))
    assert server.does(server.kiosk(), MergeTickets(service_date=TODAY, tickets=(given,))) == Merged(
        tickets=(MergedTicket("A", 501),)
    )
    assert server.lobby.visits[island_visit(TODAY, "A", 501)].arrived_at == server.now


def test_a_key_of_an_earlier_day_is_refused_and_keeps_nobody_elses_request_out(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'loket.sqlite'}") as store:
        server = ServerInMemory(store=cast(MemoryStore, store.lobbies), bookings=store.bookings)
        leased(server)
        server.does(server.kiosk(), MergeTickets(service_date=TODAY, tickets=(an_island_ticket(501),)))
        server.now += timedelta(days=1)
        server.restarts()
        leased(server)
        tomorrow, key = server.lobby.service_date, an_island_ticket(501).key
        again = (an_island_ticket(501, key=key), an_island_ticket(502))
        result = server.does(server.kiosk(), MergeTickets(service_date=tomorrow, tickets=again))
        assert result == Merged(
            tickets=(MergedTicket("A", 501, ErrorCode.NUMBER_TAKEN), MergedTicket("A", 502)),
        )
