"""`loket-server tls`: make the hall's own certificate authority, and show what devices will see of it."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Sequence
from datetime import datetime

from server.cli.failing import CommandError
from server.cli.saying import say
from server.tls.certificates import FINGERPRINT_SHOWN, Site
from server.tls.folder import CertificateFolder, Certificates

_NAME = re.compile(r"(?=.{1,253}\Z)[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")
_OWN_NAMES, _OWN_ADDRESSES = ("localhost",), ("127.0.0.1",)  # programs on the server's own machine


def make(folder: CertificateFolder, names: Sequence[str], addresses: Sequence[str], now: datetime) -> int:
    named = tuple(names) or ((socket.gethostname(),) if not addresses else ())
    site = Site(_once(*map(_name, named), *_OWN_NAMES), _once(*map(_address, addresses), *_OWN_ADDRESSES))
    made = folder.make(site, now)
    say(f"Made {folder.authority}: devices may be given this file; the keys beside it stay here.")
    _show(made, now)
    say('Serve with it: `tls = true` in the settings, and wss://NAME:PORT as the "server" of kiosks and counters.')
    return 0


def show(folder: CertificateFolder, now: datetime) -> int:
    held = folder.read()
    _show(held, now)
    return 0


def _show(held: Certificates, now: datetime) -> None:
    say(f"Names:       {', '.join(held.names)}")
    say(f"Valid until: {held.ends_at:%Y-%m-%d} ({held.days_left(now)} days)")
    say(f"Authority:   until {held.authority.not_valid_after_utc:%Y-%m-%d}, SHA-256 {held.fingerprint}")
    say(f"On screens:  {held.fingerprint[-FINGERPRINT_SHOWN:]}, behind the code of a device that is to be introduced")


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise CommandError(f"{name} is not a name that a machine can have; an address is given with --ip.")
    return name.lower()


def _address(address: str) -> str:
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        raise CommandError(f"{address} is not an IP address; a name is given with --name.") from None


def _once(*values: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
