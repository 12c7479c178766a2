"""Which printer, and what it can do: read once at start, with errors that say what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.printing.addresses import PrinterAddress, parse_address
from kiosk.printing.profiles import PrinterProfile, find_profile


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    address_text: str
    address: PrinterAddress
    profile: PrinterProfile

    @property
    def name(self) -> str:
        """Which printer this is, for what is remembered of it."""
        return f"{self.address_text} {self.profile.name}"


def read_settings(address: str, profile: str) -> PrinterSettings:
    """Check both texts; raises PrinterAddressError or UnknownProfileError."""
    return PrinterSettings(address, parse_address(address), find_profile(profile))
