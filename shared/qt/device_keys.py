"""What a device keeps of its acquaintance with the server: its installation id, the proof of it, its token."""

from __future__ import annotations

import os
from pathlib import Path


class DeviceKeys:
    """Files in the program's state folder, readable by its user alone."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._installation = folder / "installation"
        self._proof = folder / "proof"
        self._token = folder / "token"
        self._authority = folder / "authority.pem"

    def installation(self) -> str:
        """Made at the first start and kept: the server tells two unknown programs apart by it."""
        return _made_once(self._installation, 12)

    def proof(self) -> str:
        """A secret: others may read the installation id on the way, but not collect its approval."""
        return _made_once(self._proof, 32)

    def token(self) -> str:
        return _read(self._token)

    def keep_token(self, token: str) -> None:
        _write(self._token, token)

    def authority(self) -> str:
        """The certificate authority of the hall that introduced this program, as PEM; empty: it was not needed."""
        return _read(self._authority)

    def keep_authority(self, pem: str) -> None:
        _write(self._authority, pem)


def _made_once(file: Path, length: int) -> str:
    known = _read(file)
    if known:
        return known
    made = os.urandom(length).hex()
    _write(file, made)
    return made


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def _write(file: Path, text: str) -> None:
    """Whole or not at all, on the disk when it returns, and never readable by others for a moment. Raises OSError."""
    beside = file.with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # or a power cut brings the old name back
    finally:
        os.close(folder)
