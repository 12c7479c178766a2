"""What the booking pages show: texts in one language, made of the catalogue, the days and one booking. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from server.app.bookings.offering import Day
from server.domain.booking import Booking
from server.domain.booking_slots import Offer
from server.domain.called_off import CalledOff
from server.domain.catalogue import Agency, Catalogue, Service
from server.web.booking.words import WORDS
from shared import dates
from shared.vocabulary import BookingState, Language, ServiceId

SLOT = "%Y%m%dT%H%MZ"  # a slot in an address


@dataclass(frozen=True, slots=True)
class ShownService:
    id: str
    name: str
    agency: str
    requirements: tuple[str, ...]
    fee: str
    takes: str
    where: str


@dataclass(frozen=True, slots=True)
class ShownAgency:
    id: str
    name: str
    services: str


@dataclass(frozen=True, slots=True)
class ShownDay:
    iso: str
    weekday: str
    date: str
    free: str
    open: bool
    here: bool


@dataclass(frozen=True, slots=True)
class ShownSlot:
    id: str
    start: str
    end: str
    free: str
    open: bool


@dataclass(frozen=True, slots=True)
class ShownBooking:
    state: str
    badge: str
    when: str
    day: str
    clock: str
    code: str
    """In two halves, as one reads it out."""
    name: str
    phone: str
    """All but the last digits hidden: the page may be seen over a shoulder."""
    opens: str
    how_when: str
    called_off: str = ""
    """Why it does not hold any more; empty: it holds."""


def service_of(service: Service, catalogue: Catalogue, language: Language) -> ShownService:
    zones = {catalogue.counters[counter].zone: None for counter in catalogue.counters_of.get(service.id, ())}
    return ShownService(
        id=service.id,
        name=service.name.in_(language),
        agency=catalogue.agency(service.agency).name.in_(language),
        requirements=tuple(words.in_(language) for words in service.requirements),
        fee=service.fee.in_(language),
        takes=WORDS["minutes"].in_(language).format(count=service.standard_minutes),
        where=", ".join(catalogue.zones[zone].name.in_(language) for zone in zones),
    )


def agencies_of(services: Sequence[Service], catalogue: Catalogue, language: Language) -> list[ShownAgency]:
    """Those that offer something to book, in the order of the catalogue."""
    counted: dict[Agency, int] = {}
    for service in services:
        agency = catalogue.agency(service.agency)
        counted[agency] = counted.get(agency, 0) + 1

    def offer(count: int) -> str:
        return WORDS["one_service" if count == 1 else "services_count"].in_(language).format(count=count)

    found = sorted(counted.items(), key=lambda item: item[0].order)
    return [ShownAgency(agency.id, agency.name.in_(language), offer(count)) for agency, count in found]


def matching(services: Sequence[Service], query: str, catalogue: Catalogue) -> list[Service]:
    """Those in which every word of the query begins a word: of the name in any language, the agency, the keywords."""
    wanted = query.casefold().split()

    def fits(service: Service) -> bool:
        agency = catalogue.agency(service.agency)
        said = (service.name.id, service.name.en, agency.name.id, agency.name.en, agency.short_name, service.keywords)
        words = " ".join(said).casefold().replace("-", " ").split()
        return all(any(word.startswith(part) for word in words) for one in wanted for part in one.split("-"))

    return [service for service in services if fits(service)]


def days_of(days: Sequence[Day], chosen: Day | None, language: Language) -> list[ShownDay]:
    return [
        ShownDay(
            iso=day.day.isoformat(),
            weekday=dates.weekday(day.day, language),
            date=dates.day_and_month(day.day, language),
            free=_free(day.free, language) if day.offers else WORDS["closed"].in_(language),
            open=day.free > 0,
            here=day is chosen,
        )
        for day in days
    ]


def slots_of(day: Day, zone: ZoneInfo, language: Language) -> list[ShownSlot]:
    return [_slot(offer, zone, language) for offer in day.offers]


def _slot(offer: Offer, zone: ZoneInfo, language: Language) -> ShownSlot:
    return ShownSlot(
        id=slot_id(offer.slot.start),
        start=dates.clock(offer.slot.start, zone, language),
        end=dates.clock(offer.slot.end, zone, language),
        free=_free(offer.free, language),
        open=offer.free > 0,
    )


def slot_id(start: datetime) -> str:
    return start.astimezone(UTC).strftime(SLOT)


FIRST_YEAR, LAST_YEAR = 2000, 9000  # what lies beyond has an hour in the hall's zone that no clock can hold


def slot_start(text: str) -> datetime | None:
    """None for what no page of ours says."""
    try:
        start = datetime.strptime(text, SLOT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return start if FIRST_YEAR <= start.year <= LAST_YEAR else None


def when(start: datetime, end: datetime, zone: ZoneInfo, language: Language) -> str:
    return (
        WORDS["at"]
        .in_(language)
        .format(
            day=dates.day(start, zone, language),
            start=dates.clock(start, zone, language),
            end=dates.clock(end, zone, language),
        )
    )


def booking_of(
    booking: Booking,
    *,
    over: bool,
    off: CalledOff | None,
    opens: datetime,
    grace: datetime,
    zone: ZoneInfo,
    language: Language,
) -> ShownBooking:
    state = state_of(booking, over=over, off=off)
    start, end = (dates.clock(at, zone, language) for at in (booking.starts_at, booking.ends_at))
    at = {"opens": dates.clock(opens, zone, language), "grace": dates.clock(grace, zone, language)}
    return ShownBooking(
        state=state,
        badge=WORDS[f"state_{state}"].in_(language),
        when=when(booking.starts_at, booking.ends_at, zone, language),
        day=dates.day(booking.starts_at, zone, language),
        clock=f"{start}–{end}",
        code=f"{booking.code[:3]} {booking.code[3:]}",
        name=booking.person.name,
        phone=_masked(booking.person.phone),
        opens=at["opens"],
        how_when=WORDS["how_when"].in_(language).format(**at),
        called_off="" if off is None else WORDS[f"off_{off.value}"].in_(language),
    )


def state_of(booking: Booking, *, over: bool, off: CalledOff | None) -> str:
    """As a page has it: what is over or called off is not booked any more, though nothing of it is written down."""
    if booking.state is not BookingState.BOOKED:
        return booking.state.value
    return BookingState.EXPIRED.value if over else "booked" if off is None else "called_off"


def removed(service: ServiceId, catalogue: Catalogue) -> Service | None:
    """Of a booking whose service the catalogue may not offer any more."""
    return catalogue.services.get(service) or catalogue.removed.get(service)


def _masked(phone: str) -> str:
    return f"{phone[:3]} … {phone[-3:]}" if phone else ""


def _free(count: int, language: Language) -> str:
    key = "full" if count == 0 else "one_free" if count == 1 else "free"
    return WORDS[key].in_(language).format(count=count)
