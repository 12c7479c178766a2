"""The survey's routes: by the key of one's own visit, and by a counter's code with the number on the paper."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from server.app.allowance import Rate
from server.app.ports import StorageError
from server.app.survey_ports import VisitToAsk
from server.app.surveys import LONGEST_TEXT, Surveys
from server.net.crowd import Allowances, asked_from
from server.net.forms import read_form
from server.web.house.house import HEADERS, House, language_of
from server.web.survey.steps import LAST, Answering, answering
from server.web.survey.words import WORDS
from shared.survey_words import QUESTIONS, RATING
from shared.vocabulary import Channel, CounterId, Denied, Language

_HERE = Path(__file__).parent
_MOST_FIELDS = 24
SENT = Rate(20, 0.1)  # answers by number, of one address: phones of a hall's own Wi-Fi may share one
_LONGEST_FIELD = 4 * LONGEST_TEXT


def survey_routes(house: House, surveys: Surveys) -> Sequence[BaseRoute]:
    return _Asking(house, surveys).routes()


class _Asking:
    def __init__(self, house: House, surveys: Surveys) -> None:
        self._house = house
        self._surveys = surveys
        self._sent = Allowances(SENT)
        self._room = house.room("survey", _HERE, WORDS)

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/v/{key}/survey", self.by_key),
            Route("/v/{key}/survey", self.by_key, methods=["POST"]),
            Route("/v/{key}/rate", self.rate_by_key, methods=["POST"]),
            Route("/s/{counter}", self.counter),
            Route("/s/{counter}", self.by_ticket, methods=["POST"]),
            Mount("/static/survey", StaticFiles(directory=_HERE / "static")),
        ]

    # --- by the key ---

    async def by_key(self, http: Request) -> Response:
        key = http.path_params["key"]
        visit = await self._ask_store(self._surveys.by_key, key)
        if visit is None:
            return self._gone(http)
        form = await _fields(http)
        number = f"/v/{key}?lang={_language(http, visit).value}"
        return await self._survey(http, visit, form, Channel.PHONE, (), number)

    async def rate_by_key(self, http: Request) -> Response:
        key = http.path_params["key"]
        visit = await self._ask_store(self._surveys.by_key, key)
        if visit is None:
            return self._gone(http)
        form = await _fields(http)
        kept = await self._rate(visit, form, Channel.PHONE)
        said = "rated" if kept else "rate_done"
        return RedirectResponse(f"/v/{key}?lang={_language(http, visit).value}&notice={said}", 303, headers=HEADERS)

    # --- by the code on a counter ---

    async def counter(self, http: Request) -> Response:
        return self._ask_ticket(http, self._counter_of(http))

    async def by_ticket(self, http: Request) -> Response:
        """Every touch names the ticket again: nothing is kept of who is answering."""
        counter, form = self._counter_of(http), await _fields(http)
        ticket = form.get("ticket", "")
        visit = await self._ask_store(self._surveys.by_ticket, ticket)
        if visit is None or counter not in (leg.counter for leg in visit.served):
            self._count_miss(http)
            return self._ask_ticket(http, counter, WORDS["unknown"].in_(language_of(http)), ticket, 422)
        if "rating" in form or answering(form).sent:
            self._count_sent(http)
        hidden = (("ticket", visit.ticket),)
        if "rating" in form:
            kept = await self._rate(visit, form, Channel.COUNTER)
            return self._said(http, "thanks", "rated" if kept else "rate_done", happy=True)
        return await self._survey(http, visit, form, Channel.COUNTER, hidden, "")

    def _ask_ticket(
        self, http: Request, counter: CounterId, said: str = "", ticket: str = "", status: int = 200
    ) -> Response:
        number = self._surveys.catalogue().counters[counter].number
        headline = WORDS["counter_title"].in_(language_of(http)).format(counter=number)
        action = f"/s/{counter}"
        return self._room.page(http, "counter.html", status, headline=headline, said=said, ticket=ticket, action=action)

    def _counter_of(self, http: Request) -> CounterId:
        counter = CounterId(http.path_params["counter"])
        if counter not in self._surveys.catalogue().counters:
            raise HTTPException(404)
        return counter

    def _count_sent(self, http: Request) -> None:
        """Numbers follow each other: nobody answers for a whole morning of them. Raises HTTPException."""
        address = asked_from(http)
        if not self._sent.take(address, asyncio.get_running_loop().time()):
            raise HTTPException(429)

    def _count_miss(self, http: Request) -> None:
        """Whoever tries one number after the other is slowed down. Raises HTTPException."""
        address = asked_from(http)
        if not self._house.gate.misses.take(address, asyncio.get_running_loop().time()):
            raise HTTPException(429)

    # --- both ---

    async def _survey(
        self,
        http: Request,
        visit: VisitToAsk,
        form: Mapping[str, str],
        channel: Channel,
        hidden: Sequence[tuple[str, str]],
        back_to: str,
    ) -> Response:
        denied = self._surveys.denial(visit)
        if denied is Denied.NOT_INVITED and self._surveys.may_rate(visit):
            return self._ask_rating(http, visit, hidden)
        if denied is not None:
            said = "rate_done" if denied is Denied.NOT_INVITED else denied.value
            return self._said(http, "thanks" if denied is not Denied.NOT_FINISHED else "title", said, back_to=back_to)
        state = answering(form)
        if not state.sent:
            return self._ask(http, visit, state, hidden)
        denied = await self._ask_store(self._surveys.answer, visit, channel, state.scores, state.text)
        return self._said(http, "thanks", "thanks_means" if denied is None else denied.value, True, back_to)

    def _ask(self, http: Request, visit: VisitToAsk, state: Answering, hidden: Sequence[tuple[str, str]]) -> Response:
        language, element = language_of(http), state.element
        question = None if element is None else QUESTIONS[element]
        at = WORDS["last_step"].in_(language)
        if question is not None:
            at = WORDS["step"].in_(language).format(at=state.at + 1, count=LAST)
        spoken = WORDS["text_read"].in_(language) if question is None else question.read_aloud(language)
        return self._room.page(
            http,
            "ask.html",
            subject=self._subject(visit, language),
            step=at,
            at=state.at,
            count=LAST,
            action=_here(http, language),
            hidden=[*hidden, *state.hidden],
            question="" if question is None else question.asks.in_(language),
            answers=[] if question is None else [answer.in_(language) for answer in question.answers],
            chosen=0 if element is None else state.scores.get(element, 0),
            text=state.text,
            can_go_back=state.at > 0,
            read_aloud=spoken,
            **self._text(language),
        )

    def _ask_rating(self, http: Request, visit: VisitToAsk, hidden: Sequence[tuple[str, str]]) -> Response:
        language = language_of(http)
        action = _here(http, language)
        if not hidden:
            action = action.replace("/survey?", "/rate?")
        return self._room.page(
            http,
            "rate.html",
            headline=RATING.name.in_(language),
            question=RATING.asks.in_(language),
            answers=[answer.in_(language) for answer in RATING.answers],
            subject=self._subject(visit, language),
            said=WORDS["not_invited"].in_(language),
            action=action,
            hidden=hidden,
            **self._text(language),
        )

    async def _rate(self, visit: VisitToAsk, form: Mapping[str, str], channel: Channel) -> bool:
        rating = form.get("rating", "")
        if rating not in {"1", "2", "3", "4"}:
            return False
        kept: bool = await self._ask_store(self._surveys.rate, visit, channel, int(rating), form.get("text", ""))
        return kept

    def _subject(self, visit: VisitToAsk, language: Language) -> dict[str, str]:
        subject = self._surveys.subject(visit)
        return {"service": subject.service.in_(language), "counter": subject.counter}

    def _text(self, language: Language) -> dict[str, Any]:
        days = self._surveys.catalogue().site.survey_rules.text_days
        return {"text_hint": WORDS["text_hint"].in_(language).format(days=days), "longest": LONGEST_TEXT}

    def _said(
        self, http: Request, headline: str, advice: str, happy: bool = False, back_to: str = "", status: int = 200
    ) -> Response:
        language = language_of(http)
        return self._room.page(
            http,
            "said.html",
            status,
            headline=WORDS[headline].in_(language),
            advice=WORDS[advice].in_(language),
            happy=happy,
            back_to=back_to,
            back_words=WORDS["to_number"].in_(language),
        )

    def _gone(self, http: Request) -> Response:
        self._count_miss(http)
        return self._said(http, "gone_title", "gone", status=404)

    async def _ask_store(self, what: Any, *arguments: Any) -> Any:
        """Raises HTTPException (503) while the database is gone."""
        try:
            return await self._house.gate.aside(what, *arguments)
        except StorageError:
            raise HTTPException(503) from None


def _language(http: Request, visit: VisitToAsk) -> Language:
    return language_of(http) if "lang" in http.query_params else visit.language


def _here(http: Request, language: Language) -> str:
    return f"{http.url.path}?lang={language.value}"


async def _fields(http: Request) -> dict[str, str]:
    """The last value of each field of a small form; empty for a page that is only looked at."""
    if http.method != "POST":
        return {}
    form = await read_form(http, max_fields=_MOST_FIELDS, max_files=0)
    return {name: value[:_LONGEST_FIELD] for name, value in form.items() if isinstance(value, str)}
