"""What must be done before what: how a catalogue file says it, and what is wrong with it."""

from __future__ import annotations

import pytest

from server.app.catalogue_file import check
from server.app.catalogue_file.mistakes import Code
from shared.vocabulary import ServiceId
from tests.support.small_catalogue import SMALL, changed, read

CARD, BIRTH, CLEARANCE = ServiceId("card"), ServiceId("birth"), ServiceId("clearance")


def after(service: str, named: str, text: str = SMALL) -> str:
    return changed(f'id = "{service}"\n', f'id = "{service}"\nafter = [{named}]\n', text)


def test_nothing_comes_before_anything_unless_the_file_says_so() -> None:
    catalogue = read(SMALL)
    assert catalogue.before(CARD) == frozenset()
    assert catalogue.site.most_stops == 5


def test_a_service_may_name_one_that_stands_further_down() -> None:
    text = after("card", '"birth"', after("birth", '"clearance"'))
    assert check(text) == check(SMALL)
    catalogue = read(text)
    assert catalogue.services[CARD].after == (BIRTH,)
    assert catalogue.before(CARD) == {BIRTH, CLEARANCE}, "and what that one needs"


def test_a_site_says_how_many_stops() -> None:
    assert read(changed('id = "hall"', 'id = "hall"\nmost_stops = 1')).site.most_stops == 1
    (mistake,) = [one for one in check(changed('id = "hall"', 'id = "hall"\nmost_stops = 9')) if "most" in one.message]
    assert mistake.message == "site: most_stops: 9 is not between 1 and 8"


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        (
            after("card", '"brith"'),
            Code.UNKNOWN_SERVICE,
            'service "card": after: unknown service "brith"; did you mean "birth"?',
        ),
        (after("card", '"birth", "birth"'), Code.DUPLICATE, 'service "card": after: "birth" is named twice'),
        (
            after("card", '"card"'),
            Code.BAD_VALUE,
            'service "card": after: goes round in a circle: "card" after "card"',
        ),
        (
            after("card", '"birth"', after("birth", '"clearance"', after("clearance", '"card"'))),
            Code.BAD_VALUE,
            'service "clearance": after: goes round in a circle: "clearance" after "card" after "birth" after'
            ' "clearance"',
        ),
    ],
)
def test_a_mistake_in_the_order_is_named_with_its_line(text: str, code: Code, message: str) -> None:
    (mistake,) = [one for one in check(text) if one not in check(SMALL) and "after" in one.message]
    assert (mistake.code, mistake.message) == (code, message)
    assert text.splitlines()[mistake.line - 1].startswith("after = [")
