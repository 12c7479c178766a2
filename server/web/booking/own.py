"""The own pages of a booking, by its key: what it says, its papers, another time, giving it up."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Sequence
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from server.domain.booking import Booking
from server.net.crowd import asked_from
from server.net.forms import read_form
from server.web.booking import papers
from server.web.booking.calendar_file import calendar_file
from server.web.booking.hall import BookingHall
from server.web.booking.papers import Confirmation
from server.web.booking.routes import chosen_day, request_id_of, shown_days
from server.web.booking.showing import ShownBooking, ShownService, booking_of, removed, service_of, slot_start, state_of
from server.web.booking.words import REFUSALS, TRY_AGAIN, WORDS
from server.web.house.house import HEADERS, Room, language_of
from shared.protocol.commands import CancelBooking, ChangeBooking
from shared.protocol.messages import Reply
from shared.vocabulary import BookingState, ErrorCode, Language

_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")  # nothing else reaches a database
PRIVATE = {"X-Robots-Tag": "noindex"}
_NOTICES = frozenset({"booked", "changed"})
_UNKNOWN = ShownService("", "", "", (), "", "", "")


class OwnPages:
    def __init__(self, room: Room, hall: BookingHall) -> None:
        self._room = room
        self._hall = hall

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/b/{key}", self.lead_on),
            Route("/b/{key}/change", self.choose),
            Route("/b/{key}/change", self.change, methods=["POST"]),
            Route("/b/{key}/cancel", self.cancel, methods=["POST"]),
            Route("/b/{key}/state", self.state),
            Route("/b/{key}/booking.pdf", self.pdf),
            Route("/b/{key}/booking.png", self.picture),
            Route("/b/{key}/qr.png", self.qr),
            Route("/b/{key}/booking.ics", self.calendar),
        ]

    async def lead_on(self, http: Request) -> Response:
        """One page for the booking and for the number that it becomes; this address is what a kiosk knows it by."""
        return RedirectResponse(f"/v/{quote(http.path_params['key'], safe='')}", 303, headers=HEADERS)

    async def page(self, http: Request, key: str) -> Response | None:
        """The page of a key that is not (yet) a number's; None when it is no booking's either."""
        booking = await self._hall.booking(key)
        if booking is None or (self._hall.is_over(booking) and booking.state is BookingState.CHECKED_IN):
            return None
        language = language_of(http)
        notice = http.query_params.get("notice", "")
        service = self._hall.catalogue().services.get(booking.service)
        page = self._room.page(
            http,
            "own.html",
            key=key,
            booking=self._shown(booking, language),
            service=self._service(booking, language),
            notice=WORDS[notice].in_(language) if notice in _NOTICES else "",
            complaint=_said(http.query_params.get("refused", ""), language),
            request_id=secrets.token_urlsafe(16),
            bookable=service is not None and service.booking is not None,
        )
        page.headers.update(PRIVATE)
        return page

    async def choose(self, http: Request) -> Response:
        self._hall.read(asked_from(http))
        booking = await self._open(http)
        service = self._hall.catalogue().services.get(booking.service)
        if service is None or service.booking is None:
            return self._back(booking, http, refused=ErrorCode.NOT_BOOKABLE)
        language = language_of(http)
        days = await self._hall.days(service, service.booking, but_for=booking)
        wanted = http.query_params.get("day", booking.starts_at.astimezone(self._hall.zone()).date().isoformat())
        page = self._room.page(
            http,
            "change.html",
            key=booking.key,
            booking=self._shown(booking, language),
            service=self._service(booking, language),
            request_id=secrets.token_urlsafe(16),
            notice=_said(http.query_params.get("refused", ""), language),
            **shown_days(days, chosen_day(days, wanted), self._hall, language),
        )
        page.headers.update(PRIVATE)
        return page

    async def change(self, http: Request) -> Response:
        self._hall.read(asked_from(http))
        booking = await self._open(http)
        given = await read_form(http, max_fields=10, max_files=0)
        start = slot_start(str(given.get("slot", "")))
        if start is None:
            return self._back(booking, http, refused=ErrorCode.UNKNOWN_SLOT)
        reply = await self._hall.ask(request_id_of(given), ChangeBooking(key=booking.key, starts_at=start))
        if reply.refusal is not None and reply.refusal.code not in (ErrorCode.BOOKING_OVER, ErrorCode.BOOKING_USED):
            day = start.astimezone(self._hall.zone()).date()
            where = f"/b/{booking.key}/change?day={day}&refused={reply.refusal.code.value}&lang={language_of(http)}"
            return RedirectResponse(where, 303, headers=HEADERS)
        return self._back(booking, http, refused=_code(reply), notice="changed")

    async def cancel(self, http: Request) -> Response:
        self._hall.read(asked_from(http))
        booking = await self._open(http)
        given = await read_form(http, max_fields=10, max_files=0)
        reply = await self._hall.ask(request_id_of(given), CancelBooking(key=booking.key))
        return self._back(booking, http, refused=_code(reply))

    async def state(self, http: Request) -> Response:
        self._hall.read(asked_from(http))
        booking = await self._open(http)
        over, off = self._hall.is_over(booking), self._hall.called_off(booking)
        return JSONResponse({"state": state_of(booking, over=over, off=off)}, headers=HEADERS)

    async def pdf(self, http: Request) -> Response:
        return await self._paper(http, papers.as_pdf, "application/pdf", "pdf")

    async def picture(self, http: Request) -> Response:
        return await self._paper(http, papers.as_picture, "image/png", "png")

    async def qr(self, http: Request) -> Response:
        self._hall.read(asked_from(http))
        booking = await self._open(http)
        drawn = await asyncio.to_thread(papers.qr_png, self._hall.page_url(booking.key))
        return Response(drawn, media_type="image/png", headers=HEADERS | PRIVATE)

    async def calendar(self, http: Request) -> Response:
        self._hall.read(asked_from(http))
        booking, language = await self._open(http), language_of(http)
        service, shown = self._service(booking, language), self._shown(booking, language)
        about = {
            "code": booking.code,
            "opens": shown.opens,
            "bring": "; ".join(service.requirements) or WORDS["no_requirements"].in_(language),
            "url": self._hall.page_url(booking.key),
        }
        file = calendar_file(
            booking,
            site=self._hall.catalogue().site.name.in_(language),
            summary=WORDS["ics_what"].in_(language).format(service=service.name, agency=service.agency),
            about=WORDS["ics_about"].in_(language).format(**about),
            where=", ".join(part for part in (self._hall.catalogue().site.name.in_(language), service.where) if part),
            url=about["url"],
        )
        return _file(file, "text/calendar; charset=utf-8", f"{booking.code}.ics")

    async def _paper(self, http: Request, draw: papers.Draw, kind: str, ending: str) -> Response:
        self._hall.read(asked_from(http))
        booking = await self._open(http)
        if self._hall.called_off(booking) is not None:  # a paper would promise what does not hold
            return self._back(booking, http, refused=None)
        self._hall.draw(asked_from(http))
        drawn = await asyncio.to_thread(draw, self._confirmation(booking, language_of(http)))
        return _file(drawn, kind, f"{booking.code}.{ending}")

    def _confirmation(self, booking: Booking, language: Language) -> Confirmation:
        service, shown = self._service(booking, language), self._shown(booking, language)
        facts = (("fee", service.fee), ("where", service.where), ("name_kept", booking.person.name))
        return Confirmation(
            title=WORDS["paper_title"].in_(language),
            site=self._hall.catalogue().site.name.in_(language),
            service=service.name,
            agency=service.agency,
            day=shown.day,
            clock=shown.clock,
            code_label=WORDS["code"].in_(language),
            code=shown.code,
            url=self._hall.page_url(booking.key),
            scan=WORDS["paper_scan"].in_(language),
            how_when=shown.how_when,
            bring_label=WORDS["requirements"].in_(language),
            bring=service.requirements,
            facts=tuple((WORDS[key].in_(language), text) for key, text in facts if text),
            foot=WORDS["paper_free"].in_(language),
        )

    async def _open(self, http: Request) -> Booking:
        """One answer for every key that is nobody's. Raises HTTPException."""
        key = http.path_params["key"]
        booking = await self._hall.booking(key) if _KEY.fullmatch(key) else None
        if booking is None:
            self._hall.miss(asked_from(http))
            raise HTTPException(404)
        return booking

    def _back(self, booking: Booking, http: Request, *, refused: ErrorCode | None, notice: str = "") -> Response:
        said = f"&refused={refused.value}" if refused is not None else f"&notice={notice}" if notice else ""
        return RedirectResponse(f"/v/{booking.key}?lang={language_of(http).value}{said}", 303, headers=HEADERS)

    def _service(self, booking: Booking, language: Language) -> ShownService:
        catalogue = self._hall.catalogue()
        service = removed(booking.service, catalogue)
        return _UNKNOWN if service is None else service_of(service, catalogue, language)

    def _shown(self, booking: Booking, language: Language) -> ShownBooking:
        return booking_of(
            booking,
            over=self._hall.is_over(booking),
            off=self._hall.called_off(booking),
            opens=self._hall.may_check_in_from(booking),
            grace=self._hall.counts_until(booking),
            zone=self._hall.zone(),
            language=language,
        )


def _code(reply: Reply) -> ErrorCode | None:
    return None if reply.refusal is None else reply.refusal.code


def _said(code: str, language: Language) -> str:
    if not code:
        return ""
    known = {refusal.value: words for refusal, words in REFUSALS.items()}
    return known.get(code, TRY_AGAIN).in_(language)


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = HEADERS | PRIVATE | {"Content-Disposition": f'attachment; filename="booking-{name}"'}
    return Response(content, media_type=kind, headers=headers)
