"""The difference between two catalogues, and what refers to what."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.app.catalogue_editing.difference import Sort, difference
from server.app.catalogue_editing.document import Document
from server.app.catalogue_editing.placing import of_thing, placed
from server.app.catalogue_editing.references import going_with, references_to, removed
from server.app.catalogue_editing.schema import AGENCY, COUNTER, HOURS, KINDS, OFFICER, SERVICE, SITE, ZONE
from server.app.catalogue_editing.telling import told_change, told_field
from server.app.catalogue_editing.writing import copied
from server.app.catalogue_file import Code, check
from server.app.catalogue_file.mistakes import Severity
from shared.vocabulary import Language

SAMPLE = Path("server/sample/mpp-badung-sample.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sample() -> Document:
    return Document(SAMPLE)


def told(before: Document, after: Document, language: Language = Language.ENGLISH) -> list[str]:
    lines = []
    for change in difference(before.tables, after.tables):
        lines.append(told_change(change, after.tables, language))
        for field in change.fields:
            label, was, now = told_field(field, before.tables, after.tables, language)
            lines.append(f"{label}: {was} -> {now}")
    return lines


def test_a_changed_field_is_told_in_the_words_of_the_trade(sample: Document) -> None:
    service = copied(sample.tables["service"]["kk-ubah"])
    service["standard_minutes"] = 12
    after = sample.put(SERVICE, "kk-ubah", service)
    assert told(sample, after) == ["Service Change of a family card", "Standard minutes: 15 -> 12"]
    assert told(sample, after, Language.INDONESIAN) == ["Layanan Perubahan Kartu Keluarga", "Menit baku: 15 -> 12"]


def test_references_are_told_by_name(sample: Document) -> None:
    counter = copied(sample.tables["counter"]["counter-1"])
    counter["zone"] = "b"
    assert told(sample, sample.put(COUNTER, "counter-1", counter)) == [
        "Counter 1",
        "Zone: Zone A: Civil Registration and Permits -> Zone B: Immigration, Police and Law",
    ]


def test_what_came_what_went_and_another_order(sample: Document) -> None:
    zone = {"id": "f", "name": {"id": "Zona F", "en": "Zone F"}}
    after = sample.put(ZONE, "f", zone).moved(SERVICE, "ktp-cetak", up=False)
    assert told(sample, after) == ["New zone: F", "Order of Services Civil Registration Office changed"]
    assert told(after, sample)[0] == "Zone removed: F"


def test_the_usual_value_said_or_left_out_is_no_difference(sample: Document) -> None:
    site = copied(sample.tables["site"]["site"])
    site["most_stops"] = 5
    assert told(sample, sample.put(SITE, "site", site)) == []


def test_a_single_rule_of_calling_is_a_difference(sample: Document) -> None:
    site = copied(sample.tables["site"]["site"]) | {"calling": {"recalls": 5}}
    assert told(sample, sample.put(SITE, "site", site)) == [
        "Hall Badung Public Service Hall (sample)",
        "Recalls: 3 -> 5",
    ]


def test_a_zone_is_named_by_its_counters(sample: Document) -> None:
    names = references_to(sample.tables, ZONE, "a")
    assert {reference.kind for reference in names} == {COUNTER}
    assert len(names) == sum(item["zone"] == "a" for item in sample.tables["counter"].values())


def test_an_agency_goes_with_its_services_counters_and_officers(sample: Document) -> None:
    going = going_with(sample.tables, AGENCY, "dukcapil")
    assert {kind for kind, _ in going} >= {SERVICE, COUNTER, OFFICER}
    after = removed(sample, AGENCY, "dukcapil")
    assert not [str(m) for m in check(after.text) if m.severity is Severity.ERROR]
    for name in ("service", "counter", "officer"):
        assert all(item.get("agency") != "dukcapil" for item in after.tables[name].values())


def test_a_removed_service_is_struck_out_of_every_profile(sample: Document) -> None:
    after = removed(sample, SERVICE, "ktp-cetak")
    assert not references_to(after.tables, SERVICE, "ktp-cetak")
    assert not [str(m) for m in check(after.text) if m.severity is Severity.ERROR]


def test_a_template_of_hours_that_goes_is_struck_out_where_another_holds(sample: Document) -> None:
    after = removed(sample, HOURS, "with_saturday")
    assert "hours" not in after.tables["agency"]["dukcapil"]


def test_mistakes_are_placed_at_the_field_of_the_form(sample: Document) -> None:
    service = copied(sample.tables["service"]["kk-ubah"])
    service["standard_minutes"] = 0
    service["name"] = {"id": "Kartu Keluarga", "en": "x" * 90}
    del service["fee"]
    after = sample.put(SERVICE, "kk-ubah", service)
    found = of_thing(placed(check(after.text), after.tables), SERVICE, "kk-ubah")
    errors = {(one.field, one.language, one.mistake.code) for one in found if one.is_error}
    assert errors == {
        ("standard_minutes", "", Code.OUT_OF_RANGE),
        ("name", "en", Code.TOO_LONG),
        ("fee", "", Code.MISSING),
    }
    assert all(not one.may_wait for one in found if one.is_error)


def test_a_new_agency_may_wait_for_its_counters(sample: Document) -> None:
    agency = {"id": "new", "name": {"id": "Baru", "en": "New"}, "short_name": "Baru", "prefix": "QQ"}
    after = sample.put(AGENCY, "new", agency)
    found = of_thing(placed(check(after.text), after.tables), AGENCY, "new")
    assert {one.mistake.code for one in found} == {Code.NO_COUNTER, Code.NO_SERVICE}
    assert all(one.may_wait for one in found)


def test_no_difference_between_a_catalogue_and_itself(sample: Document) -> None:
    assert difference(sample.tables, sample.tables) == []
    assert all(kind.field(kind.identity) for kind in KINDS.values())
    assert Sort("reordered") is Sort.REORDERED
