"""Recording: a file system under SQLite that writes down every write, flush, cut-off and removal, in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import apsw


@dataclass(frozen=True, slots=True)
class Written:
    file: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class CutOff:
    """The file was made this long."""

    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Flushed:
    """What was done to the file before is on the disk now."""

    file: str


@dataclass(frozen=True, slots=True)
class Removed:
    file: str
    flushed: bool


@dataclass(frozen=True, slots=True)
class Promised:
    """No step of the disk: from here on somebody relies on the commit of this number."""

    commit: int


Step = Written | CutOff | Flushed | Removed | Promised


@dataclass
class Recording:
    name: str
    """Under which SQLite finds this file system."""
    steps: list[Step] = field(default_factory=list)
    _vfs: apsw.VFS | None = None

    def __enter__(self) -> Recording:
        self._vfs = _RecordingSystem(self.name, self.steps.append)
        return self

    def __exit__(self, *_: object) -> None:
        if self._vfs is not None:
            self._vfs.unregister()
            self._vfs = None

    def promised(self, commit: int) -> None:
        self.steps.append(Promised(commit))


class _RecordingSystem(apsw.VFS):
    def __init__(self, name: str, note: Callable[[Step], None]) -> None:
        self._note = note
        super().__init__(name, "unix")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's
        return _RecordingFile(name, flags, self._note)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(filename, syncdir)
        self._note(Removed(Path(filename).name, syncdir))


class _RecordingFile(apsw.VFSFile):
    def __init__(self, name: str | apsw.URIFilename | None, flags: list[int], note: Callable[[Step], None]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._file = Path(path or "").name
        self._note = note
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        if self._file:
            self._note(Written(self._file, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        super().xTruncate(newsize)
        if self._file:
            self._note(CutOff(self._file, newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        if self._file:
            self._note(Flushed(self._file))
