"""The dispatcher: the one path from a request to its reply. Permission, repetition, withdrawal, one verb."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from msgspec import structs

from server.app import permissions
from server.app.jobs import Asked, Withdrew
from server.app.ports import LobbyStore, StoredReply
from server.app.sessions import Session
from server.app.turn import Turn
from server.app.verbs import Verbs
from server.domain.errors import RefusedError
from server.domain.lobby import Lobby
from shared.protocol import commands as c
from shared.protocol.codec import decode_server, encode
from shared.protocol.messages import Reply, Request, Withdraw
from shared.protocol.replies import Issued, Refusal
from shared.vocabulary import CancelReason, ErrorCode, FollowKey, RequestId, VisitId

ANY_BODY = b""  # of a request that was withdrawn before it came: whatever it asks for shall not be done
NOT_STORED = (c.SignIn, c.ReportPrinter, c.ReportVoice, c.Acknowledge, c.LeaseNumbers)
"""Repeating these is harmless, and a repeated sign-in must seat the new connection. (A stored one would also
keep what a PIN could be guessed from.)"""


@dataclass(frozen=True, slots=True)
class Dispatcher:
    store: LobbyStore
    verbs: Verbs

    def look_up(self, asked: Collection[Asked | Withdrew], turn: Turn) -> None:
        """Find out which of the turn's requests were done before, and which keys in them are somebody's; comes first.
        Raises StorageError."""
        turn.done_before = self.store.replies_to([id_of(job) for job in asked])
        commands = [job.request.command for job in asked if isinstance(job, Asked)]
        merges = [command for command in commands if isinstance(command, c.MergeTickets)]
        if merges:
            turn.keys_given = self.store.keys_given([FollowKey(one.key) for merge in merges for one in merge.tickets])

    def ask(self, session: Session, request: Request, pin: RefusedError | None, lobby: Lobby, turn: Turn) -> None:
        """Answer a request into the turn. `pin` is why the door refused a sign-in."""
        turn.replies.append((session, self._answer(session, request, pin, lobby, turn)))

    def withdraw(self, session: Session, withdraw: Withdraw, lobby: Lobby, turn: Turn) -> None:
        """What is not done yet shall never be done; a number that nobody saw is cancelled."""
        request = RequestId(withdraw.id)
        known = self._known(request, turn)
        if known is None:
            reply = refused(withdraw.id, ErrorCode.WITHDRAWN)
            turn.stored[request] = StoredReply(request, session.sender, ANY_BODY, encode(reply), turn.now)
        elif known.device != session.sender:
            reply = refused(withdraw.id, ErrorCode.REQUEST_REUSED)
        else:
            reply = _again(known)
            if (
                isinstance(reply.result, Issued) and reply.result.booked_for is None
            ):  # a booked one can be asked for anew
                _cancel_unseen(VisitId(reply.result.visit), session, request, lobby, turn)
        turn.replies.append((session, encode(reply)))

    def _answer(self, session: Session, request: Request, pin: RefusedError | None, lobby: Lobby, turn: Turn) -> bytes:
        command, id_ = request.command, RequestId(request.id)
        body = hashlib.sha256(encode(command)).digest()
        known = self._known(id_, turn)
        if known is not None:
            same = known.device == session.sender and known.body in (body, ANY_BODY)
            return encode(_again(known) if same else refused(request.id, ErrorCode.REQUEST_REUSED))
        if not permissions.may_ask(session.role, command):
            return encode(refused(request.id, ErrorCode.FORBIDDEN))
        try:
            if pin is not None:
                raise pin
            result = self.verbs.perform(session, id_, command, lobby, turn)
        except RefusedError as error:
            return encode(Reply(id=request.id, refusal=Refusal(error.code, dict(error.facts))))
        reply = encode(Reply(id=request.id, result=result))
        if not isinstance(command, NOT_STORED):
            turn.stored[id_] = StoredReply(id_, session.sender, body, reply, turn.now)
        return reply

    @staticmethod
    def _known(request: RequestId, turn: Turn) -> StoredReply | None:
        return turn.stored.get(request) or turn.done_before.get(request)


def id_of(job: Asked | Withdrew) -> RequestId:
    return RequestId(job.request.id if isinstance(job, Asked) else job.withdraw.id)


def refused(request: str, code: ErrorCode) -> Reply:
    return Reply(id=request, refusal=Refusal(code))


def _again(known: StoredReply) -> Reply:
    reply = decode_server(known.reply)
    assert isinstance(reply, Reply)
    return structs.replace(reply, replayed=True)


def _cancel_unseen(visit: VisitId, session: Session, request: RequestId, lobby: Lobby, turn: Turn) -> None:
    try:
        lobby.cancel(visit, CancelReason.ISSUED_BY_MISTAKE, turn.now, session.actor(request))
    except RefusedError:
        return  # of an earlier day, called already or over: then it was seen, or it does not matter any more
