"""Dispatching: law 5, withdrawal, and what a failed commit leaves behind."""

from __future__ import annotations

from server.app.jobs import Asked, Followed, Joined, Left, Withdrew
from server.domain.errors import RefusedError
from shared.protocol.commands import CallNext, Finish, IssueTicket, OpenCounter, SignIn, SignOut
from shared.protocol.messages import Reply, Withdraw
from shared.protocol.replies import Called, Issued, SignedIn
from shared.vocabulary import ErrorCode, Language, LegState, Role, VisitId
from tests.support.builders import AYU, BUDI, KTP, ONE, TWO
from tests.support.server_in_memory import ServerInMemory, ear, replies_to

A_NUMBER = IssueTicket(service="KTP", language=Language.INDONESIAN)


def _code(reply: Reply) -> ErrorCode | None:
    return None if reply.refusal is None else reply.refusal.code


def test_law_5_a_request_repeated_does_nothing_new() -> None:
    server = ServerInMemory()
    kiosk = server.kiosk()
    first = server.asks(kiosk, A_NUMBER, "same")
    again = server.asks(kiosk, A_NUMBER, "same")
    assert again.result == first.result
    assert (first.replayed, again.replayed) == (False, True)
    assert len(server.lobby.visits) == 1


def test_law_5_also_within_one_batch() -> None:
    server = ServerInMemory()
    kiosk = server.kiosk()
    request = server.request(A_NUMBER)
    server.run(Asked(kiosk, request), Asked(kiosk, request))
    first, again = replies_to(kiosk, request.id)
    assert again.result == first.result
    assert len(server.lobby.visits) == 1


def test_law_5_also_after_a_restart_of_the_server() -> None:
    server = ServerInMemory()
    first = server.asks(server.kiosk(), A_NUMBER, "same")
    server.restarts()
    again = server.asks(server.kiosk(), A_NUMBER, "same")
    assert again.replayed
    assert again.result == first.result
    assert len(server.lobby.visits) == 1


def test_law_5_also_for_an_officer_who_has_not_signed_in_again() -> None:
    server = ServerInMemory()
    server.issues(server.kiosk())
    first = server.asks(server.officer(device="desk"), CallNext(), "next")
    server.restarts()
    back = server.counter("desk")
    assert server.asks(back, CallNext(), "next").result == first.result
    assert _code(server.asks(back, CallNext(), "another")) is ErrorCode.FORBIDDEN


def test_the_same_id_with_another_body_or_from_another_device_is_refused() -> None:
    server = ServerInMemory()
    kiosk = server.kiosk()
    server.asks(kiosk, A_NUMBER, "same")
    other = IssueTicket(service="KK", language=Language.INDONESIAN)
    assert _code(server.asks(kiosk, other, "same")) is ErrorCode.REQUEST_REUSED
    assert _code(server.asks(server.kiosk("kiosk-2"), A_NUMBER, "same")) is ErrorCode.REQUEST_REUSED
    assert len(server.lobby.visits) == 1


def test_a_refused_request_may_be_asked_again() -> None:
    server = ServerInMemory()
    officer = server.officer()
    assert _code(server.asks(officer, CallNext(), "next")) is ErrorCode.NOBODY_WAITING
    server.issues(server.kiosk())
    assert isinstance(server.asks(officer, CallNext(), "next").result, Called)


def test_what_was_withdrawn_is_never_done_later() -> None:
    server = ServerInMemory()
    kiosk = server.kiosk()
    assert _code(server.withdraws(kiosk, "given-up")) is ErrorCode.WITHDRAWN
    server.restarts()
    kiosk = server.kiosk()
    late = server.asks(kiosk, A_NUMBER, "given-up")
    assert _code(late) is ErrorCode.WITHDRAWN
    assert late.replayed
    assert not server.lobby.visits


def test_a_request_and_its_withdrawal_in_one_batch_leave_nobody_in_line() -> None:
    server = ServerInMemory()
    kiosk = server.kiosk()
    request = server.request(A_NUMBER)
    server.run(Asked(kiosk, request), Withdrew(kiosk, Withdraw(id=request.id)))
    (visit,) = server.lobby.visits.values()
    assert visit.last_leg.state is LegState.CANCELLED


def test_a_number_that_was_given_up_after_it_was_issued_is_cancelled_because_nobody_saw_it() -> None:
    server = ServerInMemory()
    kiosk = server.kiosk()
    issued = server.asks(kiosk, A_NUMBER, "slow").result
    assert isinstance(issued, Issued)
    assert server.withdraws(kiosk, "slow").result == issued
    assert server.lobby.visits[VisitId(issued.visit)].last_leg.state is LegState.CANCELLED
    assert server.withdraws(kiosk, "slow").replayed


def test_nobody_withdraws_for_another() -> None:
    server = ServerInMemory()
    issued = server.asks(server.kiosk(), A_NUMBER, "mine").result
    assert _code(server.withdraws(server.kiosk("kiosk-2"), "mine")) is ErrorCode.REQUEST_REUSED
    assert isinstance(issued, Issued)
    assert server.lobby.visits[VisitId(issued.visit)].is_open


