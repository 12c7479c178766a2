"""The verbs of bookings: book, change, cancel, check in. Each runs in the writer's turn and is kept by its commit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from server.app.allowance import Allowance, Rate
from server.app.bookings.ledger import Ledger
from server.app.bookings.ports import BookingStore
from server.app.identities import Ids
from server.app.sessions import Session
from server.app.turn import Turn
from server.app.views.minutes import minutes_of
from server.domain.booking import (
    CODE_LENGTH,
    Booking,
    Person,
    free_place,
    refuse_closed,
    refuse_not_now,
    refuse_second,
)
from server.domain.booking_slots import BookingRules, Slot, bookable_days, slots_on
from server.domain.called_off import refuse_called_off
from server.domain.catalogue import Catalogue
from server.domain.errors import RefusedError
from server.domain.facts import Actor
from server.domain.lobby import Lobby
from server.domain.phone_numbers import normalised
from server.domain.service_day import bounds, service_date
from server.domain.visit import Visit
from shared.protocol import commands as c
from shared.protocol.replies import Booked, Done, Issued, Result
from shared.vocabulary import (
    DeviceId,
    ErrorCode,
    FollowKey,
    LegState,
    PrintState,
    ServiceId,
)

BookingCommand = c.Book | c.ChangeBooking | c.CancelBooking
LONGEST_SLOT = timedelta(hours=8)  # so far around a day one looks for what may lie across its ends
FARTHEST = timedelta(days=366)  # beyond every catalogue, and well within what a calendar can hold
WRONG_CODES = Rate(6, 0.1)  # of one kiosk: six typing errors at once, then one in ten seconds; a guess is one in 86,000


@dataclass(frozen=True, slots=True)
class BookingVerbs:
    store: BookingStore
    ids: Ids
    page_url: Callable[[FollowKey], str]
    """What the QR code of a confirmation holds."""
    follow_url: Callable[[FollowKey], str]
    """What that of a slip holds."""
    misses: dict[DeviceId, Allowance] = field(default_factory=dict)

    def perform(self, command: BookingCommand, lobby: Lobby, turn: Turn) -> Result:
        """Raises RefusedError; then nothing has changed."""
        ledger = Ledger(self.store, turn)
        match command:
            case c.Book():
                _refuse_closed_today(ServiceId(command.service), command.starts_at, lobby)
                return self._book(command, lobby.catalogue, ledger, turn.now)
            case c.ChangeBooking(key=key, starts_at=starts_at):
                booking = self._open_booking(FollowKey(key), lobby, ledger)
                _refuse_closed_today(booking.service, starts_at, lobby)
                return self._change(booking, starts_at, lobby.catalogue, ledger, turn.now)
            case c.CancelBooking(key=key):
                booking = self._open_booking(FollowKey(key), lobby, ledger)
                ledger.put(booking.cancelled(turn.now))
                return Done()

    def check_in(self, session: Session, command: c.CheckIn, lobby: Lobby, turn: Turn, actor: Actor) -> Result:
        """The booking becomes a number, and its key that of the visit: one page for both. A number that never came to
        paper (the kiosk failed in between) is given once more to who shows the booking again."""
        ledger, now = Ledger(self.store, turn), turn.now
        booking = self._shown(session, command.booking, lobby.catalogue, ledger, now)
        if (unseen := _unseen(booking, lobby)) is not None:
            return self._issued(unseen, booking, lobby)
        refuse_closed(booking, lobby.service_date, _ticket(booking, lobby))
        late = booking.service in lobby.catalogue.services and now > _counts_until(booking, lobby.catalogue)
        if not late:
            _refuse_called_off(booking, lobby)  # first: nobody is told to come back later to what is closed
        refuse_not_now(booking, _rules(lobby.catalogue, booking.service), lobby.service_date, now)
        visit = lobby.issue(
            booking.service,
            visit=self.ids.visit(),
            leg=self.ids.leg(),
            key=booking.key,
            language=command.language or booking.language,
            priority=command.priority,
            needs=command.needs,
            now=now,
            actor=actor,
            booked_for=None if late else booking.starts_at,  # a walk-in, who finds hours and quota as they are
        )
        ledger.put(booking.checked_in(visit.id, now))
        return self._issued(visit, booking, lobby)

    def _issued(self, visit: Visit, booking: Booking, lobby: Lobby) -> Issued:
        leg = visit.legs[0]
        return Issued(
            visit=visit.id,
            leg=leg.id,
            ticket=visit.ticket,
            ahead=lobby.ahead(leg.id),
            minutes=minutes_of(leg.forecast),
            key=visit.key,
            url=self.follow_url(visit.key),
            issued_at=visit.arrived_at,
            service=booking.service,
            booked_for=booking.starts_at,
            language=visit.language,
            late=visit.booked_for is None,
        )

    def _book(self, command: c.Book, catalogue: Catalogue, ledger: Ledger, now: datetime) -> Booked:
        service = ServiceId(command.service)
        rules = _rules(catalogue, service)
        if rules is None:
            raise RefusedError(ErrorCode.NOT_BOOKABLE)
        person = Person(command.name.strip(), normalised(command.phone) if command.phone.strip() else "")
        slot, others = self._slot(service, rules, command.starts_at, catalogue, ledger, now)
        day = service_date(slot.start, catalogue.site.time_zone)
        refuse_second(person, [other for other in others if other.service_date == day])
        booking = Booking(
            id=self.ids.booking(),
            key=self.ids.follow_key(),
            code=self._new_code(ledger),
            service=service,
            service_date=day,
            starts_at=slot.start,
            ends_at=slot.end,
            place=free_place(slot, others, rules),
            language=command.language,
            booked_at=now,
            changed_at=now,
        ).keeping(person, _end_of(day, catalogue))
        ledger.put(booking)
        return self._booked(booking)

    def _change(
        self, booking: Booking, starts_at: datetime, catalogue: Catalogue, ledger: Ledger, now: datetime
    ) -> Booked:
        rules = _rules(catalogue, booking.service)
        if rules is None:
            raise RefusedError(ErrorCode.NOT_BOOKABLE)
        slot, all_others = self._slot(booking.service, rules, starts_at, catalogue, ledger, now)
        others = [other for other in all_others if other.id != booking.id]
        day = service_date(slot.start, catalogue.site.time_zone)
        refuse_second(booking.person, [other for other in others if other.service_date == day])
        moved = booking.moved(slot, day, free_place(slot, others, rules), _end_of(day, catalogue), now)
        ledger.put(moved)
        return self._booked(moved)

    def _slot(
        self,
        service: ServiceId,
        rules: BookingRules,
        starts_at: datetime,
        catalogue: Catalogue,
        ledger: Ledger,
        now: datetime,
    ) -> tuple[Slot, list[Booking]]:
        """The slot that begins then, and who has a place in the service around that day.

        Refuses with NOT_BOOKABLE and UNKNOWN_SLOT."""
        if abs(starts_at - now) > FARTHEST:
            raise RefusedError(ErrorCode.NOT_BOOKABLE)
        zone = ZoneInfo(catalogue.site.time_zone)
        day = starts_at.astimezone(zone).date()
        if day not in bookable_days(now.astimezone(zone).date(), rules):
            raise RefusedError(ErrorCode.NOT_BOOKABLE)
        slots = slots_on(day, catalogue.services[service].hours, catalogue.calendar, rules, zone)
        slot = next((slot for slot in slots if slot.start == starts_at and slot.start > now), None)
        if slot is None:
            raise RefusedError(ErrorCode.UNKNOWN_SLOT)
        first, last = bounds(service_date(slot.start, catalogue.site.time_zone), catalogue.site.time_zone)
        return slot, ledger.of_service(service, first - LONGEST_SLOT, last + LONGEST_SLOT)

    def _shown(self, session: Session, shown: str, catalogue: Catalogue, ledger: Ledger, now: datetime) -> Booking:
        """Who shows a code has it; to a key of one agency, that agency's. Refuses with COOLDOWN and UNKNOWN_BOOKING."""
        clock = now.timestamp()
        allowance = self.misses.setdefault(session.device or DeviceId(""), Allowance(WRONG_CODES, clock))
        if wait := allowance.wait(clock):
            raise RefusedError(ErrorCode.COOLDOWN, seconds=max(1, round(wait)))
        is_code = len(shown) == CODE_LENGTH
        booking = ledger.by_code(shown) if is_code else ledger.by_key(FollowKey(shown))
        if booking is None or _is_anothers(booking, session, catalogue):
            allowance.take(clock)
            raise RefusedError(ErrorCode.UNKNOWN_BOOKING)
        return booking

    @staticmethod
    def _open_booking(key: FollowKey, lobby: Lobby, ledger: Ledger) -> Booking:
        booking = ledger.by_key(key)
        if booking is None:
            raise RefusedError(ErrorCode.UNKNOWN_BOOKING)
        refuse_closed(booking, lobby.service_date, _ticket(booking, lobby))
        return booking

    def _new_code(self, ledger: Ledger) -> str:
        """One that no booking has; of 86 million, the first try is nearly always it."""
        while ledger.by_code(code := self.ids.booking_code()) is not None:
            pass
        return code

    def _booked(self, booking: Booking) -> Booked:
        return Booked(
            key=booking.key,
            code=booking.code,
            url=self.page_url(booking.key),
            service=booking.service,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
        )


