"""Handing on: from a message that a connection sent to a job for the writer."""

from __future__ import annotations

from server.app.dispatcher import refused
from server.app.jobs import Asked, Followed, Withdrew
from server.app.sessions import Session
from server.domain.errors import RefusedError
from server.net.frames import TurnedAwayError
from server.net.gate import Gate
from shared.protocol.codec import encode
from shared.protocol.messages import ClientMessage, Hello, Request, Subscribe, Withdraw
from shared.vocabulary import ErrorCode


def hand_on(gate: Gate, session: Session, message: ClientMessage, pin: RefusedError | None = None) -> None:
    """`pin`: why the door refused a sign-in. Raises TurnedAwayError."""
    match message:
        case Request(id=id_):
            if not gate.writer.put(Asked(session, message, pin)):
                session.outbox.put(encode(refused(id_, ErrorCode.OVERLOADED)))
        case Withdraw():
            gate.writer.insist(Withdrew(session, message))
        case Subscribe(stream=stream):
            gate.writer.insist(Followed(session, stream))
        case Hello():
            raise TurnedAwayError(ErrorCode.MALFORMED, place="hello comes once")
