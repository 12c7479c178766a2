"""Any outages: presses, cuts, kills, restarts, lost replies, lost journals and new days, in any order."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from server.domain.service_day import service_date
from shared.vocabulary import Priority, ServiceId, VisitId
from tests.support.builders import AKTA, KK, KTP
from tests.support.lone_kiosk import LoneKiosk, PaperSlip
from tests.support.server_in_memory import ServerInMemory

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # a long story told short takes minutes
kiosks = st.sampled_from([0, 1])
services = st.sampled_from([KTP, KTP, KK, AKTA])


class AnyOutages(RuleBasedStateMachine):
    """No number is in two hands, and whoever holds a paper waits, once."""

    @initialize()
    def open_the_hall(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="loket-kiosks-"))
        self.server = ServerInMemory(block=4)
        self.kiosks = [LoneKiosk(self.server, self.folder, f"kiosk-{number}") for number in (1, 2)]
        self.forgotten: set[str] = set()
        self.is_whole = True
        """No journal was lost: then nobody waits whose number nobody saw, either."""
        for kiosk in self.kiosks:
            kiosk.connects()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.everybody_comes_back()
            shutil.rmtree(self.folder)

    @rule(at=kiosks, service=services, replies_are_lost=st.booleans(), priority=st.sampled_from(Priority))
    def a_visitor_presses(self, at: int, service: ServiceId, replies_are_lost: bool, priority: Priority) -> None:
        self.kiosks[at].press(service, priority)
        self.kiosks[at].settles(replies_are_lost=replies_are_lost)

    @rule(at=kiosks, service=services, server_hears=st.booleans(), off_for=st.sampled_from([1, 40]))
    def a_visitor_presses_and_the_kiosk_is_killed(
        self, at: int, service: ServiceId, server_hears: bool, off_for: int
    ) -> None:
        self.kiosks[at].press(service)
        if server_hears:
            self.kiosks[at].settles(replies_are_lost=True)
        self.kiosks[at].is_killed()
        self.server.now += timedelta(seconds=off_for)
        self.kiosks[at].starts()

    @rule(at=kiosks)
    def the_wire_is_cut(self, at: int) -> None:
        self.kiosks[at].loses_the_server()

    @rule(at=kiosks, replies_are_lost=st.booleans())
    def the_wire_is_mended(self, at: int, replies_are_lost: bool) -> None:
        self.kiosks[at].connects(replies_are_lost=replies_are_lost)

    @rule(at=kiosks)
    def a_kiosk_is_killed(self, at: int) -> None:
        self.kiosks[at].is_killed()
        self.kiosks[at].starts()

    @rule()
    def the_server_is_killed(self) -> None:
        for kiosk in self.kiosks:
            kiosk.loses_the_server()
        self.server.restarts()

    @rule(seconds=st.sampled_from([0.3, 2, 11, 31, 700]))
    def time_passes(self, seconds: float) -> None:
        self.server.now += timedelta(seconds=seconds)
        for kiosk in self.kiosks:
            kiosk.waits(0)
            kiosk.settles()

    @rule(at=kiosks)
    def a_journal_is_lost(self, at: int) -> None:
        kiosk = self.kiosks[at]
        kiosk.is_killed()
        self.forgotten |= {given.visit for given in kiosk.going_on.memory.to_hand_in()}
        self.is_whole = False
        (self.folder / kiosk.name).unlink()
        kiosk.starts()

    @rule(server_is_there=st.booleans())
    def a_new_day_begins(self, server_is_there: bool) -> None:
        if not server_is_there:
            self.the_server_is_killed()
        self.server.now += timedelta(days=1) - timedelta(minutes=20)
        if service_date(self.server.now, self.server.catalogue.site.time_zone).weekday() >= 5:
            self.server.now += timedelta(days=2)
        self.server.run()
        for kiosk in self.kiosks:
            kiosk.waits(0)
            kiosk.settles()

    @invariant()
    def no_number_is_in_two_hands(self) -> None:
        numbers = [(self._day(paper), paper.ticket) for kiosk in getattr(self, "kiosks", ()) for paper in kiosk.papers]
        assert len(numbers) == len(set(numbers))

    def everybody_comes_back(self) -> None:
        """The server is there, everybody connects, and what nobody waits for any more is given up."""
        for kiosk in self.kiosks:
            kiosk.connects()
        for _ in range(3):
            self.time_passes(11)
        today = service_date(self.server.now, self.server.catalogue.site.time_zone)
        papers = [paper for kiosk in self.kiosks for paper in kiosk.papers if self._day(paper) == today]
        for paper in papers:
            if paper.visit in self.forgotten:
                continue
            visit = self.server.lobby.visits[VisitId(paper.visit)]
            assert (visit.ticket, visit.key) == (paper.ticket, paper.key)
            assert visit.is_open, "whoever holds a paper waits"
            assert abs(visit.arrived_at - paper.pressed_at) <= timedelta(seconds=31)
        assert all(not kiosk.going_on.memory.to_hand_in() for kiosk in self.kiosks)
        if self.is_whole:
            waiting = {visit.id for visit in self.server.lobby.visits.values() if visit.is_open}
            assert waiting == {paper.visit for paper in papers}, "nobody waits whose number nobody saw"

    def _day(self, paper: PaperSlip) -> date:
        return service_date(paper.pressed_at, self.server.catalogue.site.time_zone)


test_no_number_is_in_two_hands_whatever_is_cut = AnyOutages.TestCase
test_no_number_is_in_two_hands_whatever_is_cut.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck)
)
