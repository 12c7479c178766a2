"""Snapshot, difference and application: two halves of one law."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.protocol.views import LineItem, Table
from shared.sync import GapError, apply, diff

tables = st.dictionaries(
    st.sampled_from([f"line:{n}" for n in range(8)]),
    st.builds(LineItem, service=st.just("s"), open=st.booleans(), waiting=st.integers(0, 3), minutes=st.none()),
)


@given(old=tables, new=tables, rev=st.integers(0, 10))
def test_law_8_a_difference_applied_to_the_old_table_gives_the_new_one(old: Table, new: Table, rev: int) -> None:
    delta = diff("kiosk", rev, old, new)
    if delta is None:
        assert old == new
    else:
        assert apply(rev, old, delta) == (rev + 1, new)


@given(old=tables, new=tables)
def test_law_15_a_difference_names_only_what_changed(old: Table, new: Table) -> None:
    delta = diff("kiosk", 0, old, new)
    if delta is not None:
        assert all(old.get(key) != item for key, item in delta.put.items())
        assert all(key in old for key in delta.drop)


@given(table=tables, rev=st.integers(0, 10), jump=st.integers(-3, 3).filter(lambda n: n != 1))
def test_law_7_a_delta_that_is_not_the_next_one_is_a_gap(table: Table, rev: int, jump: int) -> None:
    delta = diff(
        "kiosk", rev + jump - 1, table, {**table, "line:new": LineItem(service="s", open=True, waiting=9, minutes=None)}
    )
    assert delta is not None
    with pytest.raises(GapError):
        apply(rev, table, delta)
