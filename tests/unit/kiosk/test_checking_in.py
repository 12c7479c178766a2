"""A visitor with a booking at the kiosk: scanned or typed, a number, or a clear reason why not."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import msgspec
import pytest

from kiosk import events
from kiosk.checking_in import LENGTH, LETTERS
from kiosk.effects import AskBack
from kiosk.scanning import Scan, booking_key, slip_key
from kiosk.screen_values import BookingScreen, IdleScreen, MessageScreen, PriorityScreen, Screen, Shape, Surroundings
from kiosk.screens import screen
from server.domain.booking import CODE_LENGTH, CODE_LETTERS
from shared.protocol.commands import CheckIn
from shared.protocol.replies import Issued, Refusal
from shared.protocol.values import Fact
from shared.protocol.views import Item, ServiceItem
from shared.vocabulary import ErrorCode, Language, Need, Priority, RequestId
from tests.unit.kiosk.walking import NOW, SITE, Walk, a_table, issued

KEY = "tQf2wYc0mJx5bN8sKd1LzA"
BOOKED = msgspec.structs.replace(issued("A-042"), service="ktp", booked_for=NOW, language=Language.ENGLISH)


def a_bookable_table() -> dict[str, Item]:
    table = a_table()
    card = table["service:ktp"]
    assert isinstance(card, ServiceItem)
    return {**table, "service:ktp": msgspec.structs.replace(card, bookable=True)}


@pytest.fixture
def walk() -> Walk:
    return Walk(a_bookable_table())


def shown(walk: Walk) -> Screen:
    return screen(walk.kiosk, Surroundings(NOW, ZoneInfo(SITE.time_zone), Shape.PORTRAIT), walk.now)


def message(walk: Walk) -> MessageScreen:
    found = shown(walk)
    assert isinstance(found, MessageScreen)
    return found


def asked(walk: Walk) -> list[object]:
    return [effect.command for effect in walk.effects if isinstance(effect, AskBack)]


def scan(walk: Walk, answer: events.Event | None = None) -> None:
    """Up to the request for the number: nothing special is needed, unless the answer says so."""
    walk.happen(events.BookingShown(KEY))
    walk.choose(answer or events.TakeNumber())
    walk.happen(events.Asked(RequestId("in")))


def reply(walk: Walk, result: Issued | None = None, code: ErrorCode | None = None, **facts: Fact) -> None:
    refusal = None if code is None else Refusal(code, facts)
    walk.happen(events.Replied(RequestId("in"), result, refusal))


def test_a_code_before_the_scanner_becomes_a_number_in_the_language_of_the_booking(walk: Walk) -> None:
    scan(walk)
    assert asked(walk) == [CheckIn(booking=KEY)]
    reply(walk, BOOKED)
    assert walk.page == "Printing"
    assert walk.printed == [("A-042", 0)]
    assert walk.kiosk.language is Language.ENGLISH


def test_a_short_code_is_typed_and_asked_for_in_the_language_of_the_screen(walk: Walk) -> None:
    walk.choose(
        events.OpenBooking(), *(events.Type(letter) for letter in "AC0DEFX"), events.Erase(), events.EnterCode()
    )
    assert asked(walk) == [], "the nought is no letter of a code, so one is missing after the last was erased"
    walk.choose(events.Type("H"), events.Type("J"))
    found = shown(walk)
    assert isinstance(found, BookingScreen)
    assert ("".join(found.letters), found.ready) == ("ACDEFH", True), "a seventh is not heard"
    walk.choose(events.EnterCode(), events.TakeNumber())
    assert asked(walk) == [CheckIn(booking="ACDEFH", language=Language.INDONESIAN)]


@pytest.mark.parametrize("need", Need)
def test_who_booked_says_like_everybody_else_what_they_need(walk: Walk, need: Need) -> None:
    walk.happen(events.BookingShown(KEY))
    found = shown(walk)
    assert isinstance(found, PriorityScreen)
    assert need.value in [row.id for row in found.needs]
    assert asked(walk) == [], "nothing is asked of the server before"
    walk.choose(events.ChooseNeed(need))
    assert asked(walk) == [CheckIn(booking=KEY, priority=Priority.PRIORITY, needs=(need,))]
    walk.happen(events.Asked(RequestId("in")))
    reply(walk, BOOKED)
    [ticket] = walk.kiosk.tickets
    assert ticket.priority is Priority.PRIORITY, "it stands on the slip"


def test_the_question_changes_its_language_its_size_and_goes_back(walk: Walk) -> None:
    walk.happen(events.BookingShown(KEY))
    walk.choose(events.SwitchLanguage(), events.SwitchSize())
    found = shown(walk)
    assert isinstance(found, PriorityScreen)
    assert found.regular == "No, take a number"
    walk.happen(events.BookingShown(KEY))  # a scanner that reads twice
    walk.choose(events.TakeNumber())
    assert asked(walk) == [CheckIn(booking=KEY, language=Language.ENGLISH)]
    for leaves in (events.Back(), events.StartOver()):
        again = Walk(a_bookable_table())
        again.happen(events.BookingShown(KEY))
        again.choose(leaves)
        assert again.page == "Idle"
        assert asked(again) == []


def test_a_question_that_nobody_answers_asks_for_nothing(walk: Walk) -> None:
    walk.happen(events.BookingShown(KEY))
    walk.wait(50)
    assert walk.page == "Idle"
    assert asked(walk) == []


def test_the_letters_of_the_screen_are_those_that_codes_are_made_of() -> None:
    assert (LETTERS, LENGTH) == (CODE_LETTERS, CODE_LENGTH)


@pytest.mark.parametrize(
    ("code", "facts", "words"),
    [
        (ErrorCode.UNKNOWN_BOOKING, {}, "Kode ini tidak dikenal"),
        (ErrorCode.TOO_EARLY, {"from": "2026-11-23T02:00:00+00:00"}, "mulai pukul 10.00"),
        (ErrorCode.TOO_EARLY, {}, "Anda datang lebih awal"),
        (ErrorCode.WRONG_DAY, {"starts_at": "2026-11-24T02:00:00+00:00"}, "Selasa, 24 November 2026"),
        (ErrorCode.BOOKING_USED, {"ticket": "A-007"}, "A-007"),
        (ErrorCode.BOOKING_OVER, {"state": "cancelled"}, "dibatalkan"),
        (ErrorCode.COOLDOWN, {"seconds": 9}, "Terlalu banyak kode"),
        (ErrorCode.SERVICE_CLOSED, {}, ""),
    ],
)
def test_a_refusal_is_said_in_words_and_a_walk_in_is_offered(
    walk: Walk, code: ErrorCode, facts: dict[str, Fact], words: str
) -> None:
    scan(walk)
    reply(walk, None, code, **facts)
    assert words in message(walk).text
    assert "{" not in message(walk).text
    assert message(walk).another == "Ambil nomor tanpa pemesanan"
    walk.choose(events.TakeAnother())
    assert walk.page == "ChoosingAgency"


def test_without_the_server_the_kiosk_says_so_and_offers_a_number(walk: Walk) -> None:
    walk.happen(events.ConnectionLost())
    walk.choose(events.OpenBooking())
    assert asked(walk) == []
    assert "Jaringan terputus" in message(walk).text
    walk.choose(events.TakeAnother())
    assert walk.page == "ChoosingAgency"
    walk.happen(events.BookingShown(KEY))
    assert walk.page == "NotCheckedIn"


def test_no_answer_is_said_and_a_late_one_changes_nothing(walk: Walk) -> None:
    scan(walk)
    walk.happen(events.RequestGivenUp(RequestId("in")))
    assert walk.page == "NotCheckedIn"
    reply(walk, BOOKED)
    assert walk.page == "NotCheckedIn"
    walk.wait(60)
    assert walk.page == "Idle"


def test_who_walks_away_leaves_no_letters_behind(walk: Walk) -> None:
    walk.choose(events.OpenBooking(), events.Type("A"))
    walk.wait(60)
    assert walk.page == "Idle"
    walk.choose(events.OpenBooking())
    found = shown(walk)
    assert isinstance(found, BookingScreen)
    assert "".join(found.letters).strip() == ""
    walk.choose(events.SwitchLanguage(), events.Back())
    assert walk.page == "Idle"


def test_a_booking_disturbs_nobody_whose_number_is_being_made(walk: Walk) -> None:
    walk.take()
    page = walk.page
    walk.happen(events.BookingShown(KEY))
    assert walk.page == page


def test_a_hall_without_bookings_does_not_ask_for_them() -> None:
    walk = Walk()
    found = shown(walk)
    assert isinstance(found, IdleScreen)
    assert found.booking == ""
    walk.choose(events.OpenBooking())
    assert walk.page == "Idle"


def test_the_scanner_tells_a_booking_from_a_slip() -> None:
    booking, slip = f"http://hall:8400/b/{KEY}", f"http://hall:8400/v/{KEY}"
    state, now = Scan(), 1.0
    for letter in booking:
        state, _ = state.read(letter, now)
    assert state.read("\r", now)[1] == booking
    assert (booking_key(booking), slip_key(booking)) == (KEY, None)
    assert (booking_key(slip), slip_key(slip)) == (None, KEY)
