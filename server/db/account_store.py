"""Accounts: passwords, and the sessions of the pages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select, update

from server.app.audit import Entry, What
from server.app.ports import OfficerSecret, PinFailures, SignedInSession
from server.db.account_tables import page_sessions, password_failures, passwords
from server.db.chain import Chain
from server.db.instants import from_micros, to_micros
from server.db.putting import put
from server.db.unit_of_work import Reader, Writer, driver_of
from shared.vocabulary import DeviceId, OfficerId


class Passwords:
    """A `SecretStore` of passwords; safe to use from any thread."""

    def __init__(self, writer: Writer, reader: Reader, chain: Chain) -> None:
        self._writer = writer
        self._reader = reader
        self._chain = chain

    def officer_secret(self, officer: OfficerId) -> OfficerSecret | None:
        query = select(passwords.c.password_hash).where(passwords.c.officer == officer)
        kept = self._reader.read(lambda connection: connection.scalar(query))
        return None if kept is None else OfficerSecret(officer, kept)

    def save_officer_secret(self, secret: OfficerSecret, by: str = "") -> None:  # noqa: ARG002 - nobody decided it
        """Of a password that stays the same, hashed in another way."""
        with self._writer.transaction() as connection:
            whose = passwords.c.officer == secret.officer
            connection.execute(update(passwords).where(whose).values(password_hash=secret.pin_hash))
            connection.execute(delete(password_failures).where(password_failures.c.officer == secret.officer))

    def pin_failures(self, officer: OfficerId, device: DeviceId) -> PinFailures:
        here = (password_failures.c.officer == officer, password_failures.c.device == device)
        row = self._reader.read(
            lambda connection: connection.execute(select(password_failures).where(*here)).one_or_none()
        )
        if row is None:
            return PinFailures(officer, device)
        return PinFailures(officer, device, row.failures, from_micros(row.locked_until))

    def save_pin_failures(self, failures: PinFailures) -> None:
        whose = {"officer": failures.officer, "device": failures.device}
        values = {"failures": failures.failures, "locked_until": to_micros(failures.locked_until)}
        with self._writer.transaction() as connection:
            put(connection, password_failures, whose, values)
            if failures.failures or failures.locked_until is not None:
                what = What.SIGN_IN_FAILED if failures.failures else What.SIGN_IN_LOCKED
                entry = Entry(what, failures.officer, device=failures.device, after={"failures": failures.failures})
                self._chain.append(driver_of(connection), [entry])


class Accounts:
    """An `AccountStore`; safe to use from any thread."""

    def __init__(self, writer: Writer, reader: Reader, chain: Chain) -> None:
        self._writer = writer
        self._reader = reader
        self._chain = chain
        self.passwords = Passwords(writer, reader, chain)

    def set_password(self, officer: OfficerId, password_hash: str, *, once: bool, by: str) -> None:
        with self._writer.transaction() as connection:
            put(connection, passwords, {"officer": officer}, {"password_hash": password_hash, "once": once})
            connection.execute(delete(password_failures).where(password_failures.c.officer == officer))
            connection.execute(delete(page_sessions).where(page_sessions.c.officer == officer))
            self._note(connection, Entry(What.PASSWORD_SET, officer, by, after={"once": int(once)}))

    def must_change(self, officer: OfficerId) -> bool:
        query = select(passwords.c.once).where(passwords.c.officer == officer)
        return bool(self._reader.read(lambda connection: connection.scalar(query)))

    def has_password(self) -> frozenset[OfficerId]:
        found = self._reader.read(lambda connection: connection.scalars(select(passwords.c.officer)).all())
        return frozenset(OfficerId(one) for one in found)

    def begin_session(self, session: SignedInSession, address: str) -> None:
        row = {
            "token_hash": session.token_hash,
            "officer": session.officer,
            "began_at": to_micros(session.began_at),
            "seen_at": to_micros(session.seen_at),
        }
        with self._writer.transaction() as connection:
            connection.execute(insert(page_sessions).values(**row))
            entry = Entry(What.SIGNED_IN, session.officer, session.officer, device=f"address:{address}")
            self._note(connection, entry)

    def session(self, token_hash: bytes) -> SignedInSession | None:
        query = select(page_sessions).where(page_sessions.c.token_hash == token_hash)
        row = self._reader.read(lambda connection: connection.execute(query).one_or_none())
        if row is None:
            return None
        return SignedInSession(token_hash, OfficerId(row.officer), from_micros(row.began_at), from_micros(row.seen_at))

    def seen(self, token_hash: bytes, now: datetime) -> None:
        with self._writer.transaction() as connection:
            here = page_sessions.c.token_hash == token_hash
            connection.execute(update(page_sessions).where(here).values(seen_at=to_micros(now)))

    def end_session(self, token_hash: bytes) -> None:
        with self._writer.transaction() as connection:
            connection.execute(delete(page_sessions).where(page_sessions.c.token_hash == token_hash))

    def end_sessions(self, officer: OfficerId, besides: bytes = b"") -> int:
        others = (page_sessions.c.officer == officer, page_sessions.c.token_hash != besides)
        with self._writer.transaction() as connection:
            ended = connection.execute(delete(page_sessions).where(*others)).rowcount
            if ended:
                self._note(connection, Entry(What.SESSIONS_ENDED, officer, officer, after={"ended": ended}))
        return ended

    def forget_sessions(self, seen_before: datetime, begun_before: datetime) -> None:
        over = or_(page_sessions.c.seen_at < to_micros(seen_before), page_sessions.c.began_at < to_micros(begun_before))
        with self._writer.transaction() as connection:
            connection.execute(delete(page_sessions).where(over))

    def _note(self, connection: Connection, entry: Entry) -> None:
        self._chain.append(driver_of(connection), [entry])
