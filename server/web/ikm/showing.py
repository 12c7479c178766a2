"""What the pages and the sheet show of a report: every figure as words in one language. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.app.satisfaction_sheet import GroupKind, Report, Sheet
from server.web.ikm.periods import figure, period_words
from server.web.ikm.words import WORDS
from shared.survey_words import QUESTIONS
from shared.vocabulary import Element, Language


@dataclass(frozen=True, slots=True)
class ShownElement:
    name: str
    answered: int
    mean: str
    converted: str
    band: str
    value: str
    """The converted value with a decimal point, for a meter."""


@dataclass(frozen=True, slots=True)
class ShownSheet:
    of: str
    """`service:card`: what an address names it by."""
    name: str
    agency: str
    respondents: str
    shown: bool
    index: str
    band: str
    band_words: str
    short: str
    long: str
    low: str
    high: str
    required: str
    enough: bool | None
    invited: str
    finished: str
    elements: tuple[ShownElement, ...]


def shown_sheet(sheet: Sheet, report: Report, language: Language) -> ShownSheet:
    index, said = sheet.index, _words(language)
    hidden = said["too_few"].format(count=report.hidden_below)
    return ShownSheet(
        of=f"{sheet.kind.value}:{sheet.id}",
        name=sheet.name.in_(language),
        agency=sheet.agency,
        respondents=str(sheet.respondents) if sheet.respondents >= report.hidden_below else hidden,
        shown=index is not None,
        index="" if index is None else figure(index.exact, language),
        band="" if index is None else index.band,
        band_words="" if index is None else said[f"band_{index.band}"],
        short="" if index is None else figure(index.short, language),
        long="" if index is None else figure(index.long, language),
        low="" if index is None else figure(index.low, language),
        high="" if index is None else figure(index.high, language),
        required="" if sheet.required is None else str(sheet.required),
        enough=None if not sheet.required else sheet.respondents >= sheet.required,
        invited=str(sheet.invited),
        finished="" if sheet.finished is None else str(sheet.finished),
        elements=()
        if index is None
        else tuple(
            ShownElement(
                name=QUESTIONS[Element(one.code)].name.in_(language),
                answered=one.answered,
                mean=figure(one.mean, language),
                converted=figure(one.index, language),
                band=one.band,
                value=one.index,
            )
            for one in index.elements
        ),
    )


def tables_of(report: Report, language: Language) -> Mapping[str, Sequence[ShownSheet]]:
    """Agencies, services and counters, those with a result first, the best before the others."""
    return {
        kind.value: [shown_sheet(sheet, report, language) for sheet in sorted(report.of(kind), key=_by_result)]
        for kind in (GroupKind.AGENCY, GroupKind.SERVICE, GroupKind.COUNTER)
    }


def headline(report: Report, language: Language) -> str:
    return period_words(report.first, report.last, language)


def _by_result(sheet: Sheet) -> tuple[bool, float]:
    return (sheet.index is None, 0.0 if sheet.index is None else -float(sheet.index.exact))


def _words(language: Language) -> dict[str, str]:
    return {key: words.in_(language) for key, words in WORDS.items()}
