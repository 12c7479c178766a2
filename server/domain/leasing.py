"""Leasing: kiosks hold blocks of numbers, and what they gave from them without the server joins the lobby later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from server.domain.errors import RefusedError
from server.domain.facts import Actor, FactKind
from server.domain.issuing import CLOCK_TOLERANCE
from server.domain.leases import IslandTicket, Lease, LeaseEnd
from server.domain.numbering import next_block
from server.domain.placing import Placing
from server.domain.visit import Visit
from shared.vocabulary import DeviceId, ErrorCode, LegId, VisitId, island_visit

FORGIVEN = 3
"""Memories that a kiosk may lose in a day and still be given whole blocks: the range is for all kiosks of the hall."""


class Leasing(Placing):
    def lease(self, device: DeviceId, journal: str, size: int, now: datetime, actor: Actor) -> None:
        """Fill the kiosk's blocks up to `size` numbers for each series; done again, it gives nothing more.

        A kiosk with another journal than before has lost its memory: its earlier blocks end, and are never used again.
        One that loses it again and again gets no more of that series today, or it would use up what others need.
        """
        now = self._steady(now)
        for lease in self.held(device):
            if lease.journal != journal:
                self._end_lease(lease, LeaseEnd.JOURNAL_LOST, now, actor)
            elif not self.unused(lease):
                self._end_lease(lease, LeaseEnd.USED_UP, now, actor)
        highest = self._highest_by_series()
        forgotten = self._forgotten_by_series(device)
        given = []
        for series, left in self._left_by_series(device).items():
            wanted = size - left if left * 2 <= size else 0  # not for every single number: that would shred the range
            if forgotten[series] > FORGIVEN:
                continue
            if numbers := next_block(highest.get(series), wanted):
                given.append(Lease(series, numbers[0], numbers[-1], device, journal, now))
        for lease in given:
            self._put_lease(lease)
        if given:
            self._record(FactKind.LEASED, now, actor, why={"blocks": ", ".join(map(str, given))})

    def held(self, device: DeviceId) -> tuple[Lease, ...]:
        """The kiosk's standing blocks."""
        return tuple(lease for lease in self.leases.values() if lease.stands and lease.device == device)

    def unused(self, lease: Lease) -> tuple[int, ...]:
        """Numbers of the block that are no visits: as far as the server has heard."""
        start = self._island_visit(lease.series, 0).removesuffix("0")  # a date is written once, not for every number
        return tuple(number for number in lease.numbers if VisitId(f"{start}{number}") not in self.visits)

    def merge(self, ticket: IslandTicket, leg: LegId, now: datetime, actor: Actor, *, key_given: bool = False) -> Visit:
        """Let a ticket that was given without the server join its line, where its arrival puts it. Done again, it
        gives the same visit. Neither hours nor quota matter: the paper was given.

        `key_given`: a visit, of whatever day, has the key. Refuses with NOT_LEASED (not a number of this kiosk),
        NUMBER_TAKEN (another visit has number or key) and UNKNOWN_SERVICE; a refusal is written down.
        """
        visit = self._island_visit(ticket.series, ticket.number)
        known = self.visits.get(visit)
        if known is not None and known.key == ticket.key:
            return known
        now = self._steady(now)
        lease = self._lease_of(ticket, actor.device)
        if lease is None:
            raise self._unmerged(ticket, ErrorCode.NOT_LEASED, now, actor)
        if known is not None or key_given or ticket.key in self._by_key:
            raise self._unmerged(ticket, ErrorCode.NUMBER_TAKEN, now, actor)
        if not self.profiles.knows(ticket.service):
            raise self._unmerged(ticket, ErrorCode.UNKNOWN_SERVICE, now, actor)
        arrival = _believable(ticket.arrived_at, lease, now)
        place = self._place(ticket.service, ticket.priority, arrival, now)
        first = self._first_leg(leg, visit, ticket.service, ticket.needs, arrival, place)
        merged = Visit(
            id=visit,
            key=ticket.key,
            service_date=self.service_date,
            series=ticket.series,
            number=ticket.number,
            language=ticket.language,
            priority=ticket.priority,
            needs=ticket.needs,
            arrived_at=arrival,
            issued_by=actor.device,
            legs=(first,),
            print_state=ticket.print_state,
        )
        claimed = {} if arrival == ticket.arrived_at else {"claimed": ticket.arrived_at.isoformat()}
        self._join(merged, FactKind.MERGED, place, {"arrived_at": arrival.isoformat(), **claimed}, now, actor)
        return merged

    def merge_too_late(self, ticket: IslandTicket, day: str, now: datetime, actor: Actor) -> RefusedError:
        """The ticket's day has ended: nobody waits any more, but the number was given and is written down."""
        return self._unmerged(ticket, ErrorCode.DAY_OVER, self._steady(now), actor, day)

    def end_leases(self, now: datetime, actor: Actor) -> None:
        """The day is over: a number of today that nobody was given will never be."""
        now = self._steady(now)
        for lease in [lease for lease in self.leases.values() if lease.stands]:
            self._end_lease(lease, LeaseEnd.DAY_OVER, now, actor)

    # --- how ---

    def _left_by_series(self, device: DeviceId) -> dict[str, int]:
        left = {service.prefix: 0 for service in self.catalogue.services.values()}
        for lease in self.held(device):
            if lease.series in left:
                left[lease.series] += len(self.unused(lease))
        return left

    def _highest_by_series(self) -> dict[str, int]:
        highest: dict[str, int] = {}
        for lease in self.leases.values():
            highest[lease.series] = max(lease.last, highest.get(lease.series, 0))
        return highest

    def _forgotten_by_series(self, device: DeviceId) -> Counter[str]:
        """How many memories of the kiosk with blocks of each series are lost."""
        lost = {
            (lease.series, lease.journal)
            for lease in self.leases.values()
            if lease.device == device and lease.end is LeaseEnd.JOURNAL_LOST
        }
        return Counter(series for series, _ in lost)

    def _end_lease(self, lease: Lease, end: LeaseEnd, now: datetime, actor: Actor) -> None:
        self._put_lease(lease.ended(end, now))
        why = {"block": str(lease), "end": end.value, "kiosk": lease.device, "unused": _spans(self.unused(lease))}
        self._record(FactKind.LEASE_ENDED, now, actor, why=why)

    def _lease_of(self, ticket: IslandTicket, device: DeviceId | None) -> Lease | None:
        """Also one that has ended: its numbers went to nobody else."""
        return next(
            (
                lease
                for lease in self.leases.values()
                if lease.series == ticket.series and ticket.number in lease.numbers and lease.device == device
            ),
            None,
        )

    def _unmerged(
        self, ticket: IslandTicket, code: ErrorCode, now: datetime, actor: Actor, day: str = ""
    ) -> RefusedError:
        why = {
            "ticket": f"{ticket.series}-{ticket.number:03d}",
            "service": ticket.service,
            "service_date": day or self.service_date.isoformat(),
            "arrived_at": ticket.arrived_at.isoformat(),
            "code": code.value,
        }
        self._record(FactKind.MERGE_REFUSED, now, actor, why=why)
        return RefusedError(code, ticket=why["ticket"])

    def _island_visit(self, series: str, number: int) -> VisitId:
        return island_visit(self.service_date, series, number)


def _believable(claimed: datetime, lease: Lease, now: datetime) -> datetime:
    """The arrival that a kiosk names; a moment at which it cannot have given the number counts as now."""
    if lease.granted_at - CLOCK_TOLERANCE <= claimed <= now + CLOCK_TOLERANCE:
        return min(max(claimed, lease.granted_at), now)
    return now


def _spans(numbers: Iterable[int]) -> str:
    """`501-512, 530`."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)
