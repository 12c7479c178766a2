"""A missed visitor shows the slip at the kiosk, and is back in line."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from kiosk import events
from kiosk.effects import AskBack
from kiosk.screen_values import MessageScreen, Shape, Surroundings
from kiosk.screens import screen
from shared.protocol.commands import ComeBack
from shared.protocol.replies import Placed, Refusal
from shared.protocol.values import Minutes
from shared.vocabulary import ErrorCode, RequestId
from tests.unit.kiosk.walking import NOW, SITE, Walk

KEY = "k" * 22
PLACED = Placed(ticket="A-042", ahead=3, minutes=Minutes(10, 20, 35))


def a_slip_is_shown(walk: Walk) -> Walk:
    walk.happen(events.SlipScanned(KEY))
    walk.happen(events.Asked(RequestId("back")))
    return walk


def shown(walk: Walk) -> MessageScreen:
    found = screen(walk.kiosk, Surroundings(NOW, ZoneInfo(SITE.time_zone), Shape.PORTRAIT), walk.now)
    assert isinstance(found, MessageScreen)
    return found


def test_the_server_is_asked_and_says_the_new_place() -> None:
    walk = a_slip_is_shown(Walk())
    assert [e.command for e in walk.effects if isinstance(e, AskBack)] == [ComeBack(key=KEY)]
    assert walk.page == "ComingBack"
    walk.happen(events.Replied(RequestId("back"), PLACED, None))
    assert shown(walk).title == "A-042 kembali ke antrean"
    assert "3 orang" in shown(walk).text
    walk.wait(60)
    assert walk.page == "Idle"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (ErrorCode.USED_UP, "Kesempatan kembali sudah dipakai"),
        (ErrorCode.WRONG_STATE, "Nomor ini tidak terlewat"),
        (ErrorCode.UNKNOWN_VISIT, "bukan nomor antrean hari ini"),
    ],
)
def test_a_refusal_is_said_in_words(code: ErrorCode, words: str) -> None:
    walk = a_slip_is_shown(Walk())
    walk.happen(events.Replied(RequestId("back"), None, Refusal(code)))
    assert words in shown(walk).text
    walk.choose(events.Finished())
    assert walk.page == "Idle"


def test_no_answer_is_said_and_a_late_one_changes_nothing() -> None:
    walk = a_slip_is_shown(Walk())
    walk.happen(events.RequestGivenUp(RequestId("back")))
    assert walk.page == "NotBack"
    walk.happen(events.Replied(RequestId("back"), PLACED, None))
    assert walk.page == "NotBack"


def test_without_the_server_nobody_is_asked() -> None:
    walk = Walk()
    walk.happen(events.ConnectionLost())
    walk.happen(events.SlipScanned(KEY))
    assert not [e for e in walk.effects if isinstance(e, AskBack)]
    assert "Server sedang tidak terhubung" in shown(walk).text


def test_a_slip_disturbs_nobody_whose_number_is_being_made() -> None:
    walk = Walk()
    walk.take()
    page = walk.page
    walk.happen(events.SlipScanned(KEY))
    assert walk.page == page
