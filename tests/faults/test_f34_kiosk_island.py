"""F34: the server is gone for half an hour, and two kiosks go on. Nothing is lost, doubled or out of order."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from server.app.numbers import gaps
from server.db import open_store
from shared.protocol.commands import CallNext, Serve
from shared.protocol.replies import Called
from shared.vocabulary import PrintState, VisitId
from tests.support.builders import AKTA, KTP, PKB, TODAY
from tests.support.databases import EVERY_DATABASE, empty_postgresql_url, postgresql, postgresql_url, sqlite_url
from tests.support.lone_kiosk import ANSWER_WITHIN, LoneKiosk, PaperSlip
from tests.support.memory_store import MemoryStore
from tests.support.promises import RecordFigure
from tests.support.server_in_memory import ServerInMemory

__all__ = ["empty_postgresql_url", "postgresql", "postgresql_url", "sqlite_url"]

OUTAGE = timedelta(minutes=30)
TICKETS = 60
BEFORE = 3  # numbers of each kiosk while the server is there


@pytest.fixture(params=EVERY_DATABASE)
def url(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(request.param)
    return found


def test_half_an_hour_without_the_server(url: str, tmp_path: Path, figure: RecordFigure) -> None:
    with open_store(url) as store:
        server = ServerInMemory(store=cast(MemoryStore, store.lobbies), bookings=store.bookings)
        kiosks = [
            LoneKiosk(server, tmp_path, "kiosk-1"),
            LoneKiosk(server, tmp_path, "kiosk-2", machine_is_off_by=timedelta(minutes=7)),
        ]
        for kiosk in kiosks:
            kiosk.connects()
            for _ in range(BEFORE):
                kiosk.press(KTP)
                kiosk.settles()
            kiosk.waits(5)

        # It goes while a press is under way: the number exists, its reply is lost, and the visitor gets another.
        kiosks[0].press(AKTA)
        kiosks[0].settles(replies_are_lost=True)
        kiosks[1].loses_the_server()
        kiosks[0].waits(ANSWER_WITHIN + 1)
        _go_on_alone(server, kiosks, TICKETS - 1)

        server.restarts()
        kiosks[0].connects()
        kiosks[1].connects(replies_are_lost=True)  # the server has them, the kiosk does not know: all over again
        kiosks[1].is_killed()
        kiosks[1].starts()
        kiosks[1].connects()

        papers = [paper for kiosk in kiosks for paper in kiosk.papers]
        alone = [paper for paper in papers if paper.alone]
        assert len(alone) == TICKETS
        assert len(papers) == TICKETS + 2 * BEFORE
        _each_paper_is_one_visit(server, papers)
        off = [abs(server.lobby.visits[VisitId(paper.visit)].arrived_at - paper.pressed_at) for paper in alone]
        assert max(off) <= timedelta(seconds=2)
        unexplained = [gap for gap in gaps(store.numbers.of(TODAY)) if not gap.reason]
        assert unexplained == []
        _they_are_called_in_the_order_of_their_presses(server, papers)
    figure(
        "P8",
        "F34",
        f"{OUTAGE.seconds // 60} minutes alone, 2 kiosks, {TICKETS} numbers, one kiosk restarted, handed in twice: "
        f"0 lost, 0 double, 0 unexplained gaps, arrivals within {max(off).total_seconds():.1f} s",
    )


def _go_on_alone(server: ServerInMemory, kiosks: list[LoneKiosk], tickets: int) -> None:
    """By turns, spread over the outage; half-way one kiosk is killed, and starts without the server."""
    chance = random.Random(34)
    for number in range(tickets):
        server.now += OUTAGE / tickets
        kiosk = kiosks[number % 2]
        if number == tickets // 2:
            kiosk.is_killed()
            kiosk.starts()
        kiosk.press(chance.choice([KTP, KTP, AKTA, PKB]))


def _each_paper_is_one_visit(server: ServerInMemory, papers: list[PaperSlip]) -> None:
    assert len({paper.ticket for paper in papers}) == len({paper.visit for paper in papers}) == len(papers)
    for paper in papers:
        visit = server.lobby.visits[VisitId(paper.visit)]
        assert (visit.ticket, visit.key, visit.is_open) == (paper.ticket, paper.key, True)
        assert visit.print_state is PrintState.PRINTED
    waiting = [visit for visit in server.lobby.visits.values() if visit.is_open]
    assert len(waiting) == len(papers), "nobody waits whose number nobody saw"


def _they_are_called_in_the_order_of_their_presses(server: ServerInMemory, papers: list[PaperSlip]) -> None:
    expected = [
        paper.ticket for paper in sorted(papers, key=lambda paper: paper.pressed_at) if paper.service in (KTP, AKTA)
    ]
    officer, called, hand = server.officer(), [], None
    for _ in expected:
        result = server.does(officer, CallNext(in_hand=hand))
        assert isinstance(result, Called)
        called.append(result.ticket)
        hand = result.leg
        server.does(officer, Serve(leg=hand))
    assert called == expected
