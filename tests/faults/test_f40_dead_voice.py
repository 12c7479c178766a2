"""F40: the voice engine or the sound card is dead. The call stands on the board, officers are told, it comes back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from display.speaker import LOOK_AGAIN, Speaker
from display.speech import Report, Speech
from server.app.hall import Hall as ServersHall
from shared.protocol.commands import Acknowledge, Command, ReportVoice
from shared.vocabulary import DeviceId, ReceiptStep
from shared.voice import sound
from shared.voice.engine import EngineError
from shared.voice.sinks import STALLED, SinkError
from shared.voice.sound import Sound
from tests.gui.test_display import NOW, Hall, a_call
from tests.support.promises import RecordFigure

TOLD = 30.0  # seconds
QUICKLY = 0.02  # between two looks, in place of LOOK_AGAIN


class Gear:
    """A voice and a sound card that break when the test says so."""

    def __init__(self) -> None:
        self.voice_error: Exception | None = None
        self.sink_error: Exception | None = None
        self.played = 0

    def say(self, speech: Speech) -> Sound:
        if self.voice_error is not None:
            raise self.voice_error
        return sound.silence(0.01)

    def probe(self) -> None:
        if self.sink_error is not None:
            raise self.sink_error

    def play(self, sound: Sound, ending: threading.Event) -> None:
        self.probe()
        self.played += 1

    def close(self) -> None: ...


BREAKS: dict[str, tuple[str, Exception]] = {
    "the sound card is unplugged": ("sink_error", SinkError("no sound device")),
    "the engine refuses": ("voice_error", EngineError("no voice")),
    "the engine breaks": ("voice_error", RuntimeError("not foreseen")),
}


@pytest.fixture
def gear() -> Gear:
    return Gear()


@pytest.fixture
def hall(qtbot: QtBot, gear: Gear) -> Iterator[Hall]:
    speakers: list[Speaker] = []

    def speaker(tell: Callable[[Report], None]) -> Speaker:
        speakers.append(Speaker(gear, gear, 1.0, tell, look_again=QUICKLY))
        return speakers[0]

    made = Hall(qtbot, speaker)
    speakers[0].start()
    yield made
    speakers[0].stop()
    made.close()


def said(hall: Hall, *wanted: Command) -> bool:
    return all(command in [sent for _, sent in hall.link.sent] for command in wanted)


@pytest.mark.parametrize("trouble", BREAKS)
def test_a_dead_voice_hides_no_call_and_is_told_and_comes_back(
    hall: Hall, gear: Gear, qtbot: QtBot, figure: RecordFigure, trouble: str
) -> None:
    hall.connect()
    qtbot.waitUntil(lambda: said(hall, ReportVoice(fault="")), timeout=60_000)
    hall.link.sent.clear()
    what, error = BREAKS[trouble]
    setattr(gear, what, error)

    hall.put(a_call("A-012"))
    hall.announce("A-012")
    qtbot.waitUntil(lambda: hall.receipts(ReceiptStep.MUTE) == ["n-A-012"], timeout=60_000)
    assert hall.text("panelTicket") == "A-012"
    assert hall.rows() == [("A-012", True)]
    reported = [command for _, command in hall.link.sent if isinstance(command, ReportVoice)]
    assert [bool(report.fault) for report in reported] == [True]

    setattr(gear, what, None)
    qtbot.waitUntil(lambda: said(hall, ReportVoice(fault="")), timeout=60_000)
    before = gear.played
    hall.pass_time(30)
    hall.put(a_call("A-013"))
    hall.announce("A-013")
    qtbot.waitUntil(
        lambda: any(isinstance(c, Acknowledge) and c.step is ReceiptStep.SPOKEN for _, c in hall.link.sent),
        timeout=60_000,
    )
    assert gear.played == before + 1
    figure(
        "",
        "F40",
        f"{len(BREAKS)} ways to lose the voice: the call stands, the hall is told at the next call "
        f"or within {LOOK_AGAIN:.0f} s, and it comes back by itself",
    )


def test_a_fault_that_no_call_meets_is_told_within_half_a_minute(hall: Hall, gear: Gear, qtbot: QtBot) -> None:
    hall.connect()
    qtbot.waitUntil(lambda: said(hall, ReportVoice(fault="")), timeout=60_000)
    gear.sink_error = SinkError("no sound device")
    qtbot.waitUntil(lambda: said(hall, ReportVoice(fault="no_sound_device")), timeout=60_000)
    assert LOOK_AGAIN + STALLED <= TOLD


def test_officers_see_a_display_without_a_voice() -> None:
    hall = ServersHall()
    assert hall.alert(DeviceId("d1"), "Layar 1", "voice", NOW)
    assert [alert.kind for alert in hall.alerts.values()] == ["voice"]
    assert not hall.look_for_lost(NOW + timedelta(hours=1))
