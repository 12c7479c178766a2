"""The setup code: who reads it from the console comes in, who guesses waits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server.app.setup_code import MOST_WRONG, PAUSE, SetupCode, TooManyWrongError
from tests.support.builders import NINE


def test_the_code_opens_as_it_is_shown_and_as_it_is_typed() -> None:
    code = SetupCode(lambda: NINE)
    for typed in (code.shown, code.code.lower(), f" {code.code[:3]} {code.code[3:]} "):
        token = code.enter(typed)
        assert token is not None
        assert code.knows(token)
    assert not code.knows("")
    assert not code.knows("x")


def test_every_server_has_another_code() -> None:
    assert SetupCode(lambda: NINE).code != SetupCode(lambda: NINE).code


def test_whoever_guesses_waits_and_the_right_code_waits_with_them() -> None:
    now = NINE
    code = SetupCode(lambda: now)
    for _ in range(MOST_WRONG):
        assert code.enter("BCDFGBCDFG") is None
    with pytest.raises(TooManyWrongError):
        code.enter(code.code)
    now = NINE + PAUSE - timedelta(seconds=1)
    with pytest.raises(TooManyWrongError):
        code.enter(code.code)
    now = NINE + PAUSE
    assert code.enter(code.code) is not None
