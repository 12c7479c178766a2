"""What a kiosk starts with: its journal, if it is its own and can be written, and the hall as it was last seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.hall_file import FILE, read_hall, write_hall
from kiosk.journal import Journal
from kiosk.memory import Clock, Held
from kiosk.start import remember
from tests.support.fake_link import FakeLink
from tests.unit.kiosk.test_journal import a_lease
from tests.unit.kiosk.walking import SITE, a_table


def test_a_kiosk_that_leased_this_morning_goes_on_after_a_restart(tmp_path: Path) -> None:
    machine = datetime.now(UTC)
    journal = Journal(tmp_path / "journal", "j")
    lease = a_lease(machine.date())
    server = lease.until - timedelta(hours=9)
    journal.write([Clock(server, machine), Held(lease)])
    write_hall(tmp_path / FILE, SITE, a_table())
    link = FakeLink()
    past = remember(tmp_path, link)
    assert past.hall is not None
    assert past.hall.table == a_table()
    assert past.going_on.can_go_on
    assert timedelta(0) <= link.now - server < timedelta(minutes=1), "the server's clock, not the machine's"
    assert past.keeper is not None
    past.keeper.close()


def test_with_a_clock_that_went_back_it_gives_nothing_before_the_server_has_set_it(tmp_path: Path) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    journal = Journal(tmp_path / "journal", "j")
    journal.write([Clock(tomorrow, tomorrow), Held(a_lease(tomorrow.date()))])
    past = remember(tmp_path, FakeLink())
    assert not past.going_on.can_go_on


def test_two_programs_on_one_folder_do_not_give_the_same_numbers(tmp_path: Path) -> None:
    first, second = remember(tmp_path, FakeLink()), remember(tmp_path, FakeLink())
    assert first.going_on.memory.journal
    assert not second.going_on.memory.journal, "it leases nothing"


def test_a_folder_that_cannot_be_made_is_a_kiosk_without_numbers_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    past = remember(tmp_path / "file" / "kiosk", FakeLink())
    assert not past.going_on.memory.journal


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"site": 1}'])
def test_a_hall_that_cannot_be_read_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert read_hall(tmp_path / FILE) is None
