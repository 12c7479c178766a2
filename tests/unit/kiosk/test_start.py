"""Starting the kiosk program: what is wrong is said in one sentence, before any window opens."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.pin import is_pin


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--printer", "tcp://127.0.0.1:9100", "--profile", "TM-NEVER"], "TM-NEVER"),
        (["--printer", "fax://127.0.0.1"], "fax://127.0.0.1"),
        (["--settings", "/nowhere/kiosk.toml"], "/nowhere/kiosk.toml"),
    ],
)
def test_a_wrong_setting_is_one_sentence_and_exit_code_2(
    arguments: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert named in said
    assert said.startswith("loket-kiosk: ")
    assert "Traceback" not in said


def test_an_unknown_setting_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('colour = "red"\n', encoding="utf-8")
    assert main(["--settings", str(file)]) == 2
    assert "colour" in capsys.readouterr().err


def test_a_pin_is_hashed_for_the_settings(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("2468\n"))
    assert main(["--hash-pin"]) == 0
    assert is_pin(capsys.readouterr().out.strip(), "2468")


@pytest.mark.parametrize("pin", ["", "12", "abcd", "12 34"])
def test_what_is_no_pin_is_not_hashed(
    pin: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{pin}\n"))
    assert main(["--hash-pin"]) == 2
    assert capsys.readouterr().out == ""
