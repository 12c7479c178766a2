"""The link against a real websocket server: it connects, comes back, and never blocks the GUI thread."""

from __future__ import annotations

import asyncio
import stat
import threading
from collections.abc import Coroutine, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.http11 import Request as HttpRequest
from websockets.http11 import Response

from server.tls.certificates import Site
from server.tls.folder import CertificateFolder
from shared.notices import Answered, GivenUp, Live, Lost, Notice, PairingCode, TableChanged
from shared.protocol.codec import decode_client, encode
from shared.protocol.commands import CallNext
from shared.protocol.messages import Hello, Introduced, Pairing, Reply, Request, SiteInfo, Snapshot, Subscribe, Welcome
from shared.protocol.replies import Done
from shared.protocol.values import PROTOCOL
from shared.qt.link import Link
from shared.session import Session
from shared.vocabulary import Language, Program, Words

T = TypeVar("T")
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class SmallServer:
    """Answers as the real one does, in a thread of its own; remembers what it heard."""

    def __init__(self, tls: CertificateFolder | None = None) -> None:
        self.heard: list[object] = []
        self._tls = tls
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._call(self._serve(0))
        self.port = next(iter(self._server.sockets)).getsockname()[1]

    def _call(self, coroutine: Coroutine[object, object, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(5)

    async def _serve(self, port: int) -> Server:
        context = None if self._tls is None else self._tls.context()
        return await serve(self._talk, "127.0.0.1", port, ssl=context, process_request=self._page)

    def _page(self, connection: ServerConnection, request: HttpRequest) -> Response | None:
        if self._tls is None or request.path != "/authority.pem":
            return None
        return connection.respond(HTTPStatus.OK, self._tls.authority.read_text())

    async def _talk(self, socket: ServerConnection) -> None:
        async for frame in socket:
            match decode_client(frame):
                case Hello() as hello:
                    self.heard.append(hello)
                    if self._tls is not None:
                        await socket.send(encode(Pairing(code="ABCD", expires_in=60.0)), text=True)
                        continue
                    if not hello.token:
                        await socket.send(encode(Introduced(token="dev_1_abc")), text=True)
                    await socket.send(encode(welcome()), text=True)
                case Request(id=request, command=command):
                    self.heard.append(command)
                    await socket.send(encode(Reply(id=request, result=Done())), text=True)
                case Subscribe(stream=stream):
                    await socket.send(encode(Snapshot(stream=stream, rev=1, table={})), text=True)

    def stop(self) -> None:
        async def close() -> None:
            self._server.close(close_connections=True)
            await self._server.wait_closed()

        self._call(close())

    def start_again(self) -> None:
        self._server = self._call(self._serve(self.port))

    def end(self) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)


def welcome() -> Welcome:
    site = SiteInfo("mpp", Words("MPP", "MPP"), "Asia/Makassar", (Language.INDONESIAN,))
    return Welcome(protocol=PROTOCOL, release="0", device="d", name="Kiosk 1", zone=None, site=site, now=NOW)


@pytest.fixture
def server() -> Iterator[SmallServer]:
    small = SmallServer()
    yield small
    small.end()


@pytest.fixture
def link(server: SmallServer, tmp_path: Path) -> Iterator[Link]:
    made = Link(Program.KIOSK, server=f"ws://127.0.0.1:{server.port}", state=tmp_path)
    yield made
    made.stop()


def listen(link: Link) -> list[Notice]:
    heard: list[Notice] = []
    link.noticed.connect(heard.append)
    return heard


def some(heard: list[Notice], kind: type[Notice]) -> int:
    return sum(isinstance(notice, kind) for notice in heard)


def test_it_asks_and_hears_the_answer_in_the_gui_thread(qtbot: QtBot, server: SmallServer, link: Link) -> None:
    threads: list[threading.Thread] = []
    link.noticed.connect(lambda _notice: threads.append(threading.current_thread()))
    heard = listen(link)
    link.start()
    request = link.request(CallNext())
    qtbot.waitUntil(lambda: some(heard, Answered) == 1, timeout=60_000)
    assert Answered(request, CallNext(), Done(), None) in heard
    assert set(threads) == {threading.main_thread()}


def test_it_comes_back_by_itself_and_follows_its_streams_again(qtbot: QtBot, server: SmallServer, link: Link) -> None:
    heard = listen(link)
    link.subscribe("kiosk")
    link.start()
    qtbot.waitUntil(lambda: some(heard, TableChanged) == 1, timeout=60_000)
    server.stop()
    qtbot.waitUntil(lambda: some(heard, Lost) >= 1, timeout=60_000)
    asked_meanwhile = link.request(CallNext())
    server.start_again()
    qtbot.waitUntil(lambda: some(heard, TableChanged) == 2, timeout=60_000)
    qtbot.waitUntil(lambda: some(heard, Answered) == 1, timeout=60_000)
    assert any(isinstance(n, Answered) and n.request == asked_meanwhile for n in heard)


def test_the_token_is_kept_for_the_next_start_and_only_its_user_can_read_it(
    qtbot: QtBot, server: SmallServer, link: Link, tmp_path: Path
) -> None:
    heard = listen(link)
    link.start()
    qtbot.waitUntil(lambda: some(heard, Live) == 1, timeout=60_000)
    link.stop()
    again = Link(Program.KIOSK, server=f"ws://127.0.0.1:{server.port}", state=tmp_path)
    again.start()
    qtbot.waitUntil(lambda: len(server.heard) == 2, timeout=60_000)
    again.stop()
    first, second = server.heard
    assert isinstance(first, Hello)
    assert isinstance(second, Hello)
    assert (first.token, second.token) == ("", "dev_1_abc")
    assert first.installation == second.installation
    assert stat.S_IMODE((tmp_path / "token").stat().st_mode) == 0o600


def test_the_servers_clock_is_shown_not_the_machines(qtbot: QtBot, server: SmallServer, link: Link) -> None:
    heard = listen(link)
    link.start()
    qtbot.waitUntil(lambda: some(heard, Live) == 1, timeout=60_000)
    assert 0 <= (link.server_now() - NOW).total_seconds() < 5


def test_it_stops_while_the_server_cannot_be_reached(qtbot: QtBot, tmp_path: Path) -> None:
    link = Link(Program.KIOSK, server="ws://127.0.0.1:9", state=tmp_path)
    heard = listen(link)
    link.start()
    qtbot.waitUntil(lambda: some(heard, Lost) == 1, timeout=60_000)
    link.stop()


def test_a_request_is_given_up_in_time_also_while_the_server_is_away(qtbot: QtBot, tmp_path: Path) -> None:
    link = Link(Program.KIOSK, server="ws://127.0.0.1:9", state=tmp_path)
    heard = listen(link)
    link.start()
    request = link.request(CallNext(), give_up_after=0.1)
    qtbot.waitUntil(lambda: GivenUp(request, CallNext()) in heard, timeout=60_000)
    link.stop()


def test_the_code_of_a_stranger_ends_with_the_fingerprint_of_the_authority_that_it_met(
    qtbot: QtBot, tmp_path: Path
) -> None:
    folder = CertificateFolder(tmp_path / "tls")
    folder.make(Site(("localhost",), ("127.0.0.1",)), datetime.now(UTC))
    server = SmallServer(folder)
    link = Link(Program.KIOSK, server=f"wss://localhost:{server.port}", state=tmp_path)
    heard = listen(link)
    link.start()
    try:
        qtbot.waitUntil(lambda: some(heard, PairingCode) > 0, timeout=30_000)
    finally:
        link.stop()
        server.end()
    shown = folder.read().fingerprint.replace(":", "")[-8:]
    assert [notice.code for notice in heard if isinstance(notice, PairingCode)] == [f"ABCD-{shown}"]


def test_a_mistake_in_hearing_costs_one_connection_and_not_the_program(
    qtbot: QtBot, server: SmallServer, link: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear, heard_wrong = Session.received, list[str]()

    def once_wrong(session: Session, frame: str | bytes) -> bool:
        if not heard_wrong:
            heard_wrong.append("wrong")
            raise TypeError
        return hear(session, frame)

    monkeypatch.setattr(Session, "received", once_wrong)
    heard = listen(link)
    link.start()
    qtbot.waitUntil(lambda: some(heard, Live) > 0, timeout=30_000)
