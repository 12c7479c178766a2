"""The document: a catalogue's text is changed one thing at a time, and everything else stays to the letter."""

from __future__ import annotations

import tomllib
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest

from server.app.catalogue_editing.document import Document, NoSuchThingError
from server.app.catalogue_editing.schema import AGENCY, COUNTER, HOLIDAY, HOURS, KINDS, OFFICER, SERVICE, SITE, ZONE
from server.app.catalogue_editing.tables import tables_of
from server.app.catalogue_editing.writing import copied, whole
from server.app.catalogue_file import check
from server.app.catalogue_file.mistakes import Severity

SAMPLE = Path("server/sample/mpp-badung-sample.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sample() -> Document:
    return Document(SAMPLE)


def changes(before: Document, after: Document) -> list[str]:
    """The lines that went and came."""
    lines = unified_diff(before.text.splitlines(), after.text.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and not line.startswith(("---", "+++"))]


def errors(document: Document) -> list[str]:
    return [str(mistake) for mistake in check(document.text) if mistake.severity is Severity.ERROR]


def test_only_the_lines_of_a_changed_field_change(sample: Document) -> None:
    service = copied(sample.tables["service"]["kk-ubah"])
    service["standard_minutes"] = 12
    assert changes(sample, sample.put(SERVICE, "kk-ubah", service)) == [
        "-standard_minutes = 15",
        "+standard_minutes = 12",
    ]


def test_nothing_changes_when_a_thing_is_kept_as_it_was(sample: Document) -> None:
    for kind in KINDS.values():
        for identity, item in list(sample.tables[kind.name].items())[:3]:
            assert sample.put(kind, identity, copied(item)).text == sample.text


def test_a_table_below_comes_and_goes_with_its_values(sample: Document) -> None:
    agency = copied(sample.tables["agency"]["dukcapil"])
    agency["calling"] = {"rule": "first_come", "recalls": 2}
    with_rules = sample.put(AGENCY, "dukcapil", agency)
    assert changes(sample, with_rules) == ["+[agency.calling]", '+rule = "first_come"', "+recalls = 2", "+"]
    del agency["calling"]
    assert sample.tables == with_rules.put(AGENCY, "dukcapil", agency).tables


def test_a_key_is_added_before_the_tables_below(sample: Document) -> None:
    agency = copied(sample.tables["agency"]["dukcapil"])
    del agency["hours"]
    agency["calling"] = {"recalls": 2}
    with_rules = sample.put(AGENCY, "dukcapil", agency)
    agency["hours"] = "bank"
    assert with_rules.put(AGENCY, "dukcapil", agency).tables["agency"]["dukcapil"] == agency


def test_a_new_service_stands_behind_the_others_of_its_agency(sample: Document) -> None:
    service = copied(sample.tables["service"]["kk-ubah"]) | {"id": "kk-hilang"}
    added = sample.put(SERVICE, "kk-hilang", service)
    of_agency = [one for one, item in added.tables["service"].items() if item["agency"] == "dukcapil"]
    assert of_agency[-1] == "kk-hilang"
    assert not [line for line in changes(sample, added) if line.startswith("-")]


@pytest.mark.parametrize(
    ("kind", "identity", "item"),
    [
        (HOURS, "evening", {"name": "evening", "monday": ["16:00-20:00"]}),
        (HOLIDAY, "2027-02-02", {"date": date(2027, 2, 2), "name": "Hari jadi"}),
        (ZONE, "f", {"id": "f", "name": {"id": "Zona F", "en": "Zone F"}}),
        (OFFICER, "new", {"id": "new", "name": "Petugas baru"}),
    ],
)
def test_every_kind_can_be_added_and_taken_out_again(
    sample: Document, kind: object, identity: str, item: dict[str, object]
) -> None:
    assert kind in KINDS.values()
    added = sample.put(kind, identity, item)  # type: ignore[arg-type]  # said above
    assert identity in added.tables[kind.name]  # type: ignore[attr-defined]
    assert added.without(kind, identity).tables == sample.tables  # type: ignore[arg-type]


def test_headings_of_the_file_outlive_what_stood_under_them(sample: Document) -> None:
    emptied = sample
    for zone in list(sample.tables["zone"]):
        emptied = emptied.without(ZONE, zone)
    assert "# --- Zones ---" in emptied.text
    assert emptied.tables["zone"] == {}


def test_a_comment_right_above_goes_with_its_thing() -> None:
    document = Document('[[zone]]\nid = "a"\n\n# The new wing.\n[[zone]]\nid = "b" # far\n\n# Everything else.\n')
    assert "new wing" not in document.without(ZONE, "b").text
    assert "Everything else" in document.without(ZONE, "b").text
    up = document.moved(ZONE, "b", up=True).text
    assert up.index("new wing") < up.index('id = "b"') < up.index('id = "a"')


def test_a_service_changes_places_within_its_agency(sample: Document) -> None:
    moved = sample.moved(SERVICE, "ktp-cetak", up=False)
    assert list(moved.tables["service"])[:2] == ["ktp-rekam", "ktp-cetak"]
    assert moved.moved(SERVICE, "ktp-cetak", up=True).text == sample.text


def test_the_first_stays_first(sample: Document) -> None:
    assert sample.moved(SERVICE, "ktp-cetak", up=True) is sample


def test_what_is_gone_can_be_taken_out_no_more(sample: Document) -> None:
    with pytest.raises(NoSuchThingError):
        sample.without(ZONE, "no such zone")


def test_a_holiday_may_be_put_on_another_day(sample: Document) -> None:
    moved = sample.put(HOLIDAY, "2027-01-13", {"date": date(2027, 1, 14), "name": "Hari Raya Galungan"})
    assert changes(sample, moved) == ["-date = 2027-01-13", "+date = 2027-01-14"]


def test_a_counter_keeps_its_identity_when_its_number_changes(sample: Document) -> None:
    identity, counter = next(iter(sample.tables["counter"].items()))
    renumbered = sample.put(COUNTER, identity, copied(counter) | {"id": identity, "number": "99"})
    assert renumbered.tables["counter"][identity]["number"] == "99"


@pytest.mark.parametrize(
    "text",
    [
        '[hours]\noffice = { monday = ["08:00-15:00"] }\n[site]\nid = "x"\n',
        'service = [{ id = "s", agency = "a" }]\n[site]\nid = "x"\n',
        'site.id = "x"\n',
        '[[agency]]\nid = "a"\n[site]\nid = "x"\n[[service]]\nid = "s"\n[agency.calling]\nrecalls = 2\n',
    ],
)
def test_an_unusual_way_of_writing_is_written_anew(text: str) -> None:
    document = Document(text)
    changed = document.put(SITE, "site", {"id": "y"})
    assert changed.tables == {**document.tables, "site": {"site": {"id": "y"}}}


def test_a_file_of_our_own_says_the_same(sample: Document) -> None:
    written = whole(sample.tables)
    assert tables_of(written) == sample.tables
    assert not errors(Document(written))
    assert tomllib.loads(written)["site"]["name"] == tomllib.loads(SAMPLE)["site"]["name"]


def test_windows_line_ends_do_not_disturb() -> None:
    document = Document('[[zone]]\r\nid = "a"\r\n\r\n[[zone]]\r\nid = "b"\r\n')
    assert list(document.put(ZONE, "a", {"id": "a", "walking_seconds": 5}).tables["zone"]) == ["a", "b"]
    assert list(document.without(ZONE, "a").tables["zone"]) == ["b"]
