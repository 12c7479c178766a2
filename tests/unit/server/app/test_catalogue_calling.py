"""How a catalogue file says how visitors are called, and what is wrong with it."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest

from server.app.catalogue_file import check
from server.domain.calling import FirstComeFirstServed, HeadStart, StrictPriority
from server.domain.calling_order import RESTRICTING, CallingOrder
from shared.vocabulary import CounterId, Need, ServiceId
from tests.support.small_catalogue import SMALL, changed, read

PLAIN = changed("recall_gap_seconds = 0\n", "")
CARD, BIRTH, CLEARANCE = ServiceId("card"), ServiceId("birth"), ServiceId("clearance")


def with_site(calling: str) -> str:
    return changed("recall_gap_seconds = 0", calling.replace(", ", "\n"))


def test_what_the_file_leaves_out_is_usual() -> None:
    catalogue = read(PLAIN)
    assert catalogue.site.calling == CallingOrder()
    assert catalogue.calling_of(CARD).rule == HeadStart(Fraction(2, 3), timedelta(minutes=15), timedelta(minutes=90))
    assert catalogue.counters[CounterId("counter-1")].can_serve == RESTRICTING


def test_the_site_chooses_a_rule_and_an_agency_another() -> None:
    text = with_site('rule = "strict_priority", recalls = 1')
    text = changed(
        'short_name = "Polres"', 'short_name = "Polres"\ncalling = { rule = "first_come", returns = 2 }', text
    )
    assert check(text) == check(PLAIN)
    catalogue = read(text)
    assert catalogue.calling_of(CARD).rule == StrictPriority()
    police = catalogue.calling_of(CLEARANCE)
    assert (police.rule, police.returns) == (FirstComeFirstServed(), 2)
    assert police.recalls == 1, "what the agency leaves out is the site's"


def test_a_head_start_has_its_own_bounds() -> None:
    catalogue = read(with_site("head_start_percent = 50, head_start_least = 5, head_start_most = 60"))
    assert catalogue.calling_of(CARD).rule == HeadStart(Fraction(1, 2), timedelta(minutes=5), timedelta(minutes=60))


def test_a_counter_says_whom_it_helps_and_whom_it_can_serve() -> None:
    text = changed(
        'profile = ["clearance"]',
        'profile = ["clearance"]\nhelps = ["card"]\nhelping_minutes = 20\nhelps_below = 2\ncan_serve = ["deaf"]',
    )
    desk = read(text).counters[CounterId("desk-two")]
    assert (desk.helps, desk.helping_minutes, desk.helps_below) == ((CARD,), 20, 2)
    assert desk.can_serve == {Need.DEAF}
    warned = [mistake.message for mistake in check(text) if "can serve" in mistake.message]
    assert warned == ['service "clearance": no counter of it can serve companion, wheelchair']


@pytest.mark.parametrize(
    ("calling", "message"),
    [
        ('rule = "headstart"', 'rule: "headstart" is none of head_start, strict_priority, first_come; did you mean'),
        ('rule = "first_come", head_start_most = 5', 'head_start_most: means nothing to the rule "first_come"'),
        (
            "head_start_least = 50, head_start_most = 40",
            "head_start_least: 50 minutes are more than head_start_most, 40",
        ),
        ("recalls = 99", "recalls: 99 is not between 0 and 20"),
        ("returns = true", "returns: a whole number is expected, not true or false"),
        ("recals = 2", 'unknown key "recals"; did you mean "recalls"?'),
    ],
)
def test_a_mistake_in_how_to_call_is_named_with_its_line(calling: str, message: str) -> None:
    [mistake] = [mistake for mistake in check(with_site(calling)) if mistake not in check(SMALL)]
    assert message in mistake.message
    assert "site, calling" in mistake.message
    assert mistake.line >= len(PLAIN.splitlines())


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('helps = ["clearance"]', 'helps: "clearance" is of its own profile'),
        ("helps_below = 2", 'helps_below: means nothing without "helps"'),
        ('helps = ["cart"]', 'helps: unknown service "cart"; did you mean "card"?'),
        (
            'can_serve = ["wheelchairs"]',
            'can_serve: "wheelchairs" is none of companion, deaf, wheelchair; did you mean',
        ),
    ],
)
def test_a_mistake_of_a_counter_is_named(lines: str, message: str) -> None:
    text = changed('profile = ["clearance"]', f'profile = ["clearance"]\n{lines}')
    assert any(message in mistake.message for mistake in check(text))
