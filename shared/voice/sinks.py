"""Where sound goes: a sound device, or a file that takes as long as a device would."""

from __future__ import annotations

import ctypes
import struct
import threading
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from shared.lean import import_without
from shared.voice.sound import RATE, Sound, silence

if TYPE_CHECKING:
    import miniaudio

# All that miniaudio knows except its silent one: without a device it would "play" there, and nobody would be told.
_BACKENDS = ("WASAPI", "DSOUND", "WINMM", "COREAUDIO", "PULSEAUDIO", "ALSA", "SNDIO", "OSS")
BUFFER = 100  # ms: long enough for a busy small PC, short enough to stop at once
STALLED = 3.0  # seconds more than the sound lasts: the device has stopped taking sound
TAIL = 0.15  # seconds: the last buffer is still in the device when we are done


class SinkError(Exception):
    """The sound cannot be played; the text says why, for the log."""


class Sink(Protocol):
    def probe(self) -> None:
        """Raises SinkError when nothing could be played now."""

    def play(self, sound: Sound, ending: threading.Event) -> None:
        """Play to the end, or until `ending`. Raises SinkError."""

    def close(self) -> None: ...


class DeviceSink:
    """The system's default sound device, opened for each announcement: a screen's speakers come and go with it."""

    def __init__(self, backends: list[miniaudio.Backend] | None = None) -> None:
        self._backends = backends
        self._library: Any = None
        _hush_alsa()

    def probe(self) -> None:
        self._opened().close()

    def play(self, sound: Sound, ending: threading.Event) -> None:
        device = self._opened()
        done = threading.Event()
        feed = _feed(memoryview(sound.samples).cast("B"), done)
        next(feed)
        try:
            device.start(feed)
            waited = 0.0
            while not done.wait(0.1) and not ending.is_set():
                waited += 0.1
                if waited > sound.seconds + STALLED:
                    raise SinkError("the sound device takes no more sound")
            ending.wait(TAIL + BUFFER / 1000)
        except self._library.MiniaudioError as error:
            raise SinkError(f"the sound device failed: {error}") from None
        finally:
            device.close()

    def close(self) -> None: ...

    def _opened(self) -> miniaudio.PlaybackDevice:
        """Loads the library when it is first needed, in the speaker's thread: the board is shown meanwhile."""
        library = self._library = import_without("miniaudio", "numpy")
        backends = self._backends or [getattr(library.Backend, name) for name in _BACKENDS]
        try:
            return library.PlaybackDevice(
                output_format=library.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE,
                buffersize_msec=BUFFER,
                backends=backends,
                app_name="Loket",
            )
        except library.MiniaudioError as error:
            raise SinkError(f"no sound device ({error.args[0]})") from None


def _feed(samples: memoryview, done: threading.Event) -> Generator[memoryview | bytes, int, None]:
    """Hands out as many frames as the device asks for; then silence, for a device pads nothing by itself."""
    wanted = yield b""
    at = 0
    while at < len(samples):
        part = samples[at : at + 2 * wanted]
        at += len(part)
        wanted = yield part
    done.set()
    while True:
        wanted = yield bytes(2 * wanted)


class FileSink:
    """A WAV file instead of a device: for demonstrations and tests. Valid after each announcement."""

    PAUSE = 0.5  # seconds between two announcements in the file

    def __init__(self, file: Path, *, real_time: bool = True) -> None:
        self._file = file
        self._real_time = real_time
        self._bytes = 0

    def probe(self) -> None:
        try:
            if not self._file.exists() or not self._bytes:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._file.write_bytes(_wav_header(0))
        except OSError as error:
            raise SinkError(f"{self._file} cannot be written: {error.strerror}") from None

    def play(self, sound: Sound, ending: threading.Event) -> None:
        """The time passes first: whoever sees the file grow knows that the announcement is over."""
        if not self._bytes:
            self.probe()
        if self._real_time:
            ending.wait(sound.seconds)
        pause = silence(self.PAUSE if self._bytes else 0.0)
        frames = (pause.samples + sound.samples).tobytes()
        try:
            with self._file.open("r+b") as out:
                out.seek(0, 2)
                out.write(frames)
                self._bytes += len(frames)
                out.seek(0)
                out.write(_wav_header(self._bytes))
        except OSError as error:
            raise SinkError(f"{self._file} cannot be written: {error.strerror}") from None

    def close(self) -> None: ...


def _wav_header(size: int) -> bytes:
    """RIFF header of mono 16 bit PCM with `size` bytes of samples."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16)
    return struct.pack("<4sI4s", b"RIFF", 36 + size, b"WAVE") + form + struct.pack("<4sI", b"data", size)


_AlsaHandler = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
_silent = _AlsaHandler(lambda _file, _line, _function, _error, _text: None)


def _hush_alsa() -> None:
    """ALSA prints a page to stderr for each device that is not there; we say it in one line of our own."""
    try:
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_silent)
    except (OSError, AttributeError):  # another system, or no ALSA
        return
