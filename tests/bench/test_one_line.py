"""One line of the bench from end to end: a real server, a real disk, real devices. What it measured is not asserted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.__main__ import FAMILIES, main


@pytest.mark.e2e
@pytest.mark.faults
def test_a_line_is_measured_written_down_and_leaves_nothing_behind(tmp_path: Path) -> None:
    folder, file = tmp_path / "disk", tmp_path / "figures.json"
    assert main(["--quick", "--only", "issue-1", "--folder", str(folder), "--json", str(file)]) == 0
    first, second, third, bare, _ = json.loads(file.read_text())["lines"]
    assert (first["name"], second["unit"], third["unit"]) == ("issue, 1 kiosk: rate", "ms", "us")
    assert third["median"] > 0
    assert bare["median"] > 0
    assert first["median"] > 0
    assert first["beside"] > 0
    assert list(folder.iterdir()) == []


@pytest.mark.faults
def test_what_fails_is_a_line_that_says_so_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(_: object) -> list[object]:
        raise OSError("the disk is gone")

    monkeypatch.setitem(FAMILIES, "issue-1", broken)
    assert main(["--quick", "--only", "issue-1", "slip", "--folder", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "issue-1: not measured: OSError: the disk is gone" in shown
    assert "slip: text and QR code" in shown
