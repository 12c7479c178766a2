"""Phone frames: what websockets writes we read, whatever the pieces it comes in; what breaks the rules is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from server.net.phone_frames import FrameError, Kind, PhoneFrame, close_frame, frame, take_frames
from shared.protocol.values import MAX_FRAME_IN

payloads = st.one_of(
    st.binary(max_size=130), st.sampled_from([126, 127, 2_000, MAX_FRAME_IN]).map(lambda size: b"\x55" * size)
)


@settings(deadline=None)
@given(st.lists(payloads, max_size=3), st.integers(7, 5_000))
def test_frames_of_a_masking_client_are_read_in_any_pieces(texts: list[bytes], size: int) -> None:
    sent = b"".join(Frame(Opcode.TEXT, text).serialize(mask=True) for text in texts)
    unread = bytearray()
    taken: list[PhoneFrame] = []
    for start in range(0, len(sent), size):
        unread += sent[start : start + size]
        taken += take_frames(unread)
    assert taken == [PhoneFrame(Kind.TEXT, text, is_last=True) for text in texts]
    assert not unread


@pytest.mark.parametrize("length", [0, 125, 126, 65_535, 65_536])
def test_our_frames_are_those_of_the_library(length: int) -> None:
    assert frame(Kind.TEXT, b"x" * length) == Frame(Opcode.TEXT, b"x" * length).serialize(mask=False)
    assert close_frame(1001) == Frame(Opcode.CLOSE, b"\x03\xe9").serialize(mask=False)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"\x81\x00", 1002),  # not masked
        (b"\xc1\x80\0\0\0\0", 1002),  # an extension that nobody agreed on
        (b"\x83\x80\0\0\0\0", 1002),  # a kind that does not exist
        (b"\x89\xfe\x00\x80", 1002),  # a ping that is too long
        (b"\x09\x80\0\0\0\0", 1002),  # half a ping
        (b"\x81\xff" + (1 << 40).to_bytes(8, "big"), 1009),
        (b"\x81\xfe\x40\x01", 1009),
    ],
)
def test_what_breaks_the_rules_is_refused_before_it_is_whole(sent: bytes, code: int) -> None:
    with pytest.raises(FrameError) as refused:
        list(take_frames(bytearray(sent)))
    assert refused.value.code == code


@given(st.binary(max_size=300))
def test_noise_is_frames_or_an_error_and_never_an_exception_of_another_kind(noise: bytes) -> None:
    with suppress(FrameError):
        list(take_frames(bytearray(noise)))
