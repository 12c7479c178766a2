"""Reading: a period's report out of the store, for whoever may see it, and what was published. Runs beside the loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from server.app.satisfaction_report import (
    anonymous,
    anonymous_ratings,
    for_the_public,
    ratings_of,
    refuse_period,
    report_of,
)
from server.app.satisfaction_sheet import GroupKind, Report, Sheet
from server.app.survey_ports import KeptText, Month, Publication
from server.app.surveys import Surveys
from shared.vocabulary import AgencyId, CounterId, Language, ServiceId

NEWEST_TEXTS = 200  # on the page; the spreadsheet has them all


@dataclass(frozen=True, slots=True)
class QuickRating:
    name: str
    counts: tuple[int, ...]
    """Of those who gave 1, 2, 3 and 4."""


@dataclass(frozen=True, slots=True)
class Results:
    report: Report
    ratings: Sequence[QuickRating]
    texts: Sequence[tuple[str, str, str]]
    """Month, service and text."""


def read_results(surveys: Surveys, first: Month, last: Month, agency: AgencyId | None, language: Language) -> Results:
    """Raises BadPeriodError, StorageError."""
    report = report_of(surveys.store, surveys.catalogue(), first, last, agency)
    ratings = [one for one in surveys.store.ratings(first, last) if agency in (None, one.agency)]
    found = ratings_of(ratings, report.hidden_below)
    shown = [
        QuickRating(sheet.name.in_(language), tuple(found[sheet.kind, sheet.id]))
        for sheet in report.sheets
        if (sheet.kind, sheet.id) in found and (agency is None or sheet.kind is not GroupKind.SITE)
    ]
    texts = [one for one in surveys.store.texts(first, last) if agency in (None, one.agency)]
    return Results(report, shown, [_text(surveys, one, language) for one in texts[:NEWEST_TEXTS]])


def read_spreadsheet(surveys: Surveys, first: Month, last: Month, agency: AgencyId | None, language: Language) -> bytes:
    """Raises BadPeriodError, StorageError."""
    refuse_period(first, last)
    from server.web.ikm.spreadsheet import answers_xlsx  # not needed by a server that nobody asks for one

    store, below = surveys.store, surveys.catalogue().site.survey_rules.hidden_below
    return answers_xlsx(
        anonymous([one for one in store.answers(first, last) if agency in (None, one.about.agency)], below),
        anonymous_ratings([one for one in store.ratings(first, last) if agency in (None, one.agency)], below),
        [one for one in store.texts(first, last) if agency in (None, one.agency)],
        lambda kind, identity: name_of(surveys, kind, identity, language),
        language,
    )


def publish(surveys: Surveys, first: Month, last: Month, by: str) -> Publication:
    """Raises BadPeriodError, StorageError."""
    public = for_the_public(report_of(surveys.store, surveys.catalogue(), first, last))
    return surveys.store.publish(first, last, by, msgspec.json.encode(public).decode(), surveys.clock())


def report_in(publication: Publication) -> Report:
    return msgspec.json.decode(publication.content, type=Report)


def chosen_sheet(report: Report, of: str, agency: AgencyId | None) -> Sheet | None:
    """The group that an address names; the site, or the own agency, when it names none."""
    kind, _, identity = of.partition(":")
    if not of:
        kind, identity = (GroupKind.SITE, "") if agency is None else (GroupKind.AGENCY, agency)
    return next((sheet for sheet in report.sheets if (sheet.kind.value, sheet.id) == (kind, identity)), None)


def name_of(surveys: Surveys, kind: str, identity: str, language: Language) -> str:
    """As the catalogue has it, or the id of what it never knew."""
    catalogue = surveys.catalogue()
    try:
        match kind:
            case GroupKind.AGENCY:
                return catalogue.agency(AgencyId(identity)).name.in_(language)
            case GroupKind.SERVICE:
                return catalogue.service(ServiceId(identity)).name.in_(language)
            case _:
                return catalogue.counters[CounterId(identity)].number
    except KeyError:
        return identity


def _text(surveys: Surveys, kept: KeptText, language: Language) -> tuple[str, str, str]:
    return kept.month, name_of(surveys, GroupKind.SERVICE, kept.service, language), kept.text
