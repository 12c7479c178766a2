"""Fields: one table of the file, read key by key. What is wrong is noted, and a harmless value stands in for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

import msgspec

from server.app.catalogue_file.lines import Path
from server.app.catalogue_file.mistakes import Code, Findings, did_you_mean, nearest
from shared.protocol.values import HIDDEN, Id
from shared.vocabulary import Language, Words

# Control characters, line separators, and marks that turn the reading direction of what follows on a screen.
_UNPRINTABLE = re.compile(f"[{HIDDEN}]")
_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (str, "a text"),
    (int, "a number"),
    (float, "a fraction"),
    (datetime, "a date with a time"),
    (date, "a date"),
    (time, "a time"),
    (list, "a list"),
    (dict, "a table"),
)
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(slots=True)
class Fields:
    """Each key may be asked for once or more; `done` names the keys that nobody asked for."""

    table: Mapping[str, object]
    path: Path
    findings: Findings
    label: str
    """How a message calls the table: `service "ktp-el"`."""
    languages: Sequence[Language] = tuple(Language)
    _asked: set[str] = field(default_factory=set)

    # --- texts ---

    def text(self, key: str, limit: int, *, required: bool = True) -> str:
        """A text on one line, stripped; "" when there is none."""
        value = self._get(key, required)
        return "" if value is None else self._clean(value, key, (key,), limit)

    def words(self, key: str, limit: int) -> Words:
        value = self._get(key, True)
        return Words("", "") if value is None else self._words(value, key, (key,), limit)

    def words_list(self, key: str, limit: int, *, at_most: int) -> tuple[Words, ...]:
        items = self.list_of(key, required=False)
        if len(items) > at_most:
            self.error(key, Code.OUT_OF_RANGE, f"{key}: {len(items)} items, at most {at_most} fit", low=0, high=at_most)
        return tuple(
            self._words(item, f"{key}, item {index + 1}", (key, index), limit) for index, item in enumerate(items)
        )

    def id(self, key: str = "id") -> str:
        """An identifier as the wire allows it."""
        value = self.text(key, 64)
        if value:
            self.check_id(key, value)
        return value

    def check_id(self, key: str, value: str) -> None:
        try:
            msgspec.convert(value, Id)
        except msgspec.ValidationError:
            self.error(
                key,
                Code.BAD_ID,
                f'{key}: "{shown(value)}" may have letters, digits and . : _ - only, at most 64',
                value=shown(value),
            )

    def choice(self, key: str, known: Sequence[Choice], default: Choice) -> Choice:
        value = self.text(key, 64, required=False)
        return self.one_of(value, known, default, key, (key,)) if value else default

    def one_of(self, value: str, known: Sequence[Choice], default: Choice, name: str, path: Path) -> Choice:
        for member in known:
            if member == value:
                return member
        message = f'{name}: "{shown(value)}" is none of {", ".join(known)}{did_you_mean(value, known)}'
        self.note(path, Code.BAD_VALUE, message, value=shown(value))
        return default

    # --- numbers, days, lists ---

    def number(self, key: str, low: int, high: int, *, default: int | None = None) -> int:
        """A whole number from `low` to `high`; required when there is no default."""
        value = self._get(key, default is None)
        if value is None:
            return low if default is None else default
        if not isinstance(value, int) or isinstance(value, bool):
            self.error(key, Code.WRONG_TYPE, f"{key}: a whole number is expected, not {kind_of(value)}")
        elif not low <= value <= high:
            message = f"{key}: {shown(str(value))} is not between {low} and {high}"
            self.error(key, Code.OUT_OF_RANGE, message, low=low, high=high)
        else:
            return value
        return low

    def has(self, key: str) -> bool:
        self._asked.add(key)
        return key in self.table

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._get(key, False)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.error(key, Code.WRONG_TYPE, f"{key}: true or false is expected, not {kind_of(value)}")
        return default

    def day(self, key: str) -> date | None:
        value = self._get(key, True)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.error(key, Code.WRONG_TYPE, f"{key}: a date such as 2026-03-19 is expected, not {kind_of(value)}")
        return None

    def list_of(self, key: str, *, required: bool = True) -> Sequence[object]:
        value = self._get(key, required)
        if value is None or isinstance(value, list):
            return value or ()
        self.error(key, Code.WRONG_TYPE, f"{key}: a list in [ ] is expected, not {kind_of(value)}")
        return ()

    def texts(self, key: str, limit: int, *, required: bool = True) -> Iterator[tuple[Path, str]]:
        """The texts of a list, each with its place in this table."""
        for index, item in enumerate(self.list_of(key, required=required)):
            if value := self._clean(item, f"{key}, item {index + 1}", (key, index), limit):
                yield (key, index), value

    # --- references ---

    def reference(self, key: str, known: Collection[str], code: Code) -> str:
        """The id of something that exists. For a slip of the pen, what was probably meant: one mistake, not ten."""
        value = self.text(key, 64)
        return self.resolve(value, known, code, key, (key,)) if value else ""

    def resolve(self, value: str, known: Collection[str], code: Code, name: str, path: Path) -> str:
        if value in known:
            return value
        what = code.value.replace("_", " ")
        self.note(path, code, f'{name}: {what} "{shown(value)}"{did_you_mean(value, known)}', value=shown(value))
        return nearest(value, known) or ""

    # --- mistakes ---

    def error(self, key: str, code: Code, message: str, **facts: str | int) -> None:
        self.note((key,), code, message, **facts)

    def note(self, path: Path, code: Code, message: str, **facts: str | int) -> None:
        """An error at a place in this table."""
        self.findings.error((*self.path, *path), code, f"{self.label}: {message}", **facts)

    def done(self) -> None:
        """Name the keys that mean nothing here."""
        missing = self._asked - self.table.keys()
        for key in self.table.keys() - self._asked:
            hint = did_you_mean(key, missing) or did_you_mean(key, self._asked)
            self.error(key, Code.UNKNOWN_KEY, f'unknown key "{shown(key)}"{hint}', value=shown(key))

    # --- below ---

    def _get(self, key: str, required: bool) -> object | None:
        self._asked.add(key)
        if key not in self.table and required:
            self.findings.error(self.path, Code.MISSING, f'{self.label}: "{key}" is missing', field=key)
        return self.table.get(key)

    def _clean(self, value: object, name: str, path: Path, limit: int) -> str:
        if not isinstance(value, str):
            self.note(path, Code.WRONG_TYPE, f"{name}: a text in quotes is expected, not {kind_of(value)}")
            return ""
        if unprintable := _UNPRINTABLE.search(value):
            self.note(path, Code.CONTROL_CHARACTER, f"{name}: contains the unprintable U+{ord(unprintable[0]):04X}")
            value = _UNPRINTABLE.sub(" ", value)
        value = value.strip()
        if not value:
            self.note(path, Code.MISSING, f"{name}: is empty")
        elif len(value) > limit:
            message = f"{name}: {len(value)} characters, but only {limit} fit the screens"
            self.note(path, Code.TOO_LONG, message, limit=limit)
        return value

    def _words(self, value: object, name: str, path: Path, limit: int) -> Words:
        if not isinstance(value, dict):
            expected = 'words are expected, { id = "...", en = "..." }'
            self.note(path, Code.WRONG_TYPE, f"{name}: {expected}, not {kind_of(value)}")
            return Words("", "")
        said = {
            language: self._clean(value[language], f"{name}, {language}", (*path, language), limit)
            for language in Language
            if language in value
        }
        for language in self.languages:
            if language not in said:
                self.note(path, Code.MISSING, f'{name}: the words in "{language}" are missing')
        for key in value.keys() - set(Language):
            self.note((*path, key), Code.UNKNOWN_KEY, f'{name}: unknown language "{shown(key)}"')
        any_words = next(iter(said.values()), "")  # a site of one language needs the words of one
        return Words(said.get(Language.INDONESIAN, any_words), said.get(Language.ENGLISH, any_words))


def kind_of(value: object) -> str:
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "this")


def shown(value: str) -> str:
    """A value in a message: short and printable."""
    value = _UNPRINTABLE.sub("?", value)
    return value if len(value) <= 40 else f"{value[:37]}..."