def _rules(catalogue: Catalogue, service: ServiceId) -> BookingRules | None:
    offered = catalogue.services.get(service)
    return None if offered is None else offered.booking


def _counts_until(booking: Booking, catalogue: Catalogue) -> datetime:
    return booking.starts_at + catalogue.booked_grace(booking.service)


def _refuse_called_off(booking: Booking, lobby: Lobby) -> None:
    """Refuses with SERVICE_REMOVED and SERVICE_CLOSED."""
    refuse_called_off(booking.service, booking.starts_at, lobby.catalogue)
    if booking.service_date == lobby.service_date and lobby.is_closed_by_hand(booking.service):
        raise RefusedError(ErrorCode.SERVICE_CLOSED, service=booking.service, opens_at=None, by_hand=True)


def _is_anothers(booking: Booking, session: Session, catalogue: Catalogue) -> bool:
    return session.agency is not None and catalogue.service(booking.service).agency != session.agency


def _refuse_closed_today(service: ServiceId, starts_at: datetime, lobby: Lobby) -> None:
    """Refuses with NOT_BOOKABLE what a supervisor has closed for the day."""
    if not lobby.is_closed_by_hand(service):
        return
    first, last = bounds(lobby.service_date, lobby.catalogue.site.time_zone)
    if first <= starts_at < last:
        raise RefusedError(ErrorCode.NOT_BOOKABLE)


def _end_of(day: date, catalogue: Catalogue) -> datetime:
    """The clock of what a visitor says: with the day, its use is over."""
    return bounds(day, catalogue.site.time_zone)[1]


def _unseen(booking: Booking, lobby: Lobby) -> Visit | None:
    visit = None if booking.visit is None else lobby.visits.get(booking.visit)
    if visit is None or visit.print_state not in (PrintState.PENDING, PrintState.FAILED):
        return None
    return visit if visit.legs[0].state is LegState.WAITING else None


def _ticket(booking: Booking, lobby: Lobby) -> str | None:
    visit = None if booking.visit is None else lobby.visits.get(booking.visit)
    return None if visit is None else visit.ticket
