"""One TOML file describes a site: what it says is read, its days are resolved, its versions follow each other."""

from __future__ import annotations

import re
from datetime import date, time

import pytest

from server.app.catalogue_file import check
from server.domain.hours import Span, spans_on
from server.domain.profiles import WorkProfiles
from shared.vocabulary import AgencyId, CounterId, Language, Role, ServiceId, Words
from tests.support.small_catalogue import SMALL, changed, read, without


def test_a_file_without_mistakes_is_read_as_it_stands() -> None:
    assert check(SMALL) == []
    catalogue = read(SMALL)
    assert catalogue.version == 1
    assert catalogue.site.name == Words("Aula", "Hall")
    assert catalogue.site.languages == (Language.INDONESIAN, Language.ENGLISH)
    assert [zone.walking_seconds for zone in catalogue.zones.values()] == [60, 90]
    assert [agency.order for agency in catalogue.agencies.values()] == [0, 1]
    card = catalogue.services[ServiceId("card")]
    assert card.requirements == (Words("Kartu Keluarga", "Family card"),)
    assert (card.standard_minutes, card.daily_quota, card.keywords) == (10, 50, "ktp e-ktp")
    assert catalogue.services[ServiceId("birth")].daily_quota is None
    assert [(officer.role, officer.agency) for officer in catalogue.officers.values()] == [
        (Role.OFFICER, "registry"),
        (Role.SUPERVISOR, None),
    ]


def test_services_have_their_own_prefix_or_share_that_of_their_agency() -> None:
    prefixes = {service.id: service.prefix for service in read(SMALL).services.values()}
    assert prefixes == {"card": "A", "birth": "A", "clearance": "SK"}


def test_a_work_profile_keeps_its_order_and_an_agency_adds_the_rest() -> None:
    counters = read(SMALL).counters
    assert counters[CounterId("counter-1")].profile == ("birth", "card")
    assert counters[CounterId("desk-two")].number == "2A"


def test_hours_come_from_the_service_or_its_agency_or_the_site() -> None:
    text = changed('id = "birth"\n', 'id = "birth"\nhours = "long"\n')
    services = read(text).services
    monday = {service.id: service.hours.week[0] for service in services.values()}
    assert monday[ServiceId("card")] == (Span(time(8), time(15)),)
    assert monday[ServiceId("birth")] == monday[ServiceId("clearance")] == (Span(time(7), time.max),)


def test_the_friday_break_parts_the_day() -> None:
    card = read(SMALL).services[ServiceId("card")]
    assert card.hours.week[4] == (Span(time(8), time(11, 30)), Span(time(13), time(15)))
    assert 5 not in card.hours.week


def test_a_site_of_one_language_needs_the_words_of_one() -> None:
    one = re.sub(r', en = "[^"]*"', "", changed('hours = "office"', 'hours = "office"\nlanguages = ["id"]'))
    assert check(one) == []
    assert read(one).site.name == Words("Aula", "Aula")


def test_a_byte_order_mark_and_the_line_ends_of_another_system_do_no_harm() -> None:
    windows = "\ufeff" + SMALL.replace("\n", "\r\n")
    assert read(windows) == read(SMALL)


# --- days ---


def test_the_countrys_holidays_close_the_site_this_year_and_the_next_two() -> None:
    special = read(SMALL).calendar.special
    for holiday in (date(2026, 12, 25), date(2027, 8, 17), date(2028, 1, 1)):
        assert special[holiday] == ()
    assert date(2029, 1, 1) not in special


@pytest.mark.parametrize("machine", ["C.UTF-8", "en_US.UTF-8", "th_TH.UTF-8"])
def test_holidays_are_named_in_the_countrys_language_not_the_machines(
    machine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(variable, machine)
    assert read(SMALL).calendar.names[date(2026, 12, 25)] == "Hari Raya Natal"


@pytest.mark.parametrize(("setting", "is_closed"), [("", True), ("\ncollective_leave = false", False)])
def test_collective_leave_closes_unless_the_site_says_otherwise(setting: str, is_closed: bool) -> None:
    calendar = read(changed('hours = "office"', 'hours = "office"' + setting)).calendar
    assert (date(2026, 12, 24) in calendar.special) is is_closed
    assert date(2026, 12, 25) in calendar.special


def test_a_site_without_a_country_has_its_own_days_only() -> None:
    calendar = read(changed('hours = "office"', 'hours = "office"\nholidays = "none"')).calendar
    assert set(calendar.special) == {date(2026, 11, 30), date(2026, 12, 4)}


def test_the_sites_own_days_win_over_the_country() -> None:
    usual = '[[special_day]]\ndate = 2026-12-24\nusual = true\nname = "Buka"\n\n[[zone]]'
    catalogue = read(changed("[[zone]]", usual))
    hours, calendar = catalogue.services[ServiceId("card")].hours, catalogue.calendar
    assert date(2026, 12, 24) not in calendar.special
    assert spans_on(date(2026, 11, 30), hours, calendar) == ()
    assert calendar.names[date(2026, 11, 30)] == "Odalan"
    assert spans_on(date(2026, 12, 4), hours, calendar) == (
        Span(time(9), time(11, 30)),
        Span(time(13), time(14)),
    )


# --- versions ---


def test_a_service_that_is_no_more_is_kept_aside_and_its_counter_serves_it_out() -> None:
    newer = without('id = "birth"', changed('["birth", "agency:registry"]', '["card"]'))
    catalogue = read(newer, [SMALL])
    assert list(catalogue.removed) == ["birth"]
    assert catalogue.service(ServiceId("birth")).name.en == "Birth certificate"
    assert catalogue.counters[CounterId("counter-1")].profile == ("card", "birth")
    assert catalogue.counters_of[ServiceId("birth")] == ("counter-1",)


def test_when_its_counter_is_gone_too_the_agencys_counters_serve_it_out() -> None:
    newer = without('id = "birth"', changed('["birth", "agency:registry"]', '["card"]')).replace(
        "number = 1\n", "number = 9\n"
    )
    catalogue = read(newer, [SMALL])
    assert catalogue.counters[CounterId("counter-9")].profile == ("card",)
    assert WorkProfiles(catalogue).services(CounterId("counter-9")) == ["card", "birth"]


def test_a_removed_service_brings_its_removed_agency() -> None:
    newer = changed('"police"\nprofile = ["clearance"]', '"registry"\nprofile = ["card"]')
    for table in ('id = "police"', 'id = "clearance"'):
        newer = without(table, newer)
    catalogue = read(newer, [SMALL])
    assert AgencyId("police") not in catalogue.agencies
    assert catalogue.agency(AgencyId("police")).short_name == "Polres"
    assert catalogue.counters[CounterId("desk-two")].profile == ("card", "clearance")


def test_a_service_that_came_back_is_not_removed_and_the_newest_of_the_old_counts() -> None:
    newer = without('id = "birth"', changed('["birth", "agency:registry"]', '["card"]'))
    renamed = changed("Birth certificate", "Certificate of birth")
    assert not read(SMALL, [SMALL, newer]).removed
    removed = read(newer, [SMALL, renamed, newer]).removed
    assert removed[ServiceId("birth")].name.en == "Certificate of birth"


def test_a_site_may_end_its_slips_with_words_of_its_own() -> None:
    text = changed("[site]\n", '[site]\nticket_text = { id = "Simpan karcis ini.", en = "Keep this slip." }\n')
    assert read(text).site.ticket_text == Words("Simpan karcis ini.", "Keep this slip.")
    assert read(SMALL).site.ticket_text is None
