"""A link without a server: the test says what the server would."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from shared.notices import Answered, Notice
from shared.protocol.commands import Command
from shared.protocol.replies import Refusal, Result
from shared.protocol.values import Fact
from shared.vocabulary import ErrorCode, RequestId


class FakeLink(QObject):
    """Has the signal and the methods of `shared.qt.link.Link`; keeps what was sent."""

    noticed = Signal(object)

    def __init__(self, now: datetime = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)) -> None:
        super().__init__()
        self.now = now
        self.sent: list[tuple[RequestId, Command]] = []
        self.withdrawn: list[RequestId] = []
        self.subscribed: list[str] = []
        self._open: dict[RequestId, Command] = {}

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def subscribe(self, stream: str) -> None:
        self.subscribed.append(stream)

    def unsubscribe(self, stream: str) -> None:
        self.subscribed.remove(stream)

    def request(
        self, command: Command, give_up_after: float | None = None, request: RequestId | None = None
    ) -> RequestId:
        request = request or RequestId(f"r{len(self.sent) + 1}")
        self.sent.append((request, command))
        self._open[request] = command
        return request

    def withdraw(self, request: RequestId) -> None:
        self.withdrawn.append(request)
        self._open.pop(request, None)

    def believe(self, now: datetime) -> None:
        self.now = now

    def server_now(self) -> datetime:
        return self.now

    # --- what the test says ---

    def say(self, notice: Notice) -> None:
        self.noticed.emit(notice)

    def answer(self, result: Result) -> None:
        """Answer the newest request that is open."""
        request, command = self._open.popitem()
        self.say(Answered(request, command, result, None))

    def refuse(self, code: ErrorCode, **facts: Fact) -> None:
        """Refuse the newest request that is open."""
        request, command = self._open.popitem()
        self.say(Answered(request, command, None, Refusal(code, facts)))
