"""Audits: reads the audit log, verifies it link by link, and seals the facts with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, func, select

from server.app.audit import (
    FIRST_HASH,
    NO_CUT,
    Cut,
    Entry,
    Seal,
    Verdict,
    What,
    Written,
    beginning,
    broken_link,
    cut_in,
    digest_of,
    seal_in,
)
from server.app.audit_pages import PAGE, Wanted
from server.db.chain import Chain
from server.db.instants import to_micros
from server.db.tables import audit, facts
from server.db.unit_of_work import Reader, Writer

_AT_ONCE = 5_000  # rows that are read together: neither all in memory nor one by one


class Audits:
    """Safe to use from any thread."""

    def __init__(self, writer: Writer, reader: Reader, chain: Chain) -> None:
        self._writer = writer
        self._reader = reader
        self._chain = chain

    def append(self, *entries: Entry) -> None:
        """For what has no other effect in the database. Raises StorageError."""
        with self._writer.batch() as driver:
            self._chain.append(driver, entries)

    def entries(self, first: int = 1) -> Iterator[Written]:
        """In their order. Raises StorageError."""
        while True:
            query = select(audit).where(audit.c.number >= first).order_by(audit.c.number).limit(_AT_ONCE)
            found = self._reader.read(lambda connection, query=query: connection.execute(query).all())  # type: ignore[misc]
            for row in found:
                yield _written(row)
            if len(found) < _AT_ONCE:
                return
            first = found[-1].number + 1

    def page(self, wanted: Wanted, count: int = PAGE) -> Sequence[Written]:
        """Newest first: what somebody looks for. Raises StorageError."""
        asked = [
            condition
            for condition, given in (
                (audit.c.what == wanted.what, wanted.what),
                (audit.c.actor == wanted.actor, wanted.actor),
                (audit.c.subject.startswith(wanted.subject, autoescape=True), wanted.subject),
                (audit.c.at >= (to_micros(wanted.since) or 0), wanted.since),
                (audit.c.at < (to_micros(wanted.until) or 0), wanted.until),
                (audit.c.number < (wanted.before or 0), wanted.before),
            )
            if given
        ]
        query = select(audit).where(*asked).order_by(audit.c.number.desc()).limit(count)
        return [_written(row) for row in self._reader.read(lambda connection: connection.execute(query).all())]

    def verify(self) -> Verdict:
        """Every link and every seal, up to the first that is broken. Raises StorageError."""
        cut, facts_cut = self._cut(What.AUDIT_CUT), self._cut(What.FACTS_CUT)
        count, previous, sealed = 0, FIRST_HASH, 0
        is_whole = True
        for entry in self.entries():
            if count == 0:
                count, previous = beginning(entry, cut)
                is_whole = count == 0
            broken = broken_link(entry, count + 1, previous)
            if not broken and entry.number == cut.up_to and entry.hash != cut.hash:
                broken = f"Entry {entry.number} is not the one at which the log was cut."
            if not broken and entry.what == What.FACTS_SEALED:
                seal = seal_in(entry.after)
                begins = seal.first - 1 if seal is not None and sealed == 0 and not is_whole else sealed
                broken = self._broken_seal(entry, seal, begins, facts_cut.up_to)
                sealed = sealed if seal is None else seal.last
            if broken:
                return Verdict(count, previous, sealed, broken)
            count, previous = entry.number, entry.hash
        return Verdict(count, previous, sealed)

    def seal_facts(self) -> int:
        """Put the digest of all facts since the last seal into the log; how many. Raises StorageError."""
        first = 1 + self._reader.read(_last_sealed)
        last = self._reader.read(lambda connection: connection.scalar(select(func.max(facts.c.id)))) or 0
        if last < first:
            return 0
        count, digest = digest_of(self._facts(first, last))
        self.append(Entry(What.FACTS_SEALED, f"facts {first}-{last}", after=asdict(Seal(first, last, count, digest))))
        return count

    def head(self) -> str:
        """The hash of the last entry. Raises StorageError."""
        query = select(audit.c.hash).order_by(audit.c.number.desc()).limit(1)
        return _bytes(self._reader.read(lambda connection: connection.scalar(query))).hex()

    def _cut(self, what: What) -> Cut:
        """The newest one. Its entry is in the chain, so it is verified like any other."""
        query = select(audit.c.after).where(audit.c.what == what.value).order_by(audit.c.number.desc()).limit(1)
        after = self._reader.read(lambda connection: connection.scalar(query))
        return NO_CUT if after is None else cut_in(after)

    def _broken_seal(self, entry: Written, seal: Seal | None, sealed: int, erased: int) -> str:
        """`erased`: facts up to this one are gone, which the log says itself."""
        if seal is None:
            return f"Entry {entry.number} seals facts, but does not say which."
        if seal.first != sealed + 1:
            return f"Entry {entry.number} seals facts from {seal.first}, the one before it up to {sealed}."
        if seal.last > erased and digest_of(self._facts(seal.first, seal.last)) != (seal.count, seal.sha256):
            return f"Entry {entry.number} seals facts {seal.first} to {seal.last}: one of them was changed."
        return ""

    def _facts(self, first: int, last: int) -> Iterator[Sequence[Any]]:
        while first <= last:
            query = select(facts).where(facts.c.id.between(first, last)).order_by(facts.c.id).limit(_AT_ONCE)
            found = self._reader.read(lambda connection, query=query: connection.execute(query).all())  # type: ignore[misc]
            if not found:
                return
            yield from found
            first = found[-1].id + 1


def _written(row: Row[Any]) -> Written:
    told = (row.number, row.at, row.what, row.actor, row.device, row.subject, row.before, row.after)
    return Written(*told, _bytes(row.previous), _bytes(row.hash))


def _bytes(kept: object) -> bytes:
    """SQLite keeps a text in any column, if somebody puts it there."""
    return bytes(kept) if isinstance(kept, bytes | memoryview) else b""


def _last_sealed(connection: Connection) -> int:
    query = (
        select(audit.c.after).where(audit.c.what == What.FACTS_SEALED.value).order_by(audit.c.number.desc()).limit(1)
    )
    after = connection.scalar(query)
    seal = None if after is None else seal_in(after)
    return 0 if seal is None else seal.last
