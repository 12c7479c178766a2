"""Islands: kiosks that go on without the server. Blocks of numbers before, tickets handed in afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from server.app.identities import Ids
from server.app.sessions import Session
from server.app.turn import Turn
from server.domain import hours, service_day
from server.domain.errors import RefusedError
from server.domain.facts import Actor
from server.domain.leases import IslandTicket
from server.domain.lobby import Lobby
from shared.protocol import commands as c
from shared.protocol.replies import Block, Leased, Merged, MergedTicket, SharedHours
from shared.vocabulary import DeviceId, ErrorCode, FollowKey, RequestId, ServiceId

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Islands:
    ids: Ids
    follow: str
    """What the address of every phone page begins with."""
    block: int
    """Numbers of each series that a kiosk holds."""

    def lease(self, session: Session, journal: str, lobby: Lobby, now: datetime, actor: Actor) -> Leased:
        device = session.device or DeviceId("")
        lobby.lease(device, journal, self.block, now, actor)
        _, until = service_day.bounds(lobby.service_date, lobby.catalogue.site.time_zone)
        return Leased(
            service_date=lobby.service_date,
            until=until,
            blocks=tuple(_blocks(lobby, device)),
            hours=tuple(_hours(lobby)),
            follow=self.follow,
        )

    def merge(self, session: Session, command: c.MergeTickets, lobby: Lobby, turn: Turn) -> Merged:
        """In the order of arrival, so that equal places in line go to whom was first."""
        now = turn.now
        refused: dict[tuple[str, int], ErrorCode] = {}
        for ticket in sorted(command.tickets, key=lambda ticket: (ticket.arrived_at, ticket.number)):
            given = _given(ticket)
            press = Actor(session.device, None, given.request)
            try:
                if command.service_date != lobby.service_date:
                    raise lobby.merge_too_late(given, command.service_date.isoformat(), now, press)
                lobby.merge(given, self.ids.leg(), now, press, key_given=given.key in turn.keys_given)
            except RefusedError as error:
                refused[given.series, given.number] = error.code
        return Merged(
            tickets=tuple(
                MergedTicket(ticket.series, ticket.number, refused.get((ticket.series, ticket.number)))
                for ticket in command.tickets
            )
        )


def _given(ticket: c.IslandTicket) -> IslandTicket:
    return IslandTicket(
        request=RequestId(ticket.request),
        series=ticket.series,
        number=ticket.number,
        key=FollowKey(ticket.key),
        service=ServiceId(ticket.service),
        language=ticket.language,
        priority=ticket.priority,
        needs=ticket.needs,
        arrived_at=_in_utc(ticket.arrived_at),
        print_state=ticket.print_state,
    )


def _in_utc(moment: datetime) -> datetime:
    """The first and the last hours of the calendar have no moment in UTC; nobody arrives then."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def _blocks(lobby: Lobby, device: DeviceId) -> Iterator[Block]:
    """What the kiosk holds, without the numbers that are visits already."""
    for lease in lobby.held(device):
        # numbers that follow one another keep their distance from their place in the list
        for _, run in groupby(enumerate(lobby.unused(lease)), key=lambda placed: placed[1] - placed[0]):
            numbers = [number for _, number in run]
            yield Block(lease.series, numbers[0], numbers[-1])


def _hours(lobby: Lobby) -> Iterator[SharedHours]:
    """Opening hours until the service date ends, as moments: a kiosk has no calendar."""
    catalogue, day = lobby.catalogue, lobby.service_date
    zone = ZoneInfo(catalogue.site.time_zone)
    services: defaultdict[tuple[tuple[datetime, datetime], ...], list[str]] = defaultdict(list)
    for service in catalogue.services.values():
        days = () if lobby.is_closed_by_hand(service.id) else (day, day + DAY)
        spans = tuple(
            _moments(on, span, zone)
            for on in days  # the service date ends in the small hours of the next one
            for span in hours.spans_on(on, service.hours, catalogue.calendar)
        )
        services[spans].append(service.id)
    for spans, mine in services.items():
        yield SharedHours(tuple(mine), spans)


def _moments(on: date, span: hours.Span, zone: ZoneInfo) -> tuple[datetime, datetime]:
    until = (on + DAY, time.min) if span.end == hours.MIDNIGHT else (on, span.end)
    return datetime.combine(on, span.start, zone).astimezone(UTC), datetime.combine(*until, zone).astimezone(UTC)
