"""Paper: a PDF in the typeface and the colours of the pages."""

from __future__ import annotations

from fpdf import FPDF

from shared.typeface_files import WEIGHTS, static_cuts

STYLES = {"": 500, "B": 800}  # the weights of a PDF's two styles
FAMILY = "Loket"
INK, SOFT, GREEN, GREEN_PALE, LINE = (19, 32, 43), (68, 82, 94), (11, 90, 82), (226, 240, 236), (217, 211, 199)


def a4(title: str, language: str) -> FPDF:
    """An empty upright A4 document with both weights of the typeface."""
    paper = FPDF(format="A4", unit="mm")
    paper.set_title(title)
    paper.set_lang(language)
    paper.set_creator("Loket")
    cuts = dict(zip(WEIGHTS, static_cuts(), strict=True))
    for style, weight in STYLES.items():
        paper.add_font(FAMILY, style, cuts[weight])
    paper.set_margins(18, 16, 18)
    paper.set_auto_page_break(auto=True, margin=14)
    paper.add_page()
    paper.set_font(FAMILY, size=10)
    paper.set_text_color(*INK)
    return paper
