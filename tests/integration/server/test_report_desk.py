"""The desk and its process: one at a time, a limit of time, an end when nobody asks, nothing in the server's memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server.app.ports import StorageError
from server.care.caretaker import Moment
from server.care.rolling_up import RollingUpDays
from server.db.store import Store, open_store
from server.reporting.desk import GIVEN_UP, MOST_WAITING, ReportDesk, TooManyError
from server.reporting.wire import AddedUp, Drawn, Due, Failed, Form, Ready, Refused, Start, Wanted
from shared.vocabulary import Language
from tests.support.past_days import working_days, write_past
from tests.support.small_catalogue import SMALL, TODAY, read
from tests.support.waiting import wait_until

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAYS = working_days(TODAY - timedelta(days=1), 3)
SLEEPER = (sys.executable, "-c", "import time; time.sleep(600)")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path_factory.mktemp('past') / 'loket.sqlite'}"
    with open_store(url) as opened:
        opened.catalogues.publish_catalogue(SMALL, NOW)
        write_past(url, read(SMALL), DAYS, 40)
        yield opened


@pytest.fixture(scope="module")
def desk(store: Store) -> Iterator[ReportDesk]:
    made = ReportDesk(Start(store.url, 10_000_000, 14_400_000_000, ";"), 60.0)
    yield made
    made.stop()


def wanted(**changes: object) -> Wanted:
    values: dict[str, object] = {
        "form": Form.PAGE, "subject": "", "agency": None, "preset": "last_90_days", "first": "", "last": "",
        "language": Language.ENGLISH, "now": NOW,
    }  # fmt: skip
    return Wanted(**(values | changes))  # type: ignore[arg-type]


def test_a_page_is_made_outside_of_the_server(desk: ReportDesk) -> None:
    answer = desk.submit(wanted()).result(60)
    assert isinstance(answer, Drawn)
    assert b"Papers that were missing" in answer.body
    assert desk.pid is not None


def test_an_agencys_head_gets_the_own_agency_and_nothing_else(desk: ReportDesk) -> None:
    head = {"agency": "police", "form": Form.CSV}
    whole = desk.submit(wanted(**head, section="services")).result(60)
    assert isinstance(whole, Drawn)
    rows = whole.body.decode().splitlines()
    assert [row.split(";")[1] for row in rows[1:]] == ["Police certificate"]
    counters = desk.submit(wanted(**head, section="counters")).result(60)
    assert isinstance(counters, Drawn)
    assert [row.split(";")[0] for row in counters.body.decode().splitlines()[1:]] == ["Counter 2A"]
    for subject in ("agency:registry", "service:card", "zone:north", "counter:counter-1"):
        assert desk.submit(wanted(agency="police", subject=subject)).result(60) in (
            Refused("not_yours"),
            Refused("unknown"),
        )
    assert desk.submit(wanted(**head, section="agencies")).result(60) == Refused("section")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"preset": "own", "first": "2026-11-24", "last": "2026-11-01"}, "dates"),
        ({"preset": "own", "first": "x"}, "dates"),
        ({"preset": "own", "first": "2001-01-01"}, "too_long"),
        ({"preset": "for ever"}, "dates"),
        ({"subject": "agency:'; drop table legs; --"}, "unknown"),
    ],
)
def test_a_wrong_question_is_refused_by_name(desk: ReportDesk, changes: dict[str, object], why: str) -> None:
    assert desk.submit(wanted(**changes)).result(60) == Refused(why)


def test_a_process_that_ended_is_followed_by_another(desk: ReportDesk) -> None:
    desk.submit(wanted(form=Form.CSV, section="times")).result(60)
    first = desk.pid
    assert first is not None
    subprocess.run(["kill", "-9", str(first)], check=True)
    wait_until(lambda: desk.pid is None)
    assert isinstance(desk.submit(wanted(form=Form.CSV, section="times")).result(60), Drawn)
    assert desk.pid != first


def test_a_process_can_be_there_before_anybody_asks_and_stays(store: Store) -> None:
    ahead = ReportDesk(Start(store.url, 10_000_000, 14_400_000_000, ";", stays=True), 60.0, ahead=0.0)
    ahead.start()
    wait_until(lambda: ahead.pid is not None)
    assert isinstance(ahead.submit(Ready()).result(60), Drawn)  # with typefaces and templates
    ahead.stop()
    assert ahead.pid is None


def test_what_takes_too_long_is_given_up_and_too_many_are_turned_away() -> None:
    slow = ReportDesk(Start("sqlite:////nowhere", 0, 0, ";"), 0.2, SLEEPER)
    asked = [slow.submit(wanted()) for _ in range(MOST_WAITING)]
    with pytest.raises(TooManyError):
        slow.submit(wanted())
    assert isinstance(asked[0].result(30), Failed)
    slow.stop()
    with pytest.raises(TooManyError):
        slow.submit(wanted())


def test_whoever_leaves_while_waiting_gives_the_place_back() -> None:
    slow = ReportDesk(Start("sqlite:////nowhere", 0, 0, ";"), 600.0, SLEEPER)
    first = slow.submit(wanted())
    wait_until(first.running)
    for _ in range(2 * MOST_WAITING):  # a page that is loaded again and again
        assert slow.submit(wanted()).cancel()
    slow.stop()  # at once: what it was making is not begun anew
    assert first.result(0) == Failed(GIVEN_UP)
    assert slow.pid is None


def test_days_that_are_over_are_added_up_while_the_server_serves(desk: ReportDesk, store: Store) -> None:
    duty = RollingUpDays(desk, lambda _: TODAY, store.rollups.write, first_look=0.0)
    tick = 0.0

    def looked() -> bool:
        nonlocal tick
        tick += 1
        assert duty.look(Moment(NOW, tick)) == {}
        return set(map(str, DAYS)) <= set(store.rollups.states())

    wait_until(looked)
    assert store.rollups.states()[str(DAYS[0])].legs > 10


def test_a_disk_that_is_full_lets_the_days_wait(desk: ReportDesk, store: Store) -> None:
    def full(*_: object) -> None:
        raise StorageError("full")

    again = ReportDesk(Start(store.url, 11_000_000, 14_400_000_000, ";"), 60.0)  # other bounds: all is due anew
    duty = RollingUpDays(again, lambda _: TODAY, full, first_look=0.0)
    asked = again.submit(Due(TODAY, 1))
    answer = asked.result(60)
    assert isinstance(answer, AddedUp)
    assert len(answer.spans) == 1
    duty.look(Moment(NOW, 1.0))
    wait_until(lambda: duty._asked is None or duty._asked.done())
    assert duty.look(Moment(NOW, 2.0)) == {}
    again.stop()


def test_the_process_ends_with_the_server(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "server.reporting"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(60) == 0
