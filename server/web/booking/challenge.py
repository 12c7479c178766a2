"""A challenge against robots: a little work for a browser, or a little patience for one without scripts. Pure.

It needs no service of anybody else and nothing stored beforehand: it says when it was made, is signed, and counts once.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum, auto

HARDNESS = 16  # leading zero bits: 65,000 hashes on average, about a second of an old phone in its own SHA-256
LIFETIME = 1800.0  # seconds: to look for a document in between
PATIENCE = 20.0  # seconds that stand for the work, where no script can do it
MOST_SPENT = 50_000  # remembered; each lives half an hour, and the limits by address let far fewer through


class Answer(Enum):
    WORK = auto()
    """The work was done."""
    WAITED = auto()
    """No work, but the time has passed."""
    AGAIN = auto()
    """Used before, by this very request: it was sent twice."""
    TOO_SOON = auto()
    OVER = auto()
    """Not ours, too old, or used before: a new one is needed."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the form brought back."""

    challenge: str
    proof: str


class Challenges:
    """`now` is any clock in seconds that does not run backwards. Used by one thread."""

    def __init__(self, secret: bytes, hardness: int = HARDNESS) -> None:
        self._secret = secret
        self.hardness = hardness
        self._spent: OrderedDict[str, tuple[float, str]] = OrderedDict()
        """When each was used, and by which request."""

    def make(self, nonce: str, now: float) -> str:
        """`nonce` makes it one of its own: letters and digits."""
        text = f"{int(now * 1000)}.{nonce}"
        return f"{text}.{self._sign(text)}"

    def look(self, given: Given, request: str, now: float) -> Answer:
        """What it is worth; nothing is spent by looking."""
        made = self._made_at(given.challenge)
        if made is None or not 0 <= now - made <= LIFETIME:
            return Answer.OVER
        if given.challenge in self._spent:
            return Answer.AGAIN if self._spent[given.challenge][1] == request else Answer.OVER
        if given.proof and is_solved(given.challenge, given.proof, self.hardness):
            return Answer.WORK
        return Answer.WAITED if now - made >= PATIENCE else Answer.TOO_SOON

    def spend(self, given: Given, request: str, now: float) -> None:
        """It counts for this request and no other."""
        self._spent[given.challenge] = now, request
        while len(self._spent) > MOST_SPENT or now - next(iter(self._spent.values()))[0] > LIFETIME:
            self._spent.popitem(last=False)

    def patience_left(self, challenge: str, now: float) -> float:
        made = self._made_at(challenge)
        return PATIENCE if made is None else max(0.0, PATIENCE - (now - made))

    def _made_at(self, challenge: str) -> float | None:
        """None when we did not make it."""
        text, _, signature = challenge.rpartition(".")
        if not hmac.compare_digest(self._sign(text).encode(), signature.encode("utf-8", "replace")):
            return None
        return int(text.partition(".")[0]) / 1000

    def _sign(self, text: str) -> str:
        return hmac.new(self._secret, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]


def is_solved(challenge: str, proof: str, hardness: int) -> bool:
    """Whether SHA-256 of `challenge:proof` begins with so many zero bits."""
    if len(proof) > 20:
        return False
    digest = hashlib.sha256(f"{challenge}:{proof}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - hardness) == 0
