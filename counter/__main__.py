"""loket-counter: the program at an officer's desk."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from counter.settings import CounterSettings
from shared.log import start_log_with_first_line
from shared.program import SettingsError, read_settings, state_folder, window_arguments
from shared.vocabulary import Language, Program

QML = Path(__file__).resolve().parent / "qml" / "Main.qml"


def main(arguments: list[str] | None = None) -> int:
    given = _given(arguments)
    file = given.pop("settings")
    assert file is None or isinstance(file, Path)
    try:
        settings = read_settings(CounterSettings, file=file, environment=os.environ, given=given)
    except SettingsError as error:
        print(f"loket-counter: {error}", file=sys.stderr)
        return 2
    start_log_with_first_line(settings.log_level)
    return _run(settings)


def _run(settings: CounterSettings) -> int:
    # Qt comes after the settings: a wrong one is told at once, also where no screen is.
    from PySide6.QtCore import QObject

    from counter.chime import Chime
    from counter.counter_viewmodel import CounterViewModel
    from counter.memory import Memory
    from counter.state import Desk
    from shared.qt.launch import run
    from shared.qt.link import Link

    folder = state_folder(settings.state, "counter")
    memory = Memory(folder)
    remembered = memory.recall()
    desk = Desk(language=remembered.language or settings.language, last_counter=remembered.counter or settings.counter)
    links: list[Link] = []

    def view_model() -> QObject:
        link = Link(Program.COUNTER, server=settings.server, state=folder, authority=settings.authority_file)
        links.append(link)
        return CounterViewModel(link, desk=desk, remember=memory.keep, chime=Chime().ring)

    def start() -> None:
        for link in links:
            link.start()

    def end() -> None:
        for link in links:
            link.stop()

    return run("loket-counter", qml=QML, view_model=view_model, size=settings.window, once_shown=start, before_end=end)


def _given(arguments: list[str] | None) -> dict[str, object]:
    """What stands on the command line; None for what does not."""
    parser = window_arguments("loket-counter", "The counter program of Loket.")
    parser.add_argument("--counter", metavar="ID", help="the counter that stands marked at the first start")
    parser.add_argument("--language", choices=[language.value for language in Language])
    return vars(parser.parse_args(arguments))


if __name__ == "__main__":
    sys.exit(main())
