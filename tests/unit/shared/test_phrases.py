"""The voice's words: exact sentences, and a complete chain of slots for every ticket and counter."""

from __future__ import annotations

import string
from itertools import product

import pytest

from shared.phrases import Reading, call, every_slot, number_words
from shared.vocabulary import Language

ID, EN = Language.INDONESIAN, Language.ENGLISH


def names(ticket: str, counter: str, language: Language = ID, reading: Reading = Reading.DIGITS) -> list[str]:
    return [slot.name for slot in call(ticket, counter, language, reading).slots]


@pytest.mark.parametrize(
    ("ticket", "counter", "language", "reading", "sentence"),
    [
        ("A-012", "3", ID, Reading.DIGITS, "Nomor antrean A nol satu dua, silakan menuju loket tiga."),
        ("A-012", "3", ID, Reading.WORDS, "Nomor antrean A nol dua belas, silakan menuju loket tiga."),
        ("A-012", "3", EN, Reading.DIGITS, "Queue number A zero one two, please go to counter three."),
        ("A-012", "3", EN, Reading.WORDS, "Queue number A zero twelve, please go to counter three."),
        (
            "K-123",
            "21",
            ID,
            Reading.WORDS,
            "Nomor antrean K seratus dua puluh tiga, silakan menuju loket dua puluh satu.",
        ),
        ("BPN-007", "3A", ID, Reading.DIGITS, "Nomor antrean B P N nol nol tujuh, silakan menuju loket tiga A."),
        ("B2-040", "10", ID, Reading.WORDS, "Nomor antrean B dua nol empat puluh, silakan menuju loket sepuluh."),
    ],
)
def test_a_call_is_said_in_these_words(
    ticket: str, counter: str, language: Language, reading: Reading, sentence: str
) -> None:
    assert call(ticket, counter, language, reading).sentence == sentence


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (99, "sembilan puluh sembilan"),
        (100, "seratus"),
        (101, "seratus satu"),
        (110, "seratus sepuluh"),
        (111, "seratus sebelas"),
        (123, "seratus dua puluh tiga"),
        (200, "dua ratus"),
        (1000, "seribu"),
        (1100, "seribu seratus"),
        (2015, "dua ribu lima belas"),
        (9999, "sembilan ribu sembilan ratus sembilan puluh sembilan"),
    ],
)
def test_indonesian_numbers(number: int, words: str) -> None:
    assert number_words(number, ID) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "zero"), (10, "ten"), (13, "thirteen"), (40, "forty"), (45, "forty five"), (117, "one hundred seventeen")],
)
def test_english_numbers(number: int, words: str) -> None:
    assert number_words(number, EN) == words


@pytest.mark.parametrize("language", list(Language))
def test_no_two_numbers_sound_the_same(language: Language) -> None:
    assert len({number_words(number, language) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize("number", [-1, 10_000])
def test_a_number_that_cannot_be_read_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        number_words(number, ID)


def test_the_chain_names_its_clips_in_the_order_of_speech() -> None:
    assert names("A-012", "3") == [
        *("nomor-antrean", "letter-a", "digit-0", "digit-1", "digit-2"),
        *("silakan-menuju-loket", "number-3"),
    ]


def test_a_whole_number_is_one_clip_up_to_99_and_few_above() -> None:
    assert names("A-099", "1", ID, Reading.WORDS)[1:4] == ["letter-a", "digit-0", "number-99"]
    assert names("A-1234", "1", ID, Reading.WORDS)[2:5] == ["number-1000", "number-200", "number-34"]


def test_zeros_of_a_counter_are_for_the_eye_alone() -> None:
    assert names("A-001", "03") == names("A-001", "3")


def test_a_number_too_long_to_read_is_spelled() -> None:
    assert names("A-12345", "1", ID, Reading.WORDS)[2:7] == [f"digit-{digit}" for digit in "12345"]


def test_signs_that_have_no_sound_are_left_out() -> None:
    assert names("a 012", "C/4") == ["nomor-antrean", "letter-a", "digit-0", "digit-1", "digit-2",
                                     "silakan-menuju-loket", "letter-c", "number-4"]  # fmt: skip


@pytest.mark.parametrize("language", list(Language))
def test_slots_have_names_of_their_own(language: Language) -> None:
    slots = every_slot(language)
    assert len({slot.name for slot in slots}) == len(slots)
    assert all(slot.words for slot in slots)


@pytest.mark.parametrize(("language", "reading"), list(product(Language, Reading)))
def test_every_ticket_of_every_letter_has_a_complete_chain(language: Language, reading: Reading) -> None:
    known = set(every_slot(language))
    for letter in string.ascii_uppercase:
        for number in range(1, 1000):
            chain = call(f"{letter}-{number:03}", "1", language, reading).ticket
            assert chain[1].name == f"letter-{letter.lower()}"
            assert len(chain) >= 3
            assert known.issuperset(chain)


@pytest.mark.parametrize(("language", "reading"), list(product(Language, Reading)))
def test_every_counter_has_a_complete_chain(language: Language, reading: Reading) -> None:
    known = set(every_slot(language))
    for counter in range(1, 100):
        chain = call("A-001", str(counter), language, reading).counter
        assert [slot.name for slot in chain[1:]] == [f"number-{counter}"]
        assert known.issuperset(chain)
