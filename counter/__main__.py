"""loket-counter: the program at an officer's desk."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from counter.settings import Settings
from shared.program import SettingsError, read_settings, start_log, state_folder
from shared.vocabulary import Language, Program

QML = Path(__file__).resolve().parent / "qml" / "Main.qml"


def main(arguments: list[str] | None = None) -> int:
    given = _given(arguments)
    file = given.pop("settings")
    assert file is None or isinstance(file, Path)
    try:
        settings = read_settings(Settings, file=file, environment=os.environ, given=given)
    except SettingsError as error:
        print(f"loket-counter: {error}", file=sys.stderr)
        return 2
    start_log(settings.log_level)
    return _run(settings)


def _run(settings: Settings) -> int:
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
        authority = Path(settings.authority) if settings.authority else None
        link = Link(Program.COUNTER, server=settings.server, state=folder, authority=authority)
        links.append(link)
        model = CounterViewModel(link, desk=desk, remember=memory.keep, chime=Chime().ring)
        link.start()
        return model

    def end() -> None:
        for link in links:
            link.stop()

    return run("loket-counter", qml=QML, view_model=view_model, size=settings.window, before_end=end)


def _given(arguments: list[str] | None) -> dict[str, object]:
    """What stands on the command line; None for what does not."""
    parser = argparse.ArgumentParser(prog="loket-counter", description="The counter program of Loket.")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="TOML file with the settings below")
    parser.add_argument("--server", metavar="ADDRESS", help="ws:// or wss:// address of the server")
    parser.add_argument("--state", metavar="FOLDER", help="where to keep the device's token and the last counter")
    parser.add_argument("--authority", metavar="FILE", help="PEM file to trust for wss://")
    parser.add_argument("--counter", metavar="ID", help="the counter that stands marked at the first start")
    parser.add_argument("--language", choices=[language.value for language in Language])
    parser.add_argument("--window", metavar="WIDTHxHEIGHT", help="size of the window; empty: the whole screen")
    parser.add_argument("--log-level", choices=["debug", "info", "warning", "error"])
    return vars(parser.parse_args(arguments))


if __name__ == "__main__":
    sys.exit(main())
