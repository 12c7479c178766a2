"""Pairing: a program that is not known shows a short code, an administrator approves it, it gets a token."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from server.app.ports import AccessStore, Device, PendingDevice
from server.app.tokens import hash_of, new_device, new_token
from shared.protocol.messages import Hello

ALPHABET = "BCDFGHJKLMNPQRSTVWXZ23456789"  # no vowels: no words; no 0, O, 1, I: read aloud over a hall without mistakes
CODE_LENGTH = 8
CODE_LIFETIME = timedelta(minutes=10)


def ask(access: AccessStore, hello: Hello, now: datetime) -> PendingDevice:
    """A new code for this installation; an older one of it is void."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    proof = hash_of(hello.proof)
    pending = PendingDevice(code, hello.installation, hello.program, now, now + CODE_LIFETIME, proof)
    access.ask_pairing(pending)
    return pending


def collect(access: AccessStore, hello: Hello, now: datetime) -> tuple[Device, str] | None:
    """The device that the program has become, and its token, which leaves the server this once; None while nobody has
    approved its code."""
    device = new_device()
    token = new_token(device)
    made = access.collect(hello.installation, hash_of(hello.proof), device, hash_of(token), now)
    return None if made is None else (made, token)
