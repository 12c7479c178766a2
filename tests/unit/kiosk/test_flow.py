"""The visitor's way to a number, as sentences."""

from __future__ import annotations

import pytest

from kiosk import events
from kiosk.answers import SAME_SERVICE, TAKE_PAPER
from kiosk.choosing import ANSWER_WITHIN
from kiosk.patience import PATIENCE, asks_again
from kiosk.states import AskingAgain, ChoosingAgency, ChoosingService, Cooldown, ReadingService, Searching, TakeTicket
from shared.vocabulary import ErrorCode, Language, Need, Priority
from tests.unit.kiosk.walking import Walk, a_table, without

CLEVER = [
    events.ChooseAgency("dukcapil"),
    events.ChooseService("ktp"),
    events.TakeNumber(),
    events.AskForPriority(),
    events.ChooseNeed(Need.ELDERLY),
    events.OpenSearch(),
    events.Back(),
    events.Finished(),
    events.PrintAgain("v-A-042"),
    events.EndProgram(),
]


def test_four_touches_give_a_number() -> None:
    walk = Walk()
    walk.choose(
        events.Start(Language.INDONESIAN),
        events.ChooseAgency("dukcapil"),
        events.ChooseService("ktp"),
        events.TakeNumber(),
    )
    assert [(command.service, command.priority) for command in walk.asked] == [("ktp", Priority.REGULAR)]
    assert walk.page == "Issuing"


def test_the_search_gives_a_number_with_four_touches_and_the_typing() -> None:
    walk = Walk()
    walk.choose(events.Start(Language.ENGLISH), events.OpenSearch())
    walk.choose(*(events.Type(letter) for letter in "pasp"))
    walk.choose(events.ChooseService("paspor"), events.TakeNumber())
    assert [(command.service, command.language) for command in walk.asked] == [("paspor", Language.ENGLISH)]


def test_one_touch_more_says_why_somebody_needs_priority() -> None:
    walk = Walk()
    walk.to_service()
    walk.choose(events.AskForPriority(), events.ChooseNeed(Need.PREGNANT))
    command = walk.asked[0]
    assert (command.priority, command.needs) == (Priority.PRIORITY, (Need.PREGNANT,))


def test_the_request_is_given_up_when_nobody_would_wait_longer() -> None:
    walk = Walk()
    walk.ask()
    assert [effect.give_up_after for effect in walk.effects if hasattr(effect, "give_up_after")] == [ANSWER_WITHIN]


@pytest.mark.parametrize("choice", CLEVER)
def test_the_idle_page_answers_to_nothing_but_a_beginning(choice: events.Event) -> None:
    walk = Walk()
    walk.choose(choice)
    assert walk.page == "Idle"
    assert walk.asked == []


def test_nothing_begins_before_there_is_a_catalogue() -> None:
    walk = Walk(table={})
    walk.choose(events.Start(Language.INDONESIAN))
    assert walk.page == "Idle"


def test_back_leads_the_way_that_was_come() -> None:
    walk = Walk()
    walk.choose(events.Start(Language.INDONESIAN), events.Turn(1), events.ChooseAgency("dukcapil"))
    walk.choose(events.OpenSearch(), events.Type("k"), events.ChooseService("kk"), events.AskForPriority())
    seen = []
    for _ in range(6):
        walk.choose(events.Back())
        seen.append(walk.page)
    assert seen == ["ReadingService", "Searching", "ChoosingService", "ChoosingAgency", "Idle", "Idle"]


def test_back_finds_the_list_where_it_was_left() -> None:
    walk = Walk()
    walk.choose(events.Start(Language.INDONESIAN), events.Turn(1), events.ChooseAgency("dukcapil"), events.Back())
    assert walk.kiosk.page == ChoosingAgency(turn=1)


def test_a_list_is_not_turned_before_its_beginning() -> None:
    walk = Walk()
    walk.choose(events.Start(Language.INDONESIAN), events.Turn(-1))
    assert walk.kiosk.page == ChoosingAgency(turn=0)


def test_back_from_a_service_finds_what_was_typed() -> None:
    walk = Walk()
    walk.choose(events.Start(Language.INDONESIAN), events.OpenSearch(), events.Type("k"), events.ChooseService("kk"))
    walk.choose(events.Back())
    assert walk.kiosk.page == Searching(ChoosingAgency(), "k")


@pytest.mark.parametrize(
    "way",
    [
        [],
        [events.ChooseAgency("dukcapil")],
        [events.OpenSearch()],
        [events.ChooseAgency("dukcapil"), events.ChooseService("ktp")],
        [events.ChooseAgency("dukcapil"), events.ChooseService("ktp"), events.AskForPriority()],
    ],
)
def test_start_over_leads_to_the_idle_page_from_everywhere(way: list[events.Event]) -> None:
    walk = Walk()
    walk.choose(events.Start(Language.ENGLISH), *way, events.StartOver())
    assert walk.page == "Idle"


