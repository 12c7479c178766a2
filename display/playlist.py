"""The playlist: which call has the big panel and the voice now, which wait, which are too old to be worth it.

Pure: `now` is seconds of a monotonic clock, because an announcement ages from its arrival here and by nothing else.
The time for which the voice was busy with others does not count: five counters that press at once are all heard.
"""

from __future__ import annotations

from collections import deque

from msgspec import Struct
from msgspec.structs import replace

from display.speech import Speech
from shared.protocol.messages import Announcement

FLASH = 6.0  # seconds that a call flashes, at the least
LONG_FLASH = 14.0  # for someone who may need more time to notice or to walk
ON_PANEL = 8.0  # seconds on the panel when nobody else waits for it
ON_PANEL_CROWDED = 4.0  # when others wait: long enough to find one's number and read the counter's
PAUSE = 0.4  # seconds of silence between two calls
SILENT_PATIENCE = 2.0  # lifetimes; a call too old for the voice may still be shown, until it is older than this
LONGEST_QUEUE = 40.0  # seconds behind other voices that do not count; later than that, nobody waits for it any more
STALE = 15.0  # seconds; a call older than this is not spoken after a break: those who were meant have gone or asked
ASLEEP = 5.0  # seconds without a step: the program, or its machine, did not run
LONGEST_SPEECH = 45.0  # seconds; a voice that has not answered by then will not, and the next call goes on
CHIME_LASTS, SENTENCE_LASTS = 1.7, 5.3  # seconds, rounded up: to foresee who would grow too old while waiting


class Turn(Struct, frozen=True):
    """One call on the panel, from its beginning there."""

    announcement: Announcement
    received: float
    began: float
    speech: Speech | None
    """None: too old to be spoken, only shown."""
    flash_until: float
    quiet_since: float | None = None
    """When the voice had finished, or found that it could not speak."""


class _Waiting(Struct, frozen=True):
    announcement: Announcement
    received: float
    long_flash: bool
    queued: float = 0.0
    """Seconds for which it had to wait for the voice."""
    hushed: bool = False

    @property
    def timely_until(self) -> float:
        return self.received + self.announcement.lifetime

    @property
    def voice_until(self) -> float:
        return self.received if self.hushed else self.timely_until + self.queued

    @property
    def panel_until(self) -> float:
        return self.received + SILENT_PATIENCE * self.announcement.lifetime + self.queued


class Playlist:
    """One for a display's zone: the panel and the voice take the calls in turn, never two at once."""

    def __init__(self) -> None:
        self._current: Turn | None = None
        self._waiting: deque[_Waiting] = deque()
        self._dropped: list[Announcement] = []
        self._awake_at: float | None = None

    @property
    def current(self) -> Turn | None:
        return self._current

    def waiting(self) -> tuple[Announcement, ...]:
        return tuple(waiting.announcement for waiting in self._waiting)

    def receive(self, announcement: Announcement, now: float, *, long_flash: bool = False) -> None:
        """Queue a call. One of the same leg that still waits is replaced, in its place: nobody is called twice in a
        row because an officer pressed twice, and nobody waits longer for it."""
        arrived = _Waiting(announcement, now, long_flash)
        for place, waiting in enumerate(self._waiting):
            if waiting.announcement.leg == announcement.leg:
                self._waiting[place] = arrived
                return
        self._waiting.append(arrived)

    def fell_quiet(self, announcement: str, now: float) -> None:
        """The voice has finished with it."""
        if self._current is not None and self._current.announcement.id == announcement:
            self._current = replace(self._current, quiet_since=now)

    def withdraw(self, leg: str) -> None:
        """Nobody stands at the counter for it any more: do not call it if it still waits."""
        for waiting in [w for w in self._waiting if w.announcement.leg == leg]:
            self._waiting.remove(waiting)
            self._dropped.append(waiting.announcement)

    def hush_old(self, now: float) -> None:
        """There was a break: what is old by now may be shown, but is not spoken."""
        for place, waiting in enumerate(self._waiting):
            if now - waiting.received > STALE:
                self._waiting[place] = replace(waiting, hushed=True)

    def step(self, now: float) -> Turn | None:
        """Time has passed: the turn that begins now, or None when nothing begins."""
        if self._awake_at is not None and now - self._awake_at > ASLEEP:
            self.hush_old(now)
        elif self._awake_at is not None and self._is_speaking:
            self._let_queue(now - self._awake_at)
        self._awake_at = now
        while self._waiting and self._waiting[0].panel_until <= now:
            self._dropped.append(self._waiting.popleft().announcement)
        if self._current is not None and not self._is_over(self._current, now):
            return None
        follows = self._current is not None
        self._current = None
        if not self._waiting:
            return None
        self._current = self._begin(self._waiting.popleft(), now, follows)
        return self._current

    def take_dropped(self) -> list[Announcement]:
        """The calls that were never spoken nor had the panel, since last asked."""
        dropped, self._dropped = self._dropped, []
        return dropped

    @property
    def _is_speaking(self) -> bool:
        turn = self._current
        return turn is not None and turn.speech is not None and turn.quiet_since is None

    def _let_queue(self, seconds: float) -> None:
        for place, waiting in enumerate(self._waiting):
            self._waiting[place] = replace(waiting, queued=min(LONGEST_QUEUE, waiting.queued + seconds))

    def _is_over(self, turn: Turn, now: float) -> bool:
        quiet_since = turn.began + LONGEST_SPEECH if turn.quiet_since is None else turn.quiet_since
        if now < quiet_since + PAUSE:
            return False
        if self._waiting:
            return now >= turn.began + ON_PANEL_CROWDED
        return now >= max(turn.began + ON_PANEL, turn.flash_until)

    def _begin(self, next_: _Waiting, now: float, follows: bool) -> Turn:
        too_old = next_.voice_until <= now
        return Turn(
            announcement=next_.announcement,
            received=next_.received,
            began=now,
            speech=None if too_old else self._speech(next_.announcement, now, follows),
            flash_until=now + (LONG_FLASH if next_.long_flash or next_.announcement.text else FLASH),
            quiet_since=now if too_old else None,
        )

    def _speech(self, announcement: Announcement, now: float, follows: bool) -> Speech:
        """The fullest one by which nobody who waits grows too old for the voice."""
        full = Speech(announcement.ticket, announcement.counter, announcement.languages, text=announcement.text)
        if announcement.text is not None:
            return full  # nobody in particular is meant: each language reaches somebody
        # Spoken last is the visitor's own language: under pressure it is the one that reaches them.
        brief = replace(full, languages=announcement.languages[-1:])
        if follows:  # the hall listens already
            return next((s for s in (full, brief) if self._lets_others_live(s, now)), replace(brief, chime=False))
        return full if self._lets_others_live(full, now) else brief

    def _lets_others_live(self, speech: Speech, now: float) -> bool:
        begins = now + CHIME_LASTS * speech.chime + SENTENCE_LASTS * len(speech.languages)
        for waiting in self._waiting:
            if begins > waiting.timely_until:
                return False
            begins += SENTENCE_LASTS
        return True
