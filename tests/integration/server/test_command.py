"""The command `loket-server` as an administrator meets it: one sentence when it cannot, nothing else."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from server.__main__ import main
from server.app.ports import PendingDevice
from server.db import open_store
from server.domain.changes import Changes
from server.domain.facts import Actor, Fact, FactKind
from shared.vocabulary import Program
from tests.support.in_process import Done, in_process
from tests.support.small_catalogue import SMALL, changed


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    file = tmp_path / "hall.toml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'loket.sqlite'}"


def _loket(*words: object, typed: str = "") -> Done:
    return in_process(main, *words, typed=typed)


def _process(*words: object) -> Done:
    command = [sys.executable, "-m", "server", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def _refusal(*words: object, typed: str = "") -> str:
    """The sentence of a command that fails."""
    return _said_by(_loket(*words, typed=typed))


def _said_by(done: Done) -> str:
    assert done.returncode == 2, done
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("loket-server: ")
    return done.stderr


def test_sigterm_ends_the_server_with_zero(tmp_path: Path, catalogue: Path) -> None:
    words = ["run", "--database", _url(tmp_path), "--host", "127.0.0.1", "--port", "0", "--catalogue", str(catalogue)]
    process = subprocess.Popen(
        [sys.executable, "-m", "server", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    with process:
        line = process.stdout.readline()
        assert re.match(r"Loket serves on port \d+; phones reach it at http://127.0.0.1:\d+", line)
        assert "Another Loket server is running" in _said_by(
            _process("run", "--database", _url(tmp_path), "--port", "0")
        )
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def test_the_database_and_its_backups_are_not_for_other_users_of_the_machine(tmp_path: Path, catalogue: Path) -> None:
    backup = tmp_path / "backup.sqlite"
    before = os.umask(0o022)
    try:
        assert _loket("catalogue", "import", catalogue, "--database", _url(tmp_path)).returncode == 0
        assert _loket("backup", backup, "--database", _url(tmp_path)).returncode == 0
    finally:
        os.umask(before)
    files = [file for file in tmp_path.iterdir() if file != catalogue]
    assert backup in files
    assert not [file.name for file in files if file.stat().st_mode & 0o007]


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = _said_by(_process("run", "--database", _url(tmp_path), "--host", "127.0.0.1", "--port", port))
    assert f"Port {port} is taken" in said


def test_a_clock_that_jumped_back_is_one_sentence(tmp_path: Path, catalogue: Path) -> None:
    ahead = datetime.now(UTC) + timedelta(days=2)
    with open_store(_url(tmp_path)) as store:
        fact = Fact(FactKind.COUNTER_OPENED, ahead, Actor())
        store.lobbies.commit(date(2026, 11, 23), Changes(facts=[fact]), ())
    said = _refusal("run", "--database", _url(tmp_path), "--port", "0", "--catalogue", catalogue)
    assert "set the clock right" in said


def test_a_wrong_catalogue_names_every_mistake_with_its_line_and_is_not_published(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(changed('profile = ["clearance"]', 'profile = ["flying"]'), encoding="utf-8")
    checked = _loket("catalogue", "check", file)
    assert checked.returncode == 2
    assert re.search(r"line \d+: .*flying", checked.stdout)
    assert re.search(r"line \d+: .*flying", _refusal("catalogue", "import", "--database", _url(tmp_path), file))
    assert "There is no catalogue yet" in _refusal("catalogue", "show", "--database", _url(tmp_path))


def test_a_catalogue_is_published_and_shown(tmp_path: Path, catalogue: Path) -> None:
    assert "version 1" in _loket("catalogue", "import", "--database", _url(tmp_path), catalogue).stdout
    assert _loket("catalogue", "show", "--database", _url(tmp_path)).stdout.strip() == SMALL.strip()


def test_a_pin_is_read_from_the_input_and_checked(tmp_path: Path, catalogue: Path) -> None:
    url = _url(tmp_path)
    _loket("catalogue", "import", "--database", url, catalogue)
    assert "is set" in _loket("officers", "set-pin", "head", "--database", url, typed="482915\n").stdout
    assert "has a PIN" in _loket("officers", "list", "--database", url).stdout
    assert "4 to 12 digits" in _refusal("officers", "set-pin", "head", "--database", url, typed="12\n")
    assert "no officer nobody" in _refusal("officers", "set-pin", "nobody", "--database", url, typed="482915\n")


def test_a_code_that_no_program_shows_is_one_sentence(tmp_path: Path) -> None:
    said = _refusal("devices", "approve", "BCDFGHJK", "--name", "Kiosk 1", "--database", _url(tmp_path))
    assert "No program shows the code" in said


def test_a_device_is_approved_for_a_zone_of_the_catalogue_alone(tmp_path: Path, catalogue: Path) -> None:
    url = _url(tmp_path)
    _loket("catalogue", "import", "--database", url, catalogue)
    now = datetime.now(UTC)
    with open_store(url) as store:
        shown = PendingDevice("BCDFGHJK", "tv", Program.DISPLAY, now, now + timedelta(minutes=10), b"proof")
        store.access.ask_pairing(shown)
    approve = ("devices", "approve", "BCDFGHJK", "--name", "TV 1", "--database", url, "--zone")
    assert "A display needs --zone (the catalogue has north, south)" in _refusal(*approve[:-1])
    assert "no zone nowhere, only north, south" in _refusal(*approve, "nowhere")
    assert "TV 1 is approved" in _loket(*approve, "north").stdout


def test_a_password_on_the_command_line_is_refused_and_not_repeated() -> None:
    refusal = _refusal("devices", "list", "--database", "postgresql://loket:hunter2@localhost/loket")
    assert "can be read by every user of this machine" in refusal
    assert "hunter2" not in refusal


def test_a_setting_of_the_wrong_type_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('port = "eighty"\n', encoding="utf-8")
    assert "a setting is wrong" in _refusal("run", "--settings", file)
