"""Where the slips go: numbered files, and the newest one under a fixed name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from kiosk.printing.elements import Paper
from kiosk.printing.virtual.decoding import Mark
from kiosk.printing.virtual.paper import cut_off, on_a_desk, print_head
from kiosk.printing.virtual.transcript import transcript


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """One slip that was cut off; `data` is what the printer got for it."""

    marks: tuple[Mark, ...]
    data: bytes
    paper: Paper

    def picture(self) -> Image.Image:
        return on_a_desk(cut_off(print_head(self.marks, self.paper.dots)))

    def transcript(self) -> str:
        return transcript(self.marks, self.paper.columns)


class Tray:
    """Writes each slip as `slip-0001.bin` and `.png` into a folder, and again as `slip.bin` and `slip.png`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        taken = [int(path.stem[5:]) for path in folder.glob("slip-*.bin") if path.stem[5:].isdigit()]
        self._count = max(taken, default=0)

    def take(self, slip: PrintedSlip) -> Path:
        """Keep the slip; returns its picture's path. A reader never sees half a file."""
        self._count += 1
        name = f"slip-{self._count:04}"
        picture = slip.picture()
        for stem in (name, "slip"):
            self._write(f"{stem}.bin", slip.data)
            partial = self._folder / f".{stem}.png"
            picture.save(partial, "PNG")
            partial.replace(self._folder / f"{stem}.png")
        return self._folder / f"{name}.png"

    def _write(self, name: str, data: bytes) -> None:
        partial = self._folder / f".{name}"
        partial.write_bytes(data)
        partial.replace(self._folder / name)
