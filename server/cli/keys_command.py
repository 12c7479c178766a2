"""`loket-server keys`: keys for other systems, made, listed and revoked."""

from __future__ import annotations

from datetime import datetime, timedelta

from server.app.api.keys import ApiKey, KeyId, KeyMistakeError, Wanted, make_key
from server.bootstrap import catalogues_of
from server.cli.failing import CommandError
from server.cli.saying import say
from server.db.store import Store
from shared.vocabulary import AgencyId, CounterId, OfficerId, Role


def create(
    store: Store,
    name: str,
    role: str,
    agency: str | None,
    officer: str | None,
    counter: str | None,
    days: int | None,
    now: datetime,
    by: str,
) -> int:
    wanted = Wanted(
        name,
        Role(role),
        None if agency is None else AgencyId(agency),
        None if officer is None else OfficerId(officer),
        None if counter is None else CounterId(counter),
        None if days is None else now + timedelta(days=days),
    )
    try:
        catalogue = catalogues_of(store.catalogues, always=False).read(now)
        key, token = make_key(store.api_keys, wanted, catalogue, now, by)
    except KeyMistakeError as error:
        raise CommandError(str(error)) from None
    say(token)
    say(f"This is the key {key.id} ({key.role.value}), shown once: keep it where only that system can read it.")
    return 0


def list_keys(store: Store, now: datetime) -> int:
    for key in store.api_keys.all_keys():
        scope = " ".join(part for part in (key.agency, key.counter, key.officer) if part) or "-"
        say(f"{key.id}  {key.role.value:13}  {scope:24}  {key.name}  ({_state(key, now)})")
    return 0


def revoke(store: Store, key: str, now: datetime) -> int:
    if not store.api_keys.revoke_key(KeyId(key), now):
        raise CommandError(f"There is no key {key} to revoke: see `loket-server keys list`.")
    say(f"{key} is revoked; a running server shuts it out within seconds.")
    return 0


def _state(key: ApiKey, now: datetime) -> str:
    if key.revoked_at is not None:
        return f"revoked {key.revoked_at:%Y-%m-%d %H:%M} UTC"
    if not key.is_good(now):
        return "expired"
    used = "never used" if key.used_at is None else f"last used {key.used_at:%Y-%m-%d %H}h UTC"
    until = "" if key.expires_at is None else f", until {key.expires_at:%Y-%m-%d}"
    return f"made by {key.created_by}, {used}{until}"
