"""The session: greeting, asking until answered, giving up, gaps, coming back."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

import pytest

from shared.notices import Announced, Answered, GivenUp, Live, Lost, PairingCode, TableChanged, TokenGiven, TurnedAway
from shared.protocol.codec import decode_client, encode
from shared.protocol.commands import CallNext, IssueTicket
from shared.protocol.messages import (
    Announcement,
    Delta,
    Hello,
    Introduced,
    Pairing,
    Refused,
    Reply,
    Request,
    SiteInfo,
    Snapshot,
    Subscribe,
    Welcome,
    Withdraw,
)
from shared.protocol.replies import Done, Refusal
from shared.protocol.values import PROTOCOL, Message
from shared.protocol.views import LineItem
from shared.session import FIRST_RETRY, LONGEST_RETRY, TURNED_AWAY_RETRY, WITHDRAW_AGAIN, Session
from shared.vocabulary import ErrorCode, Language, Program, Words

WELCOME = Welcome(
    protocol=PROTOCOL,
    release="0",
    device="kiosk-1",
    name="Kiosk 1",
    zone=None,
    site=SiteInfo("mpp", Words("MPP", "MPP"), "Asia/Makassar", (Language.INDONESIAN,)),
    now=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
)
ISSUE = IssueTicket(service="ktp", language=Language.INDONESIAN)


def a_session(token: str = "secret") -> Session:
    ids = count(1)
    return Session(
        Program.KIOSK,
        release="0",
        installation="here",
        token=token,
        new_id=lambda: f"r{next(ids)}",
        random=lambda: 0.999,
    )


def a_live_session() -> Session:
    session = a_session()
    session.opened()
    hear(session, WELCOME)
    session.take_outgoing()
    session.take_notices()
    return session


def hear(session: Session, *messages: Message) -> None:
    for message in messages:
        assert session.received(encode(message))


def sent(session: Session) -> list[object]:
    return [decode_client(frame) for frame in session.take_outgoing()]


def line(waiting: int) -> LineItem:
    return LineItem(service="ktp", open=True, waiting=waiting, minutes=None)


def test_it_greets_with_its_version_and_its_token() -> None:
    session = a_session(token="secret")
    session.opened()
    (hello,) = sent(session)
    assert hello == Hello(protocol=PROTOCOL, program=Program.KIOSK, release="0", installation="here", token="secret")


def test_nothing_is_asked_before_the_welcome() -> None:
    session = a_session()
    session.opened()
    session.take_outgoing()
    request = session.request(ISSUE, now=0)
    session.subscribe("kiosk")
    assert sent(session) == []
    hear(session, WELCOME)
    assert sent(session) == [Request(id=request, command=ISSUE), Subscribe(stream="kiosk")]


def test_a_device_that_is_not_known_shows_its_code_and_keeps_the_token_it_is_given() -> None:
    session = a_session(token="")
    session.opened()
    hear(session, Pairing(code="BCDF2345", expires_in=600.0), Introduced(token="dev_1_x"), WELCOME)
    assert session.take_notices() == [PairingCode("BCDF2345", 600.0), TokenGiven("dev_1_x"), Live(WELCOME)]


def test_a_request_is_repeated_with_its_id_until_it_is_answered() -> None:
    session = a_live_session()
    request = session.request(ISSUE, now=0)
    assert sent(session) == [Request(id=request, command=ISSUE)]
    session.closed(now=1)
    session.opened()
    hear(session, WELCOME)
    assert sent(session)[1:] == [Request(id=request, command=ISSUE)]
    hear(session, Reply(id=request, result=Done()))
    session.closed(now=2)
    session.opened()
    hear(session, WELCOME)
    assert sent(session)[1:] == []


def test_an_answer_names_the_command_it_answers() -> None:
    session = a_live_session()
    request = session.request(CallNext(), now=0)
    refusal = Refusal(ErrorCode.NOBODY_WAITING)
    hear(session, Reply(id=request, refusal=refusal))
    assert session.take_notices() == [Answered(request, CallNext(), None, refusal)]


def test_a_second_answer_to_one_request_is_not_told_again() -> None:
    session = a_live_session()
    request = session.request(CallNext(), now=0)
    hear(session, Reply(id=request, result=Done()), Reply(id=request, result=Done(), replayed=True))
    assert len(session.take_notices()) == 1


def test_law_5_a_request_given_up_while_away_is_withdrawn_before_anything_is_asked_again() -> None:
    session = a_live_session()
    late = session.request(ISSUE, now=0, give_up_after=3)
    patient = session.request(ISSUE, now=0)
    session.closed(now=1)
    session.take_notices()
    session.tick(now=2.9)
    assert session.take_notices() == []
    session.tick(now=3)
    assert session.take_notices() == [GivenUp(late, ISSUE)]
    session.opened()
    hear(session, WELCOME)
    assert sent(session)[1:] == [Withdraw(id=late), Request(id=patient, command=ISSUE)]


def test_a_withdrawal_is_repeated_until_the_server_has_heard_it() -> None:
    session = a_live_session()
    late = session.request(ISSUE, now=0, give_up_after=3)
    session.take_outgoing()
    session.tick(now=4)
    assert sent(session) == [Withdraw(id=late)]
    session.closed(now=5)
    session.opened()
    hear(session, WELCOME)
    assert sent(session)[1:] == [Withdraw(id=late)]
    hear(session, Reply(id=late, refusal=Refusal(ErrorCode.WITHDRAWN)))
    session.closed(now=6)
    session.opened()
    hear(session, WELCOME)
    assert sent(session)[1:] == []


def test_a_late_answer_to_the_request_is_no_answer_to_its_withdrawal() -> None:
    session = a_live_session()
    late = session.request(ISSUE, now=0, give_up_after=3)
    session.tick(now=4)
    assert sent(session) == [Request(id=late, command=ISSUE), Withdraw(id=late)]
    hear(session, Reply(id=late, result=Done()))
    session.closed(now=5)  # the withdrawal may have been lost on its way
    session.opened()
    hear(session, WELCOME)
    assert sent(session)[1:] == [Withdraw(id=late)]
    hear(session, Reply(id=late, result=Done(), replayed=True))
    assert not session.is_owed_answers


@pytest.mark.parametrize("code", [ErrorCode.STORAGE_UNAVAILABLE, ErrorCode.OVERLOADED])
def test_a_withdrawal_that_the_server_cannot_carry_out_now_is_tried_again(code: ErrorCode) -> None:
    session = a_live_session()
    late = session.request(ISSUE, now=0, give_up_after=3)
    session.closed(now=1)
    session.tick(now=4)
    session.opened()
    hear(session, WELCOME, Reply(id=late, refusal=Refusal(code)))
    session.take_outgoing()
    session.tick(now=4 + WITHDRAW_AGAIN)
    assert sent(session) == [Withdraw(id=late)]
    hear(session, Reply(id=late, refusal=Refusal(ErrorCode.WITHDRAWN)))
    session.tick(now=4 + 3 * WITHDRAW_AGAIN)
    assert sent(session) == []


def test_a_request_refused_by_a_database_that_is_gone_is_withdrawn_for_it_may_have_been_done_before() -> None:
    session = a_live_session()
    request = session.request(ISSUE, now=0)
    refusal = Refusal(ErrorCode.STORAGE_UNAVAILABLE)
    hear(session, Reply(id=request, refusal=refusal))
    assert session.take_notices() == [Answered(request, ISSUE, None, refusal)]
    session.take_outgoing()
    session.tick(now=WITHDRAW_AGAIN)
    assert sent(session) == [Withdraw(id=request)]


def test_who_is_told_that_too_many_ask_withdraws_only_what_was_asked_before() -> None:
    session = a_live_session()
    first, overloaded = session.request(ISSUE, now=0), Refusal(ErrorCode.OVERLOADED)
    hear(session, Reply(id=first, refusal=overloaded))
    assert not session.is_owed_answers
    again = session.request(ISSUE, now=0)
    session.closed(now=1)
    session.opened()
    hear(session, WELCOME, Reply(id=again, refusal=overloaded))
    session.take_outgoing()
    session.tick(now=WITHDRAW_AGAIN)
    assert sent(session) == [Withdraw(id=again)]


def test_a_table_follows_its_stream() -> None:
    session = a_live_session()
    session.subscribe("kiosk")
    hear(
        session,
        Snapshot(stream="kiosk", rev=4, table={"line:ktp": line(1), "line:kk": line(2)}),
        Delta(stream="kiosk", rev=5, put={"line:ktp": line(3)}, drop=("line:kk",)),
    )
    whole, change = session.take_notices()
    assert whole == TableChanged(
        "kiosk", {"line:ktp": line(1), "line:kk": line(2)}, frozenset({"line:ktp", "line:kk"}), frozenset(), whole=True
    )
    assert change == TableChanged(
        "kiosk", {"line:ktp": line(3)}, frozenset({"line:ktp"}), frozenset({"line:kk"}), whole=False
    )


def test_law_7_a_gap_is_closed_by_a_new_snapshot_and_what_comes_before_it_is_not_shown() -> None:
    session = a_live_session()
    session.subscribe("kiosk")
    hear(session, Snapshot(stream="kiosk", rev=4, table={}))
    session.take_notices()
    session.take_outgoing()
    hear(session, Delta(stream="kiosk", rev=6, put={"line:ktp": line(1)}))
    assert sent(session) == [Subscribe(stream="kiosk")]
    hear(session, Delta(stream="kiosk", rev=7, put={"line:ktp": line(2)}))
    assert session.take_notices() == []
    hear(session, Snapshot(stream="kiosk", rev=7, table={"line:ktp": line(2)}))
    (change,) = session.take_notices()
    assert isinstance(change, TableChanged)
    assert change.whole


def test_after_a_reconnect_a_snapshot_says_what_went_away_meanwhile() -> None:
    session = a_live_session()
    session.subscribe("kiosk")
    hear(session, Snapshot(stream="kiosk", rev=4, table={"line:ktp": line(1)}))
    session.closed(now=1)
    session.opened()
    hear(session, WELCOME, Snapshot(stream="kiosk", rev=0, table={}))
    change = session.take_notices()[-1]
    assert isinstance(change, TableChanged)
    assert change.drop == {"line:ktp"}


def test_an_announcement_is_passed_on() -> None:
    session = a_live_session()
    announcement = Announcement(
        id="a1",
        zone="A",
        leg="l1",
        ticket="A-001",
        counter="3",
        languages=(Language.INDONESIAN,),
        again=False,
        lifetime=20.0,
    )
    hear(session, announcement)
    assert session.take_notices() == [Announced(announcement)]


def test_the_pause_between_tries_grows_up_to_a_short_cap_and_starts_anew_after_success() -> None:
    session = a_session()
    waits = [session.closed(now=float(n)) for n in range(8)]
    assert waits[0] == pytest.approx(FIRST_RETRY, rel=0.01)
    assert waits == sorted(waits)
    assert waits[-1] == pytest.approx(LONGEST_RETRY, rel=0.01)
    session.opened()
    hear(session, WELCOME)
    assert session.closed(now=9) == pytest.approx(FIRST_RETRY, rel=0.01)


def test_losing_the_server_is_told_once() -> None:
    session = a_live_session()
    session.closed(now=7)
    session.closed(now=8)
    assert session.take_notices() == [Lost(7)]


@pytest.mark.parametrize(
    ("code", "forgets"),
    [(ErrorCode.REVOKED, True), (ErrorCode.NOT_INTRODUCED, True), (ErrorCode.CLIENT_TOO_OLD, False)],
)
def test_a_program_that_is_turned_away_says_so_and_asks_again_later(code: ErrorCode, forgets: bool) -> None:
    session = a_session()
    session.opened()
    hear(session, Refused(code=code, facts={"server": 2}))
    told = session.take_notices()
    assert told[0] == TurnedAway(code, {"server": 2})
    assert (TokenGiven("") in told) is forgets
    assert session.closed(now=1) == TURNED_AWAY_RETRY


def test_what_is_not_our_protocol_ends_the_connection() -> None:
    session = a_live_session()
    assert session.received("{") is False
    assert session.received('{"type":"news"}') is False
    assert session.take_notices() == []


def test_a_stream_that_is_no_longer_followed_is_not_shown() -> None:
    session = a_live_session()
    session.subscribe("desk:1")
    session.unsubscribe("desk:1")
    hear(session, Snapshot(stream="desk:1", rev=1, table={}))
    assert session.take_notices() == []


def test_a_next_token_is_used_only_after_it_was_kept_and_is_proved_at_once() -> None:
    session = a_session(token="first")
    session.opened()
    session.take_outgoing()
    hear(session, Introduced(token="second"))
    assert session.take_notices() == [TokenGiven("second")]
    assert sent(session) == []
    session.token_kept("second")
    (hello,) = sent(session)
    assert isinstance(hello, Hello)
    assert hello.token == "second"


def test_a_next_token_that_could_not_be_kept_is_forgotten() -> None:
    session = a_session(token="first")
    session.opened()
    hear(session, Introduced(token="second"), WELCOME)
    session.take_outgoing()
    session.closed(now=0)
    session.opened()
    (hello,) = sent(session)
    assert isinstance(hello, Hello)
    assert hello.token == "first"
