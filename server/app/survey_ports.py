"""What the satisfaction survey asks of the store. An answer goes in without a name and comes out in a crowd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from server.domain.satisfaction import Scores
from shared.vocabulary import AgencyId, Channel, CounterId, FollowKey, Language, LegId, ServiceId, VisitId

Month = str
"""YYYY-MM, in the site's time zone: texts of this form sort as time goes."""


class Given(StrEnum):
    """What one visit may give once."""

    ANSWER = "answer"
    RATING = "rating"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ServedLeg:
    """A stop that was done, and where."""

    leg: LegId
    service: ServiceId
    counter: CounterId


@dataclass(frozen=True, slots=True)
class VisitToAsk:
    """A visit of one service date as the survey sees it."""

    id: VisitId
    ticket: str
    language: Language
    is_open: bool
    served: tuple[ServedLeg, ...]
    """In the order in which they were made."""
    invited: LegId | None
    given: frozenset[Given]


@dataclass(frozen=True, slots=True)
class About:
    """What an opinion is about, and where it was given."""

    month: Month
    agency: AgencyId
    service: ServiceId
    counter: CounterId
    channel: Channel


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    about: About
    scores: Scores


@dataclass(frozen=True, slots=True)
class KeptRating:
    """How many gave this rating."""

    agency: AgencyId
    service: ServiceId
    counter: CounterId
    rating: int
    count: int


@dataclass(frozen=True, slots=True)
class KeptText:
    month: Month
    agency: AgencyId
    service: ServiceId
    language: Language
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """How many visits finished, by agency, and how many of them were invited, by service and counter."""

    finished: Mapping[AgencyId, int]
    invited: Mapping[tuple[ServiceId, CounterId], int]


@dataclass(frozen=True, slots=True)
class Publication:
    number: int
    first: Month
    last: Month
    published_at: datetime
    published_by: str
    content: str


class SurveyStore(Protocol):
    """Safe to use from any thread; everything raises StorageError."""

    def visit_by_key(self, key: FollowKey, day: date) -> VisitToAsk | None: ...
    def visit_by_ticket(self, series: str, number: int, day: date) -> VisitToAsk | None: ...

    def keep_answer(self, visit: VisitId, day: date, about: About, scores: Scores) -> bool:
        """False when this visit has answered already. What is kept does not name the visit."""

    def keep_rating(self, visit: VisitId, day: date, about: About, rating: int) -> bool: ...
    def keep_text(self, visit: VisitId, day: date, about: About, language: Language, text: str) -> bool: ...

    def answers(self, first: Month, last: Month) -> Sequence[KeptAnswer]: ...
    def ratings(self, first: Month, last: Month) -> Sequence[KeptRating]: ...
    def texts(self, first: Month, last: Month) -> Sequence[KeptText]: ...
    def asked(self, first: Month, last: Month) -> Asked: ...

    def forget_who_answered(self, before: date) -> int:
        """From then on nobody can tell who answered on an earlier day."""

    def forget_texts(self, before: Month) -> int: ...

    def publish(self, first: Month, last: Month, by: str, content: str, now: datetime) -> Publication: ...
    def publications(self) -> Sequence[Publication]:
        """Newest first."""
