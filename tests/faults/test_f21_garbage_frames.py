"""F21: garbage, wrong masks, oversize frames. Each connection ends with the right code; the server does not notice."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from shared.protocol.codec import encode
from shared.protocol.messages import Hello
from shared.protocol.values import PROTOCOL
from shared.vocabulary import Program
from tests.support import many_counters
from tests.support.many_counters import SERVICE
from tests.support.nursery import Nursery
from tests.support.pressing import Presser
from tests.support.promises import RecordFigure
from tests.support.raw_socket import BINARY, CLOSE, CONTINUATION, HANDSHAKE, PING, PONG, TEXT, converse, frame
from tests.support.waiting import fair

AT_ONCE = 24  # connections; fewer than the strangers that the server lets wait
HARMLESS = 250  # frames at most before the one that must end the connection
PROTOCOL_ERROR, NOT_CONSISTENT, POLICY, TOO_BIG = 1002, 1007, 1008, 1009

Dice = random.Random
Killer = Callable[[Dice], tuple[bytes, frozenset[int]]]


def _mask(dice: Dice) -> bytes:
    return dice.randbytes(4)


def _harmless(dice: Dice) -> bytes:
    opcode = dice.choice((PING, PONG))
    return frame(opcode, dice.randbytes(dice.randrange(0, 126)), mask=_mask(dice))


def _unmasked(dice: Dice) -> tuple[bytes, frozenset[int]]:
    return frame(TEXT, dice.randbytes(40), mask=None), frozenset({PROTOCOL_ERROR})


def _not_utf8(dice: Dice) -> tuple[bytes, frozenset[int]]:
    return frame(TEXT, b"\xff" + dice.randbytes(dice.randrange(0, 300)), mask=_mask(dice)), frozenset({NOT_CONSISTENT})


def _not_ours(dice: Dice) -> tuple[bytes, frozenset[int]]:
    text = dice.choice((b"", b"{}", b"[", b"null", b'{"type":"x"}', b"0" * 500, b'"' + b"a" * 200 + b'"', b"[" * 9_000))
    opcode = TEXT if text.startswith(b"[") else dice.choice((TEXT, BINARY))
    return frame(opcode, text, mask=_mask(dice)), frozenset({NOT_CONSISTENT})


def _too_large(dice: Dice) -> tuple[bytes, frozenset[int]]:
    size = dice.choice((16_385, 20_000, 65_536))
    return frame(TEXT, b"x" * size), frozenset({TOO_BIG})


def _monster(dice: Dice) -> tuple[bytes, frozenset[int]]:
    says = dice.choice((70_000, 2**31, 2**62))
    return frame(TEXT, b"x" * 100, says=says), frozenset({TOO_BIG, PROTOCOL_ERROR})


def _wrong_opcode(dice: Dice) -> tuple[bytes, frozenset[int]]:
    opcode = dice.choice((0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF))
    return frame(opcode, dice.randbytes(9), mask=_mask(dice)), frozenset({PROTOCOL_ERROR})


def _reserved_bits(dice: Dice) -> tuple[bytes, frozenset[int]]:
    bits = dice.choice((0x40, 0x20, 0x10, 0x70))
    return frame(TEXT, b"{}", mask=_mask(dice), first=0x80 | bits), frozenset({PROTOCOL_ERROR})


def _control_in_pieces(dice: Dice) -> tuple[bytes, frozenset[int]]:
    return frame(dice.choice((PING, PONG, CLOSE)), b"", mask=_mask(dice), first=0), frozenset({PROTOCOL_ERROR})


def _long_control(dice: Dice) -> tuple[bytes, frozenset[int]]:
    return frame(PING, dice.randbytes(200), mask=_mask(dice)), frozenset({PROTOCOL_ERROR})


def _continuation_of_nothing(dice: Dice) -> tuple[bytes, frozenset[int]]:
    return frame(CONTINUATION, dice.randbytes(5), mask=_mask(dice)), frozenset({PROTOCOL_ERROR})


def _text_inside_a_text(dice: Dice) -> tuple[bytes, frozenset[int]]:
    both = frame(TEXT, b'{"ty', mask=_mask(dice), first=0) + frame(TEXT, b"{}", mask=_mask(dice))
    return both, frozenset({PROTOCOL_ERROR})


def _large_in_pieces(dice: Dice) -> tuple[bytes, frozenset[int]]:
    pieces = [frame(TEXT, b"x" * 9_000, first=0), *(frame(CONTINUATION, b"x" * 9_000, first=0) for _ in range(9))]
    return b"".join(pieces), frozenset({TOO_BIG})


def _close_with_a_wrong_code(dice: Dice) -> tuple[bytes, frozenset[int]]:
    code = dice.choice((0, 999, 1004, 1005, 1006, 1015, 2999, 65_535))
    return frame(CLOSE, code.to_bytes(2, "big"), mask=_mask(dice)), frozenset({PROTOCOL_ERROR})


def _one_byte_close(dice: Dice) -> tuple[bytes, frozenset[int]]:
    return frame(CLOSE, b"\x03", mask=_mask(dice)), frozenset({PROTOCOL_ERROR})


KILLERS: tuple[Killer, ...] = (
    _unmasked, _not_utf8, _not_ours, _too_large, _monster, _wrong_opcode, _reserved_bits, _control_in_pieces,
    _long_control, _continuation_of_nothing, _text_inside_a_text, _large_in_pieces, _close_with_a_wrong_code,
    _one_byte_close,
)  # fmt: skip


def _memory(pid: int) -> int:
    """Bytes that the process occupies."""
    words = Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()
    return int(words[0]) * 1024


async def _attack(port: int, doors: list[tuple[str, bytes]], frames: int, dice: Dice) -> tuple[int, Counter[str]]:
    """Send about so many frames; how many it were, and what went wrong."""
    gate, wrong = asyncio.Semaphore(AT_ONCE), Counter[str]()

    async def one(path: str, greeting: bytes, killer: Killer, before: list[bytes]) -> None:
        deadly, codes = killer(dice)
        async with gate:
            _, code = await converse(port, path, [greeting, *before, deadly])
        if code not in codes:
            wrong[f"{killer.__name__} at {path.partition('/v/')[1] or path}: {code} instead of {sorted(codes)}"] += 1

    sent = 0
    attacks: list[Coroutine[None, None, None]] = []
    while sent < frames:
        path, greeting = dice.choice(doors)
        before = [_harmless(dice) for _ in range(dice.randrange(HARMLESS))]
        sent += len(before) + 1
        attacks.append(one(path, greeting, KILLERS[len(attacks) % len(KILLERS)], before))
    await asyncio.gather(*attacks)
    return sent, wrong


async def _noise(port: int, paths: list[str], connections: int, dice: Dice) -> None:
    """Bytes that are not even frames. Any end will do; it must come."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with gate:
            end = frame(CLOSE, (1000).to_bytes(2, "big"))
            await converse(port, dice.choice(paths), [dice.randbytes(dice.randrange(1, 4_000)), end * 50])

    await asyncio.gather(*(one() for _ in range(connections)))


