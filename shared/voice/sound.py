"""Sound as a value: mono, 16 bit, one rate for the whole program; trimmed, levelled, joined, read and written."""

from __future__ import annotations

import math
import wave
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from operator import mul
from pathlib import Path

RATE = 22_050  # espeak-ng's own; speech and a bell hold nothing above 11 kHz that a ceiling speaker would give back
FULL = 32_767
SPEECH_LEVEL = 0.16  # RMS of full scale (-16 dB): loud beside a recording studio, right above a hall's murmur
KNEE = 0.6  # louder peaks are bent instead of cut, so that quiet syllables may come up
SILENCE = 0.008  # of full scale; below it is the breath before and after speech
WINDOW = RATE // 100  # 10 ms: what is looked at together when silence is sought


@dataclass(frozen=True, slots=True)
class Sound:
    samples: array[int]

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE

    @property
    def level(self) -> float:
        """Root mean square, 0 to 1 of full scale."""
        if not self.samples:
            return 0.0
        return math.sqrt(sum(map(mul, self.samples, self.samples)) / len(self.samples)) / FULL

    @property
    def peak(self) -> float:
        return max(map(abs, self.samples), default=0) / FULL


def silence(seconds: float) -> Sound:
    return Sound(array("h", bytes(2 * round(seconds * RATE))))


def joined(sounds: Iterable[Sound]) -> Sound:
    samples = array("h")
    for sound in sounds:
        samples.extend(sound.samples)
    return Sound(samples)


def trimmed(sound: Sound) -> Sound:
    """Without the silence at both ends; nothing is left of pure silence."""
    threshold = SILENCE * FULL
    loud = [
        start
        for start in range(0, len(sound.samples), WINDOW)
        if max(map(abs, sound.samples[start : start + WINDOW])) > threshold
    ]
    if not loud:
        return Sound(array("h"))
    return Sound(sound.samples[max(0, loud[0] - WINDOW) : loud[-1] + 2 * WINDOW])


def levelled(sound: Sound, level: float = SPEECH_LEVEL) -> Sound:
    """At the loudness that all speech has here, whoever recorded it and however near the microphone."""
    have = sound.level
    if have == 0.0:
        return sound
    gain = level / have / FULL
    return Sound(array("h", [_bent(sample * gain) for sample in sound.samples]))


def louder(sound: Sound, volume: float) -> Sound:
    """At `volume` 0 to 1, on the curve that ears expect: half the setting sounds half as loud."""
    if volume >= 1.0:
        return sound
    gain = max(0.0, volume) ** 2
    return Sound(array("h", [int(sample * gain) for sample in sound.samples]))


def write(sound: Sound, file: Path) -> None:
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(sound.samples.tobytes())


def _bent(value: float) -> int:
    """A sample of -1 to 1 and beyond, as 16 bit; the loudest parts are bent into the room above KNEE."""
    size = abs(value)
    if size > KNEE:
        room = 0.97 - KNEE
        value = math.copysign(KNEE + room * math.tanh((size - KNEE) / room), value)
    return int(value * FULL)
