"""Planting: a copy of the tree, one bug at a time, the test that must fail, and the copy as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from tests.planted.bugs import Bug

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("shared", "server", "kiosk", "counter", "display", "tests", "pyproject.toml")
PATIENCE = 120.0  # seconds for one test: a bug that makes it hang is caught by that
PATIENCE_FOR_ALL = 900.0
_ALL_TIERS = ("-m", "not release")
_FAILED = 1  # pytest's exit codes
_PASSED = 0


class Verdict(Enum):
    CAUGHT = "caught"
    SURVIVED = "SURVIVED"
    DOES_NOT_APPLY = "DOES NOT APPLY"
    TEST_BROKEN = "TEST BROKEN"
    """It could not even be run; a bug must be caught by an assertion, not by a program that does not start."""


@dataclass(frozen=True, slots=True)
class Result:
    bug: Bug
    verdict: Verdict
    seconds: float
    words: str = ""
    """The test's last words, where it did not do what it should."""


class Garden:
    """A copy of the tree in which bugs are planted. The tree itself is never touched."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
            else:
                shutil.copy2(source, folder / name)

    def is_sound(self, bugs: Sequence[Bug]) -> str:
        """Empty when every named test passes without a bug; else what failed. One run for all."""
        code, words = self._run(*dict.fromkeys(bug.caught_by for bug in bugs), patience=PATIENCE_FOR_ALL)
        return "" if code == _PASSED else words

    def try_out(self, bug: Bug) -> Result:
        began = time.monotonic()
        if not applies(bug):
            return Result(bug, Verdict.DOES_NOT_APPLY, 0.0, f"{bug.file} has it no more, or more than once")
        with _planted(self._folder / bug.file, bug):
            code, words = self._run(bug.caught_by)
        verdict = {_FAILED: Verdict.CAUGHT, _PASSED: Verdict.SURVIVED}.get(code, Verdict.TEST_BROKEN)
        return Result(bug, verdict, time.monotonic() - began, "" if verdict is Verdict.CAUGHT else words)

    def _run(self, *tests: str, patience: float = PATIENCE) -> tuple[int, str]:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            "--no-header",
            *_ALL_TIERS,
            *tests,
        ]
        environment = {**os.environ, "PYTHONPATH": str(self._folder), "PYTHONDONTWRITEBYTECODE": "1"}
        environment.pop("LOKET_FIGURES", None)
        try:
            done = subprocess.run(
                command,
                cwd=self._folder,
                env=environment,
                capture_output=True,
                text=True,
                timeout=patience,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return _FAILED, "it hung"
        return done.returncode, "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])


def applies(bug: Bug) -> bool:
    """Whether the line is still there, once, and the file of its test, too."""
    file, test = ROOT / bug.file, ROOT / bug.caught_by.partition("::")[0]
    return file.exists() and test.exists() and file.read_text("utf-8").count(bug.old) == 1


@contextmanager
def _planted(file: Path, bug: Bug) -> Iterator[None]:
    sound = file.read_text("utf-8")
    file.write_text(sound.replace(bug.old, bug.new), "utf-8")
    try:
        yield
    finally:
        file.write_text(sound, "utf-8")
