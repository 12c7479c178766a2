"""Whole frames: however the network cuts them, every text arrives once and in order, and the library gets the rest."""

from __future__ import annotations

import os
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN
from websockets.uri import parse_uri

from server.net.whole_frames import Cutter, Raw, framed

LARGEST = 70_000


def text(payload: bytes) -> bytes:
    return Frame(Opcode.TEXT, payload).serialize(mask=True)


def whole(parts: list[bytes | Raw]) -> list[bytes | Raw]:
    """Raw parts that follow each other put together."""
    joined: list[bytes | Raw] = []
    for part in parts:
        if joined and isinstance(part, Raw) and isinstance(last := joined[-1], Raw):
            joined[-1] = Raw(last.content + part.content)
        else:
            joined.append(part)
    return joined


PAYLOADS = [b"", b"{}", b"x" * 125, b"y" * 126, b"z" * 65_535, b"w" * 65_536]


@given(st.lists(st.sampled_from(PAYLOADS), max_size=4), st.lists(st.integers(1, 70_000), max_size=6))
def test_texts_arrive_whole_however_they_were_cut(payloads: list[bytes], cuts: list[int]) -> None:
    ping = Frame(Opcode.PING, b"?").serialize(mask=True)
    stream = b"".join(text(payload) + ping for payload in payloads)
    edges = [0, *sorted(cut for cut in cuts if cut < len(stream)), len(stream)]
    cutter, got = Cutter(LARGEST), list[bytes | Raw]()
    for start, end in pairwise(edges):
        got += cutter.cut(stream[start:end])
    assert got == [part for payload in payloads for part in (payload, Raw(ping))]


def test_byte_by_byte_is_as_good_as_at_once() -> None:
    cutter = Cutter(LARGEST)
    got = [part for byte in text(b"a message") for part in cutter.cut(bytes([byte]))]
    assert got == [b"a message"]


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(Frame(Opcode.TEXT, b"{}").serialize(mask=False), id="unmasked"),
        pytest.param(b"\x81\xff" + (LARGEST + 1).to_bytes(8, "big") + b"mask", id="too large"),
    ],
)
def test_from_the_first_wrong_frame_on_everything_is_for_the_library(wrong: bytes) -> None:
    cutter = Cutter(LARGEST)
    assert cutter.cut(text(b"good") + wrong) == [b"good", Raw(wrong)]
    assert cutter.cut(b"anything") == [Raw(b"anything")]


def test_a_fragmented_message_is_for_the_library_until_its_last_piece() -> None:
    first = Frame(Opcode.TEXT, b"a", fin=False).serialize(mask=True)
    ping = Frame(Opcode.PING, b"").serialize(mask=True)
    stray = text(b"in between, which is an error")
    last = Frame(Opcode.CONT, b"b", fin=True).serialize(mask=True)
    got = Cutter(LARGEST).cut(first + ping + stray + last + text(b"whole"))
    assert whole(got) == [Raw(first + ping + stray + last), b"whole"]


def test_what_the_server_frames_is_what_the_library_reads() -> None:
    client = ClientProtocol(parse_uri("ws://hall/"), max_size=None)
    client.state = OPEN
    client.parser = super(ClientProtocol, client).parse()
    next(client.parser)
    messages = [b"", b"a" * 125, b"b" * 126, os.urandom(65_535).hex().encode()[:65_535], b"d" * 65_536]
    client.receive_data(framed(messages))
    frames = [event for event in client.events_received() if isinstance(event, Frame)]
    assert [frame.data for frame in frames] == messages
    assert all(frame.opcode is Opcode.TEXT and frame.fin for frame in frames)
