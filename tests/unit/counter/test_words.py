"""Words: nothing that a screen asks for is missing, and both languages have the same places to fill."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from string import Formatter

import pytest

import counter
from counter.keys import BY_VERB, Verb
from counter.words import ERRORS, WORDS, say, say_error
from shared.vocabulary import (
    CallReason,
    CancelReason,
    ErrorCode,
    Language,
    Need,
    Outcome,
    PassedReason,
    PauseReason,
    PrinterFault,
)

FOLDER = Path(counter.__file__).parent


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_something_with_the_same_places(key: str) -> None:
    words = WORDS[key]
    assert words.id
    assert words.en
    assert places(words.id) == places(words.en)


def test_every_refusal_has_its_sentence() -> None:
    assert set(ERRORS) == set(ErrorCode)
    for words in ERRORS.values():
        assert places(words.id) == places(words.en)


def test_a_refusal_without_facts_is_still_a_sentence() -> None:
    facts = {"name": "X", "wait": "Y"}  # what the screen always adds
    for code in ErrorCode:
        for language in Language:
            assert "{" not in say_error(code, language, **facts)


def test_a_sentence_that_names_a_key_takes_it_from_the_table() -> None:
    assert say("why_closed", Language.INDONESIAN) == f"Loket belum dibuka ({BY_VERB[Verb.OPEN].key})"
    single = re.compile(r"(?<![\w{-])[A-Z](?![\w}-])")
    for words in [*WORDS.values(), *ERRORS.values()]:
        assert not single.search(words.id), words.id


def test_every_word_that_qml_reads_exists() -> None:
    read: set[str] = set()
    for file in (FOLDER / "qml").glob("*.qml"):
        read |= set(re.findall(r"\bwords\.(\w+)", file.read_text(encoding="utf-8")))
    assert read
    assert read <= WORDS.keys()


def test_every_word_that_python_names_exists() -> None:
    named: set[str] = set()
    for file in FOLDER.rglob("*.py"):
        named |= set(re.findall(r'\bsay\("(\w+)"', file.read_text(encoding="utf-8")))
        named |= set(re.findall(r'"(why_\w+)"', file.read_text(encoding="utf-8")))
    assert len(named) > 60
    assert named <= WORDS.keys()


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [
        ("outcome", Outcome),
        ("pause", PauseReason),
        ("call", CallReason),
        ("cancel", CancelReason),
        ("need", Need),
        ("alert", PrinterFault),
        ("passed", PassedReason),
    ],
)
def test_every_value_of_the_vocabulary_has_its_word(prefix: str, kind: type[StrEnum]) -> None:
    assert {f"{prefix}_{value}" for value in kind} <= WORDS.keys()


def test_no_word_is_left_over() -> None:
    sources = "".join(
        file.read_text(encoding="utf-8")
        for file in [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.qml")]
        if file.name != "words.py"
    )
    made = ("outcome_", "pause_", "call_", "cancel_", "need_", "alert_", "key", "blocked_", "passed_")
    left = [key for key in WORDS if not key.startswith(made) and not re.search(rf"\b{key}\b", sources)]
    assert left == []


def test_places_are_filled() -> None:
    assert say("askSignOut", Language.INDONESIAN, number="3") == "Keluar dari loket 3?"
