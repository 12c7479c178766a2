"""Network namespaces: a hall's network with a router in the middle, whose cable can be pulled. Needs root on Linux."""

from __future__ import annotations

import ctypes
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_NEWNET = 0x40000000  # CLONE_NEWNET of setns(2)


class NoNamespacesError(Exception):
    """This user or this machine cannot make them; the text says why."""


@dataclass(frozen=True, slots=True)
class Hall:
    """A server's side and a programs' side, joined by a router."""

    server: str
    programs: str
    router: str
    server_address: str = "10.99.1.1"

    def pull_the_cable(self) -> None:
        """Packets vanish in both directions without a word, as from a cable behind a switch."""
        self._forward(0)

    def plug_it_in(self) -> None:
        self._forward(1)

    def _forward(self, on: int) -> None:
        inside(self.router, lambda: Path("/proc/sys/net/ipv4/ip_forward").write_text(str(on)))


@contextmanager
def two_sides() -> Iterator[Hall]:
    """Raises NoNamespacesError."""
    mark = f"{os.getpid() % 100_000}"
    hall = Hall(f"lk{mark}s", f"lk{mark}p", f"lk{mark}r")
    names = (hall.server, hall.programs, hall.router)
    try:
        for name in names:
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        for at, name in enumerate((hall.server, hall.programs), start=1):
            _ip(
                "link",
                "add",
                f"a{mark}{at}",
                "netns",
                name,
                "type",
                "veth",
                "peer",
                f"b{mark}{at}",
                "netns",
                hall.router,
            )
            for where, link, last in ((name, f"a{mark}{at}", 1), (hall.router, f"b{mark}{at}", 2)):
                _ip("-n", where, "address", "add", f"10.99.{at}.{last}/24", "dev", link)
                _ip("-n", where, "link", "set", link, "up")
            _ip("-n", name, "route", "add", "default", "via", f"10.99.{at}.2")
        hall.plug_it_in()
        yield hall
    finally:
        for name in names:
            subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)


def command(namespace: str, *words: str) -> list[str]:
    """What starts a program there; it keeps the process's id."""
    return ["ip", "netns", "exec", namespace, *words]


def inside(namespace: str, work: Callable[[], T]) -> T:
    """Run something there, in a thread that is used up by it."""
    done: list[T] = []
    wrong: list[BaseException] = []

    def there() -> None:
        try:
            with Path(f"/run/netns/{namespace}").open() as name:
                if ctypes.CDLL(None, use_errno=True).setns(name.fileno(), _NEWNET):
                    raise OSError(ctypes.get_errno(), "setns")
            done.append(work())
        except BaseException as error:  # noqa: BLE001 - told to the caller
            wrong.append(error)

    thread = threading.Thread(target=there)
    thread.start()
    thread.join()
    if wrong:
        raise wrong[0]
    return done[0]


def _ip(*words: str) -> None:
    try:
        subprocess.run(["ip", *words], capture_output=True, check=True, text=True)
    except FileNotFoundError:
        raise NoNamespacesError("there is no `ip` here (Debian: apt-get install iproute2)") from None
    except subprocess.CalledProcessError as error:
        raise NoNamespacesError(f"ip {' '.join(words)}: {error.stderr.strip()}") from None
