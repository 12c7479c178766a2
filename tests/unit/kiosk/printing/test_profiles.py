"""Printer profiles and addresses: what is wrong is said at start."""

from __future__ import annotations

import pytest

from kiosk.printing.addresses import (
    FileAddress,
    Place,
    PrinterAddress,
    PrinterAddressError,
    SerialAddress,
    TcpAddress,
    UsbAddress,
    parse_address,
)
from kiosk.printing.elements import NARROW, WIDE, Paper
from kiosk.printing.profiles import UnknownProfileError, all_profiles, find_profile


def test_an_unknown_profile_names_near_ones() -> None:
    with pytest.raises(UnknownProfileError) as refused:
        find_profile("tm-t20")
    assert "TM-T20II" in refused.value.near
    assert "80mm" in refused.value.near
    assert "TM-T20II" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "paper"),
    [
        ("58mm", NARROW),
        ("80mm", WIDE),
        ("POS-5890", NARROW),
        ("TM-T20II", WIDE),
        ("TM-T88V", Paper(dots=512, columns=42)),
        ("NT-80-V-UL", WIDE),  # its list entry says 12 columns
    ],
)
def test_a_profile_knows_its_paper(name: str, paper: Paper) -> None:
    assert find_profile(name).paper == paper


def test_every_profile_can_hold_a_slip() -> None:
    for profile in all_profiles().values():
        assert profile.paper.columns >= 20, profile.name
        assert profile.paper.dots % 8 == 0, profile.name


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("tcp://10.0.0.5", TcpAddress("10.0.0.5", 9100)),
        ("tcp://printer.lan:9101", TcpAddress("printer.lan", 9101)),
        ("usb://04b8:0e15", UsbAddress(0x04B8, 0x0E15)),
        ("serial:///dev/ttyUSB0?baud=115200", SerialAddress("/dev/ttyUSB0", 115200)),
        ("file:///dev/usb/lp0", FileAddress("/dev/usb/lp0")),
    ],
)
def test_addresses(text: str, place: Place) -> None:
    assert parse_address(text) == PrinterAddress(place)


def test_a_printer_that_cannot_confirm_is_written_into_its_address() -> None:
    assert parse_address("tcp://10.0.0.5?confirm=no") == PrinterAddress(TcpAddress("10.0.0.5", 9100), confirms=False)


@pytest.mark.parametrize(
    "text",
    ["", "tcp", "tcp://", "tcp://h:x", "tcp://h:99999", "usb://1:2", "serial://ttyUSB0", "serial:///dev/x?baud=no",
     "file://lp0", "http://h", "tcp://h?confirm=maybe", "tcp://h?typo=1", "serial:///dev/x?baud=0"],
)  # fmt: skip
def test_an_address_that_names_no_printer_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(PrinterAddressError, match="expected something like"):
        parse_address(text)
