"""Going on: what is in the journal before what, and when a kiosk gives no numbers of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

import pytest

from kiosk.going_on import GoingOn, Then
from kiosk.island import clock_of
from kiosk.memory import Asked, Born, Clock, Closed, Entry, Given, GivenUp, Held, Memory, memory_of
from shared.protocol.commands import IssueTicket, LeaseNumbers, ReportPrint
from shared.protocol.replies import Done, Issued
from shared.protocol.views import ServiceItem
from shared.vocabulary import ErrorCode, Language, PrintState, RequestId, Words
from tests.support.builders import NINE
from tests.support.fake_link import FakeLink
from tests.unit.kiosk.test_journal import a_lease

ISSUE = IssueTicket(service="KTP", language=Language.INDONESIAN)
NOTHING = Words("", "")
KTP = ServiceItem(
    id="KTP", agency="a", name=NOTHING, prefix="A", requirements=(), fee=NOTHING, standard_minutes=5, order=1
)


class SlowDisk:
    """Keeps what it was given, and says so when the test wants."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._then: list[Then] = []

    def keep(self, entries: Sequence[Entry], then: Then) -> None:
        self.entries += entries
        self._then.append(then)

    def flushes(self, kept: bool = True) -> None:
        waiting, self._then = self._then, []
        for then in waiting:
            then(kept)


class Alone:
    def __init__(self, *entries: Entry) -> None:
        self.disk, self.link = SlowDisk(), FakeLink(NINE)
        made = count(1)
        memory = memory_of(entries or [Born("j"), Held(a_lease())])
        self.kiosk = GoingOn(
            memory,
            self.disk.keep,
            self.link,
            new_id=lambda: f"own{next(made)}",
            new_key=lambda: f"{next(made):022d}",
        )
        self.issued: list[Issued | None] = []

    def gives(self) -> None:
        self.kiosk.give(ISSUE, KTP, self.issued.append)


def test_a_request_is_on_the_disk_before_it_is_sent() -> None:
    alone = Alone()
    request = alone.kiosk.ask(ISSUE, 10)
    assert (alone.disk.entries, alone.link.sent) == ([Asked(request, ISSUE, NINE)], [])
    alone.disk.flushes()
    assert alone.link.sent == [(request, ISSUE)]


def test_a_request_given_up_while_it_was_written_is_not_sent() -> None:
    alone = Alone()
    request = alone.kiosk.ask(ISSUE, 10)
    alone.kiosk.withdraw(request)
    alone.disk.flushes()
    assert (alone.link.sent, alone.link.withdrawn) == ([], [request])


def test_an_answer_is_on_the_disk_before_it_is_acted_on() -> None:
    alone = Alone()
    request = alone.kiosk.ask(ISSUE, 10)
    alone.disk.flushes()
    shown: list[bool] = []
    alone.kiosk.answered(request, Done(), None, lambda: shown.append(True))
    assert (alone.disk.entries[-1], shown) == (Closed(request), [])
    alone.disk.flushes()
    assert shown == [True]


def test_a_number_of_the_block_is_on_the_disk_before_anybody_sees_it() -> None:
    alone = Alone()
    alone.gives()
    assert isinstance(alone.disk.entries[0], Given)
    assert alone.issued == []
    alone.disk.flushes()
    (issued,) = alone.issued
    assert issued is not None
    assert (issued.ticket, issued.visit, issued.url) == ("A-501", "i_20261123_A-501", f"u/{issued.key}")


def test_a_disk_that_fails_gives_no_number_and_burns_it() -> None:
    alone = Alone()
    alone.gives()
    alone.disk.flushes(kept=False)
    assert alone.issued == [None]
    assert alone.kiosk.memory.to_hand_in() == []
    alone.gives()
    alone.disk.flushes()
    assert alone.issued[1] is not None
    assert alone.issued[1].ticket == "A-502"


