"""Booking: agency or search, service, day and slot, about you; then the own page of the booking."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from server.app.bookings.offering import Day
from server.domain.booking_slots import Slot
from server.domain.catalogue import Service
from server.net.crowd import asked_from
from server.net.forms import read_form
from server.web.booking.challenge import PATIENCE, Answer, Challenges, Given
from server.web.booking.forms import about_you_form
from server.web.booking.hall import BookingHall
from server.web.booking.showing import agencies_of, days_of, matching, service_of, slot_id, slot_start, slots_of, when
from server.web.booking.words import REFUSALS, TRY_AGAIN, WORDS
from server.web.house.house import House, Room, StaticFilesOfHouse, language_of
from shared.protocol.commands import Book
from shared.protocol.messages import Reply
from shared.protocol.replies import Booked
from shared.vocabulary import AgencyId, ErrorCode, Language, ServiceId

_HERE = Path(__file__).parent
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
_LONGEST_QUERY = 80
_CHOOSE_AGAIN = frozenset({ErrorCode.SLOT_FULL, ErrorCode.UNKNOWN_SLOT, ErrorCode.NOT_BOOKABLE})


def booking_room(house: House) -> Room:
    return house.room("booking", _HERE, WORDS)


def booking_routes(room: Room, hall: BookingHall, challenges: Challenges) -> Sequence[BaseRoute]:
    return _Booking(room, hall, challenges).routes()


class _Booking:
    def __init__(self, room: Room, hall: BookingHall, challenges: Challenges) -> None:
        self._room = room
        self._hall = hall
        self._challenges = challenges

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/book", self.choose),
            Route("/book/{service}", self.service),
            Route("/book/{service}/{slot}", self.about_you),
            Route("/book/{service}/{slot}", self.book, methods=["POST"]),
            Mount("/static/booking", StaticFilesOfHouse(directory=_HERE / "static")),
        ]

    async def choose(self, http: Request) -> Response:
        language, catalogue, offered = language_of(http), self._hall.catalogue(), self._hall.bookable()
        query = http.query_params.get("q", "")[:_LONGEST_QUERY].strip()
        agency = AgencyId(http.query_params.get("agency", ""))
        found: list[Service] | None = None
        if query:
            found = matching(offered, query, catalogue)
        elif agency in catalogue.agencies:
            found = [service for service in offered if service.agency == agency]
        return self._room.page(
            http,
            "choose.html",
            query=query,
            agency=catalogue.agencies[agency].name.in_(language) if found is not None and not query else "",
            agencies=agencies_of(offered, catalogue, language),
            found=None if found is None else [service_of(service, catalogue, language) for service in found],
        )

    async def service(self, http: Request) -> Response:
        self._hall.read(asked_from(http))
        service = self._service(http)
        assert service.booking is not None
        language = language_of(http)
        days = await self._hall.days(service, service.booking)
        chosen = chosen_day(days, http.query_params.get("day", ""))
        said = http.query_params.get("refused", "")
        notice = next((words.in_(language) for code, words in REFUSALS.items() if code.value == said), "")
        return self._room.page(
            http,
            "service.html",
            service=service_of(service, self._hall.catalogue(), language),
            notice=notice,
            **shown_days(days, chosen, self._hall, language),
        )

    async def about_you(self, http: Request) -> Response:
        language = language_of(http)
        return self._form(http, self._service(http), self._slot(http), about_you_form(language).in_(language))

    async def book(self, http: Request) -> Response:
        self._hall.read(asked_from(http))  # also what is sent again, which needs no new work
        service, slot, language = self._service(http), self._slot(http), language_of(http)
        given = await read_form(http, max_fields=10, max_files=0)
        form = about_you_form(language).in_(language, given)
        request_id = request_id_of(given)
        if not form.validate():
            return self._form(http, service, slot, form, given=given, request_id=request_id, status=422)
        brought, now = _given(given), self._hall.now().timestamp()
        answer = self._challenges.look(brought, request_id, now)
        if answer is Answer.OVER:
            said = WORDS["again"].in_(language)
            return self._form(http, service, slot, form, request_id=request_id, complaint=said, status=409)
        if answer is Answer.TOO_SOON:
            seconds = round(self._challenges.patience_left(brought.challenge, now)) + 1
            said = WORDS["wait"].in_(language).format(seconds=seconds)
            return self._form(http, service, slot, form, given=given, request_id=request_id, complaint=said, status=425)
        if answer is not Answer.AGAIN:
            self._hall.book(asked_from(http), worked=answer is Answer.WORK)
            self._challenges.spend(brought, request_id, now)
        command = Book(
            service=service.id,
            starts_at=slot.start,
            language=language,
            name=(form.name.data or "").strip(),
            phone=(form.phone.data or "").strip(),
        )
        reply = await self._hall.ask(request_id, command)
        if isinstance(reply.result, Booked):
            return RedirectResponse(f"/v/{reply.result.key}?notice=booked&lang={language.value}", 303)
        return self._refused(http, service, slot, form, reply)

    def _refused(self, http: Request, service: Service, slot: Slot, form: object, reply: Reply) -> Response:
        language = language_of(http)
        code = ErrorCode.OVERLOADED if reply.refusal is None else reply.refusal.code
        if code in _CHOOSE_AGAIN:
            day = slot.start.astimezone(self._hall.zone()).date()
            where = f"/book/{service.id}?day={day}&refused={code.value}&lang={language.value}"
            return RedirectResponse(where, 303)
        said = REFUSALS.get(code, TRY_AGAIN).in_(language)
        return self._form(http, service, slot, form, complaint=said, status=422)

    def _form(
        self,
        http: Request,
        service: Service,
        slot: Slot,
        form: object,
        *,
        given: FormData | None = None,
        request_id: str = "",
        complaint: str = "",
        status: int = 200,
    ) -> Response:
        """With `given`, the challenge that was shown before stays: the work or the waiting counts on."""
        language = language_of(http)
        kept = None if given is None else _given(given)
        challenge = kept or Given(self._challenges.make(secrets.token_hex(8), self._hall.now().timestamp()), "")
        return self._room.page(
            http,
            "about_you.html",
            status,
            service=service_of(service, self._hall.catalogue(), language),
            slot=slot_id(slot.start),
            day=slot.start.astimezone(self._hall.zone()).date().isoformat(),
            when=when(slot.start, slot.end, self._hall.zone(), language),
            form=form,
            challenge=challenge,
            hardness=self._challenges.hardness,
            patience=round(PATIENCE),
            request_id=request_id or secrets.token_urlsafe(16),
            complaint=complaint,
        )

    def _service(self, http: Request) -> Service:
        service = self._hall.catalogue().services.get(ServiceId(http.path_params["service"]))
        if service is None or service.booking is None:
            raise HTTPException(404)
        return service

    def _slot(self, http: Request) -> Slot:
        """As the address says it; whether there is such a slot is found out with the booking."""
        start, rules = slot_start(http.path_params["slot"]), self._service(http).booking
        if start is None or rules is None or abs(start - self._hall.now()).days > 366:
            raise HTTPException(404)
        return Slot(start, start + rules.slot)


def shown_days(days: Sequence[Day], chosen: Day | None, hall: BookingHall, language: Language) -> dict[str, Any]:
    """What the templates' picker of a day and a slot needs."""
    day = "" if chosen is None else next(one for one in days_of([chosen], chosen, language)).date
    return {
        "days": days_of(days, chosen, language),
        "slots": [] if chosen is None else slots_of(chosen, hall.zone(), language),
        "which_slot": WORDS["which_slot"].in_(language).format(day=day),
        "anything": any(one.free for one in days),
    }


def chosen_day(days: Sequence[Day], asked: str) -> Day | None:
    """The one that was asked for; else the first with a free place."""
    for day in days:
        if day.offers and day.day.isoformat() == asked:
            return day
    return next((day for day in days if day.free), None)


def request_id_of(form: FormData) -> str:
    """What the page put into the form: sent twice, it is done once."""
    asked = str(form.get("request", ""))
    return asked if _REQUEST_ID.fullmatch(asked) else secrets.token_urlsafe(16)


def _given(form: FormData) -> Given:
    return Given(str(form.get("challenge", ""))[:200], str(form.get("proof", ""))[:40])
