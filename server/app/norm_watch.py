"""The watch on norms: which are exceeded now, and who has seen that. Also who has seen what a device reported.

Nothing here is stored: after a restart what still stands is found again, unseen. That somebody had seen it is a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from server.app.hall import Hall, Seen
from server.domain.breaches import Breach, breaches
from server.domain.daybook import LONG_AGO
from server.domain.errors import RefusedError
from server.domain.lobby import Lobby
from server.domain.norms import OFF, NormKind
from shared.protocol.views import AlertItem
from shared.vocabulary import AgencyId, CounterId, CounterState, ErrorCode, OfficerId

PACE = timedelta(seconds=5)  # norms are minutes
PAPER_ALERTS = frozenset({"paper_out", "paper_low"})


class NormWatch:
    """Used by the writer's thread alone."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._looked_at = LONG_AGO

    def look(self, lobby: Lobby, now: datetime) -> bool:
        """Now and then; whether anything changed."""
        if timedelta(0) <= now - self._looked_at < PACE:
            return False
        self._looked_at = now
        hall = self._hall
        before, seen = hall.breaches, hall.seen
        found = breaches(lobby, lambda counter: idle_since(lobby, hall, counter), now)
        hall.breaches = {breach.key: breach for breach in (*found, *self._paper(lobby, now))}
        hall.seen = {key: one for key, one in seen.items() if key in hall.breaches or self._device_alert(key)}
        return hall.breaches != before or hall.seen.keys() != seen.keys()

    def forget(self) -> None:
        """Another day, or a lobby that was read again: what stood is found anew."""
        self._hall.breaches = {}
        self._looked_at = LONG_AGO

    def agency_of(self, key: str) -> AgencyId | None:
        """Whose the alert is; None: the hall's own. Refuses with WRONG_STATE when it does not stand."""
        if (breach := self._hall.breaches.get(key)) is not None:
            return breach.agency
        if self._device_alert(key) is None:
            raise RefusedError(ErrorCode.WRONG_STATE, alert=key)
        return None

    def see(self, key: str, officer: OfficerId | None, name: str, because: str, now: datetime) -> Callable[[], None]:
        """Somebody has seen it. Gives what takes that back."""
        seen, alert = self._hall.seen, self._device_alert(key)
        before = seen.get(key)
        seen[key] = Seen(officer, name, now, because, None if alert is None else alert.since)

        def undo() -> None:
            seen.pop(key, None)
            if before is not None:
                seen[key] = before

        return undo

    def count(self, kind: NormKind) -> int:
        return sum(breach.kind is kind for breach in self._hall.breaches.values())

    def _device_alert(self, key: str) -> AlertItem | None:
        return self._hall.alerts.get(f"alert:{key}")

    def _paper(self, lobby: Lobby, now: datetime) -> Iterator[Breach]:
        """For every printer once."""
        norm = lobby.catalogue.site.norms.paper
        waiting: dict[str, datetime] = {}
        for alert in self._hall.alerts.values():
            if alert.kind in PAPER_ALERTS:
                waiting[alert.device] = min(alert.since, waiting.get(alert.device, alert.since))
        for device, since in waiting.items():
            if norm != OFF and now - since > norm:
                yield Breach(NormKind.PAPER, device, None, since, norm)


def seen_of(hall: Hall, key: str) -> Seen | None:
    seen, alert = hall.seen.get(key), hall.alerts.get(f"alert:{key}")
    return None if seen is None or (alert is not None and alert.since != seen.since) else seen


def idle_since(lobby: Lobby, hall: Hall, counter: CounterId) -> datetime | None:
    """Since when an open counter has had nobody in hand. What was before the server started, nobody remembers."""
    status = lobby.counters[counter]
    if status.state is not CounterState.OPEN or lobby.in_hand(counter) is not None:
        return None
    return max(status.since, hall.free_since.get(counter, hall.watching_since))
