"""F20: a cable is pulled behind a switch, without a word. Both sides notice, the display says so (P12), it heals."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bench.serving import ROOT
from tests.bench.site import prepare
from tests.support.demo.driver import Window
from tests.support.namespaces import Hall, NoNamespacesError, command, inside, two_sides
from tests.support.promises import RecordFigure
from tests.support.waiting import fair, wait_until
from tests.support.watching import published

PORT = 8400  # in a namespace of its own everything is free
NOTICED_WITHIN, BANNER_WITHIN, BACK_WITHIN = 20.0, 10.0, 20.0  # seconds


@pytest.fixture
def hall() -> Iterator[Hall]:
    try:
        with two_sides() as made:
            yield made
    except NoNamespacesError as error:
        pytest.skip(f"needs network namespaces: {error}")


@pytest.mark.faults
def test_p12_a_pulled_cable_is_noticed_on_both_sides_and_heals(
    hall: Hall, tmp_path: Path, figure: RecordFigure
) -> None:
    site = prepare(f"sqlite:///{tmp_path / 'loket.sqlite'}", tmp_path, displays=1)
    state = tmp_path / "display"
    state.mkdir()
    (state / "token").write_text(site.displays[0].token)
    address, drive = hall.server_address, tmp_path / "drive"

    def connections() -> int:
        return inside(hall.server, lambda: published(PORT, "loket_connections"))

    server = command(hall.server, sys.executable, "-m", "server", "run", "--database", site.url, "--host", "0.0.0.0",
                     "--port", str(PORT))  # fmt: skip
    display = command(hall.programs, "env", f"LOKET_DRIVE={drive}", "QT_QPA_PLATFORM=offscreen", sys.executable, "-m",
                      "display", "--server", f"ws://{address}:{PORT}", "--state", str(state), "--window", "640x360",
                      "--audio-out", str(tmp_path / "voice.wav"))  # fmt: skip
    with _running(server, tmp_path / "server.log"), _running(display, tmp_path / "display.log"):
        wait_until(lambda: _or_no(lambda: connections() == 1), 40)
        window = Window("display", drive)
        window.connect()
        wait_until(lambda: window.find("staleText") is None, 20)
        hall.pull_the_cable()
        cut = time.monotonic()
        wait_until(lambda: window.find("staleText") is not None, BANNER_WITHIN + 5)
        banner = time.monotonic() - cut
        wait_until(lambda: connections() == 0, NOTICED_WITHIN + 5)
        noticed = time.monotonic() - cut
        hall.plug_it_in()
        back = wait_until(lambda: window.find("staleText") is None, BACK_WITHIN + 10)
        window.close()
    assert banner <= fair(BANNER_WITHIN)
    assert noticed <= fair(NOTICED_WITHIN)
    assert back <= fair(BACK_WITHIN)
    figure("P12", "F20", f"cable pulled: the display says so after {banner:.1f} s, the server after {noticed:.1f} s; "
           f"plugged in again it is live after {back:.1f} s")  # fmt: skip


def _or_no(look: Callable[[], bool]) -> bool:
    """False while the server does not answer yet."""
    try:
        return look()
    except OSError:
        return False


@contextmanager
def _running(words: list[str], log: Path) -> Iterator[None]:
    with log.open("wb") as out:
        process = subprocess.Popen(words, cwd=ROOT, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait()
