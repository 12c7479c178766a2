"""What the flow wants done: the view model does it and reports back with an event."""

from __future__ import annotations

import msgspec

from kiosk.states import Ticket
from shared.protocol.commands import CheckIn, ComeBack, IssueTicket, ReportPrint, ReportPrinter
from shared.vocabulary import RequestId


class Ask(msgspec.Struct, frozen=True):
    """Ask the server for a number; give it up when no answer has come after so many seconds."""

    command: IssueTicket
    give_up_after: float


class AskBack(msgspec.Struct, frozen=True):
    """Ask the server to take a missed visitor back, or to let one with a booking in. It need not survive a restart:
    slip and booking can be shown again."""

    command: ComeBack | CheckIn
    give_up_after: float


class GiveHere(msgspec.Struct, frozen=True):
    """Give a number of the own block; a request that the server may still have is given up."""

    command: IssueTicket
    instead_of: RequestId | None = None


class Report(msgspec.Struct, frozen=True):
    command: ReportPrint | ReportPrinter


class Print(msgspec.Struct, frozen=True):
    """Print the slip; `copy` counts reprints, 0 is the first paper."""

    ticket: Ticket
    copy: int


class CheckPin(msgspec.Struct, frozen=True):
    pin: str


class ShowInWindow(msgspec.Struct, frozen=True):
    """Leave full screen, so that staff reach the desktop."""


class Quit(msgspec.Struct, frozen=True):
    pass


Effect = Ask | AskBack | GiveHere | Report | Print | CheckPin | ShowInWindow | Quit
