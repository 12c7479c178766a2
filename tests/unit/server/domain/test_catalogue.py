"""The catalogue as a whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from server.domain.catalogue import Agency, Catalogue, Counter, Service, Site, Zone, always_open
from server.domain.hours import Calendar, Hours, Span, is_open
from shared.vocabulary import AgencyId, CounterId, ServiceId, SiteId, Words, ZoneId

HERE = Words("Sini", "Here")
MONDAYS = Hours({0: (Span(time(8), time(12)),)})


def a_service(name: str) -> Service:
    return Service(ServiceId(name), AgencyId("agency"), HERE, "A", (), HERE, 10, MONDAYS, 0)


def a_catalogue() -> Catalogue:
    profile = (ServiceId("offered"), ServiceId("old"))
    return Catalogue(
        version=1,
        site=Site(SiteId("hall"), HERE, "Asia/Makassar"),
        calendar=Calendar({date(2026, 11, 23): ()}, {date(2026, 11, 23): "Closed"}),
        zones={ZoneId("a"): Zone(ZoneId("a"), HERE, 60)},
        agencies={AgencyId("agency"): Agency(AgencyId("agency"), HERE, "Agency", 0)},
        services={ServiceId("offered"): a_service("offered")},
        counters={
            CounterId(number): Counter(CounterId(number), number, ZoneId("a"), AgencyId("agency"), profile)
            for number in ("1", "2")
        },
        officers={},
        removed={ServiceId("old"): a_service("old")},
    )


def test_a_catalogue_that_is_always_open_is_so_at_any_minute_even_on_a_holiday() -> None:
    catalogue = always_open(a_catalogue())
    hours = catalogue.services[ServiceId("offered")].hours
    for minutes in range(0, 8 * 24 * 60, 7):
        assert is_open(datetime(2026, 11, 22, tzinfo=UTC) + timedelta(minutes=minutes), hours, catalogue.calendar)


def test_only_hours_and_days_change_when_it_is_always_open() -> None:
    usual, opened = a_catalogue(), always_open(a_catalogue())
    assert opened.counters == usual.counters
    assert opened.removed == usual.removed
    assert opened.services[ServiceId("offered")].standard_minutes == 10


def test_removed_services_are_found_and_served_by_the_counters_that_name_them() -> None:
    catalogue = a_catalogue()
    assert catalogue.service(ServiceId("old")).id == "old"
    assert catalogue.counters_of[ServiceId("old")] == ("1", "2")
