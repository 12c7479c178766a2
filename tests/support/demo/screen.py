"""The screen to play on: the one that is there, else a virtual one (Xvfb)."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext

VIRTUAL_SCREEN = "4400x1920x24"  # kiosk 1080x1920, display 1920x1080 and counter 1366x768 side by side


def is_real() -> bool:
    """Whether people can see what we show."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def some_screen() -> AbstractContextManager[Mapping[str, str]]:
    """The environment for programs on the real screen, or on a virtual one where there is none."""
    return nullcontext({}) if is_real() else virtual_screen()


@contextmanager
def virtual_screen() -> Iterator[Mapping[str, str]]:
    """The environment for programs on a screen of their own; Qt's offscreen platform where there is no Xvfb."""
    if shutil.which("Xvfb") is None:
        yield {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
        return
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", VIRTUAL_SCREEN, "-nolisten", "tcp"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb gave no display")
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software"}
    finally:
        server.terminate()
        server.wait(5)
