"""Two soft tones that make an officer look up; without a sound device the desktop's own beep."""

from __future__ import annotations

import math
import os
import sys
import threading
import time
from array import array
from collections.abc import Generator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from shared.log import get_log

RATE = 44_100
TONES = ((784.0, 0.22), (587.0, 0.42))  # Hz and seconds: falling, so that it is not taken for a call in the lobby
LOUDNESS = 0.25

log = get_log("chime")


def sound_is_possible() -> bool:
    """Whether to ask for a device at all: without any, ALSA fills the log with complaints of its own."""
    if sys.platform != "linux" or "PULSE_SERVER" in os.environ or Path("/dev/snd").exists():
        return True
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(runtime) and (Path(runtime) / "pulse" / "native").exists()


def samples() -> array[int]:
    """The chime as 16-bit mono samples at RATE; each tone fades out, so that nothing clicks."""
    made = array("h")
    for pitch, length in TONES:
        count = int(RATE * length)
        for at in range(count):
            fade = min(1.0, at / 200) * (1 - at / count) ** 1.5
            made.append(int(32_767 * LOUDNESS * fade * math.sin(2 * math.pi * pitch * at / RATE)))
    return made


class Chime(QObject):
    _silent = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_ready = False

    def ring(self) -> None:
        """Sound once, without waiting for it."""
        if not self._is_ready:
            from PySide6.QtCore import Qt  # 120 enumerations: not before the first frame

            self._silent.connect(_beep, Qt.ConnectionType.QueuedConnection)
            self._is_ready = True
        threading.Thread(target=self._play, name="chime", daemon=True).start()

    def _play(self) -> None:
        if not sound_is_possible():
            log.warning("no sound device")
            self._silent.emit()
            return
        import miniaudio  # opening the library asks for devices: not at the program's start

        sound = samples()
        try:
            with miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=RATE
            ) as device:
                feed = _feed(sound)
                next(feed)
                device.start(feed)
                time.sleep(len(sound) / RATE + 0.2)
        except miniaudio.MiniaudioError as error:
            log.warning("no sound device", error=str(error))
            self._silent.emit()


def _feed(sound: array[int]) -> Generator[array[int], int, None]:
    wanted = yield array("h")
    at = 0
    while True:
        part = sound[at : at + wanted]
        at += wanted
        wanted = yield part + array("h", [0] * (wanted - len(part)))


def _beep() -> None:
    from PySide6.QtWidgets import QApplication

    QApplication.beep()
