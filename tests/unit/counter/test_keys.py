"""The table of keys: complete, unambiguous, and apart from the keys of lists."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt

from counter.keys import BINDINGS, Verb
from counter.words import WORDS

NAVIGATION = frozenset({"Up", "Down", "Return", "Escape", "Backspace", "Tab", "Backtab"})  # of lists and questions


def test_every_verb_has_exactly_one_key() -> None:
    assert Counter(binding.verb for binding in BINDINGS) == Counter(Verb)


def test_no_key_has_two_meanings() -> None:
    keys = [binding.key for binding in BINDINGS]
    assert len(keys) == len(set(keys))
    assert NAVIGATION.isdisjoint(keys)


def test_every_key_exists_on_a_keyboard_and_every_verb_has_a_word() -> None:
    for binding in BINDINGS:
        assert f"Key_{binding.key}" in Qt.Key.__members__
        assert binding.word in WORDS
