"""What a device keeps of its acquaintance with the server: its installation id and its token."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


class DeviceKeys:
    """Two files in the program's state folder, readable by its user alone."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._installation = folder / "installation"
        self._token = folder / "token"

    def installation(self) -> str:
        """Made at the first start and kept: the server tells two unknown programs apart by it."""
        known = _read(self._installation)
        if known:
            return known
        made = secrets.token_hex(12)
        _write(self._installation, made)
        return made

    def token(self) -> str:
        return _read(self._token)

    def keep_token(self, token: str) -> None:
        _write(self._token, token)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def _write(file: Path, text: str) -> None:
    """Whole or not at all, and never readable by others for a moment."""
    beside = file.with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
