"""`loket-server run`: serve the hall until SIGTERM or Ctrl-C."""

from __future__ import annotations

import gc
import resource
import signal
import socket
from contextlib import suppress
from pathlib import Path

import structlog
import uvicorn

from server.app.steady_clock import SteadyClock
from server.bootstrap import build, now, open_plain_socket, open_socket
from server.cli.catalogue_command import publish
from server.cli.saying import say
from server.db.store import open_store
from server.setting_up import set_up
from server.settings import ServerSettings, database_url
from shared.program import start_log

log = structlog.get_logger()

# Python's (700, 10, 10) goes through everything a dozen times while 5,000 phones connect, and each time stops every
# kiosk for up to half a second. Connections that ended are still collected, some thousands at a time.
COLLECT_AFTER = (5_000, 5, 50)


def run(settings: ServerSettings, catalogue: Path | None) -> int:
    start_log(settings.log_level)
    in_clear = open_plain_socket(settings)
    listener, public_url = open_socket(settings, in_clear)
    url = database_url(settings)
    with listener, open_store(url) as store:
        if catalogue is not None and not store.catalogues.newest_version():
            publish(store.catalogues, catalogue, now())
        if not store.catalogues.newest_version():
            set_up(settings, store, listener, public_url, now, say)
            if not store.catalogues.newest_version():
                return 0  # ended before there was a hall
        server = build(settings, store, public_url=public_url, clock=SteadyClock(now), care_of=url, in_clear=in_clear)
        log.info("listening", port=listener.getsockname()[1], public_url=public_url)
        if in_clear is not None:
            say(f"Without TLS, for phones: port {in_clear.getsockname()[1]}")
        say(f"Loket serves on port {listener.getsockname()[1]}; phones reach it at {public_url}")
        _open_many_files()
        _collect_seldom()
        _serve(server, listener)
    log.info("ended")
    return 0


def _open_many_files() -> None:
    """Every phone is a file to the system, which lets a shell's programs have a thousand and more when asked."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _collect_seldom() -> None:
    """Let the garbage collector leave alone what was built to stay, and look at everything else less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def _serve(server: uvicorn.Server, listener: socket.socket) -> None:
    """Until a signal comes. uvicorn raises the signal once more at its end; by then it only means that we are done."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
