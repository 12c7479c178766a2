"""The sample site and the manual's example are right."""

from __future__ import annotations

import re
import time as clock
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from server.app.catalogue_file import check
from server.domain.hours import is_open
from shared.vocabulary import CounterId, LegState, OfficerId, Role, ServiceId, ZoneId
from tests.support.hall import Hall
from tests.support.memory_store import MemoryStore
from tests.support.small_catalogue import read

ROOT = Path(__file__).parents[4]
SAMPLE = ROOT / "server/sample/mpp-badung-sample.toml"


def test_the_sample_has_the_size_of_a_real_hall_and_no_mistakes() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    assert check(text) == []
    catalogue = read(text)
    assert len(catalogue.agencies) == 28
    assert len(catalogue.services) == 149
    assert len(catalogue.zones) == 5
    assert 40 <= len(catalogue.counters) <= 50
    assert 45 <= len(catalogue.officers) <= 55
    assert catalogue.site.time_zone == "Asia/Makassar"
    roles = [officer.role for officer in catalogue.officers.values()]
    assert (roles.count(Role.SUPERVISOR), roles.count(Role.ADMINISTRATOR)) == (1, 1)


def test_every_service_of_the_sample_is_served_and_tells_what_to_bring() -> None:
    catalogue = read(SAMPLE.read_text(encoding="utf-8"))
    for service in catalogue.services.values():
        assert catalogue.counters_of[service.id], service.id
        assert 2 <= len(service.requirements) <= 5, service.id
        assert service.keywords, service.id


def test_the_sample_says_in_its_first_line_that_it_is_one() -> None:
    assert "SAMPLE" in SAMPLE.read_text(encoding="utf-8").splitlines()[0]


def test_a_child_card_of_the_sample_waits_for_the_birth_certificate_on_the_same_number() -> None:
    hall = Hall(MemoryStore(), read(SAMPLE.read_text(encoding="utf-8")))
    birth, card = ServiceId("akta-lahir"), ServiceId("kia")
    ticket = hall.takes_number(card, further=[birth])
    assert list(hall.path(ticket).items()) == [(birth, LegState.WAITING), (card, LegState.BOOKED)]
    assert hall.path(hall.takes_number(card)) == {card: LegState.WAITING}


def test_the_sample_is_open_in_office_hours_and_prays_on_friday() -> None:
    catalogue = read(SAMPLE.read_text(encoding="utf-8"))
    card = catalogue.services[ServiceId("ktp-cetak")]
    zone = ZoneInfo(catalogue.site.time_zone)

    def taken(moment: str) -> bool:
        return is_open(datetime.fromisoformat(moment).replace(tzinfo=zone), card.hours, catalogue.calendar)

    assert taken("2026-11-23 09:00")
    assert not taken("2026-11-27 12:00")
    assert taken("2026-11-28 09:00")
    assert not taken("2026-11-29 09:00")
    assert not taken("2026-12-25 09:00")


def test_the_sample_is_read_in_well_under_a_second() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    read(text)
    started = clock.process_time()
    read(text, [text])
    assert clock.process_time() - started < 0.8


def test_the_example_of_the_manual_is_right() -> None:
    manual = (ROOT / "docs/catalogue.md").read_text(encoding="utf-8")
    example, *further = re.findall(r"```toml\n(.*?)```", manual, re.DOTALL)
    example += "".join(further)
    assert check(example) == []
    catalogue = read(example)
    assert date(2026, 12, 24) not in catalogue.calendar.special
    assert catalogue.counters[CounterId("counter-1")].profile == ("identity-card", "complaint", "passport")
    assert catalogue.zones[ZoneId("a")].walking_seconds == 30
    assert OfficerId("supervisor") in catalogue.officers
