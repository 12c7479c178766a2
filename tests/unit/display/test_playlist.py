"""The playlist: calls take turns, nobody is forgotten, nothing old is called."""

from __future__ import annotations

from itertools import pairwise

from display.playlist import (
    FLASH,
    LONG_FLASH,
    LONGEST_QUEUE,
    LONGEST_SPEECH,
    ON_PANEL,
    ON_PANEL_CROWDED,
    PAUSE,
    Playlist,
    Turn,
)
from shared.protocol.messages import Announcement
from shared.vocabulary import Language, Words

ID, EN = Language.INDONESIAN, Language.ENGLISH
SPEECH = 5.0  # seconds that the voice takes here


def a_call(
    ticket: str, *, leg: str = "", again: bool = False, lifetime: float = 20.0, languages: tuple[Language, ...] = (ID,)
) -> Announcement:
    return Announcement(
        id=f"call-{ticket}{'-again' if again else ''}",
        zone="a",
        leg=leg or f"leg-{ticket}",
        ticket=ticket,
        counter="3",
        languages=languages,
        again=again,
        lifetime=lifetime,
    )


def begun(playlist: Playlist, now: float) -> Turn:
    turn = playlist.step(now)
    assert turn is not None
    return turn


def tickets_in_turn(playlist: Playlist, until: float) -> list[tuple[str, float, bool]]:
    """Let time pass in tenths, with a voice that takes SPEECH seconds: what began, when, and whether it was spoken."""
    seen = []
    quiet_at: tuple[str, float] | None = None
    for tenth in range(round(until * 10)):
        now = tenth / 10
        if quiet_at is not None and now >= quiet_at[1]:
            playlist.fell_quiet(quiet_at[0], now)
            quiet_at = None
        turn = playlist.step(now)
        if turn is not None:
            seen.append((turn.announcement.ticket, now, turn.speech is not None))
            if turn.speech is not None:
                quiet_at = (turn.announcement.id, now + SPEECH * len(turn.speech.languages))
    return seen


def test_a_call_has_its_turn_at_once() -> None:
    playlist = Playlist()
    playlist.receive(a_call("A-012"), 100.0)
    turn = begun(playlist, 100.0)
    assert turn.announcement.ticket == "A-012"
    assert turn.flash_until == 100.0 + FLASH
    assert turn.speech is not None
    assert turn.speech.chime


def test_someone_who_needs_more_time_flashes_longer() -> None:
    playlist = Playlist()
    playlist.receive(a_call("A-012"), 0.0, long_flash=True)
    assert begun(playlist, 0.0).flash_until == LONG_FLASH


def test_the_second_call_waits_for_the_voice() -> None:
    playlist = Playlist()
    playlist.receive(a_call("A-012"), 0.0)
    playlist.step(0.0)
    playlist.receive(a_call("B-007"), 0.1)
    assert playlist.step(7.0) is None
    playlist.fell_quiet("call-A-012", 7.0)
    assert playlist.step(7.0 + PAUSE / 2) is None
    assert begun(playlist, 7.0 + PAUSE).announcement.ticket == "B-007"


def test_a_mute_display_still_gives_each_call_its_time_on_the_panel() -> None:
    playlist = Playlist()
    playlist.receive(a_call("A-012"), 0.0)
    playlist.receive(a_call("B-007"), 0.0)
    playlist.step(0.0)
    playlist.fell_quiet("call-A-012", 0.0)
    assert playlist.step(ON_PANEL_CROWDED - 0.1) is None
    assert begun(playlist, ON_PANEL_CROWDED).announcement.ticket == "B-007"


def test_alone_a_call_stays_on_the_panel_for_a_while() -> None:
    playlist = Playlist()
    playlist.receive(a_call("A-012"), 0.0)
    playlist.step(0.0)
    playlist.fell_quiet("call-A-012", 1.0)
    playlist.step(ON_PANEL - 0.1)
    assert playlist.current is not None
    playlist.step(ON_PANEL)
    assert playlist.current is None


def test_five_counters_that_press_at_once_each_get_the_panel() -> None:
    playlist = Playlist()
    for number in range(1, 6):
        playlist.receive(a_call(f"A-00{number}"), 0.0)
    seen = tickets_in_turn(playlist, until=60.0)
    assert [ticket for ticket, _, _ in seen] == ["A-001", "A-002", "A-003", "A-004", "A-005"]
    assert [spoken for _, _, spoken in seen] == [True] * 5
    gaps = [later - earlier for (_, earlier, _), (_, later, _) in pairwise(seen)]
    assert min(gaps) >= ON_PANEL_CROWDED
    assert playlist.take_dropped() == []


def test_a_call_too_old_for_the_voice_is_only_shown() -> None:
    playlist = Playlist()
    playlist.receive(a_call("A-012", lifetime=20.0), 0.0)
    assert begun(playlist, 20.0).speech is None


def test_age_counts_from_the_arrival() -> None:
    playlist = Playlist()
    playlist.receive(a_call("A-012", lifetime=20.0), 5_000.0)
    assert begun(playlist, 5_019.9).speech is not None


def test_a_voice_that_is_busy_makes_nobody_older_but_not_without_end() -> None:
    playlist = Playlist()
    for number in range(20):
        playlist.receive(a_call(f"A-{number:03}"), 0.0)
    seen = tickets_in_turn(playlist, until=200.0)
    spoken = [at for _, at, spoken in seen if spoken]
    assert len(spoken) >= 10
    assert max(spoken) <= 20.0 + LONGEST_QUEUE + PAUSE + SPEECH


