"""Questions: of which part of the hall and of which days a report is wanted, and whether whoever asks may have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from server.domain.catalogue import Catalogue
from server.domain.reports.figures import SITE, Kind, Subject
from server.domain.reports.spans import DAY, Stretch, last_of_month
from shared.vocabulary import AgencyId, CounterId, ServiceId, ZoneId

MOST_YEARS = 10
MOST_DAYS = MOST_YEARS * 366


class Preset(StrEnum):
    TODAY = "today"
    YESTERDAY = "yesterday"
    THIS_WEEK = "this_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    LAST_90_DAYS = "last_90_days"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    OWN = "own"
    """From one date to another."""


class WrongQuestionError(Exception):
    """`why`: `dates`, `too_long`, `unknown` (no such part of the hall), `not_yours`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NoReportError(Exception):
    """`why`: `busy`, `failed`, or `wrong_` and the reason of a WrongQuestionError."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Question:
    subject: Subject
    preset: Preset
    stretch: Stretch


def preset_of(text: str) -> Preset:
    """Raises WrongQuestionError."""
    try:
        return Preset(text)
    except ValueError:
        raise WrongQuestionError("dates") from None


def stretch_of(preset: Preset, today: date, first: str = "", last: str = "") -> Stretch:
    """Service dates up to today. Raises WrongQuestionError."""
    match preset:
        case Preset.TODAY:
            return Stretch(today, today)
        case Preset.YESTERDAY:
            return Stretch(today - DAY, today - DAY)
        case Preset.THIS_WEEK:
            return Stretch(today - DAY * today.weekday(), today)
        case Preset.THIS_MONTH:
            return Stretch(today.replace(day=1), today)
        case Preset.LAST_MONTH:
            end = today.replace(day=1) - DAY
            return Stretch(end.replace(day=1), end)
        case Preset.LAST_90_DAYS:
            return Stretch(today - timedelta(days=89), today)
        case Preset.THIS_YEAR:
            return Stretch(date(today.year, 1, 1), today)
        case Preset.LAST_YEAR:
            return Stretch(date(today.year - 1, 1, 1), last_of_month(date(today.year - 1, 12, 1)))
        case Preset.OWN:
            return _own(first, last, today)


def subject_of(text: str, catalogue: Catalogue, agency: AgencyId | None) -> Subject:
    """`agency:registry`, `counter:counter-3`, ...; empty: the whole site, or for an agency's head the agency.
    Raises WrongQuestionError; whatever `agency` does not own is not theirs to see."""
    if not text:
        return SITE if agency is None else Subject(Kind.AGENCY, agency)
    kind, _, id_ = text.partition(":")
    match kind:
        case Kind.AGENCY if id_ in catalogue.agencies or id_ in catalogue.removed_agencies:
            owner: AgencyId | None = AgencyId(id_)
        case Kind.SERVICE if id_ in catalogue.services or id_ in catalogue.removed:
            owner = catalogue.service(ServiceId(id_)).agency
        case Kind.COUNTER if id_ in catalogue.counters:
            owner = catalogue.counters[CounterId(id_)].agency
        case Kind.ZONE if ZoneId(id_) in catalogue.zones:
            owner = None
        case _:
            raise WrongQuestionError("unknown")
    if agency is not None and owner != agency:
        raise WrongQuestionError("not_yours")
    return Subject(Kind(kind), id_)


def _own(first: str, last: str, today: date) -> Stretch:
    try:
        start = date.fromisoformat(first)
        end = min(date.fromisoformat(last), today) if last else today
    except ValueError:
        raise WrongQuestionError("dates") from None
    if start > end or start.year < 2000:
        raise WrongQuestionError("dates")
    if (end - start).days >= MOST_DAYS:
        raise WrongQuestionError("too_long")
    return Stretch(start, end)
