"""Plus Jakarta Sans in static weights, as files: Qt, PDF and charts do not choose weights of a variable font.

The package on PyPI carries one variable font. The weights are cut once and kept in the user's cache folder.
"""

from __future__ import annotations

import logging
import os
import tempfile
from importlib.util import find_spec
from pathlib import Path

# Medium stands for regular text too: lighter cuts fade for tired eyes and on cheap panels.
WEIGHTS = (500, 600, 700, 800)
_PACKAGE = "fontpkg_plus_jakarta_sans"


def static_cuts() -> tuple[Path, ...]:
    """One file for each weight; made when missing (about a second, once)."""
    source = _source()
    folder = _cache_folder(source)
    files = tuple(folder / f"PlusJakartaSans-{weight}.ttf" for weight in WEIGHTS)
    for weight, file in zip(WEIGHTS, files, strict=True):
        if not file.exists():
            _cut(source, weight, file)
    return files


def _source() -> Path:
    """The variable font, found without importing its package: at most starts nothing has to be cut."""
    spec = find_spec(_PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "files" / "PlusJakartaSans[wght].ttf"


def _cut(source: Path, weight: int, file: Path) -> None:
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    logging.getLogger("fontTools").setLevel(logging.WARNING)
    font = instantiateVariableFont(TTFont(source), {"wght": weight}, updateFontNames=True)
    # Programs that start together must not read half a file.
    descriptor, beside = tempfile.mkstemp(dir=file.parent, suffix=".new")
    with os.fdopen(descriptor, "wb") as out:
        font.save(out)
    Path(beside).replace(file)


def _cache_folder(source: Path) -> Path:
    """A folder for each release of the font: its size tells them apart, and needs no package's metadata to be read."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(base) / "loket" / f"plus-jakarta-sans-{source.stat().st_size}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # a service user without a home
        folder = Path(tempfile.gettempdir()) / f"loket-{os.getuid()}" / folder.name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
