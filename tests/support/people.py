"""People of every role in the small catalogue, and their sessions on the pages."""

from __future__ import annotations

import secrets

from server.app.officers import Door
from server.app.ports import SignedInSession
from server.app.tokens import hash_of
from server.bootstrap import now
from shared.vocabulary import OfficerId, Role
from tests.support.many_counters import QUICK
from tests.support.running_server import RunningServer
from tests.support.small_catalogue import SMALL

PASSWORD = "sawah hijau di pagi hari"
PEOPLE = (
    SMALL
    + """
[[officer]]
id = "boss"
name = "Administrator Aula"
role = "administrator"

[[officer]]
id = "police-head"
name = "Kepala Layanan"
role = "agency_head"
agency = "police"

[[officer]]
id = "reader"
name = "Auditor Internal"
role = "auditor"
"""
)
BY_ROLE = {
    Role.OFFICER: "registry-01",
    Role.SUPERVISOR: "head",
    Role.AGENCY_HEAD: "police-head",
    Role.ADMINISTRATOR: "boss",
    Role.AUDITOR: "reader",
}
"""An officer of PEOPLE for each role."""


def give_password(server: RunningServer, officer: str, password: str = PASSWORD, *, once: bool = False) -> None:
    accounts = server.store.accounts
    accounts.set_password(OfficerId(officer), Door(accounts.passwords, hasher=QUICK).hashed(password), once=once, by="")


def session_of(server: RunningServer, officer: str) -> str:
    """A cookie's value, without the form and its slow hash: for tests that are about something else."""
    token, at = secrets.token_urlsafe(32), now()
    digest = hash_of(token)
    server.store.accounts.begin_session(SignedInSession(digest, OfficerId(officer), at, at), "127.0.0.1")
    return token
