"""Builders: a small hall for tests, with everything that a story does not name filled in.

The hall: `permits` (counters 1 and 2, services KTP, KK, AKTA) and `tax` (counter 3, service PKB), open on weekdays from
08:00 to 15:00 in Makassar (UTC+8). Monday 2026-11-23, 09:00 local, is where a test starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from server.domain.calling import CallingRule
from server.domain.calling_order import CallingOrder
from server.domain.catalogue import Agency, Catalogue, Counter, Officer, Service, Site, Zone
from server.domain.facts import Actor
from server.domain.hours import Calendar, Hours, Span
from server.domain.issuing import Choice
from server.domain.lobby import Lobby
from server.domain.survey_plan import SurveyPlan
from server.domain.visit import Leg, Visit
from shared.vocabulary import (
    AgencyId,
    CounterId,
    DeviceId,
    FollowKey,
    Language,
    LegId,
    LegState,
    Need,
    OfficerId,
    Outcome,
    Priority,
    Role,
    ServiceId,
    SiteId,
    VisitId,
    Words,
    ZoneId,
)

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday, 09:00 in Makassar
TODAY = date(2026, 11, 23)
KIOSK = Actor(device=DeviceId("kiosk-1"))
DESK = Actor(device=DeviceId("desk-1"), officer=OfficerId("ayu"))

KTP, KK, AKTA, PKB = ServiceId("KTP"), ServiceId("KK"), ServiceId("AKTA"), ServiceId("PKB")
ONE, TWO, THREE = CounterId("c1"), CounterId("c2"), CounterId("c3")
AYU, BUDI, CITRA, SUPERVISOR = OfficerId("ayu"), OfficerId("budi"), OfficerId("citra"), OfficerId("dewi")
PERMITS, TAX = AgencyId("permits"), AgencyId("tax")
HALL = ZoneId("A")
AT_ONCE = CallingOrder(recall_gap=timedelta(0), grace=timedelta(0))


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def both(text: str) -> Words:
    return Words(id=text, en=text)


def weekdays(start: time = time(8), end: time = time(15)) -> Hours:
    return Hours({day: (Span(start, end),) for day in range(5)})


def a_service(
    service: str,
    prefix: str = "A",
    agency: str = PERMITS,
    *,
    standard_minutes: int = 10,
    hours: Hours | None = None,
    daily_quota: int | None = None,
) -> Service:
    return Service(
        id=ServiceId(service),
        agency=AgencyId(agency),
        name=both(service),
        prefix=prefix,
        requirements=(),
        fee=both("gratis"),
        standard_minutes=standard_minutes,
        hours=hours or weekdays(),
        order=0,
        daily_quota=daily_quota,
    )


def a_counter(counter: str, *profile: str, agency: str = PERMITS, zone: str = HALL) -> Counter:
    services = tuple(ServiceId(service) for service in profile)
    return Counter(CounterId(counter), counter.removeprefix("c"), ZoneId(zone), AgencyId(agency), services)


def a_catalogue(
    services: Iterable[Service] | None = None,
    counters: Iterable[Counter] | None = None,
    *,
    version: int = 1,
    removed: Iterable[Service] = (),
    time_zone: str = "Asia/Makassar",
    calendar: Calendar | None = None,
    calling: CallingOrder = AT_ONCE,
    walking_seconds: int = 0,
) -> Catalogue:
    """KTP and KK share the series A; AKTA has B, PKB has T. Anything may be replaced.

    Nobody has to wait before a recall or a missed call, unless the story is about that.
    """
    offered = services or (
        a_service(KTP),
        a_service(KK),
        a_service(AKTA, "B", standard_minutes=20),
        a_service(PKB, "T", TAX, standard_minutes=5),
    )
    desks = counters or (
        a_counter(ONE, KTP, KK, AKTA),
        a_counter(TWO, KTP, AKTA),
        a_counter(THREE, PKB, agency=TAX),
    )
    officers = (
        Officer(AYU, "Ayu", Role.OFFICER, PERMITS),
        Officer(BUDI, "Budi", Role.OFFICER, PERMITS),
        Officer(CITRA, "Citra", Role.OFFICER, TAX),
        Officer(SUPERVISOR, "Dewi", Role.SUPERVISOR),
    )
    return Catalogue(
        version=version,
        site=Site(SiteId("sample"), both("MPP Contoh"), time_zone, calling=calling),
        calendar=calendar or Calendar(),
        zones={HALL: Zone(HALL, both("Zona A"), walking_seconds)},
        agencies={
            PERMITS: Agency(PERMITS, both("Perizinan"), "Izin", 1),
            TAX: Agency(TAX, both("Pajak"), "Pajak", 2),
        },
        services={service.id: service for service in offered},
        counters={counter.id: counter for counter in desks},
        officers={officer.id: officer for officer in officers},
        removed={service.id: service for service in removed},
    )


def surveying(plan: SurveyPlan | None, catalogue: Catalogue | None = None) -> Catalogue:
    """A catalogue that plans a satisfaction survey."""
    usual = catalogue or a_catalogue()
    return replace(usual, site=replace(usual.site, survey=plan))


SEATS: Mapping[CounterId, OfficerId] = {ONE: AYU, TWO: BUDI, THREE: CITRA}


def a_lobby(
    waiting: Sequence[str] = (),
    *,
    open_counters: Iterable[CounterId] = (ONE, TWO, THREE),
    catalogue: Catalogue | None = None,
    rule: CallingRule | None = None,
    now: datetime = NINE,
) -> Lobby:
    """A lobby in the morning: those tickets wait, the first for longest, one minute apart and the last one minute ago;
    the counters stand open with their officers. A ticket's letter chooses the service: A is KTP, B AKTA, T PKB.

    Nothing is left in its changes.
    """
    lobby = Lobby.restore(catalogue or a_catalogue(), TODAY, (), (), {}, rule)
    start = now - minutes(len(waiting))
    for counter in open_counters:
        lobby.sit(counter, SEATS[counter], take_over=False, now=start, actor=DESK)
        lobby.open(counter, start, DESK)
    for place, ticket in enumerate(waiting):
        visit = issue(lobby, {"A": KTP, "B": AKTA, "T": PKB}[ticket[0]], now=start + minutes(place))
        assert visit.ticket == ticket, f"{ticket} comes out as {visit.ticket}"
    lobby.take_changes()
    return lobby


def issue(
    lobby: Lobby,
    service: ServiceId = KTP,
    *,
    priority: Priority = Priority.REGULAR,
    needs: tuple[Need, ...] = (),
    language: Language = Language.INDONESIAN,
    now: datetime = NINE,
    booked_for: datetime | None = None,
    further: Sequence[Choice] = (),
) -> Visit:
    """Issue with ids that tell where they come from: `v1`, `l1`, `k1`, ..."""
    count = len(lobby.visits) + 1
    return lobby.issue(
        service,
        visit=VisitId(f"v{count}"),
        leg=LegId(f"l{count}"),
        key=FollowKey(f"k{count}"),
        language=language,
        priority=priority,
        needs=needs,
        now=now,
        actor=KIOSK,
        booked_for=booked_for,
        further=further,
    )


def leg_of(lobby: Lobby, ticket: str) -> Leg:
    """The last leg of the visit with that ticket."""
    return next(visit.last_leg for visit in lobby.visits.values() if visit.ticket == ticket)


def call(lobby: Lobby, counter: CounterId = ONE, now: datetime = NINE) -> Leg:
    """Call next, believing rightly what is in hand."""
    hand = lobby.in_hand(counter)
    return lobby.call_next(counter, in_hand=None if hand is None else hand.id, now=now, actor=DESK)


def serve(lobby: Lobby, counter: CounterId = ONE, now: datetime = NINE) -> Leg:
    """Call next and have the visitor come."""
    return lobby.serve(counter, call(lobby, counter, now).id, now, DESK)


def finish(lobby: Lobby, counter: CounterId = ONE, now: datetime = NINE) -> Leg:
    hand = lobby.in_hand(counter)
    assert hand is not None
    assert hand.state is LegState.SERVING
    return lobby.finish(counter, hand.id, Outcome.SOLVED, now, DESK)


def without(catalogue: Catalogue, *services: ServiceId) -> Catalogue:
    """The next version, with those services removed from the offer and from every work profile."""
    return replace(
        catalogue,
        version=catalogue.version + 1,
        services={key: value for key, value in catalogue.services.items() if key not in services},
        counters={
            counter.id: replace(counter, profile=tuple(s for s in counter.profile if s not in services))
            for counter in catalogue.counters.values()
        },
        removed={**catalogue.removed, **{service: catalogue.services[service] for service in services}},
    )


def transfer(lobby: Lobby, counter: CounterId, service: ServiceId, *, only_counter: CounterId | None = None) -> Leg:
    """Send whom the counter has in hand on; its new leg names the old one."""
    hand = lobby.in_hand(counter)
    assert hand is not None
    new_leg = LegId(f"t{len(lobby.visit_of(hand.id).legs)}-{hand.id}")
    return lobby.transfer(counter, hand.id, service, new_leg=new_leg, only_counter=only_counter, now=NINE, actor=DESK)
