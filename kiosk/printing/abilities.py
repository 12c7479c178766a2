"""What a printer was found to answer: learned when it is set up and kept, so that no visitor waits to find it out."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

log = logging.getLogger("kiosk.printing")

FILE = "printers.json"


class Abilities(msgspec.Struct, frozen=True):
    answers: bool
    """Whether it answers DLE EOT. One that does not can confirm nothing; one that did and is silent has a fault."""
    fences: bool | None = None
    """Whether it answers GS r in its turn; None until that could be tried: without paper nothing is worked off."""

    @property
    def confirms(self) -> bool:
        """Whether it can say that a slip is out."""
        return self.answers and self.fences is not False


MUTE = Abilities(answers=False, fences=False)
EXPECTED = Abilities(answers=True)
"""What is taken for granted of a printer that nobody has tried yet."""


class KnownPrinters:
    """The abilities by printer (its address and model), in one small file of the kiosk's state folder."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def find(self, printer: str) -> Abilities | None:
        return self._read().get(printer)

    def learn(self, printer: str, abilities: Abilities) -> None:
        """Keep it. What cannot be kept is tried again at the next start."""
        known = {**self._read(), printer: abilities}
        beside = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(msgspec.json.format(msgspec.json.encode(known)))
            beside.replace(self._file)
        except OSError as problem:
            log.warning("what a printer answers could not be kept: %s: %s", self._file, problem.strerror)

    def _read(self) -> dict[str, Abilities]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, Abilities])
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return {}  # never written, or cut off by a power cut: the printer is tried again
