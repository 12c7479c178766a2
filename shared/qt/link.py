"""The link: one background thread with asyncio and websockets around a `Session`; notices arrive in the GUI thread.

Qt's own asyncio has no sockets, and a blocked network must never block the screen: hence a thread of its own. The
libraries of the network are loaded there, too: no window waits for them.
"""

from __future__ import annotations

import contextlib
import os
import random
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, SignalInstance

from shared.log import get_log
from shared.notices import Live, Notice, PairingCode, TokenGiven
from shared.program import RELEASE
from shared.protocol.commands import Command
from shared.protocol.values import MAX_FRAME_OUT
from shared.qt.device_keys import DeviceKeys
from shared.qt.trust import Trust
from shared.session import Session
from shared.vocabulary import Program, RequestId

if TYPE_CHECKING:
    import asyncio
    import ssl

    from websockets.asyncio.client import ClientConnection

TICK = 0.2  # seconds between looks at the deadlines of requests
PING_EVERY, PING_PATIENCE = 2.0, 3.0  # seconds: a frozen server is noticed within five
ASLEEP = 5.0  # seconds without a tick: this machine, or this process, did not run
OPEN_PATIENCE, CLOSE_PATIENCE = 4.0, 1.0

T = TypeVar("T")
log = get_log("link")


class ServerLink(Protocol):
    """What a view model asks of `Link`; tests have one without a network."""

    @property
    def noticed(self) -> SignalInstance: ...
    def start(self) -> None: ...
    def subscribe(self, stream: str) -> None: ...
    def unsubscribe(self, stream: str) -> None: ...
    def request(
        self, command: Command, give_up_after: float | None = None, request: RequestId | None = None
    ) -> RequestId: ...
    def withdraw(self, request: RequestId) -> None: ...
    def believe(self, now: datetime) -> None: ...
    def server_now(self) -> datetime: ...


