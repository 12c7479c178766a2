"""The listening socket: made by us, so that a port that is taken is one clear sentence, and a dead peer is noticed."""

from __future__ import annotations

import errno
import socket

USER_TIMEOUT = 8_000  # ms without an acknowledgement until TCP gives up; every accepted socket inherits it
_TCP_USER_TIMEOUT = 18  # of Linux; older Pythons on other systems have no name for it


class ListenError(Exception):
    """One sentence for the administrator."""


def listen(host: str, port: int) -> socket.socket:
    """Raises ListenError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise ListenError(f"The address {host} is unknown: {error.strerror}.") from None
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            listener.setsockopt(socket.IPPROTO_TCP, _TCP_USER_TIMEOUT, USER_TIMEOUT)
        listener.bind(address)
        listener.setblocking(False)
    except OSError as error:
        listener.close()
        raise ListenError(_sentence(error, host, port)) from None
    return listener


def _sentence(error: OSError, host: str, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"Port {port} is taken: another program listens there. Stop it, or choose another (port, plain_port)."
            )
        case errno.EACCES:
            return f"Port {port} needs rights that this user does not have: choose one above 1023 (port, plain_port)."
        case errno.EADDRNOTAVAIL:
            return f"This machine does not have the address {host}: choose another with --host."
        case _:
            return f"Port {port} cannot be opened: {error.strerror}."
