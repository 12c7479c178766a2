"""Puts the first setup together: a small server on the hall's own port, until there is a hall to serve."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from server.app.accounts import Accounts
from server.app.catalogue_editing.document import Document
from server.app.catalogue_file import read_catalogue
from server.app.setup_code import SetupCode
from server.db.store import Store
from server.domain.catalogue import Catalogue
from server.net.application import MAX_BODY
from server.net.crowd import Crowd
from server.net.guard import ReadingHasNoBody, SameOriginOnly, refuse_unlisted
from server.net.http import CROWD, BoundedHttp
from server.settings import ServerSettings, certificate_folder, pepper_of
from server.web.setup.keeping import AnswersFile
from server.web.setup.routes import setup_routes
from shared.program import state_folder
from shared.vocabulary import OfficerId

SHUTDOWN = 1  # seconds for connections to end by themselves
CODE_FILE = "setup-code"
ANSWERS_FILE = "setup-answers.json"
_CONNECTIONS = 64  # of one address
Clock = Callable[[], datetime]
Say = Callable[[str], None]


class FirstHall:
    """A `Founder`: what the pages make becomes the first version, and the server stops to begin anew with it."""

    def __init__(self, store: Store, pepper: bytes, clock: Clock) -> None:
        self._store = store
        self._pepper = pepper
        self._clock = clock
        self.server: uvicorn.Server | None = None

    def sample(self) -> str:
        return (files("server") / "sample" / "mpp-badung-sample.toml").read_text(encoding="utf-8")

    def found(self, text: str, officer: OfficerId, password: str) -> None:
        now = self._clock()
        read_catalogue(text, version=1, today=now.date())
        changes = sum(len(things) for things in Document(text).tables.values())
        Accounts(self._store.accounts, _no_catalogue, self._pepper).set_password(officer, password, officer)
        self._store.drafts.publish(text, now, by=officer, note="", newest=0, expected="", changes=changes)

    def go_on(self) -> None:
        if self.server is not None:
            self.server.should_exit = True


def set_up(settings: ServerSettings, store: Store, listener: socket.socket, url: str, clock: Clock, say: Say) -> None:
    """Serve the setup pages until a hall was made, or until a signal comes."""
    code, founder = SetupCode(clock), FirstHall(store, pepper_of(settings), clock)
    kept = AnswersFile(_folder(settings) / ANSWERS_FILE)
    founder.server = setup_server(settings, founder, code, kept)
    file = _folder(settings) / CODE_FILE
    # Before anybody knows the code: a signal that comes with it leaves no file behind. uvicorn raises it once more at
    # its end; then it only means that we are done.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            say(f"This server has no hall yet. Open {url}/setup in a browser.")
            _hand_over(code, file, say)
            founder.server.run(sockets=[listener.dup()])  # uvicorn closes what it was given; the hall goes on with ours
    finally:
        file.unlink(missing_ok=True)


def setup_server(settings: ServerSettings, founder: FirstHall, code: SetupCode, kept: AnswersFile) -> uvicorn.Server:
    context = certificate_folder(settings).context() if settings.tls else None
    return uvicorn.Server(
        uvicorn.Config(
            setup_application(founder, code, kept, settings.request_seconds),
            http=BoundedHttp,
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="on",
            timeout_graceful_shutdown=SHUTDOWN,
            ssl_context_factory=None if context is None else lambda _config, _default: context,
        )
    )


def setup_application(founder: FirstHall, code: SetupCode, kept: AnswersFile, request_within: float) -> Starlette:
    routes = list(setup_routes(founder, code, kept))
    refuse_unlisted(routes)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[dict[str, Crowd]]:
        yield {CROWD: Crowd(_CONNECTIONS, request_within)}

    guards = [Middleware(SameOriginOnly), Middleware(ReadingHasNoBody)]
    return Starlette(routes=routes, middleware=guards, lifespan=life, max_body_size=MAX_BODY)


def _hand_over(code: SetupCode, file: Path, say: Say) -> None:
    """On a screen, or in a file that nobody else reads: what a service says on its output ends in a log."""
    if sys.stdout.isatty():
        say(f"Code: {code.shown}")
        return
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(f"{code.shown}\n")
    say(f"The code for it is in {file}")


def _folder(settings: ServerSettings) -> Path:
    folder = state_folder(settings.state, "server")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _no_catalogue() -> Catalogue:
    raise AssertionError("a password is set without one")
