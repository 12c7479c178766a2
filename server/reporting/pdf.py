"""PDF: the report on A4, as a good office prints it: figures first, each table whole, wide ones across."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from server.app.reports.report import Card, Drawing, Report, Section, Unit
from server.reporting.charts import WIDE, as_png, height
from server.reporting.saying import about, heading, plain_date, said, word
from server.reporting.saying import finding as finding_of
from server.reporting.shades import bounds, shade
from shared.typeface_files import WEIGHTS, static_cuts
from shared.vocabulary import Language

INK, SOFT, GREEN, DEEP = (19, 32, 43), (68, 82, 94), (11, 90, 82), (8, 63, 58)
PALE, LINE = (226, 240, 236), (217, 211, 199)
HEAT: Final = ((244, 241, 234), (220, 235, 230), (181, 214, 205), (127, 184, 171), (11, 90, 82), (8, 63, 58))
WHITE_FROM: Final = 4  # the shade from which letters are white
MARGIN, GAP = 16.0, 4.0  # millimetres
HEAD, ROW, WIDEST_CHART = 28.0, 6.2, 178.0  # of a section, of a row of a table
FEW_ROWS = 4  # of a long table, that stand with its heading
MANY_COLUMNS = 8  # a table with more stands across
MOST_ROWS = 400  # of one table on paper; the spreadsheet has all
_FAMILY = "Jakarta"


def as_pdf(report: Report, language: Language) -> bytes:
    paper = _Paper(report, language)
    paper.front()
    for section in report.sections:
        paper.section(section)
    return bytes(paper.output())


class _Paper(FPDF):
    def __init__(self, report: Report, language: Language) -> None:
        super().__init__(format="A4")
        self._report, self._language = report, language
        cuts = dict(zip(WEIGHTS, static_cuts(), strict=True))
        self.add_font(_FAMILY, "", str(cuts[500]))
        self.add_font(_FAMILY, "B", str(cuts[700]))
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, MARGIN + 6)
        self.set_title(f"{self._say('title')} {report.subject_name.in_(language)}")
        self.set_author(report.site.in_(language))
        self.set_creation_date(report.made_at)
        self.set_lang(language.value)
        self.set_draw_color(*LINE)

    # --- what stands on every page ---

    def header(self) -> None:
        if self.page_no() == 1:
            return
        self._type(8, SOFT)
        self.cell(0, 5, f"{self._report.site.in_(self._language)}  ·  {self._title()}  ·  {self._stretch()}")
        self.ln(9)

    def footer(self) -> None:
        self.set_y(-(MARGIN - 2))
        self._type(8, SOFT)
        pages = self._say("page_of", page=str(self.page_no()), pages="{nb}")
        self.cell(0, 5, pages, align="R")

    # --- the first page ---

    def front(self) -> None:
        self.add_page()
        self._type(10, GREEN, bold=True)
        self._line(self._report.site.in_(self._language), 5)
        self._type(22, INK, bold=True)
        self.multi_cell(0, 10, self._title(), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._type(11, SOFT)
        self._line(self._stretch(), 6)
        first, last = (plain_date(day, self._language) for day in (self._report.before.first, self._report.before.last))
        self._type(9, SOFT)
        self._line(self._say("compared", first=first, last=last), 5)
        self.set_draw_color(*GREEN)
        self.set_line_width(0.6)
        self.line(MARGIN, self.y + 2, self.w - MARGIN, self.y + 2)
        self.set_line_width(0.2)
        self.set_draw_color(*LINE)
        self.ln(7)
        if not self._report.visits:
            self._type(11, INK)
            self._line(self._say("nothing"), 6)
            return
        self._cards()
        self._type(10, INK, bold=True)
        self._line(self._say("left_out_heading"), 6)
        self._type(9, INK)
        for line in about(self._report, self._language):
            self.multi_cell(0, 4.8, line, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(GAP)

    def _cards(self) -> None:
        """Four in a row, each with the same figure of the time before."""
        wide = (self.epw - 3 * GAP) / 4
        high = 24.0
        for start in range(0, len(self._report.cards), 4):
            top = self.y
            for place, card in enumerate(self._report.cards[start : start + 4]):
                self._card(card, MARGIN + place * (wide + GAP), top, wide, high)
            self.set_xy(MARGIN, top + high + GAP)

    def _card(self, card: Card, x: float, y: float, wide: float, high: float) -> None:
        self.rect(x, y, wide, high, round_corners=True, corner_radius=2)
        self.set_xy(x + 2, y + 2)
        self._type(7.5, SOFT)
        self.cell(wide - 4, 4, self._say(f"card_{card.key}"))
        self.set_xy(x + 2, y + 7.5)
        self._type(15, INK, bold=True)
        self.cell(wide - 4, 8, said(card.value, card.unit, self._language))
        self.set_xy(x + 2, y + 17.5)
        self._type(7.5, SOFT)
        before = said(card.before, card.unit, self._language)
        self.cell(wide - 4, 4, self._say("before", value=before) if card.before is not None else self._say("no_before"))

    # --- sections ---

    def section(self, section: Section) -> None:
        is_heat = section.drawing is Drawing.HEAT
        across = len(section.table.columns) > MANY_COLUMNS
        charted = section.drawing is not None and not is_heat
        finding = finding_of(section, self._language)
        wide = min(self.h - 2 * MARGIN if across != (self.w > self.h) else self.epw, WIDEST_CHART)
        high = wide * height(section) / WIDE if charted else 0.0
        least = HEAD + high + ROW * FEW_ROWS
        whole = HEAD + high + ROW * (len(section.table.rows) + 1)
        self._room(across, whole if whole < self.h - 2 * MARGIN - 20 else least)
        self._type(13, INK, bold=True)
        self._line(self._say(section.key), 8)
        if finding:
            self._type(10, DEEP, bold=True)
            self.multi_cell(0, 5, finding, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._type(9, SOFT)
        self.multi_cell(0, 4.6, self._say(f"{section.key}_means"), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.5)
        if charted:
            self.image(BytesIO(as_png(section, self._language)), w=wide, alt_text=self._say(f"chart_{section.drawing}"))
            self.ln(2)
        self._table(section, is_heat)
        self.ln(GAP + 2)

    def _room(self, across: bool, needed: float) -> None:
        """On a page of the right orientation with some room left."""
        if across != (self.w > self.h):
            self.add_page(orientation="landscape" if across else "portrait")
        elif self.y + needed > self.h - MARGIN - 6:
            self.add_page(same=True)

    def _table(self, section: Section, is_heat: bool) -> None:
        columns = section.table.columns
        size = 7.0 if len(columns) > MANY_COLUMNS else 8.5
        self._type(size, INK)
        steps = bounds(section) if is_heat else ()
        with self.table(
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            text_align=tuple("RIGHT" if _is_number(one.unit) else "LEFT" for one in columns),
            headings_style=FontFace(emphasis="BOLD", color=INK, fill_color=PALE),
            line_height=size * 0.52,
            padding=0.9,
            col_widths=tuple(_width(section, at, self._language) for at in range(len(columns))),
        ) as table:
            table.row([heading(one, self._language) for one in columns])
            for cells in section.table.rows[:MOST_ROWS]:
                row = table.row()
                for at, (cell, column) in enumerate(zip(cells, columns, strict=True)):
                    style = _shaded(shade(cell, steps)) if at and steps else None
                    row.cell(said(cell, column.unit, self._language), style=style)

    # --- words and type ---

    def _type(self, size: float, colour: tuple[int, int, int], *, bold: bool = False) -> None:
        self.set_font(_FAMILY, "B" if bold else "", size)
        self.set_text_color(*colour)

    def _line(self, text: str, high: float) -> None:
        self.cell(0, high, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _say(self, key: str, **facts: str) -> str:
        return word(key, self._language, **facts)

    def _title(self) -> str:
        return f"{self._say('title')}: {self._report.subject_name.in_(self._language)}"

    def _stretch(self) -> str:
        first, last = (
            plain_date(day, self._language) for day in (self._report.stretch.first, self._report.stretch.last)
        )
        return self._say("day_by_day", first=first, last=last)


def _is_number(unit: Unit) -> bool:
    return unit not in (Unit.TEXT, Unit.WORD, Unit.SPAN)


def _width(section: Section, at: int, language: Language) -> int:
    """By what stands in the column; names get more, and may take two lines."""
    column = section.table.columns[at]
    texts = [said(row[at], column.unit, language) for row in section.table.rows]
    longest = max((len(text) for text in texts), default=0)
    words = max(len(part) for part in heading(column, language).split())
    return max(6, min(34 if column.unit is Unit.TEXT else 22, longest), words) + 2


def _shaded(found: int | None) -> FontFace | None:
    if found is None:
        return None
    return FontFace(color=(255, 255, 255) if found >= WHITE_FROM else INK, fill_color=HEAT[found])
