"""A scanner's keys become a slip's key; anything else becomes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.scanning import LONGEST, Scan, slip_key

KEY = "tQf2wYc0mJx5bN8sKd1LzA"
CODE = f"https://hall.example:8400/v/{KEY}"


def scan(text: str, between: float = 0.01) -> list[str | None]:
    state, now, found = Scan(), 10.0, []
    for letter in text:
        now += between
        state, key = state.after(letter, now)
        found.append(key)
    return found


def test_a_code_and_its_end_give_the_key() -> None:
    assert scan(f"{CODE}\r") == [None] * len(CODE) + [KEY]
    assert scan(f"{CODE}\n{CODE}\r").count(KEY) == 2


def test_keys_that_are_pressed_slowly_are_no_code() -> None:
    assert scan(f"{CODE}\r", between=0.6)[-1] is None


def test_a_finger_before_the_code_does_not_spoil_it() -> None:
    state, _ = Scan().after("x", 1.0)
    for place, letter in enumerate(CODE):
        state, _ = state.after(letter, 5.0 + place / 100)
    assert state.after("\r", 5.0 + len(CODE) / 100)[1] == KEY


def test_keys_without_a_letter_do_not_spoil_it() -> None:
    state, now = Scan(), 1.0
    for letter in CODE:
        state, _ = state.after("", now)  # shift, as scanners send it
        state, _ = state.after(letter, now)
    assert state.after("\r", now)[1] == KEY


@pytest.mark.parametrize(
    "code", ["", "A-042", "https://hall.example/v/short", f"https://x/w/{KEY}", f"{CODE}/more", "9" * 20, f"{CODE} x"]
)
def test_another_code_is_no_slip(code: str) -> None:
    assert slip_key(code) is None


@given(st.text(max_size=2000))
def test_whatever_is_typed_the_memory_of_it_is_bounded(text: str) -> None:
    state = Scan()
    for letter in text:
        state, _ = state.after(letter, 1.0)
        assert len(state.typed) <= LONGEST
