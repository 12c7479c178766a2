"""The staff's PIN: kept as an argon2 hash, compared in constant time."""

from __future__ import annotations


def hash_pin(pin: str) -> str:
    from argon2 import PasswordHasher

    return PasswordHasher().hash(pin)


def is_pin(hashed: str, pin: str) -> bool:
    """Whether `pin` made `hashed`; False also where no PIN was set or the setting is damaged."""
    if not hashed:
        return False
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(hashed, pin)
    except (VerificationError, InvalidHashError):
        return False
