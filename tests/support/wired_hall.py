"""The hall of the stories behind sockets: each verb is a program's command to a real server, over wires that break.

What the verbs did is read where it was written: in the database that the server keeps.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from server.app.catalogue_file import read_catalogue
from server.domain.errors import RefusedError
from shared.notices import Answered, GivenUp
from shared.protocol import commands as c
from shared.protocol.commands import Command
from shared.protocol.replies import Issued
from shared.vocabulary import (
    AgencyId,
    CancelReason,
    CounterId,
    ErrorCode,
    Language,
    OfficerId,
    Outcome,
    PrinterFault,
    PrintState,
    Program,
    ServiceId,
)
from tests.support.builders import NINE, SEATS, TAX, TODAY
from tests.support.chaos_proxy import ChaosProxy, Fault, Way
from tests.support.hall import Hall, Ticket
from tests.support.many_counters import introduce
from tests.support.pressing import Presser
from tests.support.running_server import PIN, RunningServer
from tests.support.waiting import PATIENCE

T = TypeVar("T")
KIOSK = "kiosk"
PROGRAMS = (KIOSK, *SEATS)
BREAKS = 1 / 3
FAULTS = (Fault.CUT, Fault.RESET, Fault.HALF_CLOSE)
FRAME = 250  # bytes: a request or a reply, and a little more
PING = 0.5  # seconds after which a program takes a silent server for gone
BREATH = timedelta(milliseconds=1)  # a clock that stands still has no order


class WiredHall(Hall):
    """Opens like any `Hall`; close it when it is done with."""

    def __init__(self, folder: Path) -> None:
        self.now = NINE
        self._server = RunningServer(folder, CATALOGUE, generous=True, clock=lambda: self.now)
        self._server.__enter__()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="programs")
        self._thread.start()
        self._running = AsyncExitStack()
        self._dice: Random | None = None
        self._proxies: dict[str, ChaosProxy] = {}
        self._programs: dict[str, Presser] = {}
        for name in PROGRAMS:
            kind = Program.KIOSK if name == KIOSK else Program.COUNTER
            token = introduce(self._server.store, kind, name, self.now)
            self._run(self._begin(kind, name, token))
        for officer in SEATS.values():
            self._server.set_pin(officer)
        catalogue = read_catalogue(CATALOGUE, version=1, today=TODAY)
        super().__init__(self._server.store.lobbies, catalogue)

    def close(self) -> None:
        self._run(self._running.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()
        self._server.__exit__(None, None, None)

    def breaks_wires(self, dice: Random) -> None:
        """From now on a request in three loses its connection: before, within or after its own frame or its reply's."""
        self._dice = dice

    @property
    def broken(self) -> int:
        """How many wires have been broken."""
        return sum(proxy.struck for proxy in self._proxies.values())

    # --- the verbs, as a program asks for them ---

    def takes_number(self, service: ServiceId, **_: object) -> Ticket:
        issued: list[Issued] = []

        def press() -> None:
            result = self._ask(KIOSK, c.IssueTicket(service=service, language=Language.INDONESIAN))
            assert isinstance(result, Issued)
            issued.append(result)

        self._do(press)
        return issued[0].ticket

    def cancels(self, ticket: Ticket, reason: CancelReason = CancelReason.BY_VISITOR) -> None:
        agency: AgencyId = self.catalogue.services[self.leg(ticket).service].agency
        counter = next(one for one in SEATS if (self.catalogue.counters[one].agency == TAX) is (agency == TAX))
        self._desk_asks(counter, c.Cancel(visit=self.visit(ticket).id, reason=reason))

    def printer_reports(
        self, ticket: Ticket, state: PrintState, fault: PrinterFault | None = None, copy: int = 0
    ) -> None:
        report = c.ReportPrint(visit=self.visit(ticket).id, state=state, fault=fault, copy=copy)
        self._do(lambda: self._ask(KIOSK, report))

    def sits(self, officer: OfficerId, counter: CounterId, *, take_over: bool = False) -> None:
        self._do(lambda: self._sign_in(officer, counter, take_over=take_over))

    def opens(self, counter: CounterId) -> None:
        self._desk_asks(counter, c.OpenCounter())

    def presses_next(self, counter: CounterId, believed: Ticket | None) -> Ticket:
        self._desk_asks(counter, c.CallNext(in_hand=None if believed is None else self.leg(believed).id))
        return self._ticket_in_hand(counter)

    def recalls(self, counter: CounterId, ticket: Ticket) -> None:
        self._desk_asks(counter, c.Recall(leg=self.leg(ticket).id))

    def serves(self, counter: CounterId, ticket: Ticket) -> None:
        self._desk_asks(counter, c.Serve(leg=self.leg(ticket).id))

    def finishes(self, counter: CounterId, ticket: Ticket, outcome: Outcome = Outcome.SOLVED) -> None:
        self._desk_asks(counter, c.Finish(leg=self.leg(ticket).id, outcome=outcome))

    def parks(self, counter: CounterId, ticket: Ticket, note: str = "") -> None:
        self._desk_asks(counter, c.Park(leg=self.leg(ticket).id, note=note))

    def resumes(self, counter: CounterId, ticket: Ticket) -> None:
        self._desk_asks(counter, c.Resume(leg=self.leg(ticket).id))

    def marks_missed(self, counter: CounterId, ticket: Ticket) -> None:
        self._desk_asks(counter, c.MarkMissed(leg=self.leg(ticket).id))

    def returns(self, counter: CounterId, ticket: Ticket) -> None:
        self._desk_asks(counter, c.Return(leg=self.leg(ticket).id))

    def transfers(
        self, counter: CounterId, ticket: Ticket, service: ServiceId, *, only_counter: CounterId | None = None
    ) -> None:
        self._desk_asks(counter, c.Transfer(leg=self.leg(ticket).id, service=service, counter=only_counter))

    # --- the server ---

    def restarts(self) -> None:
        self._server.__exit__(None, None, None)
        self._server.__enter__()
        self.store = self._server.store.lobbies
        super().restarts()

    def ends_the_day(self) -> None:
        """It does by itself, once its clock says so."""

    def refusal(self, verb: Callable[[], object]) -> ErrorCode | None:
        before = self._lobby.visits
        try:
            verb()
        except RefusedError as refused:
            self._lobby = self._read(self.catalogue, self._today())
            assert self._lobby.visits == before, "refused, but changed"
            return refused.code
        return None

    # --- how ---

    def _do(self, verb: Callable[[], object]) -> None:
        self.now += BREATH
        verb()
        self._lobby = self._read(self.catalogue, self._today())

    def _desk_asks(self, counter: CounterId, command: Command) -> None:
        self._do(lambda: self._signed_in(counter, command))

    def _signed_in(self, counter: CounterId, command: Command) -> None:
        """As a counter program does: after a lost connection its officer signs in again, and asks for what was not
        done. What was done is answered by the reply that was stored."""
        while True:
            try:
                self._ask(counter, command)
            except RefusedError as refused:
                if refused.code not in (
                    ErrorCode.FORBIDDEN,
                    ErrorCode.PIN_NEEDED,
                ):  # idle for long, by the turned clock
                    raise
                self._sign_in(SEATS[counter], counter)
            else:
                return

    def _sign_in(self, officer: OfficerId, counter: CounterId, *, take_over: bool = False) -> None:
        self._ask(counter, c.SignIn(officer=officer, pin=PIN, counter=counter, take_over=take_over))

    def _ask(self, program: str, command: Command) -> object:
        outcome = self._run(self._asked(program, command))
        assert isinstance(outcome, Answered)
        if outcome.refusal is not None:
            raise RefusedError(outcome.refusal.code)
        return outcome.result

    async def _asked(self, program: str, command: Command) -> Answered | GivenUp:
        if self._dice is not None and self._dice.random() < BREAKS:
            way, fault = self._dice.choice(list(Way)), self._dice.choice(FAULTS)
            self._proxies[program].arm(way, self._dice.randrange(FRAME), fault)
        return await self._programs[program].ask(command)

    async def _begin(self, kind: Program, name: str, token: str) -> None:
        proxy = await self._running.enter_async_context(ChaosProxy(self._server.port))
        presser = Presser(kind, name, token, proxy.port, ping=PING, retry=0.03)
        self._proxies[name] = proxy
        self._programs[name] = await self._running.enter_async_context(presser)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(2 * PATIENCE)