@pytest.mark.parametrize(
    "frames",
    [500, pytest.param(100_000, marks=pytest.mark.faults), pytest.param(1_000_000, marks=pytest.mark.release)],
)
def test_every_wrong_frame_ends_its_connection_with_the_right_code_and_nothing_else(
    tmp_path: Path, frames: int, figure: RecordFigure
) -> None:
    url = f"sqlite:///{tmp_path / 'loket.sqlite'}"
    devices = many_counters.prepare(url, kiosks=2)
    dice = random.Random(21)

    async def story(nursery: Nursery) -> tuple[int, Counter[str], int]:
        port = nursery.port
        async with Presser(Program.KIOSK, "kiosk-0", devices.kiosks[0], port) as kiosk:
            key = (await kiosk.press(SERVICE)).key
            hello = Hello(
                protocol=PROTOCOL, program=Program.KIOSK, release="t", installation="kiosk-1", token=devices.kiosks[1]
            )
            greeting = frame(TEXT, encode(hello))
            doors = [("/socket", b""), ("/socket", greeting), (f"/v/{key}/live", b"")]
            await _attack(port, doors, 2_000, dice)  # what a server allocates once is no leak
            before = _memory(nursery.pid)
            sent, wrong = await _attack(port, doors, frames, dice)
            await _noise(port, [path for path, _ in doors], frames // 500, dice)
            grown = _memory(nursery.pid) - before
            status, _ = await converse(port, "/socket", [], more="Origin: http://elsewhere.example\r\n")
            assert status == 403
            assert kiosk.lives <= fair(1), "the honest kiosk was disconnected"
            await kiosk.press(SERVICE)
        return sent, wrong, grown

    with Nursery(url, tmp_path) as nursery:
        nursery.spawn()
        nursery.wait_for_port()
        sent, wrong, grown = asyncio.run(story(nursery))
        assert nursery.is_alive
        log = nursery.log.read_text()
    assert wrong == Counter()
    assert "Traceback" not in log
    assert '"level": "error"' not in log
    assert grown < 8_000_000, f"{grown:,} bytes more"
    words = (
        f"{sent:,} frames on own connections: every end with its code, 0 unhandled errors, memory {grown / 1e6:+.1f} MB"
    )
    figure("", "F21", words)


@pytest.mark.faults
def test_a_phone_that_asks_for_answers_and_never_reads_them_is_let_go(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'loket.sqlite'}"
    devices = many_counters.prepare(url, kiosks=1)

    async def story(nursery: Nursery) -> None:
        async with Presser(Program.KIOSK, "kiosk-0", devices.kiosks[0], nursery.port) as kiosk:
            key = (await kiosk.press(SERVICE)).key
        reader, writer = await asyncio.open_connection("127.0.0.1", nursery.port, limit=1_024)
        writer.write(HANDSHAKE.format(path=f"/v/{key}/live", port=nursery.port, more="").encode())
        await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        pings = frame(PING, b"x" * 125) * 500

        async def ask_for_ever() -> None:
            while True:
                writer.write(pings)
                await writer.drain()

        with pytest.raises(ConnectionError):
            await asyncio.wait_for(ask_for_ever(), 30)

    with Nursery(url, tmp_path) as nursery:
        nursery.spawn()
        nursery.wait_for_port()
        asyncio.run(story(nursery))
