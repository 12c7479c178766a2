"""One sentence per fault test, appended to a file while the tests run."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import msgspec

from tests.support.promises.table import FAULTS, PROMISES

FILE_VARIABLE = "LOKET_FIGURES"


class Figure(msgspec.Struct, frozen=True):
    """What one test measured for a promise (P1 ... or "") under a fault (F1 ... or "")."""

    promise: str
    fault: str
    test: str
    sentence: str


class RecordFigure(Protocol):
    """The fixture `figure`."""

    def __call__(self, promise: str, fault: str, sentence: str) -> None: ...


def recorder_for(test: str) -> RecordFigure:
    """A recorder for the test of this id. Writes only when LOKET_FIGURES names a file; invented names fail."""

    def record(promise: str, fault: str, sentence: str) -> None:
        assert promise in PROMISES or (not promise and fault in FAULTS), (promise, fault)
        assert fault in FAULTS or (not fault and promise in PROMISES), (promise, fault)
        line = msgspec.json.encode(Figure(promise, fault, test, sentence)) + b"\n"
        if path := os.environ.get(FILE_VARIABLE):
            with Path(path).open("ab") as file:  # one short write: two test processes do not mix their lines
                file.write(line)

    return record


def read_figures(lines: Iterable[bytes]) -> tuple[Figure, ...]:
    """The figures of a run, the last of each test and name, in the order of promises and faults."""
    newest = {(found.promise, found.fault, found.test): found for found in map(_decode, lines)}
    names = [*PROMISES, ""], [*FAULTS, ""]
    return tuple(
        sorted(newest.values(), key=lambda one: (names[0].index(one.promise), names[1].index(one.fault), one.test))
    )


def _decode(line: bytes) -> Figure:
    return msgspec.json.decode(line, type=Figure)
