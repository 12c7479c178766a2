"""Figures: what a watcher of the server may know, as numbers. No tickets, no people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from server.app.alarms import Alarm
from server.domain.norms import NormKind


@dataclass(slots=True)
class Figures:
    """Each is written by one thread; readers may see a batch half counted, which harms nobody."""

    requests: int = 0
    batches: int = 0
    storage_failures: int = 0
    connections: int = 0
    dropped: int = 0
    """Connections that were too slow."""
    turned_away: int = 0
    """Connections that ended with a refusal."""
    stolen_tokens: int = 0
    """Devices revoked lately because a retired token was used."""
    certificate_days: int = -1
    """Until the server's certificate ends; -1: it has none."""
    followers: int = 0
    calls: int = 0
    calls_out_of_order: int = 0
    """By an officer who named the ticket."""
    receipts_shown: int = 0
    receipts_spoken: int = 0
    database: bool = True
    service_date: str = ""
    waiting_jobs: int = 0
    alarms: frozenset[Alarm] = frozenset()
    breaches: Mapping[str, int] = field(default_factory=dict)
    """Norms that are exceeded now, by kind."""
    disk_free: int = 0
    """Bytes, where the database is; 0: nobody looked."""
    backup: int = 0
    """When the newest backup was made, in seconds since 1970; 0: there is none."""

    def prometheus(self) -> str:
        """In the text format of Prometheus, version 0.0.4."""
        lines = []
        for name, kind, words in _PUBLISHED:
            lines += [f"# HELP {name} {words}", f"# TYPE {name} {kind}", f"{name} {self._value(name)}"]
        lines += ["# HELP loket_alarm 1 while it stands.", "# TYPE loket_alarm gauge"]
        lines += [f'loket_alarm{{kind="{alarm}"}} {int(alarm in self.alarms)}' for alarm in Alarm]
        lines += ["# HELP loket_norm_breaches Norms that are exceeded now.", "# TYPE loket_norm_breaches gauge"]
        lines += [f'loket_norm_breaches{{kind="{kind}"}} {self.breaches.get(kind, 0)}' for kind in NormKind]
        return "\n".join(lines) + "\n"

    def _value(self, name: str) -> int:
        field = name.removeprefix("loket_").removesuffix("_total").removesuffix("_bytes").removesuffix("_seconds")
        return int(getattr(self, field if field != "database_up" else "database"))


_PUBLISHED = (
    ("loket_requests_total", "counter", "Requests that the writer took."),
    ("loket_batches_total", "counter", "Batches with at least one request: one commit each."),
    ("loket_storage_failures_total", "counter", "Batches that the database did not keep."),
    ("loket_dropped_total", "counter", "Connections dropped because they did not read."),
    ("loket_turned_away_total", "counter", "Connections ended with a refusal."),
    ("loket_calls_total", "counter", "Visitors called, in order or out of it."),
    ("loket_calls_out_of_order_total", "counter", "Calls of a given ticket, each with its reason."),
    ("loket_receipts_shown_total", "counter", "Calls that a display has shown."),
    ("loket_receipts_spoken_total", "counter", "Calls that a display has spoken."),
    ("loket_connections", "gauge", "Open connections of programs and phones."),
    ("loket_stolen_tokens", "gauge", "Devices revoked in the last days because a retired token was used."),
    ("loket_certificate_days", "gauge", "Days until the server's certificate ends; -1: it has none."),
    ("loket_followers", "gauge", "Followers of all streams."),
    ("loket_waiting_jobs", "gauge", "Jobs that wait for the writer."),
    ("loket_disk_free_bytes", "gauge", "Free space where the database is; 0: nobody looked."),
    ("loket_backup_seconds", "gauge", "When the newest backup was made, since 1970; 0: there is none."),
    ("loket_database_up", "gauge", "1 while the lobby can be written."),
)
