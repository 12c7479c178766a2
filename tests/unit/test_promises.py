"""The page of promises: made from figures, and true about the tests it names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.promises import Figure, read_figures, recorder_for
from tests.support.promises.page import rewrite

PAGE = Path("docs/promises.md")


def test_a_figure_is_written_where_the_variable_says_and_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "figures"
    monkeypatch.setenv("LOKET_FIGURES", str(file))
    record = recorder_for("tests/faults/test_f02_kill.py::test_kills[3]")
    record("P2", "F2", "one")
    record("P1", "F2", "two")
    record("P2", "F2", "three")
    assert [one.sentence for one in read_figures(file.read_bytes().splitlines())] == ["two", "three"]


@pytest.mark.parametrize(("promise", "fault"), [("P13", "F1"), ("P1", "F41"), ("", "")])
def test_a_figure_for_a_promise_or_fault_that_is_not_there_is_a_mistake(promise: str, fault: str) -> None:
    with pytest.raises(AssertionError):
        recorder_for("t")(promise, fault, "x")


def test_the_page_shows_a_figure_beside_its_promise_its_fault_and_its_test() -> None:
    page = rewrite(PAGE.read_text(), [Figure("P3", "F10", "a/test_f10.py::test_two[x]", "0 double calls")], "today")
    rows = [line for line in page.splitlines() if "0 double calls" in line]
    assert [row.split(" | ")[0] for row in rows] == ["| P3", "| F10"]
    assert all("`test_f10.py` `test_two`" in row for row in rows)
    assert rewrite(page, [], "x").count("0 double calls") == 0


def test_each_test_that_the_page_names_exists() -> None:
    named = re.findall(r"`(test_\w+\.py)` `(test_\w+)`", PAGE.read_text())
    sources = {path.name: path.read_text() for path in Path("tests").rglob("test_*.py")}
    assert [(file, name) for file, name in named if f"def {name}(" not in sources.get(file, "")] == []
