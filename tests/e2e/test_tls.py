"""TLS with the hall's own authority, as an administrator meets it: the real server, the real programs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError

import pytest

from server.tls.certificates import LEAF_LIFE, Site, names_of
from server.tls.folder import CertificateFolder
from shared.notices import PairingCode, TurnedAway
from shared.vocabulary import ErrorCode
from shared.vocabulary import Program as Kind
from tests.support.demo.driver import Window
from tests.support.demo.processes import Program, Programs
from tests.support.device import Device
from tests.support.real_server import RealServer

pytestmark = [pytest.mark.e2e, pytest.mark.faults, pytest.mark.xdist_group("e2e")]

SEES = {"kiosk": "messageText", "counter": "noticeBody", "display": "message"}
HERE = Site(("localhost",), ("127.0.0.1",))


@pytest.fixture
def server(tmp_path: Path) -> RealServer:
    made = RealServer(tmp_path, LOKET_TLS="true", LOKET_PLAIN_PORT="0")
    made.command("tls", "init", "--name", "hall.example", "--ip", "127.0.0.1")
    return made


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    with Programs(tmp_path / "logs") as running:
        yield running


def start(programs: Programs, name: str, server: RealServer, folder: Path) -> tuple[Program, Window]:
    drive = folder / f"{name}.drive"
    drive.unlink(missing_ok=True)
    program = programs.start(
        name,
        name,
        "--window",
        "1024x768",
        QT_QPA_PLATFORM="offscreen",
        LOKET_SERVER=f"wss://localhost:{server.port}",
        LOKET_STATE=str(folder / f"state-{name}"),
        LOKET_DRIVE=str(drive),
    )
    window = Window(name, drive)
    window.connect()
    return program, window


def test_programs_are_introduced_over_tls_and_believe_no_other_server_afterwards(
    server: RealServer, programs: Programs, tmp_path: Path
) -> None:
    shown = server.command("tls", "show")
    fingerprint = re.search(r"On screens:\s+(\w{8}),", shown)
    assert fingerprint
    with server:
        started = []
        windows = {}
        for name in SEES:
            program, windows[name] = start(programs, name, server, tmp_path)
            started.append(program)
        for name, window in windows.items():
            code = window.wait("pairingCode", text="-")["text"]
            assert code.endswith("-" + fingerprint[1]), "the screen shows what the server shows"
            approve = ["devices", "approve", code, "--name", f"TV {name}", "--zone", "north"]
            with pytest.raises(AssertionError, match="somebody may stand between the two"):
                server.command("devices", "approve", code[:-8] + "00000000", *approve[3:])
            server.command(*approve)
            window.wait_gone("pairingCode")
        for name in SEES:
            pinned = tmp_path / f"state-{name}" / "authority.pem"
            assert pinned.read_text() == (server.tls / "authority.pem").read_text()
        secrets = [(tmp_path / f"state-{name}" / kept).read_text() for name in SEES for kept in ("token", "proof")]
        pids = [program.pid for program in started] + [server.process.pid]
        told = "".join(Path(f"/proc/{pid}/{what}").read_text() for pid in pids for what in ("cmdline", "environ"))
        told += server.log.read_text() + "".join(log.read_text() for log in (tmp_path / "logs").glob("*.log"))
        assert [secret for secret in secrets if secret in told] == []
        programs.end()
        window = start(programs, "display", server, tmp_path)[1]  # by its pinned authority
        window.wait("zoneName")
        window.picture(tmp_path / "board.png")

    for what, began in (("another", datetime.now(UTC)), ("expired", datetime.now(UTC) - LEAF_LIFE - timedelta(days=1))):
        shutil.move(server.tls, tmp_path / f"tls-before-{what}")
        folder = CertificateFolder(server.tls)
        folder.make(HERE, began)
        if what == "expired":  # of the authority that they believe, and it cannot be renewed
            for file in ("authority.pem", "authority.key"):
                shutil.copy(tmp_path / "tls-before-another" / file, server.tls / file)
            _issue_expired(folder, began)
        _serves_what_nobody_believes(server, window, tmp_path, expired=what == "expired")
    for log in (tmp_path / "logs").glob("*.log"):
        assert "Traceback" not in log.read_text(), log


def _issue_expired(folder: CertificateFolder, began: datetime) -> None:
    held = folder.read()
    key = folder.authority_key()
    folder.issue(held.authority, key, names_of(held.leaf), began)
    (folder.folder / "authority.key").unlink()


def _serves_what_nobody_believes(server: RealServer, window: Window, pictures: Path, *, expired: bool) -> None:
    words = "kedaluwarsa" if expired else "tidak dikenal"
    server.believed = False
    with server:
        window.wait("message", text=words)
        window.picture(pictures / f"{'expired' if expired else 'another'}.png")


def test_without_tls_phones_are_served_and_programs_are_not(server: RealServer, tmp_path: Path) -> None:
    with server:
        assert server.read("/health", in_clear=True)
        with pytest.raises(HTTPError, match="404"):
            server.read("/v/abcdefghijklmnopqrstuv", in_clear=True)
        kiosk = Device(tmp_path / "kiosk", server.plain_port)
        told = kiosk.hears(TurnedAway)
        assert (told.code, told.facts) == (ErrorCode.FORBIDDEN, {"reason": "tls"})


def test_displays_may_come_in_clear_where_the_settings_let_them(tmp_path: Path) -> None:
    server = RealServer(tmp_path, LOKET_TLS="true", LOKET_PLAIN_PORT="0", LOKET_PLAIN_DISPLAYS="true")
    server.command("tls", "init")
    with server:
        Device(tmp_path / "display", server.plain_port, Kind.DISPLAY).hears(PairingCode)
        assert (
            Device(tmp_path / "counter", server.plain_port, Kind.COUNTER).hears(TurnedAway).code is ErrorCode.FORBIDDEN
        )


def test_without_a_certificate_the_server_says_how_to_make_one(tmp_path: Path) -> None:
    server = RealServer(tmp_path, LOKET_TLS="true")
    done = subprocess.run(
        [sys.executable, "-m", "server", "run", "--catalogue", str(tmp_path / "hall.toml")],
        env=server.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "`loket-server tls init`" in done.stderr
    assert "Traceback" not in done.stderr
