"""What everybody is told when a service closes, a day ends, a catalogue changes, or the database is gone."""

from __future__ import annotations

from datetime import date, timedelta

from server.app.jobs import Followed, Looked
from server.app.ports import StorageError, StoredLobby
from shared.protocol import commands as c
from shared.protocol.messages import Snapshot
from shared.protocol.replies import Called
from shared.protocol.views import Table
from shared.vocabulary import (
    CounterState,
    ErrorCode,
    LegState,
)
from tests.support.builders import ONE, a_catalogue, a_counter, a_service, minutes
from tests.support.memory_store import MemoryStore
from tests.support.server_in_memory import A_NUMBER, ServerInMemory, ear, line_of


def test_a_service_that_closes_by_the_clock_closes_on_the_kiosks() -> None:
    server = ServerInMemory()
    kiosk = server.kiosk()
    server.follows(kiosk, "kiosk")
    server.passes(minutes(6 * 60 - 1).total_seconds())
    assert line_of(ear(kiosk).tables["kiosk"]).open
    server.passes(seconds=61)
    line = line_of(ear(kiosk).tables["kiosk"])
    assert not line.open
    assert line.opens_at is not None


def test_the_next_day_begins_with_number_one_and_nobody_in_line() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.officer()
    server.follows(kiosk, "kiosk")
    old = server.issues(kiosk)
    server.passes(minutes(24 * 60).total_seconds())
    assert server.store.read_lobby(server.lobby.service_date - timedelta(days=1)).visits[0].is_open is False
    assert line_of(ear(kiosk).tables["kiosk"]).waiting == 0
    assert server.issues(kiosk).ticket == old.ticket == "A-001"
    assert server.refusal(officer, c.CallNext()).code is ErrorCode.FORBIDDEN, "who sat down yesterday signs in again"


def test_a_day_that_was_left_open_is_closed_at_the_next_start() -> None:
    server = ServerInMemory()
    old = server.issues(server.kiosk())
    yesterday = server.lobby.service_date
    server.now += timedelta(days=1)
    server.restarts()
    (visit,) = server.store.read_lobby(yesterday).visits
    assert (visit.id, visit.last_leg.state) == (old.visit, LegState.EXPIRED)
    assert not server.lobby.visits


def test_a_new_catalogue_reaches_every_screen_and_loses_nobody() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.officer()
    server.follows(kiosk, "kiosk")
    server.follows(officer, "desk:c1")
    mine = server.issues(kiosk)
    before = server.catalogue
    server.catalogue = a_catalogue(
        [a_service("SIM"), a_service("KK")],
        [a_counter(ONE, "SIM", "KK", "KTP")],
        version=2,
        removed=[before.services[service] for service in before.services if service not in ("KK",)],
    )
    server.passes(seconds=1)
    table = ear(kiosk).tables["kiosk"]
    assert "line:SIM" in table
    assert "service:KTP" not in table
    assert f"waiting:{mine.leg}" in ear(officer).tables["desk:c1"]
    assert server.refusal(kiosk, A_NUMBER).code is ErrorCode.SERVICE_REMOVED
    assert server.does(officer, c.CallNext()) == Called(leg=mine.leg, ticket=mine.ticket)


class _Disk(MemoryStore):
    """One that, while broken, cannot be read either."""

    def read_lobby(self, service_date: date) -> StoredLobby:
        if self.broken:
            raise StorageError("gone")
        return super().read_lobby(service_date)


def test_reading_goes_on_while_the_database_is_gone() -> None:
    server = ServerInMemory(store=_Disk())
    kiosk, display = server.kiosk(), server.display()
    server.follows(kiosk, "kiosk")
    server.issues(kiosk)
    server.store.broken = True
    server.asks(kiosk, A_NUMBER)
    assert server.engine.lobby is None
    looked: list[Table | None] = []
    server.run(Looked("kiosk", looked.append))
    assert looked[0] is not None
    assert line_of(looked[0]).waiting == 1
    late = server.kiosk("kiosk-2")
    server.run(Followed(late, "kiosk"), Followed(display, "board:A"))
    assert line_of(ear(late).tables["kiosk"]).waiting == 1
    assert not [m for m in ear(display).heard if isinstance(m, Snapshot)], "nothing is known of this zone yet"
    server.store.broken = False
    server.passes(seconds=2)
    assert "zone" in ear(display).tables["board:A"]
    assert server.lobby.counters[ONE].state is CounterState.CLOSED
