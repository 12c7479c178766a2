"""The lobby: all visits, counters and number sequences of one site on one service date. The one mutable aggregate.

Every verb checks first and changes then: a RefusedError leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from server.domain.calling import CallingRule
from server.domain.catalogue import Catalogue
from server.domain.changes import CounterStatus
from server.domain.early_calls import EarlyCall
from server.domain.facts import Why
from server.domain.issuing import Issuing
from server.domain.lateness import Lateness
from server.domain.leases import Lease
from server.domain.leasing import Leasing
from server.domain.orders import Bulletin, Closure
from server.domain.outlook import NO_LESSONS, Lessons
from server.domain.publishing import Publishing
from server.domain.steering import Steering
from server.domain.visit import Visit
from server.domain.yielding import Yielding
from shared.vocabulary import LegId


class Lobby(Issuing, Leasing, Steering, Yielding, Publishing, Lateness):
    """The verbs come from the modules of their themes, the questions from the daybook."""

    @classmethod
    def restore(
        cls,
        catalogue: Catalogue,
        service_date: date,
        visits: Iterable[Visit],
        counters: Iterable[CounterStatus],
        sequences: Mapping[str, int],
        rule: CallingRule | None = None,
        newest: datetime | None = None,
        leases: Iterable[Lease] = (),
        reasons: Mapping[LegId, Why] | None = None,
        lessons: Lessons = NO_LESSONS,
        closures: Iterable[Closure] = (),
        bulletins: Iterable[Bulletin] = (),
        early_calls: Iterable[EarlyCall] = (),
    ) -> Lobby:
        """The lobby as it was when these were written down (law 8). A new day has no visits and no sequences yet.

        `rule` stands in for the catalogue's own rules: a replay or a simulation of the same day under another.
        `lessons` is what earlier days teach about waits.
        `newest` is the latest moment that any fact bears, of whatever day: a clock far behind it is wrong.
        """
        return cls(
            catalogue,
            service_date,
            visits,
            counters,
            sequences,
            rule,
            newest,
            leases,
            reasons,
            lessons,
            closures,
            bulletins,
            early_calls,
        )
