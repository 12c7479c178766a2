"""Access: devices, the pairings that make them, and the officers' secrets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, and_, delete, insert, or_, select, update

from server.app.audit import Entry, What
from server.app.ports import Approval, Device, OfficerSecret, PendingDevice, PinFailures
from server.db.chain import Chain
from server.db.instants import from_micros, to_micros
from server.db.putting import put
from server.db.tables import devices, officer_secrets, pairings, pin_failures, retired_tokens
from server.db.unit_of_work import Reader, Writer, driver_of
from shared.vocabulary import DeviceId, OfficerId, Program

COLLECTED_WITHIN = timedelta(days=1)  # an approved program that was switched off finds its approval the next morning


class Accesses:
    """An `AccessStore`; safe to use from any thread."""

    def __init__(self, writer: Writer, reader: Reader, chain: Chain) -> None:
        self._writer = writer
        self._reader = reader
        self._chain = chain

    def device_by_token(self, token_hash: bytes) -> Device | None:
        """Also one that was revoked: the caller tells it so."""
        query = select(devices).where(or_(devices.c.token_hash == token_hash, devices.c.next_hash == token_hash))
        row = self._reader.read(lambda connection: connection.execute(query).one_or_none())
        return None if row is None else _device(row)

    def device_by_retired_token(self, token_hash: bytes) -> Device | None:
        retired = retired_tokens.c.token_hash == token_hash
        query = select(devices).join(retired_tokens, retired_tokens.c.device == devices.c.id).where(retired)
        row = self._reader.read(lambda connection: connection.execute(query).one_or_none())
        return None if row is None else _device(row)

    def offer_token(self, device: DeviceId, token_hash: bytes) -> None:
        with self._writer.transaction() as connection:
            connection.execute(update(devices).where(devices.c.id == device).values(next_hash=token_hash))

    def take_up_token(self, device: DeviceId, token_hash: bytes, now: datetime) -> None:
        offered = and_(devices.c.id == device, devices.c.next_hash == token_hash)
        with self._writer.transaction() as connection:
            row = connection.execute(select(devices.c.token_hash).where(offered)).one_or_none()
            if row is None:
                return  # another connection of the device was first
            retired = {"token_hash": row.token_hash, "device": device, "retired_at": to_micros(now)}
            connection.execute(insert(retired_tokens).values(**retired))
            taken_up = {"token_hash": token_hash, "next_hash": None, "rotated_at": to_micros(now)}
            connection.execute(update(devices).where(offered).values(**taken_up))
            self._note(connection, Entry(What.TOKEN_ROTATED, device, device=device))

    def devices(self) -> Sequence[Device]:
        query = select(devices).order_by(devices.c.approved_at, devices.c.id)
        return [_device(row) for row in self._reader.read(lambda connection: connection.execute(query).all())]

    def revoke_device(self, device: DeviceId, now: datetime, why: str = "administrator", by: str = "") -> bool:
        """False when there is none of that id that still has access."""
        revoked = (
            update(devices)
            .where(devices.c.id == device, devices.c.revoked_at.is_(None))
            .values(revoked_at=to_micros(now), revoked_why=why)
        )
        with self._writer.transaction() as connection:
            done = connection.execute(revoked).rowcount == 1
            if done:
                self._note(connection, Entry(What.DEVICE_REVOKED, device, by, after={"why": why}))
        return done

    def ask_pairing(self, pending: PendingDevice) -> None:
        """An approval that waits to be collected stays: a program that asks again may have overlooked it."""
        asked = {
            "code": pending.code,
            "program": pending.program.value,
            "proof_hash": pending.proof_hash,
            "asked_at": to_micros(pending.asked_at),
            "expires_at": to_micros(pending.expires_at),
        }
        outdated = or_(
            and_(pairings.c.installation == pending.installation, pairings.c.approved_at.is_(None)),
            pairings.c.expires_at <= to_micros(pending.asked_at),  # so that its code may be given again
        )
        with self._writer.transaction() as connection:
            connection.execute(delete(pairings).where(outdated))
            waiting = select(pairings.c.code).where(pairings.c.installation == pending.installation)
            if connection.execute(waiting).first() is None:
                connection.execute(insert(pairings).values(installation=pending.installation, **asked))

    def pending_devices(self, now: datetime) -> Sequence[PendingDevice]:
        query = (
            select(pairings)
            .where(pairings.c.approved_at.is_(None), pairings.c.expires_at > to_micros(now))
            .order_by(pairings.c.asked_at, pairings.c.code)
        )
        found = self._reader.read(lambda connection: connection.execute(query).all())
        return [
            PendingDevice(
                code=row.code,
                installation=row.installation,
                program=Program(row.program),
                asked_at=from_micros(row.asked_at),
                expires_at=from_micros(row.expires_at),
                proof_hash=bytes(row.proof_hash),
            )
            for row in found
        ]

    def approved_installations(self, now: datetime) -> frozenset[str]:
        decided = and_(pairings.c.approved_at.is_not(None), pairings.c.expires_at > to_micros(now))
        query = select(pairings.c.installation).where(decided)
        return frozenset(self._reader.read(lambda connection: connection.execute(query).scalars().all()))

    def approve(self, approval: Approval, now: datetime, by: str = "") -> bool:
        shown = and_(
            pairings.c.code == approval.code,
            pairings.c.installation == approval.installation,
            pairings.c.approved_at.is_(None),
            pairings.c.expires_at > to_micros(now),
        )
        approved = (
            update(pairings)
            .where(shown)
            .values(
                name=approval.name,
                zone=approval.zone,
                approved_at=to_micros(now),
                expires_at=to_micros(now + COLLECTED_WITHIN),
            )
        )
        with self._writer.transaction() as connection:
            done = connection.execute(approved).rowcount == 1
            if done:
                after = {"name": approval.name, "zone": approval.zone}
                self._note(connection, Entry(What.DEVICE_APPROVED, approval.installation, by, after=after))
        return done

    def collect(
        self, installation: str, proof_hash: bytes, device: DeviceId, token_hash: bytes, now: datetime
    ) -> Device | None:
        decided = and_(
            pairings.c.installation == installation,
            pairings.c.proof_hash == proof_hash,
            pairings.c.approved_at.is_not(None),
            pairings.c.expires_at > to_micros(now),
        )
        with self._writer.transaction() as connection:
            row = connection.execute(delete(pairings).where(decided).returning(pairings)).one_or_none()
            if row is None:
                return None
            made = Device(
                id=device,
                program=Program(row.program),
                name=row.name,
                zone=row.zone,
                token_hash=token_hash,
                approved_at=from_micros(row.approved_at),
            )
            _add(connection, made)
            after = {"program": made.program.value, "name": made.name, "zone": made.zone}
            before = {"installation": installation}
            self._note(connection, Entry(What.DEVICE_INTRODUCED, device, device=device, before=before, after=after))
        return made

    def officer_secret(self, officer: OfficerId) -> OfficerSecret | None:
        query = select(officer_secrets).where(officer_secrets.c.officer == officer)
        row = self._reader.read(lambda connection: connection.execute(query).one_or_none())
        if row is None:
            return None
        return OfficerSecret(officer, row.pin_hash)

    def officers_with_pin(self) -> frozenset[OfficerId]:
        found = self._reader.read(lambda connection: connection.scalars(select(officer_secrets.c.officer)).all())
        return frozenset(OfficerId(officer) for officer in found)

    def save_officer_secret(self, secret: OfficerSecret, by: str = "") -> None:
        """What was counted against the officer is forgotten."""
        with self._writer.transaction() as connection:
            put(connection, officer_secrets, {"officer": secret.officer}, {"pin_hash": secret.pin_hash})
            connection.execute(delete(pin_failures).where(pin_failures.c.officer == secret.officer))
            self._note(connection, Entry(What.PIN_SET, secret.officer, by))

    def pin_failures(self, officer: OfficerId, device: DeviceId) -> PinFailures:
        query = select(pin_failures).where(pin_failures.c.officer == officer, pin_failures.c.device == device)
        row = self._reader.read(lambda connection: connection.execute(query).one_or_none())
        if row is None:
            return PinFailures(officer, device)
        return PinFailures(officer, device, row.failures, from_micros(row.locked_until))

    def save_pin_failures(self, failures: PinFailures) -> None:
        whose = {"officer": failures.officer, "device": failures.device}
        values = {"failures": failures.failures, "locked_until": to_micros(failures.locked_until)}
        with self._writer.transaction() as connection:
            put(connection, pin_failures, whose, values)
            if failures.failures or failures.locked_until is not None:
                what = What.SIGN_IN_FAILED if failures.failures else What.SIGN_IN_LOCKED
                after = {"failures": failures.failures}
                self._note(connection, Entry(what, failures.officer, device=failures.device, after=after))

    def _note(self, connection: Connection, entry: Entry) -> None:
        self._chain.append(driver_of(connection), [entry])


def _device(row: Row[tuple[object, ...]]) -> Device:
    return Device(
        id=DeviceId(row.id),
        program=Program(row.program),
        name=row.name,
        zone=row.zone,
        token_hash=bytes(row.token_hash),
        approved_at=from_micros(row.approved_at),
        revoked_at=from_micros(row.revoked_at),
        rotated_at=from_micros(row.rotated_at),
        next_hash=None if row.next_hash is None else bytes(row.next_hash),
        revoked_why=row.revoked_why or "",
    )


def _add(connection: Connection, device: Device) -> None:
    connection.execute(
        insert(devices).values(
            id=device.id,
            program=device.program.value,
            name=device.name,
            zone=device.zone,
            token_hash=device.token_hash,
            approved_at=to_micros(device.approved_at),
        )
    )
