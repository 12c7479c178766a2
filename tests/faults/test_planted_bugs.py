"""The fault tests themselves: a bug planted on purpose is caught by the test that is there for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.planted.bugs import BUGS, Bug
from tests.planted.planting import Garden, Verdict, applies


def test_every_planted_bug_still_applies() -> None:
    assert [bug.name for bug in BUGS if not applies(bug)] == []
    assert len({bug.name for bug in BUGS}) == len(BUGS) >= 15


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    return Garden(tmp_path_factory.mktemp("planted"))


@pytest.mark.xdist_group("planted")
@pytest.mark.parametrize(
    "bug",
    [
        pytest.param(bug, id=bug.name, marks=pytest.mark.faults if bug.quick else pytest.mark.release)
        for bug in BUGS
    ],
)  # fmt: skip
def test_a_planted_bug_is_caught(garden: Garden, bug: Bug) -> None:
    result = garden.try_out(bug)
    assert result.verdict is Verdict.CAUGHT, result.words


def test_a_copy_of_the_tree_is_never_the_tree(tmp_path: Path) -> None:
    planted = Garden(tmp_path / "copy")
    source = tmp_path / "copy" / BUGS[0].file
    source.write_text(source.read_text("utf-8").replace(BUGS[0].old, BUGS[0].new), "utf-8")
    assert planted
    assert applies(BUGS[0])