def test_a_double_press_calls_once() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.officer()
    server.issues(kiosk)
    server.issues(kiosk)
    server.run(Asked(officer, server.request(CallNext(), "p1")), Asked(officer, server.request(CallNext(), "p2")))
    assert isinstance(replies_to(officer, "p1")[0].result, Called)
    assert _code(replies_to(officer, "p2")[0]) is ErrorCode.HAND_MISMATCH


def test_two_officers_who_press_next_together_get_two_visitors() -> None:
    server = ServerInMemory()
    kiosk = server.kiosk()
    tickets = {server.issues(kiosk).ticket, server.issues(kiosk).ticket}
    one, two = server.officer(ONE, AYU), server.officer(TWO, BUDI)
    server.run(Asked(one, server.request(CallNext(), "p1")), Asked(two, server.request(CallNext(), "p2")))
    called = [replies_to(one, "p1")[0].result, replies_to(two, "p2")[0].result]
    assert {result.ticket for result in called if isinstance(result, Called)} == tickets


def test_a_failed_commit_promises_nothing_and_the_lobby_heals() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.counter()
    before = server.issues(kiosk)
    server.store.broken = True
    server.run(
        Asked(kiosk, server.request(A_NUMBER, "lost")),
        Asked(officer, server.request(SignIn(officer=AYU, pin="1234", counter=ONE), "in")),
    )
    assert _code(replies_to(kiosk, "lost")[0]) is ErrorCode.STORAGE_UNAVAILABLE
    assert _code(replies_to(officer, "in")[0]) is ErrorCode.STORAGE_UNAVAILABLE
    assert officer.role is Role.COUNTER
    server.store.broken = False
    server.passes(seconds=2)
    assert [visit.ticket for visit in server.lobby.visits.values()] == [before.ticket]
    healed = server.asks(kiosk, A_NUMBER, "lost").result
    assert isinstance(healed, Issued)
    assert healed.ticket == "A-002"


def test_a_sign_in_with_a_wrong_pin_seats_nobody() -> None:
    server = ServerInMemory()
    counter = server.counter()
    sign_in = SignIn(officer=AYU, pin="1234", counter=ONE)
    reply = server.asks(counter, sign_in, pin=RefusedError(ErrorCode.WRONG_PIN))
    assert _code(reply) is ErrorCode.WRONG_PIN
    assert counter.seat is None


def test_a_taken_counter_names_who_is_there_and_a_take_over_ends_their_connection() -> None:
    server = ServerInMemory()
    server.issues(server.kiosk())
    first = server.officer(ONE, AYU, device="desk-1")
    server.does(first, CallNext())
    second = server.counter("desk-2")
    taken = server.refusal(second, SignIn(officer=BUDI, pin="1234", counter=ONE))
    assert taken.code is ErrorCode.COUNTER_TAKEN
    assert taken.facts["officer"] == AYU
    assert isinstance(server.does(second, SignIn(officer=BUDI, pin="1234", counter=ONE, take_over=True)), SignedIn)
    refused = ear(first).refused
    assert refused is not None
    assert refused.code is ErrorCode.TAKEN_OVER
    assert refused.facts["officer"] == BUDI
    assert ear(first).closed is not None
    assert server.lobby.in_hand(ONE) is not None
    assert server.refusal(first, CallNext()).code is ErrorCode.FORBIDDEN


def test_an_officer_whose_connection_was_lost_sits_down_again_without_taking_over() -> None:
    server = ServerInMemory()
    server.issues(server.kiosk())
    first = server.officer()
    called = server.does(first, CallNext())
    server.leaves(first)
    back = server.counter()
    assert isinstance(server.does(back, SignIn(officer=AYU, pin="1234", counter=ONE)), SignedIn)
    hand = server.lobby.in_hand(ONE)
    assert isinstance(called, Called)
    assert hand is not None
    assert hand.id == called.leg


def test_who_signed_out_may_do_nothing_more() -> None:
    server = ServerInMemory()
    officer = server.officer()
    server.follows(officer, "desk:c1")
    server.does(officer, SignOut())
    assert officer.role is Role.COUNTER
    assert server.refusal(officer, OpenCounter()).code is ErrorCode.FORBIDDEN
    heard = len(ear(officer).heard)
    server.issues(server.kiosk())
    assert len(ear(officer).heard) == heard, "the desk is shown no more"


def test_finishing_somebody_elses_visitor_is_refused() -> None:
    server = ServerInMemory()
    server.issues(server.kiosk())
    called = server.does(server.officer(ONE, AYU), CallNext())
    assert isinstance(called, Called)
    two = server.officer(TWO, BUDI)
    assert server.refusal(two, Finish(leg=called.leg)).code is ErrorCode.HAND_MISMATCH


def test_after_a_fault_of_our_own_who_was_heard_comes_again_and_who_left_is_let_go() -> None:
    server = ServerInMemory()
    gone, asking, follower = server.kiosk("k1"), server.kiosk("k2"), server.kiosk("k3")
    server.follows(gone, "kiosk")
    for post in server.engine.distrust(
        [
            Left(gone),
            Asked(asking, server.request(IssueTicket(service=KTP, language=Language.ENGLISH))),
            Followed(follower, "kiosk"),
            Joined(gone),
        ]
    ):
        post()
    assert not server.hub.is_followed("kiosk")
    assert [ear(one).closed is None for one in (gone, asking, follower)] == [True, False, False]
