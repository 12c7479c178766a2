"""Scope: whose part of the hall somebody may steer. An agency's head: the own agency, and nothing of another one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from server.app.sessions import Session
from server.domain.catalogue import Catalogue
from server.domain.errors import RefusedError
from server.domain.lobby import Lobby
from shared.vocabulary import AgencyId, CounterId, ErrorCode, Role, ServiceId, ZoneId


@dataclass(frozen=True, slots=True)
class Scope:
    """`agency` None: the whole site. Each question refuses with FORBIDDEN, and changes nothing."""

    agency: AgencyId | None
    catalogue: Catalogue

    def services(self, *services: ServiceId) -> None:
        """Those that never were are refused later, by the verb."""
        known = {**self.catalogue.removed, **self.catalogue.services}
        self._refuse(known[service].agency for service in services if service in known)

    def counter(self, counter: CounterId) -> None:
        known = self.catalogue.counters.get(counter)
        self._refuse([] if known is None else [known.agency])

    def of(self, agency: AgencyId | None) -> None:
        self._refuse([agency])

    def zones(self, wanted: Iterable[ZoneId]) -> tuple[ZoneId, ...]:
        """Those that are wanted, all that there are when none is named. A head reaches the zones where the own
        counters stand."""
        known = self.catalogue.zones
        if self.agency is None:
            return tuple(zone for zone in wanted if zone in known)
        mine = {one.zone: None for one in self.catalogue.counters.values() if one.agency == self.agency}
        named = tuple(wanted) or tuple(mine)
        if not named or not mine.keys() >= set(named):
            raise RefusedError(ErrorCode.FORBIDDEN, agency=self.agency)
        return named

    def _refuse(self, agencies: Iterable[AgencyId | None]) -> None:
        if self.agency is not None and any(agency != self.agency for agency in agencies):
            raise RefusedError(ErrorCode.FORBIDDEN, agency=self.agency)


def scope_of(session: Session, lobby: Lobby) -> Scope:
    """By the person's own agency; at a counter, by that of the officer who sits there. A head without an agency reaches
    nothing: FORBIDDEN."""
    agency = session.agency
    person = session.person if session.seat is None else session.seat.officer
    if agency is None and person is not None and (known := lobby.catalogue.officers.get(person)) is not None:
        agency = known.agency
    if agency is None and session.role is Role.AGENCY_HEAD:
        raise RefusedError(ErrorCode.FORBIDDEN)
    return Scope(agency, lobby.catalogue)
