"""Where a printer is: `tcp://`, `usb://`, `serial://`, `file://`. One text says all of it, so a setting can hold it."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qs, urlsplit

from msgspec import Struct

RAW_PORT = 9100
SLOW_BAUD = 57_600  # below this a drawn number would take over two seconds on the line


class PrinterAddressError(Exception):
    """The text names no printer."""

    def __init__(self, address: str, wanted: str) -> None:
        self.address = address
        super().__init__(f'printer address "{address}": {wanted}')


class TcpAddress(Struct, frozen=True):
    host: str
    port: int


class UsbAddress(Struct, frozen=True):
    vendor: int
    product: int


class SerialAddress(Struct, frozen=True):
    device: str
    baud: int


class FileAddress(Struct, frozen=True):
    device: str


Place = TcpAddress | UsbAddress | SerialAddress | FileAddress


class PrinterAddress(Struct, frozen=True):
    place: Place
    confirms: bool = True
    """False (`?confirm=no`): this printer is known to answer no questions; nothing is asked."""

    @property
    def is_slow(self) -> bool:
        return isinstance(self.place, SerialAddress) and self.place.baud < SLOW_BAUD


_EXAMPLES = {
    "tcp": "tcp://192.168.1.50:9100",
    "usb": "usb://04b8:0e15",
    "serial": "serial:///dev/ttyUSB0?baud=115200",
    "file": "file:///dev/usb/lp0",
}


_USB = re.compile(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})")


def parse_address(text: str) -> PrinterAddress:
    """Read an address; raises PrinterAddressError, which says what is wanted."""
    try:
        return _parse(text)
    except ValueError:  # urlsplit's and int's, and ours below
        scheme = text.partition(":")[0]
        wanted = _EXAMPLES.get(scheme, " or ".join(_EXAMPLES.values()))
        raise PrinterAddressError(text, f"expected something like {wanted}") from None


def _parse(text: str) -> PrinterAddress:
    parts = urlsplit(text)
    options = {name: values[-1] for name, values in parse_qs(parts.query, strict_parsing=bool(parts.query)).items()}
    confirms = {"yes": True, "no": False}.get(options.pop("confirm", "yes"))
    place = _place(parts, options)
    if place is None or confirms is None or options:
        raise ValueError(text)
    return PrinterAddress(place, confirms)


def _place(parts: SplitResult, options: dict[str, str]) -> Place | None:
    """The place; takes the options that belong to its kind."""
    if parts.scheme == "tcp" and parts.hostname and parts.path in ("", "/"):
        return TcpAddress(parts.hostname, RAW_PORT if parts.port is None else parts.port)
    if parts.scheme == "usb" and (ids := _USB.fullmatch(parts.netloc)):
        return UsbAddress(int(ids[1], 16), int(ids[2], 16))
    if parts.netloc or not parts.path.startswith("/"):
        return None
    if parts.scheme == "serial" and (baud := int(options.pop("baud", "9600"))) > 0:
        return SerialAddress(parts.path, baud)
    return FileAddress(parts.path) if parts.scheme == "file" else None
