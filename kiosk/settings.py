"""Settings of the kiosk program: a TOML file, LOKET_* in the environment, or the command line."""

from __future__ import annotations

from shared.program import WindowSettings


class KioskSettings(WindowSettings, frozen=True, forbid_unknown_fields=True):
    printer: str = ""
    """tcp://, usb://, serial:// or file://; empty: no printer, every number stands on the screen."""
    profile: str = "TM-T20II"
    """What the printer can do: its name among python-escpos' profiles."""
    staff_pin: str = ""
    """Argon2 hash of the staff's PIN (`loket-kiosk --hash-pin`); empty: nobody gets in."""
