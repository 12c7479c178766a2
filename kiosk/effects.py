"""What the flow wants done: the view model does it and reports back with an event."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.states import Ticket
from shared.protocol.commands import IssueTicket, ReportPrint, ReportPrinter
from shared.vocabulary import RequestId


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the server for a number; give it up when no answer has come after so many seconds."""

    command: IssueTicket
    give_up_after: float


@dataclass(frozen=True, slots=True)
class GiveHere:
    """Give a number of the own block; a request that the server may still have is given up."""

    command: IssueTicket
    instead_of: RequestId | None = None


@dataclass(frozen=True, slots=True)
class Report:
    command: ReportPrint | ReportPrinter


@dataclass(frozen=True, slots=True)
class Print:
    """Print the slip; `copy` counts reprints, 0 is the first paper."""

    ticket: Ticket
    copy: int


@dataclass(frozen=True, slots=True)
class CheckPin:
    pin: str


@dataclass(frozen=True, slots=True)
class ShowInWindow:
    """Leave full screen, so that staff reach the desktop."""


@dataclass(frozen=True, slots=True)
class Quit:
    pass


Effect = Ask | GiveHere | Report | Print | CheckPin | ShowInWindow | Quit
