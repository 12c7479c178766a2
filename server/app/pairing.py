"""Pairing: a program that is not known shows a short code, an administrator approves it, it gets a token."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.app.ports import AccessStore, Device, PendingDevice
from shared.vocabulary import DeviceId, Program

ALPHABET = "BCDFGHJKLMNPQRSTVWXZ23456789"  # no vowels: no words; no 0, O, 1, I: read aloud over a hall without mistakes
CODE_LENGTH = 8
CODE_LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Minted:
    """A device's token in the making. The token leaves the server once; the hash stays."""

    device: DeviceId
    token: str

    @property
    def hash(self) -> bytes:
        return hash_of(self.token)


def mint() -> Minted:
    device = DeviceId(secrets.token_hex(5))
    return Minted(device, f"dev_{device}_{secrets.token_urlsafe(32)}")


def hash_of(token: str) -> bytes:
    """A token is 256 random bits, so one SHA-256 is enough: nobody can try them all."""
    return hashlib.sha256(token.encode()).digest()


def ask(access: AccessStore, installation: str, program: Program, now: datetime) -> PendingDevice:
    """A new code for this installation; an older one of it is void."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    pending = PendingDevice(code, installation, program, now, now + CODE_LIFETIME)
    access.ask_pairing(pending)
    return pending


def known(access: AccessStore, token: str) -> Device | None:
    return access.device_by_token(hash_of(token)) if token else None
