"""Plus Jakarta Sans for the programs with a window.

Qt ignores `font.weight` for a variable font that was added from a file and draws its thinnest instance: it gets the
static weights.
"""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from shared.typeface_files import static_cuts


def add_typeface() -> None:
    """Make the family known to the application, in all weights."""
    for file in static_cuts():
        QFontDatabase.addApplicationFont(str(file))
