"""The answers of the first setup, and the catalogue that is made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.app.catalogue_editing.beginning import FirstPerson, Week, begun, by_hand, week_of
from server.app.catalogue_editing.document import Document
from server.app.catalogue_editing.tables import tables_of
from server.app.catalogue_editing.writing import whole
from server.app.catalogue_file import Code, check
from server.app.catalogue_file.mistakes import Severity
from server.web.setup import answers as a
from shared.vocabulary import Language

ENGLISH = Language.ENGLISH
BOTH = a.LANGUAGES["both"]
HALL = {"name_id": "Aula", "name_en": "", "time_zone": "Asia/Jayapura", "languages": "both"}
PERSON = FirstPerson("rina", "Rina")


def an_agency(**given: str) -> a.Texts:
    return a.empty_agency() | {"name": "Dinas A", "short": "A", "services": "Satu; 5\nDua"} | given


def the_text(*agencies: a.Texts) -> str:
    offered = by_hand(
        a.agencies_of(list(agencies), BOTH), {"id": "Ruang", "en": "Room"}, {"id": "Gratis", "en": "Free"}
    )
    return whole(begun(offered, a.hall_of(HALL), a.week_of_answers(a.usual_hours()), PERSON))


def errors(text: str) -> list[str]:
    return [str(mistake) for mistake in check(text) if mistake.severity is Severity.ERROR]


def test_a_few_answers_make_a_catalogue_without_mistakes() -> None:
    text = the_text(an_agency(), an_agency(name="Dinas B", counters="3"), a.empty_agency())
    assert errors(text) == []
    tables = tables_of(text)
    assert [len(tables[name]) for name in ("agency", "service", "counter", "officer")] == [2, 4, 5, 3]
    assert tables["officer"]["rina"]["role"] == "administrator"
    assert {item["prefix"] for item in tables["agency"].values()} == {"A", "F"}


def test_forty_agencies_have_forty_prefixes() -> None:
    text = the_text(*(an_agency(name=f"Dinas {number}") for number in range(a.MOST_AGENCIES)))
    assert errors(text) == []


def test_prefixes_of_a_small_hall_do_not_sound_alike() -> None:
    text = the_text(*(an_agency(name=f"Dinas {number}") for number in range(15)))
    assert Code.SOUNDS_ALIKE not in {mistake.code for mistake in check(text)}


def test_what_is_said_in_one_language_stands_in_for_the_other() -> None:
    services = tables_of(the_text(an_agency(services="Cetak; 10; Printing\nBaru")))["service"]
    assert [item["name"] for item in services.values()] == [
        {"id": "Cetak", "en": "Printing"},
        {"id": "Baru", "en": "Baru"},
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"services": ""}, "services-0"),
        ({"services": "Satu; 0"}, "services-0"),
        ({"services": "Satu; many"}, "services-0"),
        ({"short": "x" * 25}, "short-0"),
        ({"counters": "0"}, "counters-0"),
        ({"counters": "²"}, "counters-0"),
        ({"counters": "000199999999"}, "counters-0"),
        ({"name": ""}, "name-0"),
    ],
)
def test_a_wrong_agency_is_named_by_its_field(given: dict[str, str], field: str) -> None:
    assert set(a.check_agencies([an_agency(**given)], ENGLISH)) == {field}


def test_somebody_must_offer_something() -> None:
    assert set(a.check_agencies([a.empty_agency()], ENGLISH)) == {"name-0"}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("monday", "8-15"),
        ("monday", "15:00-08:00"),
        ("monday", "08:00-12:00, 11:00-15:00"),
        ("monday", "08:00-12:00,"),
        ("friday_break", "11:30-12:00, 12:30-13:00"),
    ],
)
def test_wrong_hours_are_named_by_their_day(key: str, said: str) -> None:
    assert set(a.check_hours(a.usual_hours() | {key: said}, ENGLISH)) == {key}


def test_a_hall_is_open_at_least_once() -> None:
    assert a.check_hours(dict.fromkeys(a.usual_hours(), ""), ENGLISH)
    assert not a.check_hours(a.usual_hours() | {"sunday": "00:00-24:00"}, ENGLISH)


def test_a_file_keeps_its_own_hours_until_somebody_says_others() -> None:
    sample = Document(Path("server/sample/mpp-badung-sample.toml").read_text(encoding="utf-8")).tables
    week = week_of(sample)
    assert week is not None
    assert week.friday_break == ["11:30", "13:00"]
    other = Week({"monday": ["09:00-10:00"]})
    made = begun(sample, a.hall_of(HALL), other, PERSON)
    assert made["hours"]["office"] == {"name": "office", "monday": ["09:00-10:00"]}
    assert errors(whole(made)) == []
    assert made["site"]["site"]["time_zone"] == "Asia/Jayapura"
