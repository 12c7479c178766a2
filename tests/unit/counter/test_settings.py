"""How the counter program starts: a wrong setting is one sentence and exit code 2, before any window."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter.__main__ import main


@pytest.mark.parametrize(
    "arguments",
    [
        ["--window", "wide"],
        ["--server", "http://example.test"],
        ["--settings", "/nowhere/counter.toml"],
    ],
)
def test_a_wrong_setting_is_one_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr().err
    assert told.startswith("loket-counter: ")
    assert told.count("\n") == 1


def test_an_unknown_name_in_the_file_is_told_with_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "counter.toml"
    file.write_text('sever = "ws://hall:8400"\n', encoding="utf-8")
    assert main(["--settings", str(file)]) == 2
    told = capsys.readouterr().err
    assert "sever" in told
    assert str(file) in told
