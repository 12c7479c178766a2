"""API keys as rows, each decision about one with its entry in the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, or_, select, update

from server.app.api.keys import ApiKey, KeyId
from server.app.audit import Entry, What
from server.db.api_tables import api_keys
from server.db.chain import Chain
from server.db.instants import from_micros, to_micros
from server.db.unit_of_work import Reader, Writer, driver_of
from shared.vocabulary import AgencyId, CounterId, OfficerId, Role

HOUR = 3_600_000_000  # microseconds: so exactly it is kept when a key was last used


class ApiKeys:
    """A `KeyStore`; safe to use from any thread."""

    def __init__(self, writer: Writer, reader: Reader, chain: Chain) -> None:
        self._writer = writer
        self._reader = reader
        self._chain = chain

    def add_key(self, key: ApiKey, key_hash: bytes) -> None:
        values = {
            "id": key.id,
            "name": key.name,
            "role": key.role.value,
            "agency": key.agency,
            "officer": key.officer,
            "counter": key.counter,
            "key_hash": key_hash,
            "created_at": to_micros(key.created_at),
            "created_by": key.created_by,
            "expires_at": to_micros(key.expires_at),
        }
        after = {
            "name": key.name,
            "role": key.role.value,
            "agency": key.agency,
            "officer": key.officer,
            "counter": key.counter,
            "expires_at": None if key.expires_at is None else key.expires_at.isoformat(),
        }
        with self._writer.transaction() as connection:
            connection.execute(insert(api_keys).values(**values))
            self._chain.append(
                driver_of(connection), [Entry(What.API_KEY_CREATED, key.id, actor=key.created_by, after=after)]
            )

    def all_keys(self) -> Sequence[ApiKey]:
        query = select(api_keys).order_by(api_keys.c.created_at, api_keys.c.id)
        return [_key(row) for row in self._reader.read(lambda connection: connection.execute(query).all())]

    def key_by_hash(self, key_hash: bytes) -> ApiKey | None:
        query = select(api_keys).where(api_keys.c.key_hash == key_hash)
        row = self._reader.read(lambda connection: connection.execute(query).one_or_none())
        return None if row is None else _key(row)

    def revoke_key(self, key: KeyId, now: datetime, by: str = "") -> bool:
        revoked = (
            update(api_keys)
            .where(api_keys.c.id == key, api_keys.c.revoked_at.is_(None))
            .values(revoked_at=to_micros(now))
        )
        with self._writer.transaction() as connection:
            done = connection.execute(revoked).rowcount == 1
            if done:
                self._chain.append(driver_of(connection), [Entry(What.API_KEY_REVOKED, key, actor=by)])
        return done

    def key_used(self, key: KeyId, now: datetime) -> None:
        hour = to_micros(now) // HOUR * HOUR
        older = or_(api_keys.c.used_at.is_(None), api_keys.c.used_at < hour)
        with self._writer.transaction() as connection:
            connection.execute(update(api_keys).where(api_keys.c.id == key, older).values(used_at=hour))


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=KeyId(row.id),
        name=row.name,
        role=Role(row.role),
        agency=None if row.agency is None else AgencyId(row.agency),
        officer=None if row.officer is None else OfficerId(row.officer),
        counter=None if row.counter is None else CounterId(row.counter),
        created_at=from_micros(row.created_at),
        created_by=row.created_by,
        expires_at=from_micros(row.expires_at),
        revoked_at=from_micros(row.revoked_at),
        used_at=from_micros(row.used_at),
    )
