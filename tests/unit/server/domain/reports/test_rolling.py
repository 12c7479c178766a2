"""The figures of a day, from its rows: what counts, for whom, and what is left out."""

from __future__ import annotations

from collections import defaultdict
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.reports.day_record import EXCEPTION, Mention, StandRow
from server.domain.reports.figures import SITE, Figures, Kind, Subject, total
from server.domain.reports.histogram import ERROR, by_bucket, cell, hour_of, percentiles, weekday_of
from server.domain.reports.rolling import rolled_up
from server.domain.reports.trust import Trust
from tests.support.day_rows import DAY, HOUSE, NINE, DayRows, Story, stories

TRUST = Trust()
MINUTE = 60_000


def figures(rows: DayRows, subject: Subject = SITE, now: int | None = None) -> Figures:
    return rolled_up(rows.record(now), HOUSE, TRUST).get(subject, Figures())


def test_a_plain_visit_counts_for_everything_that_it_touched() -> None:
    rows = DayRows()
    rows.visit(Story("card", "c1", wait=600, walk=30, serve=300))
    found = rolled_up(rows.record(), HOUSE, TRUST)
    assert set(found) == {
        SITE,
        Subject(Kind.AGENCY, "registry"),
        Subject(Kind.SERVICE, "card"),
        Subject(Kind.COUNTER, "c1"),
        Subject(Kind.ZONE, "north"),
    }
    for one in found.values():
        assert (one.visits, one.legs, one.served, one.solved, one.called, one.calls) == (1, 1, 1, 1, 1, 1)
        assert (one.waited, one.walked, one.took) == (600_000, 30_000, 300_000)
        assert (one.longest_wait, one.longest_walk, one.longest_service) == (600_000, 30_000, 300_000)


def test_arrivals_stand_at_the_hour_of_the_sites_clock() -> None:
    rows = DayRows()
    rows.visit(Story("card", "c1", arrive=90 * 60))  # 10:30 in Makassar, 02:30 UTC
    ((one, count),) = figures(rows).arrivals.items()
    assert (weekday_of(one), hour_of(one), count) == (DAY.weekday(), 10, 1)


def test_a_wait_is_over_with_the_first_call_and_walking_is_of_the_call_that_was_followed() -> None:
    rows = DayRows()
    at = NINE
    rows.leg("v1", "l1", "card", "served", at, "c1", "solved", returned=1)
    for state, seconds in (
        ("waiting", 100),
        ("called", 60),
        ("missed", 500),
        ("waiting", 50),
        ("called", 20),
        ("serving", 90),
    ):
        rows.period("v1", "l1", state, at, at := at + seconds, "c1")
    found = figures(rows)
    assert (found.waited, found.walked, found.took) == (100_000, 20_000, 90_000)
    assert (found.calls, found.came_back, found.missed) == (2, 1, 0)


def test_what_a_visitor_spent_at_another_counter_is_not_waiting() -> None:
    rows = DayRows()
    rows.leg("v1", "l1", "card", "served", NINE + 400, "c1", "solved")
    rows.leg("v1", "l2", "birth", "served", NINE + 900, "c2", "solved")
    for leg, counter, wait, serve in (("l1", "c1", 100, 300), ("l2", "c2", 600, 300)):
        rows.period("v1", leg, "waiting", NINE, NINE + wait)
        rows.period("v1", leg, "called", NINE + wait, NINE + wait, counter)
        rows.period("v1", leg, "serving", NINE + wait, NINE + wait + serve, counter)
    assert figures(rows, Subject(Kind.SERVICE, "birth")).waited == 300_000
    assert (figures(rows).visits, figures(rows).legs) == (1, 2)


def test_parked_time_is_not_service() -> None:
    rows = DayRows()
    at = NINE
    rows.leg("v1", "l1", "card", "served", at, "c1", "solved")
    for state, seconds in (
        ("waiting", 10),
        ("called", 5),
        ("serving", 60),
        ("parked", 900),
        ("called", 5),
        ("serving", 40),
    ):
        rows.period("v1", "l1", state, at, at := at + seconds, "c1")
    found = figures(rows)
    assert (found.took, found.calls, found.longest_walk) == (100_000, 1, 5_000)


def test_times_that_cannot_be_trusted_are_counted_and_left_out() -> None:
    rows = DayRows()
    rows.visit(Story("card", "c1", serve=9))
    rows.visit(Story("card", "c1", serve=5 * 3600))
    rows.visit(Story("card", "c1", serve=3000, ending="expired"))
    rows.visit(Story("card", "c1", walk=5 * 3600))
    rows.visit(Story("card", "c1", walk=700, serve=None, ending="expired"))
    rows.visit(Story("card", "c1", wait=13 * 3600))
    found = figures(rows)
    assert (found.took_too_short, found.took_too_long, found.took_left_open) == (1, 1, 1)
    assert (found.walked_too_long, found.walked_left_open) == (1, 1)
    assert found.waited_too_long == 1
    assert found.services.total() == 2
    assert found.longest_service == 300_000


