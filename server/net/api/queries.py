"""Queries: what may stand behind the question mark of an address. Anything else is refused, never overlooked."""

from __future__ import annotations

from datetime import date
from typing import Annotated, dataclass_transform

import msgspec
from msgspec import Meta

from server.app.api.public_facts import DETAILS
from server.app.api.resources import MOST_AT_ONCE
from server.app.reports.question import Preset
from shared.protocol.values import Id
from shared.vocabulary import LegState

Ticket = Annotated[str, Meta(pattern=r"^[A-Z]{1,3}-[0-9]{3,6}\Z")]
Limit = Annotated[int, Meta(ge=1, le=MOST_AT_ONCE)]
Sequence = Annotated[int, Meta(ge=0, le=2**53 - 1)]  # what every language's numbers can hold
Month = Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])\Z")]
PartOfHall = Annotated[str, Meta(max_length=80, pattern=r"^(agency|service|counter|zone):[A-Za-z0-9_.:-]+\Z")]
_KIND = "|".join(DETAILS)
Kinds = Annotated[str, Meta(max_length=400, pattern=rf"^({_KIND})(,({_KIND}))*\Z")]


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Query(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The parent of all."""


class OfAgency(Query):
    agency: Id | None = None


class VisitsQuery(Query):
    service_date: date | None = None
    """Today's when it is left out."""
    ticket: Ticket | None = None
    service: Id | None = None
    agency: Id | None = None
    state: LegState | None = None
    """Visits that have a leg in this state."""
    limit: Limit = 50
    after: Ticket | None = None


class EventsQuery(Query):
    after: Sequence | None = None
    """The sequence that was seen last. A list begins with the oldest when it is left out, a stream with the next."""
    kinds: Kinds | None = None
    """With commas between; all when it is left out."""
    agency: Id | None = None


class HistoryQuery(EventsQuery):
    limit: Limit = 50


class AuditQuery(Query):
    after: Sequence = 0
    limit: Limit = 50


class ReportQuery(Query):
    of: PartOfHall | None = None
    """The whole hall, or the key's agency, when it is left out."""
    period: Preset = Preset.THIS_MONTH
    first: date | None = None
    """Of the period `own`."""
    last: date | None = None


class IndexQuery(OfAgency):
    first: Month | None = None
    """The same as `last` when it is left out."""
    last: Month | None = None
    """This month when it is left out."""


class PublishedQuery(Query):
    limit: Annotated[int, Meta(ge=1, le=20)] = 1
    before: Annotated[int, Meta(ge=1, le=2**31 - 1)] | None = None
    """Publications with a smaller number only; begins with the newest."""


class ForecastsQuery(OfAgency):
    first: date | None = None
    """A week up to `last` when it is left out."""
    last: date | None = None
    """Today when it is left out."""
