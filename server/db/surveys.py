"""Surveys: answers without a name, the day's memory of who has answered, what was published."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from server.app.audit import Entry, What
from server.app.survey_ports import (
    About,
    Asked,
    Given,
    KeptAnswer,
    KeptRating,
    KeptText,
    Month,
    Publication,
    ServedLeg,
    VisitToAsk,
)
from server.db.chain import Chain
from server.db.instants import from_micros, to_micros
from server.db.survey_tables import index_publications, service_ratings, survey_answers, survey_spent, survey_texts
from server.db.tables import legs, sequences, visits
from server.db.unit_of_work import Reader, Writer, driver_of
from server.domain.satisfaction import ELEMENTS, Scores
from server.domain.survey_plan import FINISHED
from shared.vocabulary import AgencyId, Channel, FollowKey, Language, LegState, VisitId

ID_BYTES = 16  # random, so that the order of the ids says nothing of the order of the visitors


class Surveys:
    """A `SurveyStore`; safe to use from any thread."""

    def __init__(self, writer: Writer, reader: Reader, chain: Chain) -> None:
        self._writer = writer
        self._reader = reader
        self._chain = chain

    # --- who is asked ---

    def visit_by_key(self, key: FollowKey, day: date) -> VisitToAsk | None:
        return self._visit(visits.c.key == key, visits.c.service_date == day.isoformat())

    def visit_by_ticket(self, series: str, number: int, day: date) -> VisitToAsk | None:
        of_the_day = visits.c.service_date == day.isoformat()
        return self._visit(of_the_day, visits.c.series == series, visits.c.number == number)

    def _visit(self, *which: Any) -> VisitToAsk | None:
        query = (
            select(visits.c.id, visits.c.series, visits.c.number, visits.c.language, visits.c.invited)
            .add_columns(legs.c.id.label("leg"), legs.c.service, legs.c.counter, legs.c.state)
            .join(legs, legs.c.visit == visits.c.id)
            .where(*which)
            .order_by(legs.c.order)
        )

        def read(connection: Connection) -> VisitToAsk | None:
            found = connection.execute(query).all()
            if not found:
                return None
            spent = select(survey_spent.c.what).where(survey_spent.c.visit == found[0].id)
            given = frozenset(Given(what) for what in connection.scalars(spent))
            return _visit_from(found, given)

        return self._reader.read(read)

    # --- what they say ---

    def keep_answer(self, visit: VisitId, day: date, about: About, scores: Scores) -> bool:
        row = {**_about(about), "counter": about.counter, "channel": about.channel.value}
        return self._keep(visit, day, Given.ANSWER, survey_answers, row | {e.value: scores.get(e) for e in ELEMENTS})

    def keep_rating(self, visit: VisitId, day: date, about: About, rating: int) -> bool:
        row = {**_about(about), "counter": about.counter, "channel": about.channel.value, "rating": rating}
        return self._keep(visit, day, Given.RATING, service_ratings, row)

    def keep_text(self, visit: VisitId, day: date, about: About, language: Language, text: str) -> bool:
        row = {**_about(about), "language": language.value, "text": text}
        return self._keep(visit, day, Given.TEXT, survey_texts, row)

    def _keep(self, visit: VisitId, day: date, what: Given, table: Table, row: dict[str, Any]) -> bool:
        """The mark that the visit has answered, and the answer, in one transaction and in two tables."""
        with self._writer.transaction() as connection:
            make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
            mark = make(survey_spent).values(visit=visit, what=what.value, service_date=day.isoformat())
            if connection.scalar(mark.on_conflict_do_nothing().returning(survey_spent.c.visit)) is None:
                return False
            connection.execute(insert(table).values(id=secrets.token_hex(ID_BYTES), **row))
        return True

    # --- what all of them said ---

    def answers(self, first: Month, last: Month) -> Sequence[KeptAnswer]:
        query = select(survey_answers).where(survey_answers.c.month.between(first, last))
        return [_answer(row) for row in self._reader.read(lambda connection: connection.execute(query).all())]

    def ratings(self, first: Month, last: Month) -> Sequence[KeptRating]:
        kept = service_ratings.c
        what = (kept.agency, kept.service, kept.counter, kept.rating)
        query = select(*what, func.count()).where(service_ratings.c.month.between(first, last)).group_by(*what)
        return [KeptRating(*row) for row in self._reader.read(lambda connection: connection.execute(query).all())]

    def texts(self, first: Month, last: Month) -> Sequence[KeptText]:
        query = select(survey_texts).where(survey_texts.c.month.between(first, last))
        query = query.order_by(survey_texts.c.month.desc(), survey_texts.c.id)
        found = self._reader.read(lambda connection: connection.execute(query).all())
        return [KeptText(row.month, row.agency, row.service, Language(row.language), row.text) for row in found]

    def asked(self, first: Month, last: Month) -> Asked:
        days = (f"{first}-01", f"{last}-31")  # texts: no month needs its own last day
        counted = (
            select(sequences.c.series, func.sum(sequences.c.last).label("finished"))
            .where(sequences.c.service_date.between(*days), sequences.c.series.startswith(FINISHED, autoescape=True))
            .group_by(sequences.c.series)
        )
        invited = (
            select(legs.c.service, legs.c.counter, func.count().label("invited"))
            .join(visits, visits.c.invited == legs.c.id)
            .where(visits.c.service_date.between(*days), visits.c.invited.is_not(None))
            .group_by(legs.c.service, legs.c.counter)
        )
        return self._reader.read(
            lambda connection: Asked(
                {AgencyId(row.series.removeprefix(FINISHED)): int(row.finished) for row in connection.execute(counted)},
                {(row.service, row.counter): row.invited for row in connection.execute(invited)},
            )
        )

    # --- what is forgotten ---

    def forget_who_answered(self, before: date) -> int:
        old = delete(survey_spent).where(survey_spent.c.service_date < before.isoformat())
        with self._writer.transaction() as connection:
            return connection.execute(old).rowcount

    def forget_texts(self, before: Month) -> int:
        with self._writer.transaction() as connection:
            return connection.execute(delete(survey_texts).where(survey_texts.c.month < before)).rowcount

    # --- what was published ---

    def publish(self, first: Month, last: Month, by: str, content: str, now: datetime) -> Publication:
        with self._writer.transaction() as connection:
            newest = connection.scalar(select(func.max(index_publications.c.number))) or 0
            made = Publication(newest + 1, first, last, now, by, content)
            row = {"number": made.number, "first_month": first, "last_month": last, "content": content}
            connection.execute(insert(index_publications).values(**row, published_at=to_micros(now), published_by=by))
            digest = hashlib.sha256(content.encode()).hexdigest()
            after = {"first_month": first, "last_month": last, "sha256": digest}
            entry = Entry(What.INDEX_PUBLISHED, f"publication {made.number}", by, after=after)
            self._chain.append(driver_of(connection), [entry])
        return made

    def publications(self) -> Sequence[Publication]:
        query = select(index_publications).order_by(index_publications.c.number.desc())
        return [
            Publication(
                row.number,
                row.first_month,
                row.last_month,
                from_micros(row.published_at),
                row.published_by,
                row.content,
            )
            for row in self._reader.read(lambda connection: connection.execute(query).all())
        ]


def _about(about: About) -> dict[str, Any]:
    return {"month": about.month, "agency": about.agency, "service": about.service}


def _visit_from(found: Sequence[Row[Any]], given: frozenset[Given]) -> VisitToAsk:
    first = found[0]
    served = [row for row in found if row.state == LegState.SERVED.value and row.counter is not None]
    return VisitToAsk(
        id=first.id,
        ticket=f"{first.series}-{first.number:03d}",
        language=Language(first.language),
        is_open=any(LegState(row.state).is_open for row in found),
        served=tuple(ServedLeg(row.leg, row.service, row.counter) for row in served),
        invited=first.invited,
        given=given,
    )


def _answer(row: Row[Any]) -> KeptAnswer:
    cells = row._mapping
    about = About(row.month, row.agency, row.service, row.counter, Channel(row.channel))
    return KeptAnswer(about, {e: cells[e.value] for e in ELEMENTS if cells[e.value] is not None})