_HEAD = """\
[site]
id = "sample"
name = { id = "MPP Contoh", en = "MPP Contoh" }
time_zone = "Asia/Makassar"
holidays = "none"
hours = "office"

[site.calling]
recall_gap_seconds = 0
grace_seconds = 0

[hours.office]
monday = ["08:00-15:00"]
tuesday = ["08:00-15:00"]
wednesday = ["08:00-15:00"]
thursday = ["08:00-15:00"]
friday = ["08:00-15:00"]

[[zone]]
id = "A"
name = { id = "Zona A", en = "Zone A" }
walking_seconds = 0

[[agency]]
id = "permits"
name = { id = "Perizinan", en = "Permits" }
short_name = "Izin"
prefix = "A"

[[agency]]
id = "tax"
name = { id = "Pajak", en = "Tax" }
short_name = "Pajak"
prefix = "T"
"""
_SERVICE = """
[[service]]
id = "{0}"
agency = "{1}"
name = {{ id = "{0}", en = "{0}" }}
prefix = "{2}"
fee = {{ id = "gratis", en = "free" }}
standard_minutes = 10
"""
_COUNTER = """
[[counter]]
id = "c{0}"
number = "{0}"
zone = "A"
agency = "{1}"
profile = {3}

[[officer]]
id = "{2}"
name = "{2}"
agency = "{1}"
"""
_SERVICES = (("KTP", "permits", "A"), ("KK", "permits", "A"), ("AKTA", "permits", "B"), ("PKB", "tax", "T"))
_COUNTERS = (
    (1, "permits", "ayu", '["KTP", "KK", "AKTA"]'),
    (2, "permits", "budi", '["KTP", "AKTA"]'),
    (3, "tax", "citra", '["PKB"]'),
)
CATALOGUE = "".join(
    (_HEAD, *(_SERVICE.format(*one) for one in _SERVICES), *(_COUNTER.format(*one) for one in _COUNTERS))
)
"""The hall of the builders, as a file."""
