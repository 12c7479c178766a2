"""What the program keeps over restarts: the counter of this PC and the language. Never a PIN."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shared.log import get_log
from shared.vocabulary import Language

log = get_log("memory")


@dataclass(frozen=True, slots=True)
class Remembered:
    counter: str = ""
    language: Language | None = None
    """None: nobody has chosen one here."""


class Memory:
    """Two short files in the state folder. What cannot be kept is not worth stopping for."""

    def __init__(self, folder: Path) -> None:
        self._counter = folder / "last_counter"
        self._language = folder / "language"

    def recall(self) -> Remembered:
        language = _read(self._language)
        return Remembered(_read(self._counter), Language(language) if language in set(Language) else None)

    def keep(self, counter: str, language: Language) -> None:
        for file, text in ((self._counter, counter), (self._language, language.value)):
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            except OSError as error:
                log.warning("not kept", file=str(file), error=error.strerror)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
