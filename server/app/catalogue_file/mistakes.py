"""Mistakes in a catalogue file: what is wrong, how badly, and on which line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from server.app.catalogue_file.lines import Lines, Path

Facts = Mapping[str, str | int]
NO_FACTS: Facts = MappingProxyType({})


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """What kind of mistake; stable, so that other programs may act on it."""

    NOT_TOML = "not_toml"
    TOO_LARGE = "too_large"
    MISSING = "missing"
    UNKNOWN_KEY = "unknown_key"
    WRONG_TYPE = "wrong_type"
    OUT_OF_RANGE = "out_of_range"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    BAD_ID = "bad_id"
    BAD_PREFIX = "bad_prefix"
    BAD_NUMBER = "bad_number"
    BAD_VALUE = "bad_value"
    BAD_HOURS = "bad_hours"
    DUPLICATE = "duplicate"
    UNKNOWN_TIME_ZONE = "unknown_time_zone"
    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_ZONE = "unknown_zone"
    UNKNOWN_AGENCY = "unknown_agency"
    UNKNOWN_SERVICE = "unknown_service"
    UNKNOWN_HOURS = "unknown_hours"
    PREFIX_SHARED = "prefix_shared"
    SOUNDS_ALIKE = "sounds_alike"
    NO_COUNTER = "no_counter"
    NO_SERVICE = "no_service"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Mistake:
    line: int
    """Counted from 1."""
    severity: Severity
    code: Code
    message: str
    """In English, for the command line; a page makes its own sentence of `code` and `facts`."""
    path: Path = field(default=(), compare=False)
    """What leads to the place in the tables of the file."""
    facts: Facts = field(default_factory=lambda: NO_FACTS, compare=False)

    def __str__(self) -> str:
        return f"line {self.line}: {self.severity}: {self.message}"


class CatalogueError(Exception):
    """A catalogue file with errors: nothing was published."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = tuple(mistakes)


class Findings:
    """Collects the mistakes of one file; a path says where."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._mistakes: list[Mistake] = []

    def error(self, path: Path, code: Code, message: str, **facts: str | int) -> None:
        self._mistakes.append(Mistake(self._lines.of(path), Severity.ERROR, code, message, path, facts))

    def warning(self, path: Path, code: Code, message: str, **facts: str | int) -> None:
        self._mistakes.append(Mistake(self._lines.of(path), Severity.WARNING, code, message, path, facts))

    def line(self, path: Path) -> int:
        return self._lines.of(path)

    def sorted(self) -> list[Mistake]:
        """By line; those of one line in the order found."""
        return sorted(self._mistakes, key=lambda mistake: mistake.line)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """What the writer probably meant."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: a suggestion, or nothing."""
    meant = nearest(word, known)
    return f'; did you mean "{meant}"?' if meant else ""
