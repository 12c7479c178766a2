"""The journal: one file, a checksum on every line, on the disk before anybody acts on what it says.

A line that was cut by a power cut was acted on by nobody: it is left out. A line that is damaged elsewhere may have
held a number that was given: then the kiosk gives no more of its old blocks, and hands in what can still be read.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import msgspec

from kiosk.memory import Born, Entry, Memory, memory_of

FILE = "journal"
_LINES = 3000  # then the file is written anew: a day of a busy kiosk
_CHECK = 8  # hexadecimal digits of CRC-32 before each line

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Entry] = msgspec.json.Decoder(Entry)


class Journal:
    """One writer at a time. Raises OSError where the disk does; then nothing was written."""

    def __init__(self, file: Path, name: str) -> None:
        """`name` becomes the journal's own when there is none yet, or when the old one cannot be trusted."""
        self._file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        entries, is_whole = read(file.read_bytes()) if file.exists() else ([], True)
        self._memory = memory_of(entries)
        if not is_whole:
            self._memory.leased = None
        if not is_whole or not self._memory.journal:
            self._memory.note(Born(name))
        self._lines = 0
        self._begin_anew()

    def remembered(self) -> Memory:
        """A memory of one's own, as the file has it."""
        return memory_of(self._memory.entries())

    def write(self, entries: Sequence[Entry]) -> None:
        """On the disk when it returns."""
        if self._lines + len(entries) > _LINES:
            self._begin_anew()
        descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND)
        try:
            size = os.fstat(descriptor).st_size
            try:
                _write(descriptor, b"".join(map(line_of, entries)))
                os.fdatasync(descriptor)
            except OSError:
                os.ftruncate(descriptor, size)  # half a line would damage the next one
                raise
        finally:
            os.close(descriptor)
        for entry in entries:
            self._memory.note(entry)
        self._lines += len(entries)

    def _begin_anew(self) -> None:
        """Whole or not at all."""
        lines = list(map(line_of, self._memory.entries()))
        beside = self._file.with_suffix(".new")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            _write(descriptor, b"".join(lines))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        beside.replace(self._file)
        folder = os.open(self._file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self._lines = len(lines)


def line_of(entry: Entry) -> bytes:
    text = _encoder.encode(entry)
    return b"%08x %s\n" % (crc32(text), text)


def read(content: bytes) -> tuple[list[Entry], bool]:
    """The entries, and whether none but a last, unfinished line is damaged."""
    *lines, unfinished = content.split(b"\n")
    entries = [_entry(line) for line in lines]
    readable = [entry for entry in entries if entry is not None]
    if unfinished and len(readable) == len(entries) and (last := _entry(unfinished)) is not None:
        readable.append(last)  # only its line break is missing
        entries.append(last)
    return readable, len(readable) == len(entries)


def _entry(line: bytes) -> Entry | None:
    check, text = line[:_CHECK], line[_CHECK + 1 :]
    if check != b"%08x" % crc32(text):
        return None
    try:
        return _decoder.decode(text)
    except msgspec.MsgspecError:
        return None  # of another release


def _write(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]
