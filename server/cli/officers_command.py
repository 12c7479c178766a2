"""`loket-server officers`: who is in the catalogue, and their PINs. A PIN is asked for, never given as an argument."""

from __future__ import annotations

import getpass
import re
import sys
from datetime import datetime

from server.app.officers import Door
from server.bootstrap import catalogues_of
from server.cli.failing import CommandError
from server.cli.saying import say
from server.db.store import Store
from shared.vocabulary import OfficerId

_PIN = re.compile(r"[0-9]{4,12}")


def list_officers(store: Store, now: datetime) -> int:
    catalogue = catalogues_of(store.catalogues, always=False).read(now)
    for officer in catalogue.officers.values():
        pin = "has a PIN" if store.access.officer_secret(officer.id) else "no PIN yet"
        say(f"{officer.id:16}  {officer.role.value:13}  {officer.agency or 'any agency':16}  {officer.name}  ({pin})")
    return 0


def set_pin(store: Store, officer: str, pepper: bytes, now: datetime) -> int:
    catalogue = catalogues_of(store.catalogues, always=False).read(now)
    if OfficerId(officer) not in catalogue.officers:
        raise CommandError(f"The catalogue has no officer {officer}: see `loket-server officers list`.")
    Door(store.access, pepper).set_pin(OfficerId(officer), _ask())
    say(f"The PIN of {officer} is set.")
    return 0


def _ask() -> str:
    """Twice from a terminal, unseen; one line from a pipe."""
    if sys.stdin.isatty():
        pin = getpass.getpass("New PIN (4 to 12 digits): ")
        if pin != getpass.getpass("The same again: "):
            raise CommandError("The two PINs differ; nothing was changed.")
    else:
        pin = sys.stdin.readline().strip()
    if not _PIN.fullmatch(pin):
        raise CommandError("A PIN has 4 to 12 digits and nothing else; nothing was changed.")
    return pin
