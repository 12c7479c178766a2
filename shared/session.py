"""A program's session with the server, as a state machine without I/O.

The shell around it (`shared.qt.link`) connects, hands in what it hears (`opened`, `received`, `closed`, `tick`) and
carries out what comes back: texts to send (`take_outgoing`) and notices for the program (`take_notices`).

Promises: a request is asked again with the same id until it is answered or given up; one that was given up is
withdrawn as soon as the server hears us, and so is one whose refusal leaves open whether it was done; a gap in a stream
is closed by a new snapshot; reconnecting is starting again.
Times are seconds of a monotonic clock.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from shared.notices import (
    Announced,
    Answered,
    GivenUp,
    Live,
    Lost,
    Notice,
    PairingCode,
    TableChanged,
    TokenGiven,
    TurnedAway,
    Withdrawn,
)
from shared.protocol.codec import MalformedError, decode_server, encode
from shared.protocol.commands import Command
from shared.protocol.messages import (
    Announcement,
    Delta,
    Hello,
    Introduced,
    Pairing,
    Refused,
    Reply,
    Request,
    Snapshot,
    Subscribe,
    Welcome,
    Withdraw,
)
from shared.protocol.values import PROTOCOL, Message
from shared.protocol.views import Table
from shared.sync import GapError, apply, opened
from shared.vocabulary import ErrorCode, Program, RequestId

FIRST_RETRY = 0.25  # seconds; doubled at each failure
LONGEST_RETRY = 3.0  # a hall has some hundred devices: a short cap brings them back fast and harms nobody
TURNED_AWAY_RETRY = 5.0  # after a refusal that only people can mend
WITHDRAW_AGAIN = 2.0  # seconds until a withdrawal that the server could not carry out is tried again
# Refusals of a server that could not do it now. It may have done it before: the reply to an earlier try was lost, or
# its database failed while it committed.
_LEAVES_OPEN = frozenset({ErrorCode.STORAGE_UNAVAILABLE, ErrorCode.OVERLOADED})
_FORGETS_TOKEN = frozenset({ErrorCode.REVOKED, ErrorCode.NOT_INTRODUCED})


class _Asked(Struct, eq=False):
    command: Command
    give_up_at: float | None
    owed: int = 0
    """Replies to it that are still to come on this connection."""
    asked_before: bool = False
    """On an earlier connection."""


class _Withdrawn(Struct, eq=False):
    owed: int = 0
    """Replies that are still to come on this connection. Only the last one answers the withdrawal: until then it may
    not have reached the server."""


class _Stream(Struct, eq=False):
    rev: int = 0
    table: Table = field(default_factory=dict)
    in_step: bool = False
    """A snapshot has come on this connection and no gap since."""


class Session:
    def __init__(
        self,
        program: Program,
        *,
        release: str,
        installation: str,
        token: str,
        proof: str = "",
        new_id: Callable[[], str],
        random: Callable[[], float],
    ) -> None:
        """`proof` is a secret of this installation, from which the server knows it again while it waits for approval;
        `new_id` gives ids that are unique for ever; `random` gives numbers from 0 up to 1."""
        self._program = program
        self._release = release
        self._installation = installation
        self._token = token
        self._proof = proof
        self._offered = ""
        self._waits_for_approval = False
        self._new_id = new_id
        self._random = random
        self._connected = False
        self._live = False
        self._failures = 0
        self._turned_away = False
        self._outgoing: list[bytes] = []
        self._notices: list[Notice] = []
        self._streams: dict[str, _Stream] = {}
        self._asked: dict[RequestId, _Asked] = {}
        self._withdrawn: dict[RequestId, _Withdrawn] = {}
        self._withdraw_again_at = 0.0

    @property
    def is_owed_answers(self) -> bool:
        """Whether the server has not answered everything that was asked or withdrawn."""
        return bool(self._asked or self._withdrawn)

    # --- what the program wants ---

    def request(
        self, command: Command, now: float, give_up_after: float | None = None, request: RequestId | None = None
    ) -> RequestId:
        """Ask for a command; the answer comes as Answered or GivenUp. `request` is the id of an earlier try that the
        program remembers, or one that it made itself."""
        request = request or RequestId(self._new_id())
        asked = self._asked[request] = _Asked(command, None if give_up_after is None else now + give_up_after)
        if self._live:
            self._ask(request, asked)
        return request

    def withdraw(self, request: RequestId) -> None:
        """Give a request up, also one of an earlier life of the program; Withdrawn tells when the server knows."""
        asked = self._asked.pop(request, None)
        withdrawn = self._withdrawn[request] = _Withdrawn(0 if asked is None else asked.owed)
        if self._live:
            self._withdraw(request, withdrawn)

    def subscribe(self, stream: str) -> None:
        """Follow a stream over all reconnects. Asking twice gives a fresh snapshot."""
        self._streams.setdefault(stream, _Stream()).in_step = False
        if self._live:
            self._send(Subscribe(stream=stream))

    def unsubscribe(self, stream: str) -> None:
        """Stop following; what the server still sends of it is dropped."""
        self._streams.pop(stream, None)

    # --- what the shell hears ---

    def opened(self) -> None:
        """The socket is open."""
        self._connected = True
        self._turned_away = self._waits_for_approval = False
        self._offered = ""
        self._greet()

    def token_kept(self, token: str) -> None:
        """The token of a TokenGiven is on the disk, so it may be used. One that is not must not be: the server would
        retire the only token that survives a restart."""
        if token and token == self._offered:
            self._token, self._offered = token, ""
            if self._connected and not self._live:
                self._greet()

    def closed(self, now: float) -> float:
        """The socket is closed or could not be opened. Gives the seconds to wait before the next try."""
        if self._connected or self._failures == 0:
            self._notices.append(Lost(now))
        self._connected = self._live = False
        self._outgoing.clear()
        for stream in self._streams.values():
            stream.in_step = False
        for asked in self._asked.values():
            asked.asked_before |= asked.owed > 0
            asked.owed = 0
        for withdrawn in self._withdrawn.values():
            withdrawn.owed = 0
        if self._turned_away:
            self._turned_away = False
            return TURNED_AWAY_RETRY
        ceiling = min(LONGEST_RETRY, FIRST_RETRY * float(2**self._failures))
        self._failures = min(self._failures + 1, 16)
        return self._random() * ceiling

    def mistrusts(self, code: ErrorCode) -> None:
        """The server could not prove who it is: people must look, so trying again at once is of no use."""
        self._turned_away = True
        self._notices.append(TurnedAway(code, {}))

    def received(self, frame: str | bytes) -> bool:
        """A frame came. False: it is not of our protocol, close the socket."""
        try:
            message = decode_server(frame)
        except MalformedError:
            return False
        match message:
            case Welcome():
                self._welcome(message)
            case Pairing(code=code, expires_in=expires_in):
                self._failures = 0
                self._waits_for_approval = True
                self._notices.append(PairingCode(code, expires_in))
            case Introduced(token=token) if self._waits_for_approval or not self._token:
                self._keep(token)
            case Introduced(token=token):
                self._offered = token
                self._notices.append(TokenGiven(token))
            case Refused(code=code, facts=facts):
                self._turned_away = code is not ErrorCode.OVERLOADED
                self._notices.append(TurnedAway(code, facts))
                if code in _FORGETS_TOKEN and self._token:
                    self._keep("")
            case Snapshot():
                self._snapshot(message)
            case Delta():
                self._delta(message)
            case Announcement():
                self._notices.append(Announced(message))
            case Reply():
                self._reply(message)
        return True

    def tick(self, now: float) -> None:
        """Time has passed: give up what nobody waits for any more."""
        late = [r for r, asked in self._asked.items() if asked.give_up_at is not None and asked.give_up_at <= now]
        for request in late:
            asked = self._asked.pop(request)
            self._notices.append(GivenUp(request, asked.command))
            withdrawn = self._withdrawn[request] = _Withdrawn(asked.owed)
            if self._live:
                self._withdraw(request, withdrawn)
        if now >= self._withdraw_again_at:
            self._withdraw_again_at = now + WITHDRAW_AGAIN
            for request, withdrawn in self._withdrawn.items():
                if self._live and withdrawn.owed == 0:
                    self._withdraw(request, withdrawn)

    # --- what the shell carries out ---

    def take_outgoing(self) -> list[bytes]:
        outgoing, self._outgoing = self._outgoing, []
        return outgoing

    def take_notices(self) -> list[Notice]:
        notices, self._notices = self._notices, []
        return notices

    # --- how ---

    def _greet(self) -> None:
        self._send(
            Hello(
                protocol=PROTOCOL,
                program=self._program,
                release=self._release,
                installation=self._installation,
                token=self._token,
                proof=self._proof,
            )
        )

    def _welcome(self, welcome: Welcome) -> None:
        self._live = True
        self._failures = 0
        self._notices.append(Live(welcome))
        # Withdrawals first: what was given up must not be done by what is asked again.
        for request, withdrawn in self._withdrawn.items():
            self._withdraw(request, withdrawn)
        for request, asked in self._asked.items():
            self._ask(request, asked)
        for stream in self._streams:
            self._send(Subscribe(stream=stream))

    def _snapshot(self, snapshot: Snapshot) -> None:
        stream = self._streams.get(snapshot.stream)
        if stream is None:
            return
        before = stream.table
        stream.rev, stream.table = opened(snapshot)
        stream.in_step = True
        gone = frozenset(before.keys() - stream.table.keys())
        self._notices.append(TableChanged(snapshot.stream, stream.table, frozenset(stream.table), gone, whole=True))

    def _delta(self, delta: Delta) -> None:
        stream = self._streams.get(delta.stream)
        if stream is None or not stream.in_step:
            return  # a snapshot is on its way
        try:
            stream.rev, stream.table = apply(stream.rev, stream.table, delta)
        except GapError:
            self.subscribe(delta.stream)
            return
        self._notices.append(
            TableChanged(delta.stream, stream.table, frozenset(delta.put), frozenset(delta.drop), whole=False)
        )

    def _reply(self, reply: Reply) -> None:
        request = RequestId(reply.id)
        code = None if reply.refusal is None else reply.refusal.code
        leaves_open = code in _LEAVES_OPEN
        if (asked := self._asked.pop(request, None)) is not None:
            self._notices.append(Answered(request, asked.command, reply.result, reply.refusal))
            if leaves_open and (asked.asked_before or code is ErrorCode.STORAGE_UNAVAILABLE):
                self._withdrawn[request] = _Withdrawn()
        elif (withdrawn := self._withdrawn.get(request)) is not None:
            withdrawn.owed = max(0, withdrawn.owed - 1)
            if withdrawn.owed == 0 and not leaves_open:
                del self._withdrawn[request]
                self._notices.append(Withdrawn(request))

    def _ask(self, request: RequestId, asked: _Asked) -> None:
        asked.owed += 1
        self._send(Request(id=request, command=asked.command))

    def _withdraw(self, request: RequestId, withdrawn: _Withdrawn) -> None:
        withdrawn.owed += 1
        self._send(Withdraw(id=request))

    def _keep(self, token: str) -> None:
        self._token = token
        self._notices.append(TokenGiven(token))

    def _send(self, message: Message) -> None:
        self._outgoing.append(encode(message))
