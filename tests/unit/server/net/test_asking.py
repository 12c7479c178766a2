"""Asking: what reaches the writer from a page has been found right as strictly as what a program sends."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import cast

import pytest

from server.app.jobs import Asked
from server.net.asking import ask_as_person
from server.net.gate import Gate
from shared.protocol.codec import encode
from shared.protocol.messages import Reply
from shared.protocol.replies import Done
from shared.protocol.steering import CloseService
from shared.vocabulary import ErrorCode, OfficerId, Role

WHY = "the printer of the back office is broken"


class OpenWriter:
    """Does at once whatever it is given."""

    def __init__(self) -> None:
        self.given: list[Asked] = []

    def put(self, job: Asked) -> bool:
        self.given.append(job)
        job.session.outbox.put(encode(Reply(id=job.request.id, result=Done())))
        return True


def asked(request: str, because: str = WHY) -> tuple[Reply, list[Asked]]:
    writer = OpenWriter()
    gate = cast(Gate, SimpleNamespace(writer=writer))

    async def story() -> Reply:
        command = CloseService(service="card", because=because)
        return await ask_as_person(gate, request, command, OfficerId("head"), Role.SUPERVISOR, None)

    return asyncio.run(story()), writer.given


@pytest.mark.parametrize("request_id", ["", "a\x00b", "a b", "\ud800", "é", "x" * 65, "x\n"])
def test_a_request_that_no_program_could_send_never_reaches_the_writer(request_id: str) -> None:
    reply, given = asked(request_id)
    assert reply.refusal is not None
    assert reply.refusal.code is ErrorCode.MALFORMED
    assert given == []


@pytest.mark.parametrize("because", ["why \x00", "half \udfff", "turned \u202eround", "x" * 1_000_000])
def test_neither_does_a_command_that_no_program_could_send(because: str) -> None:
    reply, given = asked("r-1", because)
    assert reply.refusal is not None
    assert reply.refusal.code is ErrorCode.MALFORMED
    assert given == []


def test_the_writer_gets_every_text_in_one_spelling() -> None:
    reply, (job,) = asked(f"api:{'0' * 10}:{'x' * 40}", "Cafe\u0301 di lantai dua")
    assert reply.result == Done()
    assert job.request.command == CloseService(service="card", because="Caf\u00e9 di lantai dua")
