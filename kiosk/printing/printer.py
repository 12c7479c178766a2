"""A printer that is asked before and after: what happened to a slip is what the printer says, not that bytes left.

After the slip a fence is sent, a question that is answered in its turn: its answer proves that everything before it
was worked off. While it is awaited the printer is asked how it is, so that a fault is named and not just waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from msgspec import Struct

from kiosk.printing.abilities import EXPECTED, MUTE, Abilities
from kiosk.printing.addresses import Place, PrinterAddress
from kiosk.printing.channels import Channel, ChannelClosedError, ChannelStuckError, open_channel
from kiosk.printing.status import FENCE, PrinterStatus, Question, is_fence, is_status, read_status
from shared.vocabulary import PrinterFault

SILENCE = 2.5  # seconds without any answer: then the visitor must see the number on the screen
CONFIRMATION = 8.0  # seconds for a slow mechanism, as long as it answers that it is well
_PIECE = 2048  # bytes between two signs of life: two seconds on the slowest line
ASK_AGAIN = 0.4  # seconds between looks at the status while the fence is awaited
FENCE_PATIENCE = 1.0  # seconds for an idle printer to answer the fence, when it is tried
NO_FENCE_WATCH = 1.2  # seconds that a printer without a fence is looked at: a fault shows once its buffer is empty


class Printed(Struct, frozen=True):
    """The printer confirmed the whole slip."""

    paper_low: bool = False


class Failed(Struct, frozen=True):
    """There is no whole slip on the paper, or nobody can say so."""

    fault: PrinterFault


class Unknown(Struct, frozen=True):
    """Sent to a printer that cannot confirm."""


class Look(Struct, frozen=True):
    """How a printer is; and what it answers, as far as that is known by now."""

    status: PrinterStatus
    abilities: Abilities | None


PrintResult = Printed | Failed | Unknown


class Printer(Struct, frozen=True):
    """The line is opened for each slip: a printer that was switched off and on is found again."""

    address: PrinterAddress
    open: Callable[[Place], Channel] = open_channel
    progress: Callable[[], None] = lambda: None
    """Called at every step that ended: whoever watches knows that nothing hangs."""
    silence: float = SILENCE
    confirmation: float = CONFIRMATION
    ask_again: float = ASK_AGAIN

    def look(self, known: Abilities | None = None) -> Look:
        """How the printer is, and what it answers. One that never answered is well as long as it is there; one that
        used to and is silent has a fault. Nothing is printed."""
        try:
            channel = self.open(self.address.place)
        except ChannelClosedError:
            return Look(PrinterStatus(PrinterFault.OFFLINE), known)
        try:
            if not (self.address.confirms and channel.can_answer):
                return Look(PrinterStatus(), MUTE)
            return self._ask(_Dialogue(channel, self.progress, self.silence, self.ask_again), known)
        except ChannelClosedError:
            return Look(PrinterStatus(PrinterFault.OFFLINE), known)
        except ChannelStuckError:
            return Look(PrinterStatus(PrinterFault.SILENT), known)
        finally:
            channel.close()

    def print(self, data: bytes, known: Abilities | None = None) -> PrintResult:
        """Put a slip on paper. Nothing is sent to a printer that says it cannot."""
        known = known or EXPECTED
        try:
            channel = self.open(self.address.place)
        except ChannelClosedError:
            return Failed(PrinterFault.OFFLINE)
        self.progress()
        try:
            dialogue = _Dialogue(channel, self.progress, self.silence, self.ask_again)
            if not (self.address.confirms and channel.can_answer and known.answers):
                dialogue.send(data)
                return Unknown()
            return self._print_and_ask(dialogue, data, has_fence=known.fences is not False)
        except ChannelClosedError:
            return Failed(PrinterFault.OFFLINE)
        except ChannelStuckError:
            return Failed(PrinterFault.SILENT)
        finally:
            channel.close()

    def _ask(self, dialogue: _Dialogue, known: Abilities | None) -> Look:
        was_mute = known is not None and not known.answers
        # A mute one is asked again and again, but briefly: perhaps it was only switched off line when it was tried.
        status = dialogue.status(self.ask_again if was_mute else self.silence)
        if status.fault is PrinterFault.SILENT:
            return Look(status, known) if known is not None and known.answers else Look(PrinterStatus(), MUTE)
        fences = known.fences if known is not None and known.answers else None
        if fences is None and status.fault is None:
            dialogue.send_fence()
            fences = dialogue.fence_answered(FENCE_PATIENCE)
        return Look(status, Abilities(answers=True, fences=fences))

    def _print_and_ask(self, dialogue: _Dialogue, data: bytes, *, has_fence: bool) -> PrintResult:
        before = dialogue.status()
        if before.fault is not None:
            return Failed(before.fault)
        try:
            dialogue.send(data, fenced=has_fence)
        except ChannelStuckError:
            self.progress()
            return Failed(dialogue.status().fault or PrinterFault.SILENT)
        deadline = time.monotonic() + (self.confirmation if has_fence else min(NO_FENCE_WATCH, self.confirmation))
        while not dialogue.fence_answered(self.ask_again):
            status = dialogue.status()
            if status.fault is not None:
                return Failed(status.fault)
            if time.monotonic() > deadline:
                return Unknown()  # well, but it does not know the fence
        after = dialogue.status()
        return Printed(after.paper_low) if after.fault is None else _after_the_fence(after.fault)


def _after_the_fence(fault: PrinterFault) -> PrintResult:
    """The fence was answered, so the slip was worked off; a roll that ended behind it does not unprint it."""
    if fault is PrinterFault.PAPER_OUT:
        return Printed(paper_low=True)
    return Failed(fault)


class _Dialogue:
    """Questions and answers on one line. The answers to DLE EOT and to the fence are told apart by their bits."""

    def __init__(self, channel: Channel, progress: Callable[[], None], silence: float, ask_again: float) -> None:
        self._channel = channel
        self._progress = progress
        self._silence = silence
        self._ask_again = ask_again
        self._fence_seen = False
        self._fence_sent = False

    def send(self, data: bytes, *, fenced: bool = False) -> None:
        if fenced:
            data += FENCE
        for start in range(0, len(data), _PIECE):
            self._channel.write(data[start : start + _PIECE])
            self._progress()
        self._fence_sent = fenced

    def send_fence(self) -> None:
        self.send(b"", fenced=True)

    def status(self, silence: float | None = None) -> PrinterStatus:
        """Ask the four questions one after the other; SILENT when none was answered."""
        self._sort(self._channel.read(0.001))  # an answer that came late belongs to no question of now
        answers: dict[Question, int] = {}
        deadline = time.monotonic() + (self._silence if silence is None else silence)
        for question in Question:
            self._channel.write(question.command)
            answer = self._answer(deadline if not answers else min(deadline, time.monotonic() + self._ask_again))
            if answer is None and not answers:
                return PrinterStatus(PrinterFault.SILENT)
            if answer is not None:
                answers[question] = answer
            self._progress()
        return read_status(answers)

    def fence_answered(self, within: float) -> bool:
        deadline = time.monotonic() + within
        while not self._fence_seen and (left := deadline - time.monotonic()) > 0:
            self._sort(self._channel.read(left))
        self._progress()
        return self._fence_seen

    def _answer(self, deadline: float) -> int | None:
        while (left := deadline - time.monotonic()) > 0:
            statuses = self._sort(self._channel.read(left))
            if statuses:
                return statuses[-1]
        return None

    def _sort(self, data: bytes) -> list[int]:
        """Keep the fence in mind; return the answers to DLE EOT."""
        self._fence_seen |= self._fence_sent and any(is_fence(byte) for byte in data)
        return [byte for byte in data if is_status(byte)]
