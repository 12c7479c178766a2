"""Tools for whoever records a voice: what to record, a first set made by the engine, one call to listen to."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from display.speech import Speech
from display.voice.chime import chime
from display.voice.clips import Cache, Recordings
from display.voice.voice import Voice
from shared.phrases import CHIME, Reading, every_slot
from shared.vocabulary import Language
from shared.voice import sound
from shared.voice.engine import Engine, EngineError


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m display.voice", description=__doc__)
    task = parser.add_subparsers(dest="task", required=True)
    task.add_parser("list", help="print every file name and what is said there")
    make = task.add_parser("make", help="write a complete set of clips, spoken by the engine")
    make.add_argument("folder", type=Path)
    say = task.add_parser("say", help="write one call as a WAV file")
    say.add_argument("ticket")
    say.add_argument("counter")
    say.add_argument("file", type=Path)
    say.add_argument("--language", action="append", type=Language, choices=list(Language), help="may be given twice")
    say.add_argument("--reading", type=Reading, choices=list(Reading), default=Reading.DIGITS)
    say.add_argument("--voice-folder", type=Path, help="recordings by slot")
    given = parser.parse_args()
    try:
        match given.task:
            case "list":
                _list()
            case "make":
                _make(given.folder)
            case _:
                _say(given)
    except (EngineError, OSError) as error:
        print(f"voice: {error}", file=sys.stderr)
        return 1
    return 0


def _list() -> None:
    print(f"{CHIME}.wav\t(two tones)")
    for language in Language:
        for slot in every_slot(language):
            print(f"{language}/{slot.name}.wav\t{slot.words}")


def _make(folder: Path) -> None:
    """Files that are there already stay: somebody may have recorded them."""
    engine = Engine()
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / f"{CHIME}.wav").exists():
        sound.write(chime(), folder / f"{CHIME}.wav")
    for language in Language:
        (folder / language).mkdir(exist_ok=True)
        for slot in every_slot(language):
            file = folder / language / f"{slot.name}.wav"
            if not file.exists():
                sound.write(engine.speak(slot.words, language), file)


def _say(given: argparse.Namespace) -> None:
    languages = tuple(given.language or [Language.INDONESIAN])
    with tempfile.TemporaryDirectory() as nowhere:
        voice = Voice(
            engine=Engine,
            recordings=Recordings(given.voice_folder),
            cache=Cache(Path(nowhere)),
            reading=given.reading,
        )
        sound.write(voice.say(Speech(given.ticket, given.counter, languages)), given.file)


if __name__ == "__main__":
    sys.exit(main())
