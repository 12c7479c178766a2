"""Every mistake of a catalogue file is named with its line, and none is a crash."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.app.catalogue_file import CatalogueError, Code, Severity, check
from tests.support.small_catalogue import SMALL, changed, read, without

CASES = {
    "a service that a profile misspells": ('["clearance"]', '["clearence"]', "clearence", Code.UNKNOWN_SERVICE),
    "an agency that a profile misspells": ('"agency:registry"', '"agency:regstry"', "regstry", Code.UNKNOWN_AGENCY),
    "a service named twice": ('["clearance"]', '["clearance", "clearance"]', "profile", Code.DUPLICATE),
    "an empty profile": ('["clearance"]', "[]", "profile = []", Code.NO_SERVICE),
    "an unknown zone": ('zone = "south"', 'zone = "east"', '"east"', Code.UNKNOWN_ZONE),
    "an unknown agency": ('agency = "police"', 'agency = "polis"', '"polis"', Code.UNKNOWN_AGENCY),
    "unknown hours": ('hours = "long"', 'hours = "log"', '"log"', Code.UNKNOWN_HOURS),
    "a prefix of two agencies": ('prefix = "SK"', 'prefix = "A"', 'prefix = "A"', Code.PREFIX_SHARED),
    "a small letter in a prefix": ('prefix = "SK"', 'prefix = "Sk"', '"Sk"', Code.BAD_PREFIX),
    "a long prefix": ('prefix = "SK"', 'prefix = "SKCK"', '"SKCK"', Code.BAD_PREFIX),
    "no prefix": ('prefix = "SK"\n', "", "[[service]]", Code.MISSING),
    "hours that end before they begin": ('"07:00-12:00"', '"12:00-07:00"', '"12:00-07:00"', Code.BAD_HOURS),
    "hours that never pass": ('"07:00-12:00"', '"07:00-07:00"', '"07:00-07:00"', Code.BAD_HOURS),
    "hours that overlap": ('"12:00-24:00"', '"11:00-24:00"', '"11:00-24:00"', Code.BAD_HOURS),
    "hours that no clock shows": ('"12:00-24:00"', '"12:00-24:30"', '"12:00-24:30"', Code.BAD_HOURS),
    "hours that are no hours": ('"12:00-24:00"', '"noon"', '"noon"', Code.BAD_HOURS),
    "a break that ends before it begins": ('"11:30", "13:00"', '"13:00", "11:30"', "friday_break", Code.BAD_HOURS),
    "a break of three": ('"11:30", "13:00"', '"11:30", "12:00", "13:00"', "friday_break", Code.BAD_HOURS),
    "a break outside the day": ('"11:30", "13:00"', '"16:00", "17:00"', "friday_break", Code.BAD_HOURS),
    "hours that are never open": ('monday = ["07:00-12:00", "12:00-24:00"]', "", "[hours.long]", Code.BAD_HOURS),
    "a service id twice": ('id = "birth"', 'id = "card"', 'id = "card"', Code.DUPLICATE),
    "a zone id twice": ('id = "south"', 'id = "north"', 'id = "north"', Code.DUPLICATE),
    "an officer id twice": ('id = "head"', 'id = "registry-01"', 'id = "registry-01"', Code.DUPLICATE),
    "a counter number twice": ('number = "2A"', 'number = "1"', 'number = "1"', Code.DUPLICATE),
    "a day twice": ("2026-12-04", "2026-11-30", "2026-11-30", Code.DUPLICATE),
    "a counter that the voice cannot say": ('"2A"', '"A-2"', '"A-2"', Code.BAD_NUMBER),
    "an id with a blank": ('id = "head"', 'id = "the head"', '"the head"', Code.BAD_ID),
    "an id that means an agency": ('id = "birth"', 'id = "agency:b"', '"agency:b"', Code.BAD_ID),
    "Indonesian for a time zone": ("Asia/Makassar", "WITA", '"WITA"', Code.UNKNOWN_TIME_ZONE),
    "the machine's time zone": ("Asia/Makassar", "localtime", "localtime", Code.UNKNOWN_TIME_ZONE),
    "a time zone that leads elsewhere": ("Asia/Makassar", "../../etc/passwd", "passwd", Code.UNKNOWN_TIME_ZONE),
    "a country that is none": ('id = "hall"', 'id = "hall"\nholidays = "XX"', '"XX"', Code.UNKNOWN_COUNTRY),
    "a language that is none": ('id = "hall"', 'id = "hall"\nlanguages = ["id", "jv"]', "jv", Code.BAD_VALUE),
    "words of one language": (', en = "Police certificate"', "", '"SKCK"', Code.MISSING),
    "words of a third language": (', en = "Police certificate"', ', en = "x", fr = "y"', "SKCK", Code.UNKNOWN_KEY),
    "empty words": ('"Police certificate"', '" "', '" "', Code.MISSING),
    "a text where words belong": ('{ id = "Gratis", en = "Free" }', '"Gratis"', 'fee = "Gratis"', Code.WRONG_TYPE),
    "a missing key": ("standard_minutes = 12\n", "", "[[service]]", Code.MISSING),
    "a misspelt key": ("walking_seconds", "walkin_seconds", "walkin_seconds", Code.UNKNOWN_KEY),
    "a misspelt table": ("[[holiday]]", "[[holyday]]", "[[holyday]]", Code.UNKNOWN_KEY),
    "a text for a number": ("standard_minutes = 12", 'standard_minutes = "12"', '"12"', Code.WRONG_TYPE),
    "a truth for a number": ("standard_minutes = 12", "standard_minutes = true", "true", Code.WRONG_TYPE),
    "a fraction for a number": ("standard_minutes = 12", "standard_minutes = 1.5", "1.5", Code.WRONG_TYPE),
    "a number for a text": ('short_name = "Polres"', "short_name = 7", "short_name = 7", Code.WRONG_TYPE),
    "a text for a list": ('["clearance"]', '"clearance"', 'profile = "cl', Code.WRONG_TYPE),
    "a text for a date": ("date = 2026-12-04", 'date = "2026-12-04"', '"2026-12-04"', Code.WRONG_TYPE),
    "a moment for a date": ("date = 2026-12-04", "date = 2026-12-04T08:00:00", "T08", Code.WRONG_TYPE),
    "a table in one bracket": ("[[holiday]]", "[holiday]", "[holiday]", Code.WRONG_TYPE),
    "no time at all": ("standard_minutes = 12", "standard_minutes = 0", "= 0", Code.OUT_OF_RANGE),
    "a walk of an hour": ("walking_seconds = 90", "walking_seconds = 3600", "3600", Code.OUT_OF_RANGE),
    "a long short name": ('"Polres"', '"Kepolisian Resor Kabupaten"', "Resor", Code.TOO_LONG),
    "a requirement that no slip holds": ('"Family card"', f'"{"x" * 161}"', "xxx", Code.TOO_LONG),
    "a control character": ('"Polres"', '"Pol\\u0007res"', "u0007", Code.CONTROL_CHARACTER),
    "a character that turns the text": ('"Polres"', '"Pol\\u202Eres"', "u202E", Code.CONTROL_CHARACTER),
    "a device among the people": ('role = "supervisor"', 'role = "kiosk"', '"kiosk"', Code.BAD_VALUE),
    "a special day that says nothing": ('spans = ["09:00-14:00"]\n', "", "[[special_day]]", Code.MISSING),
    "a special day that says two things": ("spans = [", "closed = true\nspans = [", "[[special_day]]", Code.MISSING),
    "a special day that is not closed": ('spans = ["09:00-14:00"]', "closed = false", "false", Code.BAD_VALUE),
    "not TOML": ('zone = "south"', 'zone = "south', 'zone = "south', Code.NOT_TOML),
    "a key twice": ('id = "hall"', 'id = "hall"\nid = "hall"', 'id = "hall"', Code.NOT_TOML),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_named_with_its_line(case: str) -> None:
    old, new, on_the_line, code = CASES[case]
    text = changed(old, new)
    found = [mistake for mistake in check(text) if mistake.code is code]
    assert found, check(text)
    assert found[0].severity is Severity.ERROR
    assert on_the_line in text.split("\n")[found[0].line - 1]
    with pytest.raises(CatalogueError) as refused:
        read(text)
    assert found[0] in refused.value.mistakes


def test_a_slip_of_the_pen_is_one_mistake_with_a_suggestion() -> None:
    (mistake,) = check(changed('"agency:registry"', '"agency:regstry"'))
    assert str(mistake) == ('line 76: error: counter 1: profile: unknown agency "regstry"; did you mean "registry"?')


@pytest.mark.parametrize("case", ["a counter number twice", "a counter that the voice cannot say", "a long prefix"])
def test_one_mistake_is_not_followed_by_others_that_it_causes(case: str) -> None:
    old, new, *_ = CASES[case]
    assert len(check(changed(old, new))) == 1


def test_every_mistake_is_named_not_only_the_first() -> None:
    text = SMALL
    for old, new in (
        ("Asia/Makassar", "WITA"),
        ("walking_seconds", "walkin_seconds"),
        ("standard_minutes = 12", "standard_minutes = 'x'"),
        ('zone = "south"', 'zone = "sout"'),
    ):
        text = changed(old, new, text)
    mistakes = check(text)
    codes = [Code.UNKNOWN_TIME_ZONE, Code.UNKNOWN_KEY, Code.WRONG_TYPE, Code.UNKNOWN_ZONE]
    assert [mistake.code for mistake in mistakes] == codes
    assert mistakes == sorted(mistakes, key=lambda mistake: mistake.line)


def test_a_service_that_no_counter_serves_is_named() -> None:
    text = changed('["birth", "agency:registry"]', '["card"]')
    (mistake,) = check(text)
    assert mistake.code is Code.NO_COUNTER
    assert text.split("\n")[mistake.line] == 'id = "birth"'


def test_an_agency_without_a_counter_and_one_without_a_service_are_named() -> None:
    text = without('id = "desk-two"')
    assert Code.NO_COUNTER in [m.code for m in check(text) if 'agency "police"' in m.message]
    text = changed('"police"\nprofile = ["clearance"]', '"police"\nprofile = ["card"]', without('id = "clearance"'))
    assert Code.NO_SERVICE in [m.code for m in check(text) if 'agency "police"' in m.message]


@pytest.mark.parametrize(
    ("mine", "theirs", "is_warned"),
    [
        ("B", "P", True),
        ("B", "A", False),
        ("SB", "SD", True),
        ("SB", "KB", False),
        ("B", "BD", False),
        ("T", "G", True),
    ],
)
def test_prefixes_that_sound_alike_in_one_zone_are_a_warning(mine: str, theirs: str, is_warned: bool) -> None:
    text = changed('prefix = "A"', f'prefix = "{mine}"', changed('prefix = "SK"', f'prefix = "{theirs}"'))
    assert check(text) == []  # in two zones
    text = changed('zone = "south"', 'zone = "north"', text)
    alike = [mistake for mistake in check(text) if mistake.code is Code.SOUNDS_ALIKE]
    assert [mistake.severity for mistake in alike] == ([Severity.WARNING] if is_warned else [])
    assert read(text)  # a warning lets it pass


def test_what_sounds_alike_is_a_setting() -> None:
    text = changed('id = "hall"', 'id = "hall"\nsound_alike = ["AKH"]', changed('zone = "south"', 'zone = "north"'))
    text = changed('prefix = "SK"', 'prefix = "K"', text)
    assert Code.SOUNDS_ALIKE in [mistake.code for mistake in check(text)]


def test_two_tiles_of_the_same_name_and_an_empty_zone_are_warnings() -> None:
    text = changed('{ id = "Akta kelahiran", en = "Birth certificate" }', '{ id = "KTP", en = "Identity card" }')
    text = changed('zone = "south"', 'zone = "north"', text)
    assert [(m.code, m.severity) for m in check(text)] == [
        (Code.UNUSED, Severity.WARNING),
        (Code.DUPLICATE, Severity.WARNING),
    ]


@pytest.mark.parametrize("table", ["[site]", "[hours.office]", "[[zone]]", "[[agency]]", "[[service]]", "[[counter]]"])
def test_a_file_that_lacks_a_whole_part_says_so(table: str) -> None:
    name = table.strip("[]").split(".")[0]
    text = re.sub(rf"(?ms)^\[+{name}.*?(?=^\[|\Z)", "", SMALL)
    assert any(mistake.code is Code.MISSING and name in mistake.message for mistake in check(text))


@pytest.mark.parametrize(
    "text", ["", "\ufeff", "a = " + "[" * 5000, "a = " + "1" * 5000, "[[site]]", "hours = 1", "\0"]
)
def test_a_file_that_is_nothing_of_the_kind_is_refused_with_a_line(text: str) -> None:
    assert all(mistake.line >= 1 for mistake in check(text))
    with pytest.raises(CatalogueError):
        read(text)


def test_the_end_of_an_unfinished_file_is_its_last_line() -> None:
    (mistake,) = check('[site]\nid = "x"\nticker = [\n')
    assert (mistake.code, mistake.line) == (Code.NOT_TOML, 3)


def test_a_file_of_absurd_size_is_not_even_parsed() -> None:
    (mistake,) = check("#" * 5_000_000)
    assert mistake.code is Code.TOO_LARGE


# --- whatever is written ---

JUNK = ["1", "-1", "nan", "1.5", "true", '""', '"x"', "[]", "{}", "[[1]]", "[{}]", "{ id = 1 }", "2026-01-01"]
VALUES = [match.span(1) for match in re.finditer(r"(?m)= (\{.*\}|\[[^\n]+\]|[^\[{\n]+)$", SMALL)]


@given(st.lists(st.tuples(st.sampled_from(VALUES), st.sampled_from(JUNK)), min_size=1, max_size=4))
def test_any_value_in_any_place_is_a_mistake_or_right_but_never_a_crash(
    changes: list[tuple[tuple[int, int], str]],
) -> None:
    text = SMALL
    for (start, end), junk in sorted(dict(changes).items(), reverse=True):
        text = text[:start] + junk + text[end:]
    _agrees(text)


@settings(max_examples=300, deadline=None)  # all time zones are looked through for what was meant
@given(st.integers(0, len(SMALL)), st.integers(0, 60), st.text(max_size=6) | st.sampled_from(list('[]{}"=#.\n,')))
def test_any_damage_to_the_text_is_a_mistake_or_harmless_but_never_a_crash(at: int, cut: int, put: str) -> None:
    _agrees(SMALL[:at] + put + SMALL[at + cut :])


@given(st.text())
def test_any_text_is_answered_with_mistakes(text: str) -> None:
    assert check(text)


def _agrees(text: str) -> None:
    """The check and the reading are of one mind, and every line exists."""
    mistakes = check(text)
    assert all(1 <= mistake.line <= text.count("\n") + 1 for mistake in mistakes)
    if any(mistake.severity is Severity.ERROR for mistake in mistakes):
        with pytest.raises(CatalogueError):
            read(text)
    else:
        catalogue = read(text)
        assert all(catalogue.counters_of[service] for service in catalogue.services)