def test_letters_are_typed_erased_and_cleared() -> None:
    walk = Walk()
    walk.choose(events.Start(Language.INDONESIAN), events.OpenSearch())
    walk.choose(*(events.Type(letter) for letter in " kk x"), events.Erase())
    assert walk.kiosk.page == Searching(ChoosingAgency(), "kk ")
    walk.choose(events.Clear())
    assert walk.kiosk.page == Searching(ChoosingAgency(), "")


def test_the_language_changes_on_the_way_and_the_number_comes_in_it() -> None:
    walk = Walk()
    walk.to_service(language=Language.INDONESIAN)
    walk.choose(events.SwitchLanguage(), events.TakeNumber())
    assert walk.asked[0].language is Language.ENGLISH


def test_the_next_visitor_finds_neither_language_nor_letter_size_of_the_last() -> None:
    walk = Walk()
    walk.to_service(language=Language.ENGLISH)
    walk.choose(events.SwitchSize())
    assert walk.kiosk.large
    walk.choose(events.StartOver())
    assert (walk.kiosk.language, walk.kiosk.large) == (Language.INDONESIAN, False)


# --- closed ---


def test_a_closed_service_can_be_read_but_gives_no_number() -> None:
    walk = Walk(a_table(closed="ktp"))
    walk.to_service("ktp")
    walk.choose(events.TakeNumber(), events.AskForPriority())
    assert walk.page == "ReadingService"
    assert walk.asked == []


def test_a_service_whose_quota_is_used_up_gives_no_number() -> None:
    walk = Walk(a_table(used_up="ktp"))
    walk.to_service("ktp")
    walk.choose(events.TakeNumber())
    assert walk.asked == []


def test_a_service_that_closes_while_it_is_read_gives_no_number() -> None:
    walk = Walk()
    walk.to_service("ktp")
    walk.happen(events.CatalogueChanged(a_table(closed="ktp")))
    walk.choose(events.TakeNumber())
    assert walk.asked == []


def test_a_service_that_leaves_the_catalogue_while_it_is_read_leads_back_to_the_agencies() -> None:
    walk = Walk()
    walk.to_service("paspor")
    walk.happen(events.CatalogueChanged(without(a_table(), "paspor", "imigrasi")))
    assert walk.page == "ChoosingAgency"


def test_news_of_other_lines_leave_the_visitor_where_he_is() -> None:
    walk = Walk()
    walk.to_service("ktp")
    walk.happen(events.CatalogueChanged(a_table(closed="paspor")))
    assert walk.page == "ReadingService"


# --- impatience ---


def test_a_finger_that_still_taps_does_not_press_what_appears_beneath_it() -> None:
    walk = Walk()
    walk.choose(events.Start(Language.INDONESIAN))
    walk.happen(events.ChooseAgency("dukcapil"))
    assert walk.page == "ChoosingAgency"


def test_a_double_press_asks_once() -> None:
    walk = Walk()
    walk.to_service()
    walk.choose(events.TakeNumber())
    walk.happen(events.TakeNumber(), events.TakeNumber())
    walk.choose(events.TakeNumber())
    assert len(walk.asked) == 1


def again(walk: Walk) -> None:
    """A number was taken and read; the next touch asks for one of the same service."""
    walk.take()
    walk.happen(events.PaperOut("v-A-042", 0, sure=True))
    walk.choose(events.Finished())
    walk.to_service()
    walk.choose(events.TakeNumber())


def test_the_same_service_again_asks_whose_the_number_is() -> None:
    walk = Walk()
    again(walk)
    assert isinstance(walk.kiosk.page, AskingAgain)
    assert walk.kiosk.page.ticket.issued.ticket == "A-042"
    assert len(walk.asked) == 1


def test_another_visitor_gets_a_number_within_two_seconds() -> None:
    walk = Walk()
    again(walk)
    walk.happen(events.TakeAnother())
    assert len(walk.asked) == 1  # a finger that still taps
    walk.now += 1.6
    walk.happen(events.TakeAnother())
    assert len(walk.asked) == 2


def test_the_same_visitor_gets_one_copy_and_then_the_screen() -> None:
    walk = Walk()
    again(walk)
    walk.choose(events.PrintMine())
    assert walk.printed == [("A-042", 0), ("A-042", 1)]
    walk.happen(events.PaperOut("v-A-042", 1, sure=True))
    assert walk.page == "TakeTicket"
    walk.choose(events.Finished())
    walk.to_service()
    walk.choose(events.TakeNumber(), events.PrintMine())
    assert walk.page == "TakeTicket"
    assert walk.printed == [("A-042", 0), ("A-042", 1)]
    assert len(walk.asked) == 1


