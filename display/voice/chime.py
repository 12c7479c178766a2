"""The chime before a call: two soft bell tones, a falling major third, made here and of no recording."""

from __future__ import annotations

import math
from array import array

from shared.voice.sound import FULL, RATE, Sound

HIGH, LOW = 659.26, 523.25  # Hz: e'' and c'', the interval that airports taught everyone to look up at
SECOND_AFTER = 0.42  # seconds between the strokes
RINGS_FOR = 1.1  # seconds that a stroke is heard
PEAK = 0.42  # of full scale: a sine carries further than speech of the same height
# Of a struck bar: how high a partial lies, how loud it is, how fast it dies (per second).
PARTIALS = ((1.0, 1.0, 3.2), (2.0, 0.32, 5.0), (3.01, 0.12, 8.0), (4.1, 0.05, 14.0))
ATTACK = 0.006  # seconds: without it the stroke clicks


def chime() -> Sound:
    length = round((SECOND_AFTER + RINGS_FOR) * RATE)
    mixed = [0.0] * length
    for start, pitch in ((0.0, HIGH), (SECOND_AFTER, LOW)):
        offset = round(start * RATE)
        for at in range(min(round(RINGS_FOR * RATE), length - offset)):
            mixed[offset + at] += _stroke(pitch, at / RATE)
    loudest = max(map(abs, mixed))
    return Sound(array("h", [int(value / loudest * PEAK * FULL) for value in mixed]))


def _stroke(pitch: float, at: float) -> float:
    tone = sum(loud * math.exp(-dies * at) * math.sin(2 * math.pi * pitch * high * at) for high, loud, dies in PARTIALS)
    end = min(1.0, (RINGS_FOR - at) / 0.15)  # no click where the next word begins
    return tone * min(1.0, at / ATTACK) * end
