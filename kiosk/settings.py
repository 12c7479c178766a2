"""Settings of the kiosk program: a TOML file, LOKET_* in the environment, or the command line."""

from __future__ import annotations

from typing import Literal

from shared.program import WindowSettings

Mode = Literal["numbers", "survey"]


class KioskSettings(WindowSettings, frozen=True, forbid_unknown_fields=True):
    printer: str = ""
    """tcp://, usb://, serial:// or file://; empty: no printer, every number stands on the screen."""
    profile: str = "TM-T20II"
    """What the printer can do: its name among python-escpos' profiles."""
    mode: Mode = "numbers"
    """`survey`: the tablet beside the exit, which asks instead of giving numbers."""
    speaker: bool = True
    """Whether the tablet reads its questions aloud on request."""
    staff_pin: str = ""
    """Argon2 hash of the staff's PIN (`loket-kiosk --hash-pin`); empty: nobody gets in."""
