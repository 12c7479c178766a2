"""The sheet: one A4 page for the wall, with everything that the index of a period stands on."""

from __future__ import annotations

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from server.app.satisfaction_sheet import Report, Sheet
from server.web.house.paper import FAMILY, GREEN, GREEN_PALE, INK, LINE, SOFT, a4
from server.web.ikm.periods import period_words
from server.web.ikm.showing import ShownSheet, shown_sheet
from server.web.ikm.words import WORDS
from shared.vocabulary import Language, Words

WIDTH = 174  # millimetres between the margins
BEST, WORST = 100.0, 25.0


def sheet_pdf(report: Report, sheet: Sheet, language: Language, note: str) -> bytes:
    """`note`: when it was published or printed, at the foot."""
    return _SheetPdf(report, sheet, language).drawn(note)


class _SheetPdf:
    def __init__(self, report: Report, sheet: Sheet, language: Language) -> None:
        self._report = report
        self._sheet = sheet
        self._show: ShownSheet = shown_sheet(sheet, report, language)
        self._language = language
        self._paper: FPDF = a4(f"{self._w('title')} – {self._show.name}", language.value)

    def drawn(self, note: str) -> bytes:
        self._head()
        if self._show.shown:
            self._figure()
            self._facts()
            self._elements()
            self._roundings()
        else:
            self._paper.ln(20)
            self._text(self._w("too_few_here").format(count=self._report.hidden_below), 13)
        self._foot(note)
        return bytes(self._paper.output())

    def _head(self) -> None:
        paper = self._paper
        paper.set_fill_color(*GREEN)
        paper.rect(0, 0, 210, 28, style="F")
        paper.set_text_color(255, 255, 255)
        paper.set_xy(18, 7)
        self._text(self._report.site.in_(self._language), 14, bold=True)
        paper.set_x(18)
        self._text(self._w("title"), 14)
        paper.set_text_color(*INK)
        paper.set_y(35)
        if self._show.name != self._report.site.in_(self._language):
            self._text(self._show.name, 15, bold=True)
        paper.set_text_color(*SOFT)
        period = period_words(self._report.first, self._report.last, self._language)
        self._text(f"{self._w('period')}: {period}", 12)
        paper.set_text_color(*INK)

    def _figure(self) -> None:
        paper, top = self._paper, self._paper.get_y() + 4
        paper.set_fill_color(*GREEN_PALE)
        paper.rect(18, top, WIDTH, 44, style="F", round_corners=True, corner_radius=4)
        paper.set_xy(24, top + 5)
        paper.set_text_color(*GREEN)
        paper.set_font(FAMILY, "B", 54)
        paper.cell(84, 24, self._show.index)
        paper.set_text_color(*INK)
        paper.set_xy(24, top + 30)
        paper.set_font(FAMILY, "", 11)
        if self._show.low:
            paper.cell(84, 7, f"{self._w('range')}: {self._show.low} – {self._show.high}")
        paper.set_xy(118, top + 5)
        paper.set_font(FAMILY, "", 11)
        paper.cell(70, 6, self._w("band"), align="C")
        paper.set_xy(118, top + 11)
        paper.set_text_color(*GREEN)
        paper.set_font(FAMILY, "B", 44)
        paper.cell(70, 18, self._show.band, align="C")
        paper.set_text_color(*INK)
        paper.set_xy(118, top + 30)
        paper.set_font(FAMILY, "B", 14)
        paper.cell(70, 7, self._show.band_words, align="C")
        paper.set_y(top + 50)

    def _facts(self) -> None:
        show = self._show
        facts = [(self._w("respondents"), show.respondents)]
        if show.required:
            met = self._w("enough" if show.enough else "not_enough")
            facts.append((self._w("required"), f"{show.required}, {met}"))
        facts.append((self._w("invited"), show.invited))
        if show.finished:
            facts.append((self._w("finished"), show.finished))
        paper, each, top = self._paper, WIDTH / len(facts), self._paper.get_y()
        for number, (name, value) in enumerate(facts):
            paper.set_xy(18 + number * each, top)
            paper.set_text_color(*SOFT)
            paper.set_font(FAMILY, "", 9)
            paper.cell(each, 5, name)
            paper.set_xy(18 + number * each, top + 5)
            paper.set_text_color(*INK)
            paper.set_font(FAMILY, "B", 12)
            paper.cell(each, 6, value)
        paper.set_y(top + 16)

    def _elements(self) -> None:
        paper = self._paper
        self._text(self._w("elements"), 13, bold=True)
        paper.ln(1)
        widths = (84, 34, 15, 15, 26)
        heads = (self._w("element"), "", self._w("nrr"), self._w("grade"), self._w("converted"))
        paper.set_font(FAMILY, "B", 9)
        paper.set_text_color(*SOFT)
        for width, head, at in zip(widths, heads, "LLRCR", strict=True):
            paper.cell(width, 6, head, align=at)
        paper.ln(6)
        paper.set_text_color(*INK)
        paper.set_draw_color(*LINE)
        for one in self._show.elements:  # without numbers: sources disagree on those of the last two
            top = paper.get_y()
            paper.line(18, top, 18 + WIDTH, top)
            paper.set_font(FAMILY, "", 10)
            paper.cell(widths[0], 8, one.name)
            self._bar(18 + widths[0], top + 2.6, widths[1] - 2, float(one.value))
            paper.set_xy(18 + widths[0] + widths[1], top)
            paper.cell(widths[2], 8, one.mean, align="R")
            paper.cell(widths[3], 8, one.band, align="C")
            paper.set_font(FAMILY, "B", 10)
            paper.cell(widths[4], 8, one.converted, align="R")
            paper.ln(8)
        paper.ln(4)

    def _bar(self, x: float, y: float, width: float, value: float) -> None:
        paper = self._paper
        paper.set_fill_color(*LINE)
        paper.rect(x, y, width, 2.8, style="F", round_corners=True, corner_radius=1.4)
        share = max(0.05, (value - WORST) / (BEST - WORST))
        paper.set_fill_color(*GREEN)
        paper.rect(x, y, width * share, 2.8, style="F", round_corners=True, corner_radius=1.4)

    def _roundings(self) -> None:
        self._text(self._w("method"), 13, bold=True)
        self._paper.ln(1)
        for key, value, means in (
            ("exact", self._show.index, "official"),
            ("long", self._show.long, "comparison"),
            ("short", self._show.short, "comparison"),
        ):
            self._paper.set_font(FAMILY, "", 10)
            self._paper.cell(84, 6, self._w(key))
            self._paper.set_font(FAMILY, "B", 10)
            self._paper.cell(22, 6, value, align="R")
            self._paper.set_font(FAMILY, "", 10)
            self._paper.set_text_color(*SOFT)
            self._paper.cell(60, 6, f"   {self._w(means)}")
            self._paper.set_text_color(*INK)
            self._paper.ln(6)
        self._paper.ln(2)

    def _foot(self, note: str) -> None:
        self._paper.set_text_color(*SOFT)
        if self._show.shown:
            self._text(self._w("rounding_means"), 8.5)
            self._text(self._w("bands_are"), 8.5)
        self._text(self._w("source"), 8.5)
        self._paper.ln(1)
        self._text(note, 8.5, bold=True)

    def _text(self, text: str, size: float, *, bold: bool = False) -> None:
        self._paper.set_font(FAMILY, "B" if bold else "", size)
        self._paper.multi_cell(0, size * 0.5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _w(self, key: str) -> str:
        words: Words = WORDS[key]
        return words.in_(self._language)