class Link(QObject):
    """A session kept alive. All methods are for the GUI thread; `noticed` is emitted there, too."""

    noticed = Signal(object)

    def __init__(self, program: Program, *, server: str, state: Path, authority: Path | None = None) -> None:
        """`server` is a ws:// or wss:// address; `state` a folder that keeps installation id and token;
        `authority` a PEM file to trust; without one, what `shared.qt.trust` says."""
        super().__init__()
        self._address = f"{server.rstrip('/')}/socket"
        self._keys = DeviceKeys(state)
        self._trust = Trust(server, self._keys, authority)
        self._session = Session(
            program,
            release=RELEASE,
            installation=self._keys.installation(),
            token=self._keys.token(),
            proof=self._keys.proof(),
            new_id=lambda: os.urandom(16).hex(),
            random=random.random,
        )
        self._guard = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._thread: threading.Thread | None = None
        self._flushing: asyncio.Future[None] | None = None
        self._socket: ClientConnection | None = None
        self._clock: tuple[datetime, float] | None = None
        self._ran_at = _ever_running()
        self._doubted: ClientConnection | None = None
        self.noticed.connect(self._remember_clock)

    def start(self) -> None:
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="link", daemon=True)
        self._thread.start()
        ready.wait(5)

    def stop(self) -> None:
        """Close the connection and end the thread; no notice comes after this."""
        if self._thread is None or self._loop is None or self._task is None:
            return
        self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(3)
        self._thread = None

    def request(
        self, command: Command, give_up_after: float | None = None, request: RequestId | None = None
    ) -> RequestId:
        with self._guard:
            request = self._session.request(command, time.monotonic(), give_up_after, request)
        self._wake()
        return request

    def withdraw(self, request: RequestId) -> None:
        with self._guard:
            self._session.withdraw(request)
        self._wake()

    def believe(self, now: datetime) -> None:
        """What the server's clock must say now, as far as the program remembers it; until the next Welcome."""
        self._clock = (now, _ever_running())

    def subscribe(self, stream: str) -> None:
        with self._guard:
            self._session.subscribe(stream)
        self._wake()

    def unsubscribe(self, stream: str) -> None:
        with self._guard:
            self._session.unsubscribe(stream)

    def server_now(self) -> datetime:
        """The server's clock, carried on by one of ours that nobody sets; the machine's own until the first Welcome."""
        if self._clock is None:
            return datetime.now().astimezone()
        told, at = self._clock
        return told + timedelta(seconds=_ever_running() - at)

    def _remember_clock(self, notice: Notice) -> None:
        if isinstance(notice, Live):
            self._clock = (notice.welcome.now, _ever_running())

    # --- in the background thread ---

    def _run(self, ready: threading.Event) -> None:
        import asyncio
        from concurrent.futures import CancelledError

        async def main() -> None:
            self._loop = asyncio.get_running_loop()
            self._task = asyncio.current_task()
            ready.set()
            ticking = asyncio.create_task(self._tick())
            try:
                await self._keep_connected()
            finally:
                ticking.cancel()

        try:
            asyncio.run(main())
        except (asyncio.CancelledError, CancelledError):
            return

    async def _keep_connected(self) -> None:
        import asyncio
        import ssl

        from websockets.asyncio.client import connect
        from websockets.exceptions import InvalidHandshake, InvalidURI, WebSocketException

        while True:
            try:
                async with connect(
                    self._address,
                    ssl=self._trust.context(),
                    compression=None,
                    max_size=MAX_FRAME_OUT,
                    open_timeout=OPEN_PATIENCE,
                    close_timeout=CLOSE_PATIENCE,
                    ping_interval=PING_EVERY,
                    ping_timeout=PING_PATIENCE,
                    proxy=None,
                ) as socket:
                    await self._converse(socket)
            except ssl.SSLCertVerificationError as error:
                await self._doubt(error)
            except (OSError, TimeoutError, InvalidHandshake, InvalidURI, WebSocketException) as error:
                log.debug("not connected", address=self._address, error=str(error) or type(error).__name__)
            except Exception:
                log.exception("the link failed")  # a mistake of ours; a window that never comes back is worse
            finally:
                self._socket = None
            wait = self._step(lambda: self._session.closed(time.monotonic()))
            await asyncio.sleep(wait)

    async def _doubt(self, error: ssl.SSLCertVerificationError) -> None:
        import asyncio

        code = await asyncio.to_thread(self._trust.doubt, error)
        if code is not None:
            log.error("the server's certificate is not believed", address=self._address, reason=error.verify_message)
            self._step(partial(self._session.mistrusts, code))

    async def _converse(self, socket: ClientConnection) -> None:
        self._step(self._session.opened)
        self._socket = socket
        await self._flush()
        async for frame in socket:
            if self._slept() or self._doubted is socket:
                log.info("slept", note="what waits on this connection is old: starting again")
                break
            if not self._step(partial(self._session.received, frame)):
                log.error("the server sent what this release does not understand", release=RELEASE)
                break
            await self._flush()

    async def _tick(self) -> None:
        """Also without a connection: whoever waits for an answer is told when it is given up."""
        import asyncio

        from websockets.exceptions import WebSocketException

        while True:
            await asyncio.sleep(TICK)
            if self._slept() and self._socket is not None:
                self._doubted = self._socket
                self._socket.transport.abort()
            self._step(lambda: self._session.tick(time.monotonic()))
            with contextlib.suppress(WebSocketException):  # the socket closed meanwhile: `_keep_connected` sees to it
                await self._flush()

    def _slept(self) -> bool:
        """Whether this process did not run for a while: then nobody knows how old a frame is that arrives only now."""
        before, self._ran_at = self._ran_at, _ever_running()
        return self._ran_at - before > ASLEEP

    async def _flush(self) -> None:
        socket = self._socket
        if socket is None:
            return
        with self._guard:
            outgoing = self._session.take_outgoing()
        for text in outgoing:
            await socket.send(text, text=True)

    def _wake(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._flush_soon)

    def _flush_soon(self) -> None:
        import asyncio

        self._flushing = asyncio.ensure_future(self._flush())

    def _step(self, do: Callable[[], T]) -> T:
        with self._guard:
            result = do()
            notices = self._session.take_notices()
        for notice in notices:
            if isinstance(notice, TokenGiven):
                self._keep(notice.token)
            elif isinstance(notice, PairingCode) and self._trust.fingerprint:
                self.noticed.emit(replace(notice, code=f"{notice.code}-{self._trust.fingerprint}"))
            else:
                self.noticed.emit(notice)
        return result

    def _keep(self, token: str) -> None:
        try:
            if token:
                self._trust.introduced()
            self._keys.keep_token(token)
        except OSError as error:
            log.error("the token could not be kept", reason=error.strerror)
            return
        with self._guard:
            self._session.token_kept(token)


def _ever_running() -> float:
    """Seconds of a clock that goes on while the machine sleeps, where the system has one."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()
