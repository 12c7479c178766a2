"""What programs and servers of an earlier release say is still understood: F35.

`golden/protocol-N.jsonl` holds one message of every kind as release N of the protocol sent it, and is never changed:
a new release adds a file. A field that a message did not have then has a default now.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shared.protocol.codec import decode_client, decode_server, encode
from shared.protocol.values import PROTOCOL

GOLDEN = Path(__file__).parent / "golden"
FROM_PROGRAMS = {"hello", "request", "withdraw", "subscribe"}
MESSAGES = [
    (file.stem, line)
    for file in sorted(GOLDEN.glob("protocol-*.jsonl"))
    for line in file.read_text("utf-8").splitlines()
]


def test_the_present_protocol_has_its_file() -> None:
    assert (GOLDEN / f"protocol-{PROTOCOL}.jsonl").exists()
    assert len(MESSAGES) >= 53


@pytest.mark.parametrize(
    ("release", "line"), MESSAGES, ids=[f"{release}-{n}" for n, (release, _) in enumerate(MESSAGES)]
)
def test_a_message_of_an_earlier_release_is_understood_and_nothing_of_it_is_lost(release: str, line: str) -> None:
    said = json.loads(line)
    message = decode_client(line) if said["type"] in FROM_PROGRAMS else decode_server(line)
    _holds(json.loads(encode(message)), said)


def _holds(now: object, then: object) -> None:
    """Everything that was said then is there now; more may be."""
    if isinstance(then, dict):
        assert isinstance(now, dict)
        for key, value in then.items():
            assert key in now, key
            _holds(now[key], value)
    elif isinstance(then, list):
        assert isinstance(now, list)
        assert len(now) == len(then)
        for mine, theirs in zip(now, then, strict=True):
            _holds(mine, theirs)
    else:
        assert now == then
