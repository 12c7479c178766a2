"""`loket-server person`: what is kept of one person, as JSON, and erasing it. Who it is is asked for."""

from __future__ import annotations

import getpass
import json
import sys
from datetime import datetime

from server.app.persons import Trace, UnclearPersonError, told, trace_of
from server.bootstrap import catalogues_of
from server.cli.failing import CommandError
from server.cli.saying import say
from server.db.store import Store
from server.domain import service_day


def export(store: Store) -> int:
    say(json.dumps(told(_found(store)), ensure_ascii=False, indent=2))
    return 0


def erase(store: Store, now: datetime) -> int:
    trace = _found(store)
    zone = catalogues_of(store.catalogues, always=False).read(now).site.time_zone
    erased = store.persons.erase(trace, service_day.service_date(now, zone), "")
    say(f"Erased: name and number of {erased.bookings} bookings, needs and notes of {erased.visits} visits.")
    if erased.today:
        say(f"{erased.today} visits are of today: what they say of needs goes by itself when the day is over.")
    return 0


def _found(store: Store) -> Trace:
    """Asked for, because the command line can be read by every user of this machine (ps)."""
    prompt = "Phone number, or the key or address of a number or booking: "
    given = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()
    try:
        trace = trace_of(store.persons, given)
    except UnclearPersonError:
        raise CommandError("That is neither a phone number nor a key.") from None
    if not trace:
        raise CommandError("Nothing is kept of that person.")
    return trace
