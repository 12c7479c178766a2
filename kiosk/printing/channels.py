"""The line to a printer: bytes out, bytes back, each within a time, never for ever.

TCP and device files are opened here: python-escpos' Network waits 60 s by default and its File cannot read, and
without reading nobody knows whether paper came out. USB and serial ports are opened by python-escpos.
"""

from __future__ import annotations

import os
import select
import socket
import stat
import time
from typing import Any, Protocol, assert_never

from kiosk.printing.addresses import FileAddress, Place, SerialAddress, TcpAddress, UsbAddress
from kiosk.printing.library import escpos_module

CONNECT_TIMEOUT = 2.5  # seconds, so that a visitor sees the number on the screen within three
WRITE_TIMEOUT = 2.5
_READ_SIZE = 64


class ChannelClosedError(Exception):
    """There is no printer at the other end: unplugged, switched off, not reachable."""


class ChannelStuckError(Exception):
    """The printer takes no more bytes."""


class Channel(Protocol):
    """One open line. `read` returns what came within the time, or nothing; both raise ChannelClosedError."""

    @property
    def can_answer(self) -> bool: ...
    def write(self, data: bytes) -> None: ...
    def read(self, timeout: float) -> bytes: ...
    def close(self) -> None: ...


def open_channel(place: Place) -> Channel:
    """Open the line; raises ChannelClosedError."""
    match place:
        case TcpAddress(host, port):
            return _TcpChannel(host, port)
        case FileAddress(device):
            return _FileChannel(device)
        case SerialAddress(device, baud):
            return _SerialChannel(device, baud)
        case UsbAddress(vendor, product):
            return _UsbChannel(vendor, product)
        case _:
            assert_never(place)


class _TcpChannel:
    can_answer = True

    def __init__(self, host: str, port: int) -> None:
        try:
            self._socket = socket.create_connection((host, port), CONNECT_TIMEOUT)
        except OSError as problem:
            raise ChannelClosedError(str(problem)) from problem
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def write(self, data: bytes) -> None:
        self._socket.settimeout(WRITE_TIMEOUT)
        try:
            self._socket.sendall(data)
        except TimeoutError as problem:
            raise ChannelStuckError from problem
        except OSError as problem:
            raise ChannelClosedError(str(problem)) from problem

    def read(self, timeout: float) -> bytes:
        self._socket.settimeout(max(timeout, 0.001))
        try:
            data = self._socket.recv(_READ_SIZE)
        except TimeoutError:
            return b""
        except OSError as problem:
            raise ChannelClosedError(str(problem)) from problem
        if not data:
            raise ChannelClosedError("the printer closed the connection")
        return data

    def close(self) -> None:
        self._socket.close()


class _FileChannel:
    """A device such as /dev/usb/lp0, which reads and writes; or a plain file, which can only take."""

    def __init__(self, path: str) -> None:
        flags = os.O_NONBLOCK | os.O_NOCTTY
        try:
            is_device = stat.S_ISCHR(os.stat(path).st_mode) if os.path.exists(path) else False  # noqa: PTH110, PTH116
            extra = os.O_RDWR if is_device else os.O_WRONLY | os.O_CREAT | os.O_APPEND
            self._file = os.open(path, flags | extra, 0o644)
        except OSError as problem:
            raise ChannelClosedError(str(problem)) from problem
        self.can_answer = is_device

    def write(self, data: bytes) -> None:
        deadline = time.monotonic() + WRITE_TIMEOUT
        left = memoryview(data)
        try:
            while left:
                remaining = deadline - time.monotonic()
                if remaining <= 0 or not select.select([], [self._file], [], remaining)[1]:
                    raise ChannelStuckError
                left = left[os.write(self._file, left) :]
        except OSError as problem:
            raise ChannelClosedError(str(problem)) from problem

    def read(self, timeout: float) -> bytes:
        try:
            if not select.select([self._file], [], [], timeout)[0]:
                return b""
            data = os.read(self._file, _READ_SIZE)
        except BlockingIOError:
            return b""
        except OSError as problem:
            raise ChannelClosedError(str(problem)) from problem
        if not data:  # usblp: nothing there yet, though select said so
            time.sleep(min(timeout, 0.02))
        return data

    def close(self) -> None:
        os.close(self._file)


class _SerialChannel:
    can_answer = True

    def __init__(self, device: str, baud: int) -> None:
        try:
            self._printer = escpos_module("printer").Serial(devfile=device, baudrate=baud, timeout=WRITE_TIMEOUT)
            self._printer.open()
        except Exception as problem:
            raise ChannelClosedError(str(problem)) from problem
        self._port: Any = self._printer.device
        self._port.write_timeout = WRITE_TIMEOUT

    def write(self, data: bytes) -> None:
        from serial import SerialException, SerialTimeoutException

        at_once = max(self._port.baudrate // 10, 64)  # a second's worth: a slow line is not a stuck one
        try:
            for start in range(0, len(data), at_once):
                self._port.write(data[start : start + at_once])
                self._let_leave()
        except SerialTimeoutException as problem:
            raise ChannelStuckError from problem
        except (SerialException, OSError) as problem:
            raise ChannelClosedError(str(problem)) from problem

    def _let_leave(self) -> None:
        """Wait for the bytes to leave: a question asked behind a full buffer would seem to get no answer."""
        deadline = time.monotonic() + WRITE_TIMEOUT
        while self._port.out_waiting:
            if time.monotonic() > deadline:
                raise ChannelStuckError
            time.sleep(0.005)

    def read(self, timeout: float) -> bytes:
        from serial import SerialException

        self._port.timeout = timeout
        try:
            return bytes(self._port.read(1))
        except (SerialException, OSError) as problem:
            raise ChannelClosedError(str(problem)) from problem

    def close(self) -> None:
        self._port.close()  # not python-escpos' close: it would wait for all bytes to leave


class _UsbChannel:
    can_answer = True

    def __init__(self, vendor: int, product: int) -> None:
        try:
            self._printer = escpos_module("printer").Usb(vendor, product, timeout=int(WRITE_TIMEOUT * 1000))
            self._printer.open()
            self._device: Any = self._printer.device
            self._out, self._in = _bulk_endpoints(self._device)
        except Exception as problem:
            raise ChannelClosedError(str(problem)) from problem

    def write(self, data: bytes) -> None:
        from usb.core import USBError, USBTimeoutError

        try:
            self._device.write(self._out, data, int(WRITE_TIMEOUT * 1000))
        except USBTimeoutError as problem:
            raise ChannelStuckError from problem
        except USBError as problem:
            raise ChannelClosedError(str(problem)) from problem

    def read(self, timeout: float) -> bytes:
        from usb.core import USBError, USBTimeoutError

        try:
            return bytes(self._device.read(self._in, _READ_SIZE, max(int(timeout * 1000), 1)))
        except USBTimeoutError:
            return b""
        except USBError as problem:
            raise ChannelClosedError(str(problem)) from problem

    def close(self) -> None:
        self._printer.close()


def _bulk_endpoints(device: Any) -> tuple[int, int]:
    """The first way out and the first way in: python-escpos' defaults are those of some models only."""
    from usb.util import ENDPOINT_IN, ENDPOINT_TYPE_BULK, endpoint_direction, endpoint_type

    found: dict[bool, int] = {}
    for interface in device.get_active_configuration():
        for endpoint in interface:
            if endpoint_type(endpoint.bmAttributes) == ENDPOINT_TYPE_BULK:
                is_in = endpoint_direction(endpoint.bEndpointAddress) == ENDPOINT_IN
                found.setdefault(is_in, endpoint.bEndpointAddress)
    return found[False], found[True]
