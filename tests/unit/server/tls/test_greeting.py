"""The greeting of TLS: whoever opens a connection and says nothing holds no place for a minute."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from server.net.crowd import Crowd
from server.net.http import CROWD, BoundedHttp
from server.net.listening import listen
from server.tls.certificates import Site
from server.tls.folder import CertificateFolder
from server.two_doors import TwoDoors
from tests.support.waiting import PATIENCE


def test_who_says_nothing_over_tls_is_let_go_as_soon_as_in_clear(tmp_path: Path) -> None:
    folder = CertificateFolder(tmp_path / "tls")
    folder.make(Site(("localhost",), ("127.0.0.1",)), datetime.now(UTC))
    crowd = Crowd(8, 10.0)

    @asynccontextmanager
    async def life(_: Starlette):  # type: ignore[no-untyped-def]
        yield {CROWD: crowd}

    def context(_: uvicorn.Config, __: Callable[..., object]):  # type: ignore[no-untyped-def]
        return folder.context()

    config = uvicorn.Config(Starlette(lifespan=life), http=BoundedHttp, log_config=None, ssl_context_factory=context)
    silent, greeted = asyncio.run(_said(TwoDoors(config, greeted_within=0.2)))
    assert silent == b"", "the server has closed"
    assert greeted.startswith(b"HTTP/1.1 404")


async def _said(server: TwoDoors) -> tuple[bytes, bytes]:
    """To whom says nothing, and to whom greets."""
    listener = listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    serving = asyncio.create_task(server.serve([listener]))
    while len(server.servers if server.started else ()) < 1:
        await asyncio.sleep(0.01)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    silent = await asyncio.wait_for(reader.read(), PATIENCE / 2)
    writer.close()
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trusting)
    writer.write(b"GET /nothing HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n\r\n")
    greeted = await asyncio.wait_for(reader.read(), PATIENCE)
    writer.close()
    server.should_exit = True
    await serving
    return silent, greeted
