"""Reading: the hall as it is now, visits of any day, what happened, and who decided what."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from typing import Any, TypeVar

from msgspec import structs

from server.app.api.keys import ApiKey
from server.app.api.public_facts import DETAILS, Wish, begin_at, event_of
from server.app.api.records import Numbered, Records, VisitsWanted
from server.app.api.resources import (
    Agencies,
    AuditEntries,
    Board,
    BookedPlace,
    Counter,
    Counters,
    Desk,
    Event,
    Events,
    FreeSlot,
    Lines,
    Services,
    Site,
    Slots,
    VisitNow,
    VisitRecord,
    Visits,
)
from server.app.bookings.offering import offered_days, taken_back
from server.app.bookings.ports import BookingStore
from server.domain.facts import FactKind
from server.domain.service_day import service_date
from server.net.api.operations import Call
from server.net.api.problems import ProblemError
from server.net.api.queries import AuditQuery, EventsQuery, HistoryQuery, VisitsQuery
from server.net.api.scoping import agency_for, items_of, key_of, refuse_part
from server.net.gate import Gate
from server.net.rest import look
from shared.protocol.views import (
    AgencyItem,
    AsideItem,
    CallItem,
    CounterItem,
    DeskItem,
    HandItem,
    LineItem,
    ServiceItem,
    VisitItem,
    WaitingItem,
    ZoneItem,
)
from shared.vocabulary import AgencyId, CounterId, ErrorCode, FollowKey, Role, ServiceId, VisitId, ZoneId

T = TypeVar("T")

SCANNED = 1_000  # facts looked through for one page of events: a filter that finds few does not read years


class Reading:
    def __init__(self, gate: Gate, records: Records, bookings: BookingStore) -> None:
        self._bookings = bookings
        self._gate = gate
        self._records = records

    # --- the hall as it is now ---

    async def site(self, _: Call) -> Site:
        site = self._gate.site()
        return Site(
            id=site.id,
            name=site.name,
            time_zone=site.time_zone,
            languages=site.languages,
            most_stops=site.most_stops,
            zones=tuple(self._gate.catalogue().zones),
            now=self._gate.clock(),
        )

    async def agencies(self, _: Call) -> Agencies:
        return Agencies(items=tuple(items_of(await look(self._gate, "kiosk"), AgencyItem)))

    async def services(self, call: Call) -> Services:
        wanted = call.query.agency
        found = items_of(await look(self._gate, "kiosk"), ServiceItem)
        return Services(items=tuple(one for one in found if wanted in (None, one.agency)))

    async def service(self, call: Call) -> ServiceItem:
        found = {item.id: item for item in items_of(await look(self._gate, "kiosk"), ServiceItem)}
        if (service := found.get(call.path["service"])) is None:
            raise ProblemError(ErrorCode.UNKNOWN_SERVICE)
        return service

    async def slots(self, call: Call) -> Slots:
        wanted, catalogue = ServiceId(call.path["service"]), self._gate.catalogue()
        service = catalogue.services.get(wanted)
        if service is None:
            raise ProblemError(ErrorCode.UNKNOWN_SERVICE)
        if service.booking is None:
            return Slots(service=wanted, items=())
        asked = self._bookings, catalogue, service, service.booking, self._gate.clock()
        closed = self._gate.is_closed_today(wanted)
        days = await self._gate.aside(partial(offered_days, *asked, closed_today=closed))
        free = [FreeSlot(starts_at=o.slot.start, ends_at=o.slot.end, free=o.free) for day in days for o in day.offers]
        return Slots(service=wanted, items=tuple(free))

    async def booking(self, call: Call) -> BookedPlace:
        """For whoever holds its key: no name and no number is in it."""
        found = await self._gate.aside(self._bookings.by_key, FollowKey(call.path["booking"]))
        service = None if found is None else self._gate.catalogue().service(found.service)
        if found is None or service is None or key_of(call).agency not in (None, service.agency):
            raise ProblemError(ErrorCode.UNKNOWN_BOOKING)
        return BookedPlace(
            service=found.service,
            starts_at=found.starts_at,
            ends_at=found.ends_at,
            state=found.state,
            code=found.code,
            visit=found.visit,
            called_off=taken_back(found, self._gate.catalogue(), self._gate.is_closed_today, self._gate.clock()),
        )

    async def lines(self, call: Call) -> Lines:
        wanted = call.query.agency
        of_service = {service.id: service.agency for service in self._gate.catalogue().services.values()}
        found = items_of(await look(self._gate, "kiosk"), LineItem)
        return Lines(items=tuple(one for one in found if wanted in (None, of_service.get(ServiceId(one.service)))))

    async def counters(self, call: Call) -> Counters:
        wanted = call.query.agency
        found = items_of(await look(self._gate, "counters"), CounterItem)
        return Counters(
            items=tuple(
                Counter(id=one.id, number=one.number, zone=one.zone, agency=one.agency, state=one.state)
                for one in found
                if wanted in (None, one.agency)
            )
        )

    async def board(self, call: Call) -> Board:
        table = await look(self._gate, f"board:{ZoneId(call.path['zone'])}")
        zone = next(iter(items_of(table, ZoneItem)), None)
        if zone is None:
            raise ProblemError(ErrorCode.UNKNOWN_STREAM, facts={"zone": call.path["zone"]})
        calls = sorted(items_of(table, CallItem), key=lambda item: item.order, reverse=True)
        return Board(zone=zone, calls=tuple(calls))

    async def desk(self, call: Call) -> Desk:
        key, wanted = key_of(call), CounterId(call.path["counter"])
        counter = self._gate.catalogue().counters.get(wanted)
        if counter is None:
            raise ProblemError(ErrorCode.UNKNOWN_COUNTER)
        if key.agency not in (None, counter.agency) or (key.role is Role.OFFICER and key.counter != wanted):
            raise ProblemError(ErrorCode.FORBIDDEN)
        table = await look(self._gate, f"desk:{wanted}")
        desk = next(iter(items_of(table, DeskItem)), None)
        if desk is None:
            raise ProblemError(ErrorCode.UNKNOWN_COUNTER)
        waiting = sorted(items_of(table, WaitingItem), key=lambda item: (item.effective_at, item.order))
        hand = next(iter(items_of(table, HandItem)), None)
        return Desk(desk=desk, hand=hand, waiting=tuple(waiting), aside=tuple(items_of(table, AsideItem)))

    # --- visits ---

    async def visits(self, call: Call) -> Visits:
        query: VisitsQuery = call.query
        services = self._services_for(key_of(call), query.agency, query.service)
        wanted = VisitsWanted(
            service_date=query.service_date or self._today(),
            limit=query.limit + 1,
            after=None if query.after is None else _ticket(query.after),
            ticket=None if query.ticket is None else _ticket(query.ticket),
            services=services,
            state=query.state,
        )
        found = await self._aside(self._records.visits, wanted)
        shown = tuple(self._part_of(one, key_of(call)) for one in found[: query.limit])
        return Visits(items=shown, next=shown[-1].ticket if len(found) > query.limit else None)

    async def visit(self, call: Call) -> VisitNow:
        found = await self._aside(self._records.visit, VisitId(call.path["visit"]))
        if found is None or not self._may_see(key_of(call), found[0]):
            raise ProblemError(ErrorCode.UNKNOWN_VISIT)
        record, follow = self._part_of(found[0], key_of(call)), found[1]
        now = None
        if any(leg.state.is_open for leg in record.legs):
            now = next(iter(items_of(await look(self._gate, f"visit:{follow}"), VisitItem)), None)
        known: dict[str, Any] = structs.asdict(record)
        return VisitNow(**known, ahead=now.ahead if now else None, minutes=now.minutes if now else None)

    async def history_of_visit(self, call: Call) -> Events:
        found = await self._aside(self._records.visit, VisitId(call.path["visit"]))
        if found is None or not self._may_see(key_of(call), found[0]):
            raise ProblemError(ErrorCode.UNKNOWN_VISIT)
        everything = await self._aside(self._records.facts_of, found[0])
        events = self._events(everything, 0, self.wish(key_of(call), EventsQuery()))
        return Events(items=tuple(events), next=events[-1].sequence if events else 0)

    # --- what happened ---

    async def history(self, call: Call) -> Events:
        query: HistoryQuery = call.query
        wish = self.wish(key_of(call), query)
        after, complete = await self._begin_at(query.after or 0)
        last = after
        items: list[Event] = []
        looked = 0
        while len(items) < query.limit and looked < SCANNED:
            found = await self._aside(self._records.facts_after, last, query.limit, wish.kinds)
            fresh = self._events(found, items[-1].sequence if items else after, wish)
            items += fresh[: query.limit - len(items)]
            looked += len(found)
            if not found:
                break
            last = items[-1].sequence if len(items) == query.limit else found[-1].sequence
        return Events(items=tuple(items), next=last, complete=complete)

    async def _begin_at(self, asked: int) -> tuple[int, bool]:
        return begin_at(
            asked, await self._aside(self._records.oldest_fact), await self._aside(self._records.newest_fact)
        )

    def wish(self, key: ApiKey, query: EventsQuery) -> Wish:
        """What a key may hear of what it asks for. Raises ProblemError."""
        kinds = frozenset(FactKind(name) for name in query.kinds.split(",")) if query.kinds else frozenset(DETAILS)
        return Wish(kinds, agency_for(key, query.agency))

    def _events(self, facts: Collection[Numbered], previous: int, wish: Wish) -> list[Event]:
        events: list[Event] = []
        for one in facts:
            event = event_of(one, events[-1].sequence if events else previous, wish, self._gate.catalogue)
            if event is not None:
                events.append(event)
        return events

    async def audit(self, call: Call) -> AuditEntries:
        refuse_part(key_of(call))
        query: AuditQuery = call.query
        found = await self._aside(self._records.audit_after, query.after, query.limit)
        return AuditEntries(items=tuple(found), next=found[-1].number if len(found) == query.limit else None)

    # --- what a key may see ---

    def _services_for(self, key: ApiKey, agency: str | None, service: str | None) -> frozenset[ServiceId] | None:
        of_agency = agency_for(key, agency)
        mine = None if of_agency is None else self._services_of(of_agency)
        if service is None:
            return mine
        return frozenset({ServiceId(service)}) if mine is None else mine & {ServiceId(service)}

    def _services_of(self, agency: AgencyId) -> frozenset[ServiceId]:
        catalogue = self._gate.catalogue()
        every = (*catalogue.services.values(), *catalogue.removed.values())
        return frozenset(service.id for service in every if service.agency == agency)

    def _may_see(self, key: ApiKey, visit: VisitRecord) -> bool:
        if key.agency is None:
            return True
        mine = self._services_of(key.agency)
        return any(leg.service in mine for leg in visit.legs)

    def _part_of(self, visit: VisitRecord, key: ApiKey) -> VisitRecord:
        """Of who was at another agency, too, a key of one agency sees what was its own."""
        if key.agency is None:
            return visit
        mine = self._services_of(key.agency)
        return structs.replace(visit, legs=tuple(leg for leg in visit.legs if leg.service in mine))

    def _today(self) -> date:
        return service_date(self._gate.clock(), self._gate.site().time_zone)

    async def _aside(self, work: Callable[..., T], *arguments: object) -> T:
        return await self._gate.aside(work, *arguments)


def _ticket(text: str) -> tuple[str, int]:
    series, _, number = text.partition("-")
    return series, int(number)
