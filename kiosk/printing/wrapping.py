"""Fitting text to a number of columns: what is no character is dropped, what is too long goes on the next line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

# What a keyboard or a word processor puts in, and what every printer has instead.
_PLAIN = str.maketrans(
    {
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
        "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2026": "...", "\u2022": "-",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    }
)  # fmt: skip
_KEPT_FORMAT = "\u200c\u200d"  # joiners shape Balinese, Javanese and Arabic letters


def plain(text: str) -> str:
    """The text on one line without anything that a printer could take for a command or that turns text around."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())  # as most texts are: nothing to look up letter by letter
    kept = (
        " " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char
        for char in text.translate(_PLAIN)
        if char in _KEPT_FORMAT or unicodedata.category(char) not in {"Cf", "Cs", "Co", "Cn"}
    )
    return " ".join("".join(kept).split())


def cells(text: str) -> int:
    """How many columns a text takes: two for a Chinese character, none for a mark over a letter."""
    return len(text) if text.isascii() else sum(_cells_of(char) for char in text)


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns`; words stay whole where they fit on a line."""
    lines: list[str] = []
    line = ""
    for word in _pieces(plain(text), columns):
        joined = f"{line} {word}" if line else word
        if cells(joined) <= columns:
            line = joined
        else:
            lines.append(line)
            line = word
    return [*lines, line] if line else lines


def balanced(text: str, columns: int) -> list[str]:
    """Wrapped into as few lines as `wrap` needs, but lines of like length: centred text has no orphan at its end."""
    lines = wrap(text, columns)
    for fewer in range(columns - 1, columns // 2, -1):
        if len(lines) < 2 or len(narrower := wrap(text, fewer)) > len(lines):
            break
        lines = narrower
    return lines


def centred(text: str, columns: int) -> str:
    """The text in the middle of `columns`, filled up with blanks."""
    room = max(columns - cells(text), 0)
    return " " * (room // 2) + text + " " * (room - room // 2)


def _pieces(text: str, columns: int) -> Iterator[str]:
    for word in text.split():
        yield from _pieces_of_word(word, columns)


def _pieces_of_word(word: str, columns: int) -> Iterator[str]:
    piece, taken = "", 0
    for char in word:
        width = _cells_of(char)
        if piece and taken + width > columns:  # a mark takes no cell: it stays with its letter
            yield piece
            piece, taken = "", 0
        piece += char
        taken += width
    if piece:
        yield piece


def _cells_of(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
