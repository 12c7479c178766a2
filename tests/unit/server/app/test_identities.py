"""New identities: never the same twice, not even in a process that was forked."""

from __future__ import annotations

import os
import re

from server.app.identities import DRAWN, RandomIds


def test_no_identity_comes_twice() -> None:
    ids, many = RandomIds(), 3 * DRAWN
    given = [
        *(ids.follow_key() for _ in range(many)),
        *(ids.visit() for _ in range(many)),
        *(ids.leg() for _ in range(many)),
    ]
    assert len(set(given)) == 3 * many


def test_a_follow_key_is_128_bits_in_letters_that_an_address_can_hold() -> None:
    keys = [RandomIds().follow_key() for _ in range(50)]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", key) for key in keys)


def test_a_forked_process_draws_its_own() -> None:
    ids = RandomIds()
    ids.follow_key()  # a stock is there that both would draw from
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(sending, "".join(ids.follow_key() for _ in range(3)).encode())
        os._exit(0)
    theirs = os.read(receiving, 66).decode()
    os.waitpid(child, 0)
    assert theirs
    assert theirs != "".join(ids.follow_key() for _ in range(3))
