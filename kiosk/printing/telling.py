"""What is said of a printer to whoever sets it up: one sentence each."""

from __future__ import annotations

from kiosk.printing.abilities import Abilities
from kiosk.printing.printer import Failed, Look, Printed, PrintResult, Unknown
from shared.vocabulary import PrinterFault

FAULTS = {
    PrinterFault.PAPER_OUT: "the printer has no paper",
    PrinterFault.COVER_OPEN: "the printer's cover is open",
    PrinterFault.OFFLINE: "there is no printer at this address: see that it is switched on and plugged in",
    PrinterFault.SILENT: "the printer is connected but takes or answers nothing: switch it off and on",
    PrinterFault.CUTTER: "the cutter is stuck",
    PrinterFault.ERROR: "the printer reports an error",
}


def after_printing(result: PrintResult) -> str:
    match result:
        case Printed(paper_low=False):
            return "Printed: the printer confirmed the whole slip."
        case Printed():
            return "Printed: the printer confirmed the whole slip, and says that its paper is nearly used up."
        case Failed(fault):
            return f"Not printed: {FAULTS[fault]}."
        case Unknown():
            return "Sent, but this printer cannot confirm: look whether paper came out."


def after_looking(look: Look) -> str:
    state = "Ready" if look.status.fault is None else f"Not ready: {FAULTS[look.status.fault]}"
    if look.abilities is None:
        return f"{state}."
    return f"{state}. {_abilities(look.abilities)}"


def _abilities(abilities: Abilities) -> str:
    match abilities:
        case Abilities(answers=False):
            return "This model cannot confirm: it answers no questions. Every slip will be reported as not certain."
        case Abilities(fences=False):
            return "This model names its faults, but cannot confirm that a slip is out."
        case Abilities(fences=None):
            return "It answers; whether it confirms can be tried once it is ready."
        case _:
            return "It confirms every slip."
