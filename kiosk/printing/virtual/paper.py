"""Paper as a picture: what the print head put on it, dot for dot, and the slip as it lies on a desk."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import assert_never

import fontpkg_plus_jakarta_sans
import qrcode
from PIL import Image, ImageDraw, ImageFont

from kiosk.printing.virtual.decoding import CutPaper, FeedLines, Line, Look, Mark, QrSymbol, Raster

CELL_WIDTH, CELL_HEIGHT = 12, 24  # font A
LINE_SPACING = 30  # dots from line to line unless the letters are taller
HEAD_TO_BLADE = 128  # dots: 16 mm, which is why slips are fed before the cut
_MARGIN = 32  # blank edge of the paper: 4 mm
_DESK = 28  # what shows around it
_PAPER, _INK, _DESK_COLOUR, _EDGE = (253, 252, 249), (28, 27, 30), (226, 223, 217), (198, 194, 186)
_MONOSPACED = ("DejaVuSansMono.ttf", "LiberationMono-Regular.ttf", "NotoSansMono-Regular.ttf")

_CORRECTIONS = {
    "L": qrcode.ERROR_CORRECT_L,
    "M": qrcode.ERROR_CORRECT_M,
    "Q": qrcode.ERROR_CORRECT_Q,
    "H": qrcode.ERROR_CORRECT_H,
}


def print_head(marks: Iterable[Mark], dots: int) -> Image.Image:
    """The dots of a slip, black on white, as wide as the head."""
    pieces = [piece for mark in marks for piece in _pieces(mark, dots)]
    image = Image.new("1", (dots, max(sum(piece.height for piece in pieces), 1)), 1)
    y = 0
    for piece in pieces:
        image.paste(piece, (0, y))
        y += piece.height
    return image


def cut_off(slip: Image.Image) -> Image.Image:
    """The slip as the blade leaves it: the last bit fed stays in the printer, between head and blade."""
    blank = slip.crop((0, max(slip.height - HEAD_TO_BLADE, 0), slip.width, slip.height))
    if blank.convert("L").getextrema() != (255, 255):
        return slip  # printed up to the blade
    return slip.crop((0, 0, slip.width, max(slip.height - HEAD_TO_BLADE, 1)))


def on_a_desk(slip: Image.Image) -> Image.Image:
    """The slip as people see it: white paper with its margin and its edge."""
    width, height = slip.width + 2 * _MARGIN, slip.height + 2 * _MARGIN
    picture = Image.new("RGB", (width + 2 * _DESK, height + 2 * _DESK), _DESK_COLOUR)
    draw = ImageDraw.Draw(picture)
    for depth in range(5, 0, -1):
        shade = tuple(part - (6 - depth) * 4 for part in _DESK_COLOUR)
        draw.rectangle((_DESK + 1, _DESK + depth, _DESK + width + depth - 1, _DESK + height + depth), shade)
    draw.rectangle((_DESK, _DESK, _DESK + width - 1, _DESK + height - 1), _PAPER, _EDGE)
    ink = slip.convert("L").point(lambda value: 255 - value)
    picture.paste(Image.new("RGB", slip.size, _INK), (_DESK + _MARGIN, _DESK + _MARGIN), ink)
    return picture


def _pieces(mark: Mark, dots: int) -> list[Image.Image]:
    match mark:
        case Line():
            return _lines(mark, dots)
        case Raster(width, height, data, align):
            black = Image.frombytes("1", (width, height), bytes(byte ^ 0xFF for byte in data))
            return [_placed(black, dots, align)]
        case QrSymbol():
            return [_placed(_symbol(mark), dots, mark.align)]
        case FeedLines(lines):
            return [_blank(dots, lines * LINE_SPACING)]
        case CutPaper():
            return []
        case _:
            assert_never(mark)


def _lines(line: Line, dots: int) -> list[Image.Image]:
    """A line, broken where the paper ends as the printer itself would."""
    rows: list[list[tuple[str, Look]]] = [[]]
    taken = 0
    for letter, look in line.letters:
        advance = CELL_WIDTH * look.wide
        if taken + advance > dots:
            rows.append([])
            taken = 0
        rows[-1].append((letter, look))
        taken += advance
    return [_row(row, line.align, dots) for row in rows]


def _row(letters: list[tuple[str, Look]], align: int, dots: int) -> Image.Image:
    width = sum(CELL_WIDTH * look.wide for _, look in letters)
    tallest = max((CELL_HEIGHT * look.tall for _, look in letters), default=CELL_HEIGHT)
    row = Image.new("1", (max(width, 1), max(tallest, LINE_SPACING)), 1)
    x = 0
    for letter, look in letters:
        cell = _cell(letter, look)
        row.paste(cell, (x, tallest - cell.height))
        x += cell.width
    return _placed(row, dots, align)


@functools.lru_cache(maxsize=2048)
def _cell(letter: str, look: Look) -> Image.Image:
    """One character of the printer's own font, enlarged as a printer does: every dot becomes a block."""
    background, ink = (0, 1) if look.inverse else (1, 0)
    cell = Image.new("1", (CELL_WIDTH, CELL_HEIGHT), background)
    draw = ImageDraw.Draw(cell)
    draw.fontmode = "1"
    font = _font()
    x = (CELL_WIDTH - font.getlength(letter)) / 2
    draw.text((x, 19), letter, ink, font, anchor="ls")
    if look.bold:
        draw.text((x + 1, 19), letter, ink, font, anchor="ls")
    return cell.resize((CELL_WIDTH * look.wide, CELL_HEIGHT * look.tall), Image.Resampling.NEAREST)


@functools.cache
def _font() -> ImageFont.FreeTypeFont:
    for name in _MONOSPACED:
        try:
            return ImageFont.truetype(name, 20)
        except OSError:
            continue
    (own,) = (fontpkg_plus_jakarta_sans.ROOT / "files").glob("PlusJakartaSans[[]wght[]].ttf")
    return ImageFont.truetype(own, 16)


def _symbol(mark: QrSymbol) -> Image.Image:
    code = qrcode.QRCode(error_correction=_CORRECTIONS[mark.correction], border=0)
    code.add_data(mark.content.encode(), optimize=0)
    code.make(fit=True)
    modules = code.get_matrix()
    image = Image.new("1", (len(modules), len(modules)), 1)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x, y), 0)
    side = len(modules) * mark.module_dots
    return image.resize((side, side), Image.Resampling.NEAREST)


def _placed(piece: Image.Image, dots: int, align: int) -> Image.Image:
    row = _blank(dots, piece.height)
    row.paste(piece, ((0, max(dots - piece.width, 0) // 2, max(dots - piece.width, 0))[min(align, 2)], 0))
    return row


def _blank(dots: int, height: int) -> Image.Image:
    return Image.new("1", (dots, height), 1)
