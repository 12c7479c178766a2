"""The journal of slips: which papers were begun and how they ended, on disk before a byte goes to the printer.

It is the worker's: a flush can take long, and the touch screen must not wait for it. The kiosk reads it once, at its
start, so that no paper comes twice unmarked and the last numbers can be printed again after a restart.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kiosk.printing.jobs import Confirmed, End, Job, NotKnown, NotPrinted, Outcome, result_of
from kiosk.printing.printer import Failed
from kiosk.printing.slip import Slip
from shared.vocabulary import PrinterFault

log = logging.getLogger("kiosk.printing")

FILE = "slips.jsonl"
KEPT = 200  # papers; nobody asks for older ones again
_LINES = 6 * KEPT  # then the file is written anew


class Begun(msgspec.Struct, frozen=True, tag="begun"):
    job: str
    visit: str
    slip: Slip


_Line = Begun | Confirmed | NotPrinted | NotKnown
_encoder = msgspec.json.Encoder()


class Journal:
    """One writer: the worker. A line is whole or is not there."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._begun: dict[str, tuple[Begun, End | None]] = {}
        self._lines = 0
        for line in _lines(file):
            self._note(line)
            self._lines += 1

    def outcome(self, job: str) -> End | None:
        """How a job of before ended; one that was begun and has no end may be on paper, so it is never begun again."""
        if job not in self._begun:
            return None
        return self._begun[job][1] or NotPrinted(job, PrinterFault.ERROR)

    def begin(self, job: Job) -> None:
        self._write(Begun(job.id, job.visit, job.slip))

    def end(self, end: End) -> None:
        self._write(end)

    def _note(self, line: _Line) -> None:
        if isinstance(line, Begun):
            self._begun[line.job] = (line, None)
            while len(self._begun) > KEPT:
                del self._begun[next(iter(self._begun))]
        elif line.job in self._begun:
            self._begun[line.job] = (self._begun[line.job][0], line)

    def _write(self, line: _Line) -> None:
        """A disk that is full must not keep paper from visitors: then only this process remembers."""
        self._note(line)
        self._lines += 1
        try:
            if self._lines > _LINES:
                self._begin_anew()
            else:
                self._append(line)
        except OSError as problem:
            log.error("the journal of slips cannot be written: %s: %s", self._file, problem.strerror)

    def _append(self, line: _Line) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, b"\n" + _encoder.encode(line))  # the break first: a torn line ends here
            os.fdatasync(descriptor)
        finally:
            os.close(descriptor)

    def _begin_anew(self) -> None:
        kept = [line for begun, end in self._begun.values() for line in (begun, end) if line is not None]
        beside = self._file.with_suffix(".new")
        with beside.open("wb") as out:
            out.writelines(b"\n" + _encoder.encode(line) for line in kept)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(self._file)
        self._lines = len(kept)


def outcomes(file: Path) -> list[Outcome]:
    """What became of the papers of before, oldest first. One without an end counts as not printed."""
    jobs: dict[str, Outcome] = {}
    for line in _lines(file):
        if isinstance(line, Begun):
            jobs[line.job] = Outcome(Job(line.visit, line.slip), Failed(PrinterFault.ERROR))
        elif line.job in jobs:
            jobs[line.job] = Outcome(jobs[line.job].job, result_of(line))
    return list(jobs.values())[-KEPT:]


def _lines(file: Path) -> Iterator[_Line]:
    try:
        text = file.read_bytes()
    except OSError:
        return
    decoder: msgspec.json.Decoder[_Line] = msgspec.json.Decoder(_Line)
    for line in text.split(b"\n"):
        try:
            yield decoder.decode(line)
        except msgspec.MsgspecError:
            continue  # empty, torn by a power cut, or of another release
