"""Cutting: what a disk holds when the power goes at one step. Flushed is kept; of the rest, each sector by chance.

A sector of 512 bytes that was on its way is there, is not there, or is torn: its first bytes new, the others old.
The order in which sectors reach the disk between two flushes is the drive's own, so any of them may be missing.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import assert_never

from tests.support.power_cut.recording import CutOff, Flushed, Promised, Removed, Step, Written

SECTOR = 512


@dataclass(slots=True)
class _File:
    flushed: bytearray = field(default_factory=bytearray)
    exists: bool = False
    """Its name is on the disk: SQLite flushes the folder with the first flush of a new file."""
    pending: list[Written | CutOff] = field(default_factory=list)


@dataclass(slots=True)
class Disk:
    files: dict[str, _File] = field(default_factory=dict)
    promised: int = 0
    """The newest commit that somebody relies on; the first is 1."""

    def take(self, step: Step) -> None:
        match step:
            case Written(file=name) | CutOff(file=name):
                self.files.setdefault(name, _File()).pending.append(step)
            case Flushed(file=name):
                file = self.files.setdefault(name, _File())
                for waiting in file.pending:
                    _apply(file.flushed, waiting)
                file.pending, file.exists = [], True
            case Removed(file=name):
                self.files.pop(name, None)
            case Promised(commit=commit):
                self.promised = commit
            case _:
                assert_never(step)

    def lose_power(self, folder: Path, chance: random.Random) -> None:
        """Write into the folder what is found on the disk afterwards."""
        for name, file in self.files.items():
            if not file.exists and chance.random() < 0.5:
                continue
            content = bytearray(file.flushed)
            fate = chance.choice([_all_arrives, _nothing_arrives, _some_arrives, _some_arrives])
            for waiting in file.pending:
                for part in fate(waiting, content, chance):
                    _apply(content, part)
            (folder / name).write_bytes(content)


def cuts(steps: Sequence[Step], at: Iterable[int]) -> Iterator[tuple[int, Disk]]:
    """The disk just before each of these steps, in ascending order. To be looked at before the next one."""
    disk, done = Disk(), 0
    for cut in sorted(at):
        for step in steps[done:cut]:
            disk.take(step)
        done = cut
        yield cut, disk


def _all_arrives(step: Written | CutOff, content: bytearray, chance: random.Random) -> Iterator[Written | CutOff]:
    yield step


def _nothing_arrives(step: Written | CutOff, content: bytearray, chance: random.Random) -> Iterator[Written | CutOff]:
    yield from ()


def _some_arrives(step: Written | CutOff, content: bytearray, chance: random.Random) -> Iterator[Written | CutOff]:
    if isinstance(step, CutOff):
        if chance.random() < 0.5:
            yield step
        return
    for sector in _sectors(step):
        match chance.randrange(3):
            case 0:
                yield sector
            case 1:
                yield Written(sector.file, sector.offset, sector.data[: chance.randrange(len(sector.data))])


def _sectors(written: Written) -> Iterator[Written]:
    """Cut at the disk's own borders, not at the beginning of what was written."""
    start, end = written.offset, written.offset + len(written.data)
    while start < end:
        border = min(end, (start // SECTOR + 1) * SECTOR)
        yield Written(written.file, start, written.data[start - written.offset : border - written.offset])
        start = border


def _apply(content: bytearray, step: Written | CutOff) -> None:
    if isinstance(step, CutOff):
        del content[step.size :]
        return
    if len(content) < step.offset:
        content.extend(bytes(step.offset - len(content)))
    content[step.offset : step.offset + len(step.data)] = step.data