def test_after_a_while_nothing_is_asked() -> None:
    walk = Walk()
    walk.take()
    walk.happen(events.PaperOut("v-A-042", 0, sure=True))
    walk.wait(SAME_SERVICE)
    walk.to_service()
    walk.choose(events.TakeNumber())
    assert len(walk.asked) == 2


def test_another_service_does_not_wait() -> None:
    walk = Walk()
    walk.take()
    walk.happen(events.PaperOut("v-A-042", 0, sure=True))
    walk.choose(events.Finished())
    walk.to_service("paspor")
    walk.choose(events.TakeNumber())
    assert [command.service for command in walk.asked] == ["ktp", "paspor"]


def test_tapping_does_not_shorten_the_wait_but_lengthens_its_end() -> None:
    walk = Walk()
    walk.ask()
    walk.refuse(ErrorCode.COOLDOWN, seconds=12)
    for _ in range(200):
        walk.wait(0.25)
        walk.happen(events.Touched())
    assert walk.page == "Cooldown"
    walk.wait(5.25)
    assert walk.page == "ReadingService"


def test_the_servers_cooldown_is_kept_for_as_long_as_it_says() -> None:
    walk = Walk()
    walk.ask()
    walk.refuse(ErrorCode.COOLDOWN, seconds=12)
    assert isinstance(walk.kiosk.page, Cooldown)
    assert walk.kiosk.page.until == walk.now + 12
    walk.wait(12.5)
    assert walk.page == "ReadingService"


# --- leaving ---


def test_a_visitor_who_left_is_asked_and_then_forgotten() -> None:
    walk = Walk()
    walk.to_service()
    walk.wait(29.5)
    assert not asks_again(walk.kiosk, walk.now)
    walk.wait(1)
    assert asks_again(walk.kiosk, walk.now)
    walk.wait(15)
    assert walk.page == "Idle"


def test_saying_yes_keeps_the_page_for_as_long_again() -> None:
    walk = Walk()
    walk.to_service()
    walk.wait(40)
    walk.happen(events.Stay())
    walk.wait(PATIENCE - 1)
    assert walk.page == "ReadingService"


def test_a_touch_elsewhere_does_not_take_the_question_away() -> None:
    """It would press what lies beneath."""
    walk = Walk()
    walk.to_service()
    walk.wait(40)
    walk.happen(events.Touched())
    assert asks_again(walk.kiosk, walk.now)


def test_every_touch_keeps_the_visitor_there() -> None:
    walk = Walk()
    walk.to_service()
    for _ in range(10):
        walk.wait(25)
        walk.happen(events.Touched())
    assert walk.page == "ReadingService"


def test_the_idle_page_stays_idle() -> None:
    walk = Walk()
    walk.wait(300)
    assert walk.page == "Idle"
    assert not asks_again(walk.kiosk, walk.now)


# --- the number ---


def test_paper_follows_the_number_and_is_reported() -> None:
    walk = Walk()
    walk.take("A-042")
    assert walk.page == "Printing"
    assert walk.printed == [("A-042", 0)]
    walk.happen(events.PaperOut("v-A-042", 0, sure=True))
    assert isinstance(walk.kiosk.page, TakeTicket)
    assert walk.kiosk.page.sure
    walk.wait(TAKE_PAPER + 0.5)
    assert walk.page == "Idle"


def test_an_answer_to_another_request_is_not_this_visitors() -> None:
    walk = Walk()
    walk.ask()
    walk.answer(request="r0")
    assert walk.page == "Issuing"
    assert walk.printed == []


def test_no_answer_says_that_no_number_exists() -> None:
    walk = Walk()
    walk.ask()
    request = "r1"
    walk.happen(events.RequestGivenUp(request))  # type: ignore[arg-type]
    assert walk.page == "NoAnswer"
    walk.answer(request=request)
    assert walk.page == "NoAnswer"
    walk.wait(21)
    assert walk.page == "Idle"


@pytest.mark.parametrize("code", [ErrorCode.SERVICE_CLOSED, ErrorCode.QUOTA_REACHED, ErrorCode.STORAGE_UNAVAILABLE])
def test_a_refusal_is_shown_and_leaves_by_itself(code: ErrorCode) -> None:
    walk = Walk()
    walk.ask()
    walk.refuse(code)
    assert walk.page == "Refused"
    walk.wait(21)
    assert walk.page == "Idle"


def test_a_refusal_does_not_hold_the_service_back() -> None:
    walk = Walk()
    walk.ask()
    walk.refuse(ErrorCode.STORAGE_UNAVAILABLE)
    walk.choose(events.Finished())
    walk.to_service()
    walk.choose(events.TakeNumber())
    assert len(walk.asked) == 2


def test_a_service_is_reached_through_its_agency() -> None:
    walk = Walk()
    walk.to_service("kk")
    assert walk.kiosk.page == ReadingService("kk", ChoosingService("dukcapil", ChoosingAgency()))
