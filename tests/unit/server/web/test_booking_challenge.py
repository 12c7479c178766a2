"""The challenge against robots: work or patience, once, and only of our own making."""

from __future__ import annotations

from itertools import count

import pytest

from server.web.booking.challenge import LIFETIME, PATIENCE, Answer, Challenges, Given, is_solved

NOW = 1_000_000.0
EASY = 6


def solve(challenge: str, hardness: int) -> str:
    """As the page's script does it."""
    return next(proof for proof in map(str, count()) if is_solved(challenge, proof, hardness))


@pytest.fixture
def challenges() -> Challenges:
    return Challenges(b"secret", EASY)


def test_work_is_taken_at_once_and_only_once(challenges: Challenges) -> None:
    challenge = challenges.make("abc", NOW)
    given = Given(challenge, solve(challenge, EASY))
    assert challenges.look(given, "r1", NOW + 1) is Answer.WORK
    challenges.spend(given, "r1", NOW + 1)
    assert challenges.look(given, "r1", NOW + 2) is Answer.AGAIN, "the same form, sent twice"
    assert challenges.look(given, "r2", NOW + 2) is Answer.OVER


def test_patience_stands_for_work(challenges: Challenges) -> None:
    given = Given(challenges.make("abc", NOW), "")
    assert challenges.look(given, "r1", NOW + PATIENCE - 1) is Answer.TOO_SOON
    assert challenges.patience_left(given.challenge, NOW + PATIENCE - 1) == pytest.approx(1)
    assert challenges.look(given, "r1", NOW + PATIENCE) is Answer.WAITED


def test_wrong_work_is_none(challenges: Challenges) -> None:
    challenge = challenges.make("abc", NOW)
    wrong = next(str(proof) for proof in range(100) if not is_solved(challenge, str(proof), EASY))
    assert challenges.look(Given(challenge, wrong), "r1", NOW + 1) is Answer.TOO_SOON
    assert not is_solved(challenge, "9" * 21, 0), "nobody hashes a novel"


@pytest.mark.parametrize("challenge", ["", "a.b.c", "1000000000.abc.0", "\ud800.\ud800", "." * 200])
def test_what_we_did_not_make_is_worth_nothing(challenges: Challenges, challenge: str) -> None:
    assert challenges.look(Given(challenge, "1"), "r1", NOW) is Answer.OVER


def test_another_secret_and_a_long_time_end_it(challenges: Challenges) -> None:
    given = Given(challenges.make("abc", NOW), "")
    assert Challenges(b"other", EASY).look(given, "r1", NOW + 60) is Answer.OVER
    assert challenges.look(given, "r1", NOW + LIFETIME + 1) is Answer.OVER
    assert challenges.look(given, "r1", NOW - 1) is Answer.OVER


def test_what_was_used_long_ago_is_forgotten(challenges: Challenges) -> None:
    old = Given(challenges.make("abc", NOW), "")
    challenges.spend(old, "r1", NOW)
    late = NOW + LIFETIME + 1
    challenges.spend(Given(challenges.make("def", late), ""), "r2", late)
    assert challenges.look(old, "r1", late) is Answer.OVER
