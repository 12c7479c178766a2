"""Clips on the disk: recordings that a site brings, and what the engine said before."""

from __future__ import annotations

from pathlib import Path

from shared.lean import import_without
from shared.log import get_log
from shared.phrases import CHIME
from shared.vocabulary import Language
from shared.voice import sound
from shared.voice.sound import RATE, Sound

log = get_log("voice")

LONGEST_CLIP = 15.0  # seconds; a longer file is not a clip but a mistake


class Recordings:
    """A folder of recordings by slot: `chime.wav`, `id/letter-a.wav`, `en/number-3.wav`.

    Any sample rate, mono or stereo. A file that cannot be read is named in the log and counts as missing, so one bad
    file never silences a call.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._known: dict[Path, Sound | None] = {}

    def chime(self) -> Sound | None:
        return self._read(f"{CHIME}.wav", level=None)

    def clip(self, slot: str, language: Language) -> Sound | None:
        return self._read(f"{language}/{slot}.wav", level=sound.SPEECH_LEVEL)

    def _read(self, name: str, level: float | None) -> Sound | None:
        if self._folder is None:
            return None
        file = self._folder / name
        if file not in self._known:
            recorded = read(file) if file.exists() else None
            if recorded is not None and level is not None:
                recorded = sound.levelled(recorded, level)
            self._known[file] = recorded
        return self._known[file]


class Cache:
    """What the engine made, kept over restarts. Lost or unwritable, it costs time and nothing else."""

    def __init__(self, folder: Path) -> None:
        """`folder` is named after the engine's settings: other settings, other clips."""
        self._folder = folder

    def find(self, name: str, language: Language) -> Sound | None:
        file = self._file(name, language)
        return read(file) if file.exists() else None

    def keep(self, name: str, language: Language, made: Sound) -> None:
        file = self._file(name, language)
        beside = file.with_suffix(".new")  # a power cut must not leave half a clip under the true name
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            sound.write(made, beside)
            beside.replace(file)
        except OSError as error:
            log.warning("clip not kept", clip=file.name, error=error.strerror)

    def _file(self, name: str, language: Language) -> Path:
        return self._folder / language / f"{name}.wav"


def read(file: Path) -> Sound | None:
    """A sound file as our kind of Sound, without silence around it; None, and a line in the log, if it is none."""
    miniaudio = import_without("miniaudio", "numpy")  # in the speaker's thread: the board does not wait for it
    try:
        decoded = miniaudio.decode_file(str(file), miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=RATE)
    except (miniaudio.MiniaudioError, OSError) as error:
        log.warning("recording cannot be read", file=str(file), error=str(error))
        return None
    heard = sound.trimmed(Sound(decoded.samples))
    if not 0.0 < heard.seconds <= LONGEST_CLIP:
        log.warning("recording is silent or too long", file=str(file), seconds=round(heard.seconds, 1))
        return None
    return heard
