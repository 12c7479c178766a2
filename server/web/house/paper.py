"""Paper: a PDF in the typeface and the colours of the pages."""

from __future__ import annotations

import logging
import tempfile
from functools import cache
from pathlib import Path

from fpdf import FPDF

from server.web.house.house import typeface

WEIGHTS = {"": 500, "B": 800}  # what the two styles of a PDF are cut from
FAMILY = "Loket"
INK, SOFT, GREEN, GREEN_PALE, LINE = (19, 32, 43), (68, 82, 94), (11, 90, 82), (226, 240, 236), (217, 211, 199)


def a4(title: str, language: str) -> FPDF:
    """An empty upright A4 document with both weights of the typeface."""
    paper = FPDF(format="A4", unit="mm")
    paper.set_title(title)
    paper.set_lang(language)
    paper.set_creator("Loket")
    for style, file in _cuts().items():
        paper.add_font(FAMILY, style, file)
    paper.set_margins(18, 16, 18)
    paper.set_auto_page_break(auto=True, margin=14)
    paper.add_page()
    paper.set_font(FAMILY, size=10)
    paper.set_text_color(*INK)
    return paper


@cache
def _cuts() -> dict[str, Path]:
    """The variable font in two weights, cut once: it takes about a second."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    logging.getLogger("fontTools").setLevel(logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="loket-type-"))
    cuts = {}
    for style, weight in WEIGHTS.items():
        cuts[style] = folder / f"{weight}.ttf"
        instantiateVariableFont(TTFont(typeface()), {"wght": weight}).save(cuts[style])
    return cuts
