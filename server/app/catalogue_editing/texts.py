"""Texts: a field's value as people type it into a form or a cell, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import zip_longest

from server.app.catalogue_editing.kinds import Field, Shape, strings
from shared.vocabulary import Language

_YES = frozenset({"ya", "yes", "true", "1", "benar", "y"})
_NO = frozenset({"tidak", "no", "false", "0", "salah", "n", "t"})
_DATE = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"),
)
NONE_OF_THEM = "-"  # an empty cell leaves it to what is usual
_COMMAS = re.compile(r"[,;\n]")
IN_TWO_LANGUAGES = (Shape.WORDS, Shape.WORDS_LIST)


class Wrong(StrEnum):
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DATE = "not_a_date"
    NOT_YES_OR_NO = "not_yes_or_no"
    LINES_DIFFER = "lines_differ"


class WrongTextError(Exception):
    """A text that does not mean a value of the field."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.value)
        self.wrong = wrong


def text_of(field: Field, value: object, language: Language | None = None) -> str:
    """ "" for what is left out. Words are asked for in one language at a time."""
    if value is None:
        return ""
    match field.shape:
        case Shape.WORDS if language is not None and isinstance(value, Mapping):
            return str(value.get(language.value, ""))
        case Shape.WORDS_LIST if language is not None and isinstance(value, list):
            lines = [str(one.get(language.value, "")) if isinstance(one, Mapping) else "" for one in value]
            return "\n".join(lines) if any(lines) else ""
        case Shape.FLAG:
            return "ya" if value else "tidak"
        case Shape.CHOICES if value == []:
            return NONE_OF_THEM
        case Shape.PAIR:
            return "-".join(strings(value))
        case Shape.SPANS | Shape.TEXTS | Shape.CHOICES | Shape.REFERENCES:
            return ", ".join(strings(value))
        case _:
            return value.isoformat() if isinstance(value, date) else str(value)


def value_from(field: Field, texts: Mapping[Language | None, str]) -> object | None:
    """The value that the file has for it; None where it is left out. Raises WrongTextError."""
    if field.shape is Shape.WORDS:
        said = {language.value: texts.get(language, "").strip() for language in Language}
        return {language: text for language, text in said.items() if text} or None
    if field.shape is Shape.WORDS_LIST:
        return _words_list([texts.get(language, "") for language in Language])
    text = texts.get(None, "").strip()
    return _value(field, text) if text else None


def _words_list(texts: Sequence[str]) -> list[dict[str, str]] | None:
    """Line by line: what stands beside each other says the same. A language that says nothing at all is left out."""
    lines = [[line.strip() for line in text.strip().splitlines() if line.strip()] for text in texts]
    spoken = [(language.value, some) for language, some in zip(Language, lines, strict=True) if some]
    if len({len(some) for _, some in spoken}) > 1:
        raise WrongTextError(Wrong.LINES_DIFFER)
    names = [name for name, _ in spoken]
    return [dict(zip(names, row, strict=True)) for row in zip_longest(*(some for _, some in spoken))] or None


def _value(field: Field, text: str) -> object:
    match field.shape:
        case Shape.NUMBER:
            try:
                return int(text)
            except ValueError:
                raise WrongTextError(Wrong.NOT_A_NUMBER) from None
        case Shape.FLAG:
            if text.lower() in _YES | _NO:
                return text.lower() in _YES
            raise WrongTextError(Wrong.NOT_YES_OR_NO)
        case Shape.DATE:
            return _date(text)
        case Shape.CHOICE:
            return _chosen(field, text)
        case Shape.CHOICES:
            return [] if text == NONE_OF_THEM else [_chosen(field, one) for one in _parts(text)]
        case Shape.PAIR:
            return [part.strip() for part in text.replace("–", "-").split("-")]
        case Shape.SPANS:
            return [part.replace("–", "-") for part in _parts(text)]
        case Shape.TEXTS | Shape.REFERENCES:
            return _parts(text)
        case _:
            return text


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _COMMAS.split(text) if part.strip()]


def _chosen(field: Field, text: str) -> str:
    """By its value or its words in either language, or both; what is none of them is left for the check to name."""
    for option in field.options:
        words = {option.value, option.label.id, option.label.en, f"{option.label.id} / {option.label.en}"}
        if text.lower() in {word.lower() for word in words}:
            return option.value
    return text


def _date(text: str) -> date:
    for form in _DATE:
        if found := form.fullmatch(text):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                break
    raise WrongTextError(Wrong.NOT_A_DATE)


def as_text(cell: object) -> str:
    """What a spreadsheet's cell holds, as somebody would have typed it."""
    match cell:
        case None:
            return ""
        case bool():
            return "ya" if cell else "tidak"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
