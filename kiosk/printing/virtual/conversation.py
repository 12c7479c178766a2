"""One connection to the virtual printer: prints what it hears as far as the troubles allow. No I/O of its own."""

from __future__ import annotations

import re
from collections.abc import Callable

from kiosk.printing.elements import Paper
from kiosk.printing.virtual.decoding import AskFence, AskStatus, CutPaper, Decoder, Event, Mark
from kiosk.printing.virtual.faults import Fault, Troubles, answer
from kiosk.printing.virtual.slips import PrintedSlip

_ASKED = re.compile(rb"\x10\x04([\x01-\x04])")
_QUESTION_LENGTH = 3  # of DLE EOT n and of GS r n alike


class Conversation:
    """Bytes in by `hear`, answers out by `say`, slips out by `took`."""

    def __init__(
        self,
        paper: Paper,
        troubles: Troubles,
        say: Callable[[bytes], object],
        took: Callable[[PrintedSlip], object],
    ) -> None:
        self._paper = paper
        self._troubles = troubles
        self._say = say
        self._took = took
        self._decoder = Decoder()
        self._marks: list[Mark] = []
        self._data = bytearray()
        self._backlog = b""

    def hear(self, arrived: bytes) -> None:
        """Work the bytes off. What comes while the head stands still waits; questions are answered all the same."""
        if self._troubles.is_halted():
            self._hold(arrived)
            return
        data, self._backlog = self._backlog + arrived, b""
        while data:
            now, rest = _up_to_question(data)
            allowed, held = (now, b"") if _ASKED.fullmatch(now) else self._troubles.share(now)
            self._print(allowed)
            data = held + rest
            if self._troubles.is_halted():
                self._hold(data)
                return
            if self._troubles.now in (Fault.STALL, Fault.HANG_UP):
                self._backlog = data
                return

    def end(self) -> None:
        """The other side has said all: what a printer without a blade printed is torn off."""
        if not self._troubles.is_halted():
            self._finish_slip()

    def _hold(self, data: bytes) -> None:
        for asked in _ASKED.finditer(data):
            self._answer(asked[1][0])
        self._backlog += _ASKED.sub(b"", data)

    def _print(self, data: bytes) -> None:
        for event, source in self._decoder.feed_with_source(data):
            if self._troubles.is_halted():
                return
            is_question = isinstance(event, AskStatus | AskFence)
            self._data += source[:-_QUESTION_LENGTH] if is_question else source
            self._act(event)

    def _act(self, event: Event) -> None:
        match event:
            case AskStatus(question):
                self._answer(question)
            case AskFence():
                self._finish_slip()
                if self._troubles.now not in (Fault.MUTE, Fault.NO_FENCE):
                    self._say(b"\x03" if self._troubles.now is Fault.NEAR_END else b"\x00")
            case CutPaper() if self._troubles.now is Fault.CUTTER:
                self._troubles.stuck = True
            case CutPaper():
                self._marks.append(event)
                self._finish_slip()
            case _:
                self._marks.append(event)

    def _finish_slip(self) -> None:
        if self._marks:
            self._took(PrintedSlip(tuple(self._marks), bytes(self._data), self._paper))
        self._marks.clear()
        self._data.clear()

    def _answer(self, question: int) -> None:
        if self._troubles.now is not Fault.MUTE:
            self._say(answer(self._troubles.visible, question))


def _up_to_question(data: bytes) -> tuple[bytes, bytes]:
    """A question about the status stands alone: it is no part of a slip, and no trouble counts its bytes."""
    asked = _ASKED.search(data)
    if asked is None:
        return data, b""
    end = asked.start() or asked.end()
    return data[:end], data[end:]
