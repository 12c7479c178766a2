"""Tokens of devices: 256 random bits, kept as SHA-256, replaced by new ones as they grow old.

A new token is offered when its device connects. The device keeps it on its disk and says hello with it; only then the
one before it is retired, so a device that loses power in between comes back with the old one. A retired token has no
owner any more: whoever uses it has a copy, and nobody can tell which of the two is the device. So both are shown out.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from server.app.ports import AccessStore, Device
from shared.vocabulary import DeviceId

OLD_TOKEN = "old_token"  # noqa: S105 - why a device was revoked


class StolenTokenError(Exception):
    """A retired token was used. The device is revoked now."""

    def __init__(self, device: Device, *, first: bool) -> None:
        super().__init__(device.id)
        self.device = device
        self.first = first
        """It was this use that the device was revoked for."""


def new_device() -> DeviceId:
    return DeviceId(secrets.token_hex(5))


def new_token(device: DeviceId) -> str:
    return f"dev_{device}_{secrets.token_urlsafe(32)}"


def hash_of(token: str) -> bytes:
    """As a token is kept, of a device, a session on the pages or an API key: it is 256 random bits, so one SHA-256 is
    enough, nobody can try them all."""
    return hashlib.sha256(token.encode()).digest()


def recognise(access: AccessStore, token: str, now: datetime) -> Device | None:
    """Whose token it is, also a revoked device's; None when it is nobody's. Raises StolenTokenError, StorageError."""
    if not token:
        return None
    presented = hash_of(token)
    device = access.device_by_token(presented)
    if device is not None:
        if device.next_hash == presented:
            access.take_up_token(device.id, presented, now)
        return device
    device = access.device_by_retired_token(presented)
    if device is not None:
        raise StolenTokenError(device, first=access.revoke_device(device.id, now, OLD_TOKEN))
    return None


def is_old(device: Device, now: datetime, age: timedelta) -> bool:
    return now - (device.rotated_at or device.approved_at) >= age


def offer(access: AccessStore, device: DeviceId) -> str:
    """A new token for the device; what it has stays good until this one is used. Raises StorageError."""
    token = new_token(device)
    access.offer_token(device, hash_of(token))
    return token
