"""A real server for tests: uvicorn in a thread, on a free port of 127.0.0.1, over a database file."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.error import HTTPError
from urllib.request import urlopen

import uvicorn
from argon2 import PasswordHasher
from msgspec import structs
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from server.app.allowance import Rate
from server.app.officers import Door
from server.app.ports import Approval, LobbyStore, StorageError, StoredLobby, StoredReply
from server.bootstrap import Clock, build, now
from server.db import Store, open_store
from server.domain.changes import Changes
from server.domain.outlook import Lessons
from server.net.gate import Limits
from server.net.listening import listen
from server.settings import ServerSettings
from shared.protocol.codec import decode_server, encode
from shared.protocol.commands import Command, OpenCounter, SignIn
from shared.protocol.messages import (
    ClientMessage,
    Hello,
    Refused,
    Reply,
    Request,
    ServerMessage,
    Subscribe,
    Welcome,
)
from shared.protocol.replies import SignedIn
from shared.protocol.values import PROTOCOL
from shared.vocabulary import FollowKey, OfficerId, Program, RequestId, Role, ZoneId
from tests.support.databases import lay_out
from tests.support.many_counters import QUICK, introduce
from tests.support.waiting import PATIENCE, wait_until

PIN = "482915"
_numbers = count(1)
M = TypeVar("M")


@dataclass
class BreakableLobbies:
    """The real store, and a disk that can be full."""

    real: LobbyStore
    broken: bool = False

    def read_lobby(self, service_date: date) -> StoredLobby:
        return self.real.read_lobby(service_date)

    def newest_instant(self) -> datetime | None:
        return self.real.newest_instant()

    def lessons(self, today: date) -> Lessons:
        return self.real.lessons(today)

    def open_dates_before(self, service_date: date) -> Sequence[date]:
        return self.real.open_dates_before(service_date)

    def replies_to(self, requests: Collection[RequestId]) -> Mapping[RequestId, StoredReply]:
        return self.real.replies_to(requests)

    def keys_given(self, keys: Collection[FollowKey]) -> frozenset[FollowKey]:
        return self.real.keys_given(keys)

    def forget_replies(self, before: datetime) -> int:
        return self.real.forget_replies(before)

    def commit(self, service_date: date, changes: Changes, replies: Sequence[StoredReply]) -> None:
        if self.broken:
            raise StorageError("the disk is full")
        self.real.commit(service_date, changes, replies)


class RunningServer:
    """`with RunningServer(folder, text) as server:` Starts again on the same database when used again.

    `url`: another database than a file in the folder. `care`: with what settings the server looks after itself."""

    def __init__(
        self,
        folder: Path,
        catalogue: str,
        *,
        generous: bool = False,
        crowd: int | None = None,
        url: str = "",
        care: ServerSettings | None = None,
        clock: Clock = now,
        always_open: bool = True,
        hasher: PasswordHasher = QUICK,
    ) -> None:
        self.url = url or f"sqlite:///{folder / 'loket.sqlite'}"
        self.catalogue = catalogue
        self.tokens: dict[str, str] = {}
        self.port = 0
        wide = Rate(10_000, 10_000.0)
        self._limits = Limits(rates=dict.fromkeys(Role, wide), misses=wide, sign_ins=wide) if generous else Limits()
        if crowd is not None:
            self._limits = replace(self._limits, strangers=crowd, unapproved=crowd)
        burst = 1_000_000 if generous else 1000
        self._settings = structs.replace(
            care or ServerSettings(), always_open=always_open, kiosk_burst=burst, report_ready=False
        )
        self._cared = care is not None
        self._clock = clock
        self._hasher = hasher

    def __enter__(self) -> Self:
        self.store: Store = open_store(lay_out(self.url))
        if not self.store.catalogues.newest_version():
            self.store.catalogues.publish_catalogue(self.catalogue, self._clock())
        self.disk = BreakableLobbies(self.store.lobbies)
        listener = listen("127.0.0.1", self.port)
        self.port = listener.getsockname()[1]
        store = replace(self.store, lobbies=self.disk)  # type: ignore[arg-type]
        address = f"http://127.0.0.1:{self.port}"
        self._server: uvicorn.Server = build(
            self._settings,
            store,
            public_url=address,
            clock=self._clock,
            limits=self._limits,
            care_of=self.url if self._cared else "",
            hasher=self._hasher,
        )
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, name="uvicorn")
        self._thread.start()
        wait_until(lambda: self._server.started)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(PATIENCE)
        self.store.close()

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Of the application that serves, whole."""
        app = self._server.config.app
        assert isinstance(app, Starlette)
        return app.routes

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The one that every connection shares."""
        return self._server.servers[0].get_loop()

    def set_pin(self, officer: str, pin: str = PIN) -> None:
        Door(self.store.access, hasher=self._hasher).set_pin(OfficerId(officer), pin)

    def wire(self, sock: socket.socket | None = None) -> Wire:
        return Wire(self.port, sock)

    def program(self, program: Program, name: str, zone: str | None = None) -> Wire:
        """A program that is welcome: introduced before, or now, without a code on its screen."""
        if name not in self.tokens:
            where = None if zone is None else ZoneId(zone)
            self.tokens[name] = introduce(self.store, program, name, self._clock(), zone=where)
        wire = self.wire()
        wire.send(hello(program, name, self.tokens[name]))
        first = wire.receive()
        assert isinstance(first, Welcome), first
        return wire

    def health(self) -> dict[str, Any]:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/health") as answer:
                found: dict[str, Any] = json.load(answer)
        except HTTPError as error:  # 503 has the same body
            found = json.load(error)
        return found

    def approve(self, code: str, name: str, zone: str | None = None) -> None:
        now = self._clock()
        (pending,) = [one for one in self.store.access.pending_devices(now) if one.code == code]
        where = None if zone is None else ZoneId(zone)
        assert self.store.access.approve(Approval(code, pending.installation, name, where), now)


class Wire:
    """One connection of a program."""

    def __init__(self, port: int, sock: socket.socket | None = None) -> None:
        self.socket: ClientConnection = connect(
            f"ws://127.0.0.1:{port}/socket",
            sock=sock,
            max_size=None,
            open_timeout=PATIENCE,
            close_timeout=1,
            legacy=True,
        )
        self.heard: list[ServerMessage] = []

    def send(self, message: ClientMessage) -> None:
        self.socket.send(encode(message).decode())

    def receive(self) -> ServerMessage:
        message = decode_server(self.socket.recv(timeout=PATIENCE))
        self.heard.append(message)
        return message

    def wait_for(self, kind: type[M]) -> M:
        while True:
            if isinstance(message := self.receive(), kind):
                return message

    def subscribe(self, stream: str) -> None:
        self.send(Subscribe(stream=stream))

    def ask(self, command: Command, id_: str = "") -> Reply:
        request = Request(id=id_ or f"test-{next(_numbers)}", command=command)
        self.send(request)
        while True:
            reply = self.wait_for(Reply)
            if reply.id == request.id:
                return reply

    def refused(self) -> tuple[Refused, int | None]:
        """Why the connection ended, and its close code."""
        refused = self.wait_for(Refused)
        return refused, self.closed()

    def closed(self) -> int | None:
        """The close code, once the server has closed."""
        with suppress(ConnectionClosed):
            while True:
                self.receive()
        return self.socket.close_code

    def close(self) -> None:
        self.socket.close()


def an_open_counter(server: RunningServer, officer: str = "registry-01", counter: str = "counter-1") -> Wire:
    """A counter of the small catalogue, its officer signed in, and open."""
    server.set_pin(officer)
    wire = server.program(Program.COUNTER, "desk")
    reply = wire.ask(SignIn(officer=officer, pin=PIN, counter=counter))
    assert isinstance(reply.result, SignedIn), reply
    assert wire.ask(OpenCounter()).refusal is None
    return wire


def hello(program: Program, installation: str, token: str = "", protocol: int = PROTOCOL) -> Hello:
    return Hello(protocol=protocol, program=program, release="test", installation=installation, token=token)
