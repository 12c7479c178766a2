"""Surveys: who may answer what about a finished visit, and the way of an answer into the store.

Not a command of the lobby: a command is kept with its sender and a digest of its content, and from those nine scores
could be guessed back. An answer goes straight to its own table.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from server.app.survey_ports import About, Given, Month, ServedLeg, SurveyStore, VisitToAsk
from server.domain.catalogue import Catalogue
from server.domain.satisfaction import HIGHEST, LOWEST, Scores
from server.domain.service_day import service_date
from shared.protocol.opinions import LONGEST_OPINION
from shared.vocabulary import Channel, CounterId, Denied, FollowKey, ServiceId, Words

LONGEST_TEXT = LONGEST_OPINION
_TICKET = re.compile(r"([A-Z]{1,3})[- ]?0*([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a visitor is asked about, in words."""

    service: Words
    agency: Words
    counter: str


@dataclass(frozen=True, slots=True)
class Surveys:
    """Safe to use from any thread. Everything raises StorageError."""

    store: SurveyStore
    catalogue: Callable[[], Catalogue]
    clock: Callable[[], datetime]

    def today(self) -> date:
        return service_date(self.clock(), self.catalogue().site.time_zone)

    def month(self) -> Month:
        return f"{self.today():%Y-%m}"

    def by_key(self, key: str) -> VisitToAsk | None:
        return self.store.visit_by_key(FollowKey(key), self.today())

    def by_ticket(self, typed: str) -> VisitToAsk | None:
        """`A-042`, `a042` and `A 42` are one ticket."""
        if (read := _TICKET.fullmatch(typed.strip().upper())) is None:
            return None
        return self.store.visit_by_ticket(read[1], int(read[2]), self.today())

    def denial(self, visit: VisitToAsk | None) -> Denied | None:
        """Why the nine questions are not put to this visitor; None: they are."""
        if visit is None:
            return Denied.UNKNOWN
        if visit.is_open or not visit.served:
            return Denied.NOT_FINISHED
        if visit.invited is None:
            return Denied.NOT_INVITED
        return Denied.ALREADY if Given.ANSWER in visit.given else None

    def may_rate(self, visit: VisitToAsk | None) -> bool:
        """Whoever was served may, once: invited or not."""
        return visit is not None and bool(visit.served) and Given.RATING not in visit.given

    def subject(self, visit: VisitToAsk) -> Subject:
        catalogue, leg = self.catalogue(), asked_about(visit)
        service = catalogue.service(leg.service)
        return Subject(service.name, catalogue.agency(service.agency).name, self._number(leg.counter))

    def answer(self, visit: VisitToAsk, channel: Channel, scores: Scores, text: str = "") -> Denied | None:
        """Keep what an invited visitor says; None when it is kept. Without a single score only the text is."""
        if (denied := self.denial(visit)) is not None:
            return denied
        about = self._about(visit, channel)
        if not self.store.keep_answer(visit.id, self.today(), about, scores):
            return Denied.ALREADY
        self._keep_text(visit, about, text)
        return None

    def rate(self, visit: VisitToAsk, channel: Channel, rating: int, text: str = "") -> bool:
        """Keep a quick rating, apart from the index; False when there is one already."""
        if not self.may_rate(visit) or not LOWEST <= rating <= HIGHEST:
            return False
        about = self._about(visit, channel)
        kept = self.store.keep_rating(visit.id, self.today(), about, rating)
        if kept:
            self._keep_text(visit, about, text)
        return kept

    def _keep_text(self, visit: VisitToAsk, about: About, text: str) -> bool:
        if not (clean := tidy(text)):
            return False
        return self.store.keep_text(visit.id, self.today(), about, visit.language, clean)

    def _about(self, visit: VisitToAsk, channel: Channel) -> About:
        leg = asked_about(visit)
        agency = self.catalogue().service(ServiceId(leg.service)).agency
        return About(self.month(), agency, leg.service, leg.counter, channel)

    def _number(self, counter: CounterId) -> str:
        known = self.catalogue().counters.get(counter)
        return known.number if known is not None else str(counter)

    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.catalogue().site.time_zone)


def asked_about(visit: VisitToAsk) -> ServedLeg:
    """The stop that ended the visit when it was invited, or else the last one that was served."""
    return next((leg for leg in visit.served if leg.leg == visit.invited), visit.served[-1])


def tidy(text: str) -> str:
    """One line of printable characters, cut to the longest that is kept."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split())[:LONGEST_TEXT]
