"""What the voice says: ticket + counter -> slots, words and one sentence, per language.

A slot is one recordable piece of speech ("nomor-antrean", "letter-a", "digit-0", "number-3"). There are finitely
many, and every ticket and counter is a chain of them, so a site may record the slots once and never meet a gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from shared.vocabulary import Language

CHIME = "chime"
"""The two tones before a call; of no language."""

LARGEST_NUMBER = 9_999  # read as one number; anything longer is read digit by digit


class Reading(StrEnum):
    """How the number on a ticket is read: "nol satu dua" or "nol dua belas"."""

    DIGITS = "digits"
    WORDS = "words"


class Slot(Struct, frozen=True):
    """One piece of speech: `name` is the recording's file name, `words` what is said there."""

    name: str
    words: str


class Call(Struct, frozen=True):
    """A spoken call in two breaths: whose number it is, and where to go."""

    ticket: tuple[Slot, ...]
    counter: tuple[Slot, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        return self.ticket + self.counter

    @property
    def sentence(self) -> str:
        """ "Nomor antrean A nol satu dua, silakan menuju loket tiga." """
        said = f"{_joined(self.ticket)}, {_joined(self.counter)}."
        return said[0].upper() + said[1:]


class _Tongue(Struct, frozen=True):
    """What a language needs to call a ticket."""

    number_of: Slot
    go_to: Slot
    letters: Mapping[str, str]
    ones: tuple[str, ...]
    """0 to 19."""
    tens: tuple[str, ...]
    """0, 10, 20 ... 90; the first two are never used."""
    hundreds: tuple[str, ...]
    """0, 100, 200 ... 900; the first is never used."""
    thousands: tuple[str, ...]
    """0, 1000, 2000 ... 9000; the first is never used."""


def call(ticket: str, counter: str, language: Language, reading: Reading = Reading.DIGITS) -> Call:
    """How `ticket` ("A-012") is called to `counter` ("3", "12", "3A") in `language`."""
    tongue = _TONGUES[language]
    return Call(
        ticket=(tongue.number_of, *_ticket_slots(ticket, tongue, reading)),
        counter=(tongue.go_to, *_counter_slots(counter, tongue)),
    )


def number_words(number: int, language: Language) -> str:
    """0 to 9999 in words. Raises ValueError outside."""
    if not 0 <= number <= LARGEST_NUMBER:
        raise ValueError(f"cannot read {number}")
    tongue = _TONGUES[language]
    return _joined(tuple(_number_slots(number, tongue))) if number else tongue.ones[0]


def every_slot(language: Language) -> tuple[Slot, ...]:
    """All slots of a language: what a complete set of recordings holds, beside the chime."""
    tongue = _TONGUES[language]
    return (
        tongue.number_of,
        tongue.go_to,
        *(_letter(letter, tongue) for letter in tongue.letters),
        *(_digit(digit, tongue) for digit in range(10)),
        *(_small(number, tongue) for number in range(1, 100)),
        *(_hundred(digit, tongue) for digit in range(1, 10)),
        *(_thousand(digit, tongue) for digit in range(1, 10)),
    )


def _ticket_slots(ticket: str, tongue: _Tongue, reading: Reading) -> Iterator[Slot]:
    """The last run of digits is the number; a prefix may hold digits too ("B2-014") and is always spelled."""
    found = re.search(r"[0-9]+$", ticket)
    number = found[0] if found else ""
    yield from _spelled(ticket[: len(ticket) - len(number)], tongue)
    value = int(number or "0")
    if reading is Reading.DIGITS or value > LARGEST_NUMBER:
        yield from _spelled(number, tongue)
        return
    yield from _spelled("0" * (len(number) - len(number.lstrip("0"))), tongue)
    yield from _number_slots(value, tongue)


def _counter_slots(counter: str, tongue: _Tongue) -> Iterator[Slot]:
    """Digits of a counter are one number, its letters are spelled; leading zeros are for the eye alone."""
    for part in re.findall(r"[0-9]+|[^0-9]+", counter):
        value = int(part) if part.isdecimal() else 0
        if 0 < value <= LARGEST_NUMBER:
            yield from _number_slots(value, tongue)
        else:
            yield from _spelled(part, tongue)


def _spelled(text: str, tongue: _Tongue) -> Iterator[Slot]:
    """Letter by letter, digit by digit. Hyphens and blanks are not said."""
    for character in text.upper():
        if character in tongue.letters:
            yield _letter(character, tongue)
        elif character in "0123456789":
            yield _digit(int(character), tongue)


def _number_slots(number: int, tongue: _Tongue) -> Iterator[Slot]:
    thousand, rest = divmod(number, 1000)
    hundred, small = divmod(rest, 100)
    if thousand:
        yield _thousand(thousand, tongue)
    if hundred:
        yield _hundred(hundred, tongue)
    if small:
        yield _small(small, tongue)


def _letter(letter: str, tongue: _Tongue) -> Slot:
    return Slot(f"letter-{letter.lower()}", tongue.letters[letter])


def _digit(digit: int, tongue: _Tongue) -> Slot:
    return Slot(f"digit-{digit}", tongue.ones[digit])


def _small(number: int, tongue: _Tongue) -> Slot:
    """1 to 99 in one piece: recorded together, "dua puluh tiga" sounds like speech."""
    ten, one = divmod(number, 10)
    if number < 20:
        words = tongue.ones[number]
    else:
        words = f"{tongue.tens[ten]} {tongue.ones[one]}" if one else tongue.tens[ten]
    return Slot(f"number-{number}", words)


def _hundred(digit: int, tongue: _Tongue) -> Slot:
    return Slot(f"number-{digit}00", tongue.hundreds[digit])


def _thousand(digit: int, tongue: _Tongue) -> Slot:
    return Slot(f"number-{digit}000", tongue.thousands[digit])


def _joined(slots: tuple[Slot, ...]) -> str:
    """The words as they are written: a letter stands as itself ("A"), all else as its words."""
    return " ".join(s.name[-1].upper() if s.name.startswith("letter-") else s.words for s in slots)


_INDONESIAN_ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_ENGLISH_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ENGLISH_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ENGLISH_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_INDONESIAN_LETTERS = (
    *("a", "be", "ce", "de", "e", "ef", "ge", "ha", "i", "je", "ka", "el", "em"),
    *("en", "o", "pe", "ki", "er", "es", "te", "u", "ve", "we", "eks", "ye", "zet"),
)
_ENGLISH_LETTERS = (
    *("ay", "bee", "see", "dee", "ee", "eff", "gee", "aitch", "eye", "jay", "kay", "el", "em"),
    *("en", "oh", "pee", "cue", "ar", "ess", "tee", "you", "vee", "double-u", "ex", "why", "zee"),
)

_TONGUES: Mapping[Language, _Tongue] = {
    Language.INDONESIAN: _Tongue(
        number_of=Slot("nomor-antrean", "nomor antrean"),
        go_to=Slot("silakan-menuju-loket", "silakan menuju loket"),
        letters=dict(zip(_ALPHABET, _INDONESIAN_LETTERS, strict=True)),
        ones=(*_INDONESIAN_ONES, "sepuluh", "sebelas", *(f"{one} belas" for one in _INDONESIAN_ONES[2:])),
        tens=("", "", *(f"{one} puluh" for one in _INDONESIAN_ONES[2:])),
        hundreds=("", "seratus", *(f"{one} ratus" for one in _INDONESIAN_ONES[2:])),
        thousands=("", "seribu", *(f"{one} ribu" for one in _INDONESIAN_ONES[2:])),
    ),
    Language.ENGLISH: _Tongue(
        number_of=Slot("queue-number", "queue number"),
        go_to=Slot("please-go-to-counter", "please go to counter"),
        letters=dict(zip(_ALPHABET, _ENGLISH_LETTERS, strict=True)),
        ones=(*_ENGLISH_ONES, *_ENGLISH_TEENS),
        tens=_ENGLISH_TENS,
        hundreds=("", *(f"{one} hundred" for one in _ENGLISH_ONES[1:])),
        thousands=("", *(f"{one} thousand" for one in _ENGLISH_ONES[1:])),
    ),
}
