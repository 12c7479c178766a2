"""The lobby display: a board for one zone, and its voice."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from display.board_viewmodel import BoardViewModel
from display.settings import DisplaySettings
from display.speech import Report, Speech
from shared.log import start_log_with_first_line
from shared.phrases import Reading
from shared.program import SettingsError, read_settings, state_folder, window_arguments
from shared.qt.launch import run
from shared.qt.link import Link
from shared.vocabulary import Program

if TYPE_CHECKING:
    from display.speaker import Speaker
    from shared.voice.sinks import Sink

QML = Path(__file__).parent / "qml" / "Main.qml"


def main(arguments: list[str] | None = None) -> int:
    given = vars(_parser().parse_args(arguments))
    file = given.pop("settings")
    try:
        settings = read_settings(DisplaySettings, file=file, environment=os.environ, given=given)
        folder = _existing(settings.voice_folder)
    except SettingsError as error:
        print(f"loket-display: {error}", file=sys.stderr)
        return 2
    start_log_with_first_line(settings.log_level)
    return _show(settings, folder)


def _show(settings: DisplaySettings, voice_folder: Path | None) -> int:
    state = state_folder(settings.state, "display")
    starting: list[Callable[[], None]] = []
    running: list[Callable[[], None]] = []

    def speaker(tell: Callable[[Report], None]) -> SpeakerOnceShown:
        made = SpeakerOnceShown(partial(_speaker, settings, state, voice_folder, tell))
        starting.append(made.start)
        running.append(made.stop)
        return made

    def view_model() -> BoardViewModel:
        link = Link(Program.DISPLAY, server=settings.server, state=state, authority=settings.authority_file)
        made = BoardViewModel(link, speaker, ticker_moves=settings.ticker_moves)
        link.setParent(made)
        starting.append(link.start)
        running.append(link.stop)
        return made

    def once_shown() -> None:
        for start in starting:
            start()

    def before_end() -> None:
        for stop in reversed(running):
            stop()

    return run(
        "loket-display",
        qml=QML,
        view_model=view_model,
        size=settings.window,
        once_shown=once_shown,
        before_end=before_end,
    )


class SpeakerOnceShown:
    """The speaker, made when it starts: no window waits for the libraries of sound."""

    def __init__(self, make: Callable[[], Speaker]) -> None:
        self._make = make
        self._made: Speaker | None = None

    def start(self) -> None:
        self._made = self._make()
        self._made.start()

    def stop(self) -> None:
        if self._made is not None:
            self._made.stop()

    def say(self, announcement: str, speech: Speech) -> None:
        """After `start`: nothing is called before the link has started, too."""
        assert self._made is not None
        self._made.say(announcement, speech)


def _speaker(
    settings: DisplaySettings, state: Path, voice_folder: Path | None, tell: Callable[[Report], None]
) -> Speaker:
    from display.speaker import Speaker
    from display.voice.clips import Cache, Recordings
    from display.voice.voice import Voice, cache_folder
    from shared.voice.engine import Engine
    from shared.voice.sinks import DeviceSink, FileSink

    voice = Voice(
        engine=Engine,
        recordings=Recordings(voice_folder),
        cache=Cache(cache_folder(state)),
        reading=settings.reading,
    )
    sink: Sink = FileSink(Path(settings.audio_out)) if settings.audio_out else DeviceSink()
    return Speaker(voice, sink, settings.volume, tell)


def _existing(folder: str) -> Path | None:
    if not folder:
        return None
    if not Path(folder).is_dir():
        raise SettingsError(f"the voice folder {folder} does not exist")
    return Path(folder)


def _parser() -> argparse.ArgumentParser:
    parser = window_arguments("loket-display", "The display program of Loket: a board for one zone, and its voice.")
    parser.add_argument("--voice-folder", metavar="FOLDER", help="recordings by slot, in id/ and en/")
    parser.add_argument("--audio-out", metavar="FILE", help="write a WAV file instead of playing")
    parser.add_argument("--reading", choices=[str(reading) for reading in Reading], help="how numbers are read")
    parser.add_argument("--volume", type=float, metavar="0..1")
    parser.add_argument("--still-ticker", dest="ticker_moves", action="store_false", default=None,
                        help="change notices in place instead of moving them")  # fmt: skip
    return parser


if __name__ == "__main__":
    sys.exit(main())
