"""A hall with a survey: everybody who is served is invited, or nobody; visits that come and go in one call."""

from __future__ import annotations

from dataclasses import dataclass

from shared.protocol import commands as c
from shared.protocol.replies import Called, Issued
from shared.vocabulary import Language, Program
from tests.support.people import PEOPLE
from tests.support.running_server import RunningServer, Wire, an_open_counter

ALL_INVITED = PEOPLE + "\n[site.survey]\nexpected_visits = 1\nhidden_below = 2\n"
"""Of the small hall's people, everybody who is served."""


@dataclass
class Visitors:
    """Who come to counter 1 for an identity card, one after the other."""

    server: RunningServer
    kiosk: Wire
    counter: Wire

    @classmethod
    def to(cls, server: RunningServer) -> Visitors:
        return cls(server, server.program(Program.KIOSK, "kiosk"), an_open_counter(server))

    def comes(self, language: Language = Language.INDONESIAN) -> Issued:
        issued = self.kiosk.ask(c.IssueTicket(service="card", language=language)).result
        assert isinstance(issued, Issued)
        return issued

    def is_called(self) -> Called:
        called = self.counter.ask(c.CallNext()).result
        assert isinstance(called, Called)
        return called

    def is_served(self, language: Language = Language.INDONESIAN) -> Issued:
        issued = self.comes(language)
        self.finishes(self.is_called().leg)
        return issued

    def finishes(self, leg: str) -> None:
        """Whoever was called comes, and is served."""
        assert self.counter.ask(c.Serve(leg=leg)).refusal is None
        assert self.counter.ask(c.Finish(leg=leg)).refusal is None
