"""The protocol: strict at the edge, and docs/protocol.md true to the letter."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.protocol.codec import MalformedError, decode_client, decode_server, encode
from shared.protocol.commands import Command, Park
from shared.protocol.messages import ClientMessage, Reply, Request, ServerMessage
from shared.protocol.replies import Done, Result
from shared.protocol.views import Item
from shared.vocabulary import ErrorCode

MANUAL = (Path(__file__).parents[3] / "docs" / "protocol.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^### (\w+)$.*?```json\n(.*?)\n```", MANUAL, re.DOTALL | re.MULTILINE)
CLIENT_TAGS = {kind.__struct_config__.tag for kind in get_args(ClientMessage)}


def tags(union: object) -> set[object]:
    return {kind.__struct_config__.tag for kind in get_args(union)}


@pytest.mark.parametrize(("title", "text"), EXAMPLES, ids=[title for title, _ in EXAMPLES])
def test_an_example_in_the_manual_is_a_message_to_the_letter(title: str, text: str) -> None:
    from_program = json.loads(text)["type"] in CLIENT_TAGS
    message = decode_client(text) if from_program else decode_server(text)
    assert encode(message).decode() == text
    assert f'"type":"{title}"' in text


def test_the_manual_leaves_no_message_out() -> None:
    every = tags(ClientMessage) | tags(ServerMessage) | tags(Command) | tags(Result) | tags(Item)
    assert {title for title, _ in EXAMPLES} == every


def test_the_manual_says_when_each_refusal_comes() -> None:
    said = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", MANUAL, re.MULTILINE))
    assert said.keys() == {code.value for code in ErrorCode}
    assert all(when.strip() for when in said.values())


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{",
        "[]",
        '"hello"',
        '{"type":"gossip"}',
        '{"type":"subscribe","stream":"kiosk","more":1}',
        '{"type":"subscribe","stream":""}',
        '{"type":"subscribe","stream":"kiosk\\u0000"}',
        '{"type":"subscribe","stream":7}',
        '{"type":"request","id":"r1","command":{"type":"issue_ticket","service":"a b","language":"id"}}',
        '{"type":"request","id":"r1","command":{"type":"issue_ticket","service":"ktp","language":"xx"}}',
        '{"type":"request","id":"r1","command":{"type":"park","leg":"l","note":"\\u202e"}}',
        '{"type":"request","id":"r1","command":{"type":"acknowledge","announcement":"a","step":"shown","after":1e30}}',
        '{"type":"request","id":"r1","command":{"type":"acknowledge","announcement":"a","step":"shown","after":-1}}',
        '{"type":"subscribe","stream":"kiosk\\n"}',
        '{"type":"request","id":"r1\\n","command":{"type":"sign_out"}}',
        '{"type":"request","id":"r1","command":{"type":"park","leg":"l","note":"copy\\n"}}',
        '{"type":"request","id":"r1","command":{"type":"sign_in","officer":"o","pin":"1234\\n","counter":"c"}}',
        '{"type":"request","id":"r1","command":{"type":"issue_ticket","service":"ktp","language":"id","needs":['
        + ",".join(['"elderly"'] * 9)
        + "]}}",
        b"\xff\xfe",
        "[" * 5000,
    ],
)
def test_what_is_not_the_protocol_is_refused(frame: str | bytes) -> None:
    with pytest.raises(MalformedError):
        decode_client(frame)


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_no_frame_brings_the_decoder_down(frame: str | bytes) -> None:
    with suppress(MalformedError):
        decode_client(frame)


def test_a_refusal_of_a_frame_never_repeats_what_was_in_it() -> None:
    with pytest.raises(MalformedError) as refused:
        decode_client(
            '{"type":"request","id":"r1","command":{"type":"sign_in","officer":"o","pin":"12ab","counter":"c"}}'
        )
    assert "12ab" not in str(refused.value)


@pytest.mark.parametrize("union", [ClientMessage, ServerMessage, Command, Result, Item])
def test_messages_cannot_be_changed(union: object) -> None:
    assert all(kind.__struct_config__.frozen for kind in get_args(union))
    assert all(issubclass(kind, msgspec.Struct) for kind in get_args(union))


@pytest.mark.parametrize("union", [ClientMessage, Command])
def test_the_server_takes_nothing_that_it_does_not_know(union: object) -> None:
    assert all(kind.__struct_config__.forbid_unknown_fields for kind in get_args(union))


@pytest.mark.parametrize("union", [ServerMessage, Result, Item])
def test_a_program_overlooks_what_a_newer_server_adds(union: object) -> None:
    assert not any(kind.__struct_config__.forbid_unknown_fields for kind in get_args(union))


def test_a_field_of_a_newer_release_does_not_hide_the_message() -> None:
    frame = '{"type":"reply","id":"r1","result":{"type":"done","mood":"good"},"since":"release 9"}'
    assert decode_server(frame) == Reply(id="r1", result=Done())


@pytest.mark.parametrize("note", ["Bé", "Be\u0301", "Be\\u0301", "B\\u00e9"])
def test_a_letter_with_two_spellings_is_kept_in_one(note: str) -> None:
    frame = f'{{"type":"request","id":"r1","command":{{"type":"park","leg":"l1","note":"{note}"}}}}'
    for sent in (frame, frame.encode()):
        request = decode_client(sent)
        assert isinstance(request, Request)
        assert request.command == Park(leg="l1", note="B\u00e9")


@pytest.mark.parametrize("frame", ["é", b"\xff\xfe", '{"a":"\\ud800"}', "[" * 100_000 + "é"])
def test_letters_outside_ascii_open_no_way_round_the_check(frame: str | bytes) -> None:
    with pytest.raises(MalformedError):
        decode_client(frame)
