"""Asking: one command from a page, on the same path as every program's, and its reply."""

from __future__ import annotations

import asyncio

from server.app.jobs import Asked
from server.app.sessions import Outbox, Session
from server.net.gate import Gate
from shared.protocol.codec import MalformedError, as_sent, decode_server
from shared.protocol.commands import Command
from shared.protocol.messages import Reply, Request
from shared.protocol.replies import Refusal
from shared.vocabulary import AgencyId, ErrorCode, FollowKey, OfficerId, Role

PATIENCE = 5.0  # seconds for the writer to answer


async def ask_as_visitor(gate: Gate, request: str, command: Command, key: FollowKey) -> Reply:
    """As the visitor whose key stands in the address."""
    answer = Answer()
    return await ask(gate, answer, Session(answer, Role.VISITOR, key=key), request, command)


async def ask_as_person(
    gate: Gate, request: str, command: Command, person: OfficerId, role: Role, agency: AgencyId | None
) -> Reply:
    """As somebody who signed in to the pages. The same request id gets the same reply."""
    answer = Answer()
    return await ask(gate, answer, Session(answer, role, person=person, agency=agency), request, command)


async def ask(gate: Gate, answer: Answer, session: Session, request: str, command: Command) -> Reply:
    """`answer` is the session's outbox. MALFORMED for what no program could have sent: it would fail with everybody
    else's requests of its batch. OVERLOADED when no answer comes in time."""
    try:
        asked = as_sent(Request(id=request, command=command))
    except MalformedError:
        return Reply(id=request, refusal=Refusal(ErrorCode.MALFORMED))
    unanswered = Reply(id=request, refusal=Refusal(ErrorCode.OVERLOADED))
    if not gate.writer.put(Asked(session, asked)):
        return unanswered
    try:
        return await asyncio.wait_for(answer.reply, PATIENCE)
    except TimeoutError:
        return unanswered


class Answer(Outbox):
    """An outbox for one reply."""

    def __init__(self) -> None:
        self.reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()

    def put(self, frame: bytes) -> None:
        message = decode_server(frame)
        if isinstance(message, Reply) and not self.reply.done():
            self.reply.set_result(message)

    def finish(self, frame: bytes, code: int) -> None:  # noqa: ARG002  (there is no connection to close)
        self.put(frame)