def test_the_block_ends() -> None:
    alone = Alone()
    for _ in range(4):
        alone.gives()
        alone.disk.flushes()
    assert [issued and issued.ticket for issued in alone.issued] == ["A-501", "A-502", "A-503", None]


@pytest.mark.parametrize(
    ("later", "goes_on"), [(timedelta(hours=17), True), (timedelta(hours=18), False)], ids=["today", "the day is over"]
)
def test_a_new_service_date_ends_the_block(later: timedelta, goes_on: bool) -> None:
    alone = Alone()
    alone.link.now += later
    assert alone.kiosk.can_go_on is goes_on


@pytest.mark.parametrize("code", [ErrorCode.REVOKED, ErrorCode.NOT_INTRODUCED])
def test_a_kiosk_that_may_not_come_in_any_more_gives_nothing(code: ErrorCode) -> None:
    alone = Alone()
    alone.kiosk.turned_away(code)
    assert not alone.kiosk.can_go_on
    alone.gives()
    assert alone.issued == [None]


def test_a_paper_of_a_number_not_handed_in_goes_with_it_and_later_ones_are_reported() -> None:
    alone = Alone()
    alone.gives()
    alone.disk.flushes()
    report = ReportPrint(visit="i_20261123_A-501", state=PrintState.PRINTED)
    alone.kiosk.report(report)
    assert alone.link.sent == []
    assert alone.kiosk.memory.to_hand_in()[0].ticket.print_state is PrintState.PRINTED
    alone.kiosk.report(ReportPrint(visit="v1", state=PrintState.PRINTED))
    alone.disk.flushes()
    assert [command.__class__ for _, command in alone.link.sent] == [ReportPrint]


def test_after_a_start_a_young_request_is_asked_again_and_an_old_one_withdrawn() -> None:
    young, old = NINE - timedelta(seconds=10), NINE - timedelta(seconds=40)
    alone = Alone(Born("j"), Asked("r1", ISSUE, young), Asked("r2", ISSUE, old))
    assert alone.kiosk.start({}) == []
    assert (alone.link.sent, alone.link.withdrawn) == ([("r1", ISSUE)], ["r2"])
    assert alone.disk.entries == [GivenUp("r2")]


def test_after_a_start_the_number_that_was_about_to_be_shown_is_shown() -> None:
    issued = Issued(
        visit="v1", leg="l1", ticket="A-007", ahead=1, minutes=None, key="k", url="u", issued_at=NINE
    )  # fmt: skip
    told: list[Entry] = [Born("j"), Asked("r1", ISSUE, NINE), Closed("r1", issued)]
    assert [late.issued for late in Alone(*told).kiosk.start({})] == [issued]
    assert Alone(*told).kiosk.start({"v1": PrintState.PRINTED}) == []


def test_a_withdrawal_is_remembered_until_the_server_knows() -> None:
    alone = Alone(Born("j"), GivenUp("r1"))
    alone.kiosk.start({})
    assert alone.link.withdrawn == ["r1"]
    alone.kiosk.withdrawn(RequestId("r1"))
    assert alone.disk.entries == [Closed("r1")]


def test_without_a_journal_nothing_is_leased() -> None:
    alone = Alone(Closed("r0"))
    alone.kiosk.connected(NINE)
    assert alone.link.sent == []
    assert Memory().journal == ""


def test_on_every_connection_it_leases() -> None:
    alone = Alone()
    alone.kiosk.connected(NINE)
    assert alone.link.sent == [("r1", LeaseNumbers(journal="j"))]


def test_the_clock_of_a_start_without_the_server() -> None:
    told = Clock(server=NINE, machine=NINE + timedelta(minutes=7))
    assert clock_of(told, NINE + timedelta(minutes=17)) == NINE + timedelta(minutes=10)
    assert clock_of(told, NINE - timedelta(days=3000)) is None, "an empty battery"
    assert clock_of(None, NINE) is None
