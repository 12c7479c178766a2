"""F4: the disk lies about a flush. Nothing can be promised on such a disk; the doctor says when it looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from server import doctor
from server.care.flushing import TOO_FAST, flushes_per_second
from server.settings import ServerSettings
from tests.support.promises import RecordFigure


@pytest.mark.parametrize(("rate", "warned"), [(TOO_FAST * 20, True), (TOO_FAST + 1, True), (250, False)])
def test_f4_the_doctor_warns_of_flushes_that_are_too_fast_to_be_true(
    rate: float,
    warned: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(doctor, "LOOKS", ())
    monkeypatch.setattr(doctor, "flushes_per_second", lambda _: rate)
    assert doctor.main(ServerSettings(state=str(tmp_path / "not-made-yet"), disk_low_mb=0)) == 0
    said = capsys.readouterr().out
    assert ("a UPS" in said) is warned
    assert f"{rate} a second" in said


def test_f4_flushes_are_really_made(tmp_path: Path, figure: RecordFigure) -> None:
    rate = flushes_per_second(tmp_path)
    assert rate > 1
    assert not list(tmp_path.iterdir())
    figure("", "F4", f"this disk: {rate:.0f} flushes a second; the doctor warns above {TOO_FAST}")
