"""Lines: on which line of a TOML text each table, key and array item stands. `tomllib` does not tell.

The text was accepted by `tomllib` before, so this scanner checks nothing: it only follows the grammar far enough to
know where it is. A path is what leads to a value in tomllib's result: `("service", 2, "name", "en")`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Final

Path = tuple[str | int, ...]

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")  # also the newlines and comments between items
_STRING: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'  # up to two quotes may stand before the closing three
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\]|\\.)*"'
    r"|'[^']*'",
    re.DOTALL,
)
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_ATOM: Final = re.compile(r"[^,\]}#\n]*")  # a number, a date, true or false


class Lines:
    """The line of each path, counted from 1."""

    def __init__(self, lines: Mapping[Path, int], headers: Sequence[tuple[int, Path]] = ()) -> None:
        self._lines = lines
        self.headers = headers
        """The lines of `[table]` and `[[table]]`, each with what it opens, from top to bottom."""

    def of(self, path: Path) -> int:
        """The line of the path, or of the nearest thing around it that stands in the text."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def scan(text: str) -> Lines:
    """The lines of a text that `tomllib.loads` accepts."""
    scanner = _Scanner(text)
    return Lines(scanner.run(), scanner.headers)


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._lines: dict[Path, int] = {}
        self._table: Path = ()
        self._tables: dict[Path, int] = {}
        """How many `[[tables]]` each path has so far."""
        self.headers: list[tuple[int, Path]] = []

    def run(self) -> dict[Path, int]:
        self._skip(_BLANK)
        while self._at < len(self._text):
            if self._text.startswith("[", self._at):
                self._header()
            else:
                self._assignment(self._table)
            self._skip(_BLANK)
        return self._lines

    def _header(self) -> None:
        line, is_array = self._line, self._text.startswith("[[", self._at)
        self._at += 2 if is_array else 1
        *parents, last = self._key()
        self._at += 2 if is_array else 1
        table: Path = ()
        for name in parents:
            table = self._newest((*table, name))
        table = (*table, last)
        if is_array:
            self._lines.setdefault(table, line)
            count = self._tables.get(table, 0)
            self._tables[table] = count + 1
            table = (*table, count)
        self._table = table
        self._lines[table] = line
        self.headers.append((line, table))

    def _newest(self, table: Path) -> Path:
        """`[a.b]` under `[[a]]` belongs to the newest of the `[[a]]`."""
        return (*table, self._tables[table] - 1) if table in self._tables else table

    def _assignment(self, table: Path) -> None:
        line = self._line
        path = table
        for name in self._key():
            path = (*path, name)
            self._lines.setdefault(path, line)
        self._at += 1  # the equals sign
        self._value(path)

    def _key(self) -> list[str]:
        """A dotted key, quoted or bare, and the blanks around it."""
        names = []
        while True:
            self._skip(_BLANK)
            start = self._at
            if self._text[self._at] in "\"'":
                self._skip(_STRING)
                names.append(_unquoted(self._text[start : self._at]))
            else:
                self._skip(_BARE_KEY)
                names.append(self._text[start : self._at])
            self._skip(_BLANK)
            if not self._text.startswith(".", self._at):
                return names
            self._at += 1

    def _value(self, path: Path) -> None:
        self._skip(_BLANK)
        match self._text[self._at]:
            case "[":
                self._array(path)
            case "{":
                self._inline_table(path)
            case '"' | "'":
                self._skip(_STRING)
            case _:
                self._skip(_ATOM)

    def _array(self, path: Path) -> None:
        self._at += 1
        self._skip(_BLANK)
        index = 0
        while self._text[self._at] != "]":
            item = (*path, index)
            self._lines[item] = self._line
            self._value(item)
            self._separator()
            index += 1
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        self._skip(_BLANK)
        while self._text[self._at] != "}":
            self._assignment(path)
            self._separator()
        self._at += 1

    def _separator(self) -> None:
        self._skip(_BLANK)
        if self._text[self._at] == ",":
            self._at += 1
            self._skip(_BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self._text, self._at)
        end = match.end() if match else self._at
        self._line += self._text.count("\n", self._at, end)
        self._at = end


def _unquoted(quoted: str) -> str:
    return str(tomllib.loads(f"key = {quoted}")["key"])
