"""The keyed list model: whatever list comes next, the model equals it and the view heard every step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from shared.qt.keyed_list_model import KeyedListModel

lists = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 2)), unique_by=lambda row: row[0])


def rows(pairs: list[tuple[str, int]]) -> list[dict[str, object]]:
    return [{"ticket": ticket, "minutes": minutes} for ticket, minutes in pairs]


@given(first=lists, second=lists)
def test_the_model_equals_the_list_it_was_shown(first: list[tuple[str, int]], second: list[tuple[str, int]]) -> None:
    model = KeyedListModel("ticket", ["ticket", "minutes"])
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(rows(first))
    model.show(rows(second))
    assert list(model.rows) == rows(second)
    assert model.rowCount() == len(second)
    tester.deleteLater()


def test_a_row_that_stays_keeps_its_place_in_the_view_when_others_leave() -> None:
    model = KeyedListModel("ticket", ["ticket", "minutes"])
    model.show(rows([("a", 0), ("b", 0), ("c", 0)]))
    kept = QPersistentModelIndex(model.index(2))
    model.show(rows([("c", 1), ("d", 0)]))
    assert kept.row() == 0
    assert model.data(model.index(0), Qt.ItemDataRole.UserRole + 1) == 1


def test_what_is_out_of_range_is_nothing() -> None:
    model = KeyedListModel("ticket", ["ticket"])
    assert model.data(QModelIndex()) is None
    assert model.rowCount(model.index(0)) == 0
