"""Drawing what a printer's own letters cannot show: the great number, other scripts, rules and QR codes as dots.

Every image is as wide as the paper and holds black and white only: printers differ in how they align images, and
python-escpos would dither greys.
"""

from __future__ import annotations

import functools
import unicodedata
from pathlib import Path

import fontpkg_plus_jakarta_sans
from PIL import Image, ImageDraw, ImageFont, features

from kiosk.printing.elements import Align

BLACK, WHITE = 0, 255
CELL_HEIGHT = 24  # dots of a line of font A
_NUMBER_HEIGHT = 150  # dots: 19 mm, read from a stretched arm's length and across a counter
_NUMBER_SHARE = 0.92  # of the paper's width
# Pillow shapes text with libraqm, which wants the system's libfribidi; without it Latin is still drawn.
_SHAPES = features.check("raqm")
_LAYOUT = ImageFont.Layout.RAQM if _SHAPES else ImageFont.Layout.BASIC
_OPEN = ["-kern"] if _SHAPES else None  # a hyphen that is drawn close to its letter reads as part of it
_REGULAR, _BOLD, _EXTRA_BOLD = 500, 700, 800
_NO_CHARACTER = "\U0010ffff"  # never in a font: what it draws is the font's "missing" box

# Debian: fonts-noto-core, fonts-noto-cjk, fonts-dejavu-core. The first that has the letter draws it.
_FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
_FONT_PATTERNS = ("NotoSans{script}-Regular.*", "NotoSerif{script}-Regular.*", "NotoNaskh{script}-Regular.*")
_FONTS_FOR_ANY = ("NotoSans-Regular.*", "NotoSansCJK-Regular.*", "DejaVuSans.*")


def number(ticket: str, dots: int) -> Image.Image:
    """The ticket as large as it fits."""
    size = _NUMBER_HEIGHT * 2
    left, top, right, bottom = _own_font(size, _EXTRA_BOLD).getbbox(ticket, features=_OPEN)
    scale = min(dots * _NUMBER_SHARE / max(right - left, 1), _NUMBER_HEIGHT / max(bottom - top, 1))
    font = _own_font(max(int(size * scale), 8), _EXTRA_BOLD)
    left, top, right, bottom = font.getbbox(ticket, features=_OPEN)
    margin = CELL_HEIGHT // 2
    image = Image.new("L", (dots, int(bottom - top) + 2 * margin), WHITE)
    ImageDraw.Draw(image).text(((dots - (right - left)) / 2 - left, margin - top), ticket, BLACK, font, features=_OPEN)
    return _black_and_white(image)


def rule(dots: int) -> Image.Image:
    """A thin line with air above and below."""
    image = Image.new("L", (dots, 26), WHITE)
    ImageDraw.Draw(image).rectangle((0, 12, dots, 13), BLACK)
    return image


def qr_code(modules: list[list[bool]], module_dots: int, dots: int) -> Image.Image:
    """A QR code in the middle of the paper, with the quiet zone that readers need."""
    side = len(modules) * module_dots
    quiet = 4 * module_dots
    image = Image.new("L", (dots, side + 2 * quiet), WHITE)
    draw = ImageDraw.Draw(image)
    left = (dots - side) // 2
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                x, y = left + column * module_dots, quiet + row * module_dots
                draw.rectangle((x, y, x + module_dots - 1, y + module_dots - 1), BLACK)
    return image


def line(text: str, dots: int, *, align: Align, bold: bool, tall: int, inverse: bool) -> Image.Image:
    """One line of text in whatever script, made smaller where it would not fit."""
    size = CELL_HEIGHT * (tall + 1) // 2  # a printer's tall letters are narrow; drawn ones are as wide as tall
    while True:
        runs = [(run, _font(path, size, _BOLD if bold else _REGULAR)) for run, path in _runs(text)]
        width = sum(font.getlength(run) for run, font in runs)
        if width <= dots or size <= CELL_HEIGHT // 2:
            break
        size = max(min(size - 1, int(size * dots / width)), CELL_HEIGHT // 2)
    ascent = max(font.getmetrics()[0] for _, font in runs)
    descent = max(font.getmetrics()[1] for _, font in runs)
    x = {Align.LEFT: 0.0, Align.CENTER: (dots - width) / 2, Align.RIGHT: dots - width}[align]
    image = Image.new("L", (dots, ascent + descent), WHITE)
    draw = ImageDraw.Draw(image)
    ink = BLACK
    if inverse:
        draw.rectangle((x, 0, x + width, image.height), BLACK)
        ink = WHITE
    for run, font in runs:
        draw.text((x, ascent), run, ink, font, anchor="ls")
        x += font.getlength(run)
    return _black_and_white(image)


@functools.lru_cache(maxsize=4096)
def can_draw(char: str) -> bool:
    """Whether a font of this machine has the character."""
    return not _is_visible(char) or _font_path_for(char) is not None


def forget_fonts() -> None:
    """Look for the machine's fonts anew."""
    for remembered in (can_draw, _font_path_for, _system_fonts):
        remembered.cache_clear()


def _runs(text: str) -> list[tuple[str, Path | None]]:
    """The text cut where the font changes; blanks and joining marks stay with what they follow."""
    paths = {char: _font_path_for(char) for char in text if _is_visible(char)}
    for path in dict.fromkeys(paths.values()):
        if path is not None and all(_has(path, char) for char in paths):
            return [(text, path)]  # one font for all keeps right-to-left text in its order
    runs: list[tuple[str, Path | None]] = []
    for char in text:
        path = paths.get(char, runs[-1][1] if runs else _OWN)
        if runs and runs[-1][1] == path:
            runs[-1] = (runs[-1][0] + char, path)
        else:
            runs.append((char, path))
    return runs


def _is_visible(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) not in {"Mn", "Mc", "Me", "Cf"}


@functools.lru_cache(maxsize=4096)
def _font_path_for(char: str) -> Path | None:
    return next((path for path in (_OWN, *_system_fonts(_script_of(char))) if _has(path, char)), None)


@functools.lru_cache(maxsize=4096)
def _has(path: Path, char: str) -> bool:
    font = _font(path, CELL_HEIGHT, _REGULAR)
    return bytes(font.getmask(char)) != bytes(font.getmask(_NO_CHARACTER))


def _script_of(char: str) -> str:
    """`Balinese` for a Balinese letter: the first word of its Unicode name, as the Noto fonts are named."""
    return unicodedata.name(char, "UNKNOWN").split()[0].title()


@functools.cache
def _system_fonts(script: str) -> tuple[Path, ...]:
    patterns = (*(pattern.format(script=script) for pattern in _FONT_PATTERNS), *_FONTS_FOR_ANY)
    return tuple(
        path for pattern in patterns for folder in _FONT_FOLDERS if folder.is_dir() for path in folder.rglob(pattern)
    )


_OWN = next((fontpkg_plus_jakarta_sans.ROOT / "files").glob("PlusJakartaSans[[]wght[]].ttf"))


def _own_font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    return _font(_OWN, size, weight)


@functools.lru_cache(maxsize=256)
def _font(path: Path | None, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(path or _OWN, size, layout_engine=_LAYOUT)
    if path is None or path == _OWN:
        font.set_variation_by_axes([weight])
    return font


def _black_and_white(image: Image.Image) -> Image.Image:
    return image.point(lambda value: WHITE if value > 140 else BLACK)