def test_who_was_never_called_is_told_from_who_was_left_at_a_counter() -> None:
    rows = DayRows()
    rows.visit(Story("card", None, walk=None, serve=None, ending="expired"))
    rows.visit(Story("card", "c1", serve=60, ending="expired"))
    found = figures(rows)
    assert (found.expired, found.never_called, found.called) == (2, 1, 1)


def test_a_call_out_of_order_counts_where_it_was_made() -> None:
    rows = DayRows()
    rows.visit(Story("card", "c1"))
    rows.mentions.append(Mention(EXCEPTION, "card", "c1", "urgent_need"))
    assert figures(rows).by_ticket == figures(rows, Subject(Kind.COUNTER, "c1")).by_ticket == 1
    assert figures(rows, Subject(Kind.COUNTER, "c2")).by_ticket == 0


def test_open_counters_are_minutes_by_hour_also_for_the_services_they_serve() -> None:
    rows = DayRows()
    rows.stands += [StandRow("c1", True, _at(1800)), StandRow("c1", False, _at(5400)), StandRow("c2", True, _at(0))]
    rows.visit(Story("birth", "c2", arrive=0, wait=0, walk=0, serve=600))
    found = figures(rows).staffed
    assert found[cell(DAY.weekday(), 9)] == 30 + 10  # c2 was not closed: open until its last visitor left
    assert found[cell(DAY.weekday(), 10)] == 30
    assert figures(rows, Subject(Kind.SERVICE, "birth")).staffed[cell(DAY.weekday(), 9)] == 10


def test_a_counter_is_open_until_now_while_the_day_is_not_over() -> None:
    rows = DayRows()
    rows.stands.append(StandRow("c1", True, _at(0)))
    assert figures(rows, now=_at(1200)).staffed[cell(DAY.weekday(), 9)] == 20


def test_a_day_in_the_middle_of_its_work_counts_who_is_at_a_counter_now() -> None:
    rows = DayRows()
    rows.leg("v1", "l1", "card", "serving", NINE + 130, "c1")
    rows.period("v1", "l1", "waiting", NINE, NINE + 100)
    rows.period("v1", "l1", "called", NINE + 100, NINE + 130, "c1")
    rows.leg("v2", "l2", "card", "called", NINE + 50, "c2")
    rows.period("v2", "l2", "waiting", NINE, NINE + 50)
    found = figures(rows)
    assert (found.open, found.served, found.called, found.calls) == (2, 0, 2, 2)
    assert (found.waits.total(), found.walks.total(), found.services.total()) == (2, 1, 0)


@settings(max_examples=60)
@given(st.lists(stories, max_size=25))
def test_law_a_roll_up_says_what_the_rows_say(many: list[Story]) -> None:
    """Counted again in the plainest way, story by story: the same counts, and percentiles within the stated error."""
    rows = DayRows()
    for story in many:
        rows.visit(story)
    found = rolled_up(rows.record(), HOUSE, TRUST)
    mine: dict[Subject, list[Story]] = defaultdict(list)
    for story in many:
        for subject in story.subjects():
            mine[subject].append(story)
    assert set(found) == set(mine)
    for subject, several in mine.items():
        one = found[subject]
        assert one.visits == one.legs == len(several)
        assert one.served == sum(story.ending == "served" for story in several)
        assert one.missed == sum(story.ending == "missed" for story in several)
        assert one.expired == sum(story.ending == "expired" for story in several)
        waits = [story.wait for story in several if story.counter is not None]
        walks = [story.walk for story in several if story.walk is not None and story.serve is not None]
        took = [story.serve for story in several if story.serve is not None and story.ending == "served"]
        believed = [seconds for seconds in took if 10 <= seconds <= 4 * 3600]
        assert one.took_too_short + one.took_too_long == len(took) - len(believed)
        for cells, sums, longest, direct in (
            (one.waits, one.waited, one.longest_wait, waits),
            (one.walks, one.walked, one.longest_walk, walks),
            (one.services, one.took, one.longest_service, believed),
        ):
            assert (cells.total(), sums, longest) == (len(direct), sum(direct) * 1000, max(direct, default=0) * 1000)
            for share, said in zip((0.5, 0.9), percentiles(by_bucket(cells), (0.5, 0.9)), strict=True):
                if said is not None:
                    exact = sorted(direct)[ceil(share * len(direct)) - 1]
                    assert abs(said - exact) <= max(0.5, exact * ERROR * 1.000_001)


@settings(max_examples=20)
@given(st.lists(stories, max_size=10), st.lists(stories, max_size=10))
def test_law_two_days_added_up_are_all_their_stories(one: list[Story], other: list[Story]) -> None:
    together, apart = DayRows(), [DayRows(), DayRows()]
    for story in (*one, *other):
        together.visit(story)
    for rows, several in zip(apart, (one, other), strict=True):
        for story in several:
            rows.visit(story)
    whole, added = figures(together), total(figures(rows) for rows in apart)
    added.days = whole.days  # two days of the same weekday are two days
    assert added == whole


def _at(seconds: int) -> int:
    return (NINE + seconds) * 1_000_000
