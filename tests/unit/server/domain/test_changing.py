"""Changing a frozen value gives what `dataclasses.replace` gives, and leaves the value as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from server.domain.changing import changed
from shared.vocabulary import CounterId, LegState
from tests.support.builders import NINE, a_lobby, issue


def test_it_gives_what_replace_gives() -> None:
    visit = issue(a_lobby())
    leg = visit.legs[0]
    later = NINE + timedelta(minutes=3)
    for value, new in (
        (leg, {"state": LegState.CALLED, "since": later, "counter": CounterId("c1"), "calls": 1}),
        (leg, {}),
        (visit, {"legs": (leg, leg)}),
    ):
        before = repr(value)
        assert changed(value, **new) == replace(value, **new)
        assert hash(changed(value, **new)) == hash(replace(value, **new))
        assert repr(value) == before


def test_a_name_that_the_value_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError):
        changed(issue(a_lobby()).legs[0], stat=LegState.CALLED)