def test_p12_what_is_old_after_a_break_is_shown_and_not_spoken() -> None:
    playlist = Playlist()
    playlist.receive(a_call("X-001"), 0.0)
    playlist.step(0.0)
    playlist.receive(a_call("A-012", lifetime=60.0), 0.1)
    playlist.receive(a_call("B-007", lifetime=60.0), 4.9)
    playlist.step(5.0)
    playlist.fell_quiet("call-X-001", 5.5)
    old = begun(playlist, 16.0)  # the machine slept for eleven seconds
    assert (old.announcement.ticket, old.speech) == ("A-012", None)
    assert begun(playlist, 16.0 + ON_PANEL_CROWDED).speech is not None, "eleven seconds old when it woke up"


def test_p12_nothing_old_is_spoken_after_the_connection_came_back() -> None:
    playlist = Playlist()
    playlist.receive(a_call("A-012", lifetime=60.0), 0.0)
    playlist.hush_old(15.1)
    assert begun(playlist, 15.1).speech is None


def test_a_call_much_too_old_is_dropped_and_said_so() -> None:
    playlist = Playlist()
    playlist.receive(a_call("A-012", lifetime=20.0), 0.0)
    assert playlist.step(40.0) is None
    assert [call.ticket for call in playlist.take_dropped()] == ["A-012"]
    assert playlist.take_dropped() == []


def test_a_recall_is_spoken_again() -> None:
    playlist = Playlist()
    playlist.receive(a_call("A-012"), 0.0)
    playlist.step(0.0)
    playlist.fell_quiet("call-A-012", 6.0)
    playlist.receive(a_call("A-012", again=True), 6.0)
    turn = begun(playlist, 6.0 + PAUSE)
    assert turn.announcement.again
    assert turn.speech is not None


def test_recalls_that_pile_up_are_one_and_keep_their_place() -> None:
    playlist = Playlist()
    playlist.receive(a_call("X-001"), 0.0)
    playlist.step(0.0)
    playlist.receive(a_call("A-012"), 0.1)
    playlist.receive(a_call("B-007"), 0.2)
    playlist.receive(a_call("A-012", again=True), 0.3)
    assert [call.id for call in playlist.waiting()] == ["call-A-012-again", "call-B-007"]


def test_who_has_left_the_counter_is_not_called_any_more() -> None:
    playlist = Playlist()
    playlist.receive(a_call("X-001"), 0.0)
    playlist.step(0.0)
    playlist.receive(a_call("A-012", leg="l9"), 0.1)
    playlist.withdraw("l9")
    assert playlist.waiting() == ()
    assert [call.ticket for call in playlist.take_dropped()] == ["A-012"]


def test_english_follows_for_a_visitor_who_chose_it() -> None:
    playlist = Playlist()
    playlist.receive(a_call("A-012", languages=(ID, EN)), 0.0)
    speech = begun(playlist, 0.0).speech
    assert speech is not None
    assert speech.languages == (ID, EN)


def test_in_a_crowd_the_visitors_own_language_alone_is_spoken() -> None:
    playlist = Playlist()
    playlist.receive(a_call("A-012", languages=(ID, EN)), 0.0)
    for number in range(1, 4):
        playlist.receive(a_call(f"B-00{number}"), 0.0)
    speech = begun(playlist, 0.0).speech
    assert speech is not None
    assert speech.languages == (EN,)


def test_two_calls_leave_time_for_both_languages() -> None:
    playlist = Playlist()
    playlist.receive(a_call("A-012", languages=(ID, EN)), 0.0)
    playlist.receive(a_call("B-007"), 0.0)
    speech = begun(playlist, 0.0).speech
    assert speech is not None
    assert speech.languages == (ID, EN)


def test_without_hurry_every_call_has_its_chime() -> None:
    playlist = Playlist()
    playlist.receive(a_call("A-012"), 0.0)
    playlist.receive(a_call("B-007"), 0.0)
    playlist.step(0.0)
    playlist.fell_quiet("call-A-012", 6.0)
    speech = begun(playlist, 6.0 + PAUSE).speech
    assert speech is not None
    assert speech.chime


def test_in_a_hurry_a_call_that_follows_has_no_chime() -> None:
    playlist = Playlist()
    for number in range(1, 6):
        playlist.receive(a_call(f"A-00{number}"), 0.0)
    playlist.step(0.0)
    playlist.fell_quiet("call-A-001", 6.0)
    speech = begun(playlist, 6.0 + PAUSE).speech
    assert speech is not None
    assert not speech.chime


def test_a_voice_that_never_answers_does_not_block_the_panel() -> None:
    playlist = Playlist()
    playlist.receive(a_call("A-012"), 0.0)
    playlist.step(0.0)
    playlist.receive(a_call("B-007"), LONGEST_SPEECH - 1)
    assert begun(playlist, LONGEST_SPEECH + PAUSE).announcement.ticket == "B-007"


def test_a_bulletin_waits_its_turn_and_is_said_whole_in_every_language() -> None:
    playlist = Playlist()
    text = Words("Lift rusak", "The lift is out of order")
    bulletin = Announcement(
        id="b1", zone="a", leg="b1", ticket="", counter="", languages=(ID, EN), again=False, lifetime=90.0, text=text
    )
    playlist.receive(a_call("A-012"), 0.0)
    playlist.receive(bulletin, 0.0)
    for number in range(1, 6):
        playlist.receive(a_call(f"B-00{number}"), 0.0)
    assert begun(playlist, 0.0).announcement.ticket == "A-012"
    playlist.fell_quiet("call-A-012", 5.0)
    turn = begun(playlist, 6.0)
    assert turn.speech is not None
    assert (turn.speech.text, turn.speech.languages) == (text, (ID, EN))
    assert turn.flash_until == 6.0 + LONG_FLASH, "long enough to be read"
