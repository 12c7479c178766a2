"""What a visitor keeps of a booking: one page of PDF, one picture, one QR code. The same words as the page."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from shared.typeface_files import static_cuts

if TYPE_CHECKING:  # the libraries come with the first paper that somebody asks for
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

REGULAR, BOLD = 500, 800
INK, SOFT, GREEN, PALE = (19, 32, 43), (68, 82, 94), (11, 90, 82), (226, 240, 236)
QUIET = 4  # modules of white around a QR code: the standard asks for it
PICTURE_WIDTH = 1080  # pixels: a phone's screen
LEFT, WIDTH = 20.0, 170.0  # mm of an A4 page
QR_SIZE = 62.0  # mm


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Texts in one language, ready to be set."""

    title: str
    site: str
    service: str
    agency: str
    day: str
    clock: str
    code_label: str
    code: str
    url: str
    scan: str
    how_when: str
    bring_label: str
    bring: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    """Fee, place, name: label and text."""
    foot: str


Draw = Callable[[Confirmation], bytes]


def qr_png(text: str, box: int = 8) -> bytes:
    """Black on white, with its quiet zone."""
    return _png(_qr(text, box))


def as_pdf(paper: Confirmation) -> bytes:
    """A4, one page, with the typeface inside."""
    from fpdf import FPDF
    from fpdf.enums import XPos, YPos

    pdf = FPDF(format="A4")
    files = {file.stem.rpartition("-")[2]: file for file in static_cuts()}
    pdf.add_font("Loket", "", files[str(REGULAR)])
    pdf.add_font("Loket", "B", files[str(BOLD)])
    pdf.set_title(f"{paper.title} {paper.code}")
    pdf.set_author(paper.site)
    pdf.set_margins(LEFT, 18, LEFT)
    pdf.set_auto_page_break(True, 15)
    pdf.add_page()

    def say(text: str, size: float, colour: tuple[int, int, int] = INK, *, bold: bool = False, gap: float = 0) -> None:
        pdf.set_font("Loket", "B" if bold else "", size)
        pdf.set_text_color(*colour)
        pdf.multi_cell(WIDTH, size * 0.48, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        pdf.ln(gap)

    say(paper.site, 11, GREEN, bold=True, gap=2)
    say(paper.title, 22, bold=True, gap=3)
    say(paper.service, 15, bold=True)
    say(paper.agency, 11, SOFT, gap=4)
    top = pdf.get_y()
    pdf.set_fill_color(*PALE)
    pdf.rect(LEFT, top, WIDTH, QR_SIZE + 8, style="F", round_corners=True, corner_radius=4)
    pdf.image(io.BytesIO(qr_png(paper.url)), x=LEFT + 4, y=top + 4, w=QR_SIZE, h=QR_SIZE, alt_text=paper.code)
    beside = LEFT + QR_SIZE + 12
    for text, size, colour, bold, y in (
        (paper.day, 13, INK, True, 8),
        (paper.clock, 24, GREEN, True, 22),
        (paper.code_label, 10, SOFT, False, 37),
        (paper.code, 24, INK, True, 42),
        (paper.scan, 10, SOFT, False, 55),
    ):
        pdf.set_xy(beside, top + y)
        pdf.set_font("Loket", "B" if bold else "", size)
        pdf.set_text_color(*colour)
        pdf.multi_cell(LEFT + WIDTH - beside - 4, size * 0.46, text, align="L")
    pdf.set_xy(LEFT, top + QR_SIZE + 14)
    say(paper.how_when, 11, gap=4)
    for label, text in paper.facts:
        say(label, 10, SOFT)
        say(text, 12, bold=True, gap=1.5)
    say(paper.bring_label, 13, bold=True, gap=1)
    for line in paper.bring:
        say(f"•  {line}", 11, gap=0.5)
    pdf.ln(4)
    say(paper.url, 9, SOFT)
    say(paper.foot, 9, SOFT)
    return bytes(pdf.output())


def as_picture(paper: Confirmation) -> bytes:
    """For a phone's gallery: as tall as its text."""
    from PIL import Image as Images
    from PIL import ImageDraw

    margin, width = 72, PICTURE_WIDTH
    image = Images.new("RGB", (width, 4000), "white")
    draw = ImageDraw.Draw(image)
    y = margin

    def say(text: str, size: int, colour: tuple[int, int, int] = INK, *, bold: bool = False, gap: int = 16) -> None:
        nonlocal y
        font = _font(BOLD if bold else REGULAR, size)
        for line in _wrapped(text, font, width - 2 * margin):
            draw.text((margin, y), line, font=font, fill=colour)
            y += round(size * 1.3)
        y += gap

    say(paper.site, 34, GREEN, bold=True)
    say(paper.service, 56, bold=True, gap=4)
    say(paper.agency, 34, SOFT, gap=28)
    say(paper.day, 44, bold=True, gap=0)
    say(paper.clock, 84, GREEN, bold=True, gap=24)
    code = _qr(paper.url, 20)
    size = 720 // code.width * code.width or code.width  # whole pixels for each module
    code = code.resize((size, size), Images.Resampling.NEAREST)
    image.paste(code, ((width - size) // 2, y))
    y += size + 8
    say(f"{paper.code_label}  {paper.code}", 68, bold=True, gap=12)
    say(paper.scan, 34, SOFT, gap=20)
    say(paper.how_when, 34, gap=24)
    if paper.bring:
        say(paper.bring_label, 38, bold=True, gap=4)
        for line in paper.bring:
            say(f"•  {line}", 34, gap=4)
    return _png(image.crop((0, 0, width, y + margin - 16)))


def _qr(text: str, box: int) -> Image:
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.image.pil import PilImage

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, box_size=box, border=QUIET)
    code.add_data(text)
    drawn: Image = code.make_image(image_factory=PilImage).get_image().convert("RGB")
    return drawn


def _png(image: Image) -> bytes:
    out = io.BytesIO()
    image.save(out, format="PNG", optimize=True)
    return out.getvalue()


@lru_cache(maxsize=16)
def _font(weight: int, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(next(file for file in static_cuts() if file.stem.endswith(str(weight)))), size)


def _wrapped(text: str, font: FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
