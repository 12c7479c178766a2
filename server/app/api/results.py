"""Results: what the API shows of days that were: reports, the satisfaction index, forecasts, the catalogue's versions.

Figures about groups, never about a person; groups that are too small to be shown are not (law 12).
"""

from __future__ import annotations

from datetime import date, datetime

from server.app.api.resources import Resource
from server.app.reports.report import Drawing, Unit
from server.app.satisfaction_sheet import GroupKind, Report
from shared.vocabulary import Language, Words


class ReportColumn(Resource):
    key: str
    unit: Unit
    """`duration` is seconds, `share` a part of 1, `span` a date or a month."""


class ReportSection(Resource):
    key: str
    drawing: Drawing | None
    """How the page draws it."""
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[str | int | float | Words | None, ...], ...]
    """Null: there is nothing to say."""


class ReportCard(Resource):
    key: str
    unit: Unit
    value: float | None
    before: float | None
    """In the stretch of the same length before."""


class TimesLeftOut(Resource):
    """Times that cannot be trusted: they are in no median and no worst."""

    key: str
    kept: int
    reasons: dict[str, int]


class HallReport(Resource):
    """What `/reports` shows, of one part of the hall and one stretch of days."""

    site: Words
    of: str
    """`site`, or `agency:ID`, `service:ID`, `counter:ID`, `zone:ID`."""
    name: Words
    first: date
    last: date
    made_at: datetime
    time_zone: str
    visits: int
    live: bool
    """Today is in it: the figures still move."""
    pending: tuple[date, ...]
    """Days that are in no figure yet."""
    error: float
    """How far a median or a ninth tenth may be off, as a share of it."""
    cards: tuple[ReportCard, ...]
    sections: tuple[ReportSection, ...]
    left_out: tuple[TimesLeftOut, ...]


class GroupRatings(Resource):
    """Quick ratings: one tap about the officer, never part of the index."""

    kind: GroupKind
    id: str
    counts: tuple[int, ...]
    """Of those who gave 1, 2, 3 and 4."""


class Suggestion(Resource):
    month: str
    service: str
    language: Language
    text: str


class IndexResults(Resource):
    """The satisfaction index of a period, by site, agency, service and counter."""

    report: Report
    ratings: tuple[GroupRatings, ...]
    suggestions: tuple[Suggestion, ...]
    """The newest ones."""


class PublishedIndex(Resource):
    """A period's index as it was published; it does not change any more."""

    number: int
    published_at: datetime
    report: Report


class PublishedIndexes(Resource):
    items: tuple[PublishedIndex, ...]
    next: int | None
    """Ask for `before` this to go on; null at the end."""


class ForecastScore(Resource):
    """What visitors of one service and day were told about their waits, against what came."""

    service_date: date
    service: str
    waits: int
    """That ended with a call; the other figures are about these."""
    never_called: int
    in_sure: int
    """Within the range that is meant for nine of ten."""
    in_likely: int
    """Within the range that is meant for half."""
    bias: float | None
    """Minutes told too much, on average; below zero too little."""
    wrong_by: float | None
    """Minutes, on average, without the sign."""


class ForecastScores(Resource):
    items: tuple[ForecastScore, ...]


class CatalogueVersion(Resource):
    number: int
    published_at: datetime
    by: str
    """The officer; empty where it was published on the command line."""
    note: str
    reverts_to: int | None


class CatalogueVersions(Resource):
    items: tuple[CatalogueVersion, ...]
    """Newest first."""


class CatalogueText(Resource):
    number: int
    toml: str
    """The file as it was published: what `/admin/exchange` gives."""
