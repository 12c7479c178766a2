"""The journal: cut after every byte it gives back what was acted on, and a damaged one gives no number twice."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.journal import Journal, line_of, read
from kiosk.memory import (
    Asked,
    Born,
    Clock,
    Closed,
    Entry,
    Given,
    GivenUp,
    HandedIn,
    Held,
    Memory,
    Paper,
    memory_of,
)
from shared.protocol.commands import IslandTicket, IssueTicket, ReportPrint
from shared.protocol.replies import Block, Leased, SharedHours
from shared.vocabulary import Language, PrintState, RequestId
from tests.support.builders import NINE, TODAY

TOMORROW = TODAY + timedelta(days=1)


def a_lease(day: date = TODAY, first: int = 501, last: int = 503) -> Leased:
    until = NINE + timedelta(hours=18) + (day - TODAY)
    open_all_day = SharedHours(("KTP", "KK"), ((NINE - timedelta(hours=1), until),))
    return Leased(service_date=day, until=until, blocks=(Block("A", first, last),), hours=(open_all_day,), follow="u/")


def a_given(number: int, day: date = TODAY) -> Given:
    ticket = IslandTicket(
        request=f"press{number}",
        series="A",
        number=number,
        key="k" * 22,
        service="KTP",
        language=Language.ENGLISH,
        arrived_at=NINE,
    )
    return Given(day, ticket)


ISSUE = IssueTicket(service="KTP", language=Language.INDONESIAN)
A_MORNING: list[Entry] = [
    Clock(NINE, NINE),
    Held(a_lease()),
    Asked("r1", ISSUE, NINE),
    Closed("r1"),
    Asked("r2", ISSUE, NINE),
    GivenUp("r2"),
    a_given(501),
    Paper(TODAY, "A", 501, PrintState.PRINTED),
    a_given(502),
    HandedIn(TODAY, "A", 501),
    Asked("r3", ReportPrint(visit="v1", state=PrintState.FAILED), NINE),
]


def test_a_memory_is_what_its_shortest_journal_says() -> None:
    memory = memory_of([Born("j"), *A_MORNING])
    assert memory_of(memory.entries()) == memory
    assert memory.next_number("A") == 503
    assert [given.ticket.number for given in memory.to_hand_in()] == [502]
    assert (set(memory.asked), memory.given_up) == ({"r3"}, {"r2"})


def test_cut_after_every_byte_it_holds_all_that_was_whole() -> None:
    lines = [line_of(entry) for entry in A_MORNING]
    content = b"".join(lines)
    ends = [sum(map(len, lines[: count + 1])) for count in range(len(lines))]
    for cut in range(len(content) + 1):
        entries, is_whole = read(content[:cut])
        assert is_whole, "a cut is no damage: what was cut was acted on by nobody"
        assert entries == A_MORNING[: sum(end - 1 <= cut for end in ends)]


def test_opened_after_every_cut_it_can_be_written_and_read_again(tmp_path: Path) -> None:
    content = b"".join(line_of(entry) for entry in [Born("old"), *A_MORNING])
    file = tmp_path / "journal"
    for cut in range(0, len(content) + 1, 7):
        file.write_bytes(content[:cut])
        before = memory_of(read(content[:cut])[0])
        journal = Journal(file, "new")
        journal.write([GivenUp("r9")])
        after = Journal(file, "newest").remembered()
        assert after.journal == (before.journal or "new")
        assert RequestId("r9") in after.given_up
        assert after.given == before.given


@pytest.mark.parametrize("line", range(len(A_MORNING)))
def test_a_damaged_line_costs_the_block_and_never_gives_a_number_twice(tmp_path: Path, line: int) -> None:
    lines = [line_of(entry) for entry in [Born("old"), *A_MORNING]]
    lines[line] = lines[line].replace(b'"', b"'", 1)
    file = tmp_path / "journal"
    file.write_bytes(b"".join(lines))
    memory = Journal(file, "new").remembered()
    assert memory.journal == "new", "the server leases other numbers to another journal"
    assert memory.leased is None
    assert memory.next_number("A") is None


def test_it_is_written_anew_before_it_grows_without_end(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal", "j")
    journal.write([Held(a_lease()), a_given(501)])
    for number in range(2000):
        journal.write([Asked(f"r{number}", ISSUE, NINE), Closed(f"r{number}")])
    assert len((tmp_path / "journal").read_bytes().splitlines()) < 3100
    assert Journal(tmp_path / "journal", "other").remembered().next_number("A") == 502


def test_a_disk_that_refuses_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path / "journal", "j")
    before = (tmp_path / "journal").read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("kiosk.journal.os.fdatasync", full)
        with pytest.raises(OSError, match="No space"):
            journal.write([a_given(501)])
    assert (tmp_path / "journal").read_bytes() == before
    journal.write([Held(a_lease())])
    assert Journal(tmp_path / "journal", "other").remembered().next_number("A") == 501


def test_only_the_program_s_user_may_read_it(tmp_path: Path) -> None:
    Journal(tmp_path / "journal", "j")
    assert (tmp_path / "journal").stat().st_mode & 0o777 == 0o600


def test_a_new_day_forgets_what_was_handed_in_and_keeps_what_was_not() -> None:
    memory = memory_of([Born("j"), *A_MORNING, Held(a_lease(TOMORROW))])
    assert memory.next_number("A") == 501
    assert [(given.service_date, given.ticket.number) for given in memory.to_hand_in()] == [(TODAY, 502)]
    memory.note(HandedIn(TODAY, "A", 502))
    assert memory.given == {}


def test_without_a_lease_there_is_no_number() -> None:
    assert Memory().next_number("A") is None
    assert memory_of([Held(a_lease())]).next_number("B") is None
