"""`loket-server officers`: who is in the catalogue, their PINs and passwords. Both are asked for, never an argument."""

from __future__ import annotations

import getpass
import re
import sys
from datetime import datetime

from server.app.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD, Accounts, WeakPasswordError
from server.app.officers import Door
from server.bootstrap import catalogues_of
from server.cli.failing import CommandError
from server.cli.saying import say
from server.db.store import Store
from shared.vocabulary import OfficerId

_PIN = re.compile(r"[0-9]{4,12}")


def list_officers(store: Store, now: datetime) -> int:
    catalogue = catalogues_of(store.catalogues, always=False).read(now)
    with_password = store.accounts.has_password()
    for officer in catalogue.officers.values():
        pin = "has a PIN" if store.access.officer_secret(officer.id) else "no PIN yet"
        pages = ", a password for the pages" if officer.id in with_password else ""
        where = officer.agency or "any agency"
        say(f"{officer.id:16}  {officer.role.value:13}  {where:16}  {officer.name}  ({pin}{pages})")
    return 0


def set_password(store: Store, officer: str, pepper: bytes, now: datetime) -> int:
    """For the pages."""
    catalogue = catalogues_of(store.catalogues, always=False).read(now)
    if OfficerId(officer) not in catalogue.officers:
        raise CommandError(f"The catalogue has no officer {officer}: see `loket-server officers list`.")
    password = _asked_twice(f"New password (at least {SHORTEST_PASSWORD} characters): ", "password")
    try:
        Accounts(store.accounts, lambda: catalogue, pepper).set_password(OfficerId(officer), password)
    except WeakPasswordError:
        raise CommandError(
            f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters, not all the same, and does not"
            " contain the officer's id; nothing was changed."
        ) from None
    say(f"The password of {officer} is set. All their sessions have ended.")
    return 0


def set_pin(store: Store, officer: str, pepper: bytes, now: datetime) -> int:
    catalogue = catalogues_of(store.catalogues, always=False).read(now)
    if OfficerId(officer) not in catalogue.officers:
        raise CommandError(f"The catalogue has no officer {officer}: see `loket-server officers list`.")
    Door(store.access, pepper).set_pin(OfficerId(officer), _ask())
    say(f"The PIN of {officer} is set.")
    return 0


def _ask() -> str:
    pin = _asked_twice("New PIN (4 to 12 digits): ", "PIN").strip()
    if not _PIN.fullmatch(pin):
        raise CommandError("A PIN has 4 to 12 digits and nothing else; nothing was changed.")
    return pin


def _asked_twice(prompt: str, what: str) -> str:
    """Twice from a terminal, unseen; one line from a pipe."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    given = getpass.getpass(prompt)
    if given != getpass.getpass("The same again: "):
        raise CommandError(f"The two {what}s differ; nothing was changed.")
    return given
