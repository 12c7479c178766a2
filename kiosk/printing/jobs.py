"""What the kiosk and its printing worker say to each other: one JSON line for each message."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import msgspec

from kiosk.printing.abilities import Abilities
from kiosk.printing.printer import Failed, Printed, PrintResult, Unknown
from kiosk.printing.slip import Slip
from kiosk.printing.status import PrinterStatus
from shared.vocabulary import PrinterFault


@dataclass(frozen=True, slots=True)
class Job:
    """One paper of a visit. Its id follows from the visit and the copy, so no unmarked paper can come twice."""

    visit: str
    slip: Slip

    @property
    def id(self) -> str:
        return f"{self.visit}/{self.slip.copy}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job."""

    job: Job
    result: PrintResult


class PrintSlip(msgspec.Struct, frozen=True, tag="print"):
    visit: str
    slip: Slip
    known: Abilities | None


class CheckPrinter(msgspec.Struct, frozen=True, tag="check"):
    """Ask the printer how it is; and what it answers at all, as far as that is not known."""

    known: Abilities | None


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The worker is up."""


class Step(msgspec.Struct, frozen=True, tag="step"):
    """A sign of life in the middle of something."""


class Confirmed(msgspec.Struct, frozen=True, tag="confirmed"):
    job: str
    paper_low: bool


class NotPrinted(msgspec.Struct, frozen=True, tag="not_printed"):
    job: str
    fault: PrinterFault


class NotKnown(msgspec.Struct, frozen=True, tag="not_known"):
    job: str


class Checked(msgspec.Struct, frozen=True, tag="checked"):
    fault: PrinterFault | None
    paper_low: bool
    abilities: Abilities | None


ToWorker = PrintSlip | CheckPrinter
End = Confirmed | NotPrinted | NotKnown
FromWorker = Ready | Step | Confirmed | NotPrinted | NotKnown | Checked

_encoder = msgspec.json.Encoder()


def encode(message: ToWorker | FromWorker) -> bytes:
    return _encoder.encode(message) + b"\n"


def decode_to_worker(line: bytes) -> ToWorker:
    return _to_worker().decode(line)


def decode_from_worker(line: bytes) -> FromWorker:
    return _from_worker().decode(line)


@cache
def _to_worker() -> msgspec.json.Decoder[ToWorker]:
    return msgspec.json.Decoder(ToWorker)


@cache
def _from_worker() -> msgspec.json.Decoder[FromWorker]:
    return msgspec.json.Decoder(FromWorker)


def end_of(job: str, result: PrintResult) -> End:
    match result:
        case Printed(paper_low):
            return Confirmed(job, paper_low)
        case Failed(fault):
            return NotPrinted(job, fault)
        case Unknown():
            return NotKnown(job)


def result_of(end: End) -> PrintResult:
    match end:
        case Confirmed():
            return Printed(end.paper_low)
        case NotPrinted():
            return Failed(end.fault)
        case NotKnown():
            return Unknown()


def status_after(result: PrintResult) -> PrinterStatus:
    """What a result tells about the printer itself."""
    match result:
        case Printed(paper_low):
            return PrinterStatus(paper_low=paper_low)
        case Failed(fault):
            return PrinterStatus(fault)
        case Unknown():
            return PrinterStatus()
