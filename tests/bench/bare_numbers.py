"""Bare numbers: what a number costs a server in Python that has no trade, no laws and no streams.

python -m tests.bench.bare_numbers FOLDER    prints its port

It reads a kiosk's request from a socket, writes the five rows of a number with the tables and indexes of the real
database, commits all that wait at once with the real durability, and answers. One thread; the protocol is the real one.
"""

from __future__ import annotations

import asyncio
import itertools
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from sqlalchemy import Table

from server.db.engine import BEGIN
from server.db.many_rows import Adding
from server.db.rows import Cell, Row
from server.db.store import open_store
from server.db.tables import facts, legs, requests, sequences, visits
from server.net.whole_frames import Cutter, framed
from shared.protocol.codec import decode_client, decode_server, encode
from shared.protocol.commands import IssueTicket
from shared.protocol.messages import Reply, Request
from shared.protocol.replies import Issued
from shared.vocabulary import Language
from tests.bench import wire
from tests.bench.load import Measured, Step
from tests.bench.raw import ROOT

DAY, SERIES = "2026-11-23", 25
_HELLO = b"HTTP/1.1 101 Switching Protocols\r\n\r\n"


@contextmanager
def bare_server(folder: Path) -> Iterator[tuple[int, Popen[bytes]]]:
    """Its port and its process, which ends with the block."""
    process = Popen([sys.executable, "-m", "tests.bench.bare_numbers", str(folder)], cwd=ROOT, stdout=PIPE)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline()), process
    finally:
        process.kill()
        process.wait()


async def asking(port: int, kiosk: int) -> Step:
    """One number after the other, each as soon as the last one was answered."""
    heard: list[asyncio.Future[bytes]] = []
    connection = await wire.connect(port, "/", lambda frame: heard.pop().set_result(frame))
    numbers = itertools.count()

    async def step(measured: Measured) -> int:
        heard.append(asyncio.get_running_loop().create_future())
        command = IssueTicket(service="s1-1", language=Language.INDONESIAN)
        answer = heard[0]
        connection.send(encode(Request(id=f"bare-{kiosk}-{next(numbers)}", command=command)))
        reply = decode_server(await answer)
        assert isinstance(reply, Reply)
        assert isinstance(reply.result, Issued)
        measured.names.append(reply.result.visit)
        return 1

    return step


class _Numbers:
    """All that wait, in one commit."""

    def __init__(self, folder: Path) -> None:
        from pysqlite3 import dbapi2
        from sqlalchemy.dialects import sqlite

        file = folder / "bare.sqlite"
        open_store(f"sqlite:///{file}").close()
        self._driver: Any = dbapi2.connect(str(file), isolation_level=None, cached_statements=256)
        self._driver.execute("PRAGMA synchronous = FULL")
        self._driver.execute("PRAGMA foreign_keys = ON")
        dialect = sqlite.dialect()
        self._sequences = Adding(sequences, dialect, replacing=True)
        self._tables = [Adding(table, dialect) for table in (visits, legs, facts, requests)]
        self._given = itertools.count(1)
        self._waiting: list[tuple[asyncio.WriteTransport, Request]] = []

    def ask(self, transport: asyncio.WriteTransport, request: Request) -> None:
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._give)
        self._waiting.append((transport, request))

    def _give(self) -> None:
        waiting, self._waiting = self._waiting, []
        rows: tuple[list[Row], ...] = ([], [], [], [])
        last: dict[str, int] = {}
        frames = []
        for _, request in waiting:
            number = next(self._given)
            frames.append(self._rows_of(request, number, rows))
            last[f"S{number % SERIES}"] = number
        self._driver.execute(BEGIN)
        self._sequences.run(self._driver, [(DAY, series, number) for series, number in last.items()])
        for table, its in zip(self._tables, rows, strict=True):
            table.run(self._driver, its)
        self._driver.commit()
        for (transport, _), frame in zip(waiting, frames, strict=True):
            transport.write(framed([frame]))

    def _rows_of(self, request: Request, number: int, rows: tuple[list[Row], ...]) -> bytes:
        now, id_, key = datetime.now(UTC), f"{number:012x}{secrets.token_hex(6)}", secrets.token_urlsafe(16)
        at = int(now.timestamp() * 1_000_000)
        visit, leg, series = f"v_{id_}", f"l_{id_}", f"S{number % SERIES}"
        issued = Issued(
            visit=visit, leg=leg, ticket=f"{series}-{number:03d}", ahead=5, minutes=None, key=key,
            url=f"http://127.0.0.1/v/{key}", issued_at=now,
        )  # fmt: skip
        reply = encode(Reply(id=request.id, result=issued))
        known: dict[str, dict[str, Cell]] = {
            "visits": {"id": visit, "key": key, "series": series, "number": number, "arrived_at": at},
            "legs": {"id": leg, "visit": visit, "order": number, "since": at, "arrival": at, "effective_at": at},
            "facts": {"at": at, "request": request.id, "visit": visit, "leg": leg, "why": '{"rule": "none"}'},
            "requests": {"id": request.id, "body": id_.encode(), "reply": reply, "at": at},
        }
        for table, its in zip((visits, legs, facts, requests), rows, strict=True):
            mine = known[table.name]
            its.append(tuple(mine.get(name, rest) for name, rest in _REST[table.name]))
        return reply


def _rest(table: Table) -> list[tuple[str, Cell]]:
    """What a cell holds that nothing is said of."""
    cells: list[tuple[str, Cell]] = []
    for column in table.columns:
        if column is not table.autoincrement_column:
            empty: Cell = "" if column.type.python_type is str else 0
            cells.append((column.name, DAY if column.name == "service_date" else None if column.nullable else empty))
    return cells


_REST = {table.name: _rest(table) for table in (visits, legs, facts, requests)}


class _Kiosk(asyncio.Protocol):
    def __init__(self, numbers: _Numbers) -> None:
        self._numbers = numbers
        self._cutter = Cutter(65_536)
        self._is_open = False
        self._transport: asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if not self._is_open:
            self._is_open = True
            self._transport.write(_HELLO)
            return
        for part in self._cutter.cut(data):
            assert isinstance(part, bytes)
            request = decode_client(part)
            assert isinstance(request, Request)
            self._numbers.ask(self._transport, request)


async def _serve(folder: Path) -> None:
    numbers = _Numbers(folder)
    server = await asyncio.get_running_loop().create_server(lambda: _Kiosk(numbers), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1])))
