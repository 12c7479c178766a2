"""Settings of the kiosk program: a TOML file, LOKET_* in the environment, or the command line."""

from __future__ import annotations

import msgspec


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    server: str = "ws://127.0.0.1:8400"
    state: str = ""
    """Folder for what must survive a restart; empty: the user's own state folder."""
    authority: str = ""
    """PEM file of the hall's own certificate authority, for wss://."""
    printer: str = ""
    """tcp://, usb://, serial:// or file://; empty: no printer, every number stands on the screen."""
    profile: str = "TM-T20II"
    """What the printer can do: its name among python-escpos' profiles."""
    staff_pin: str = ""
    """Argon2 hash of the staff's PIN (`loket-kiosk --hash-pin`); empty: nobody gets in."""
    window: str = ""
    """WIDTHxHEIGHT of the window, frameless; empty: the whole screen."""
    log_level: str = "info"
