"""The journal of slips: what was begun is known after a power cut, and the file does not grow for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.printing.jobs import Confirmed, Job, NotPrinted, Outcome
from kiosk.printing.journal import KEPT, Journal, outcomes
from kiosk.printing.printer import Failed, Printed
from shared.vocabulary import PrinterFault
from tests.support.paper import a_slip

JOB = Job("v1", a_slip())
UNFINISHED = Failed(PrinterFault.ERROR)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "slips.jsonl"


def test_what_was_written_is_read_again(file: Path) -> None:
    journal = Journal(file)
    journal.begin(JOB)
    journal.end(Confirmed(JOB.id, paper_low=True))
    assert outcomes(file) == [Outcome(JOB, Printed(paper_low=True))]
    assert Journal(file).outcome(JOB.id) == Confirmed(JOB.id, paper_low=True)


def test_a_job_without_an_end_counts_as_not_printed(file: Path) -> None:
    Journal(file).begin(JOB)
    assert outcomes(file) == [Outcome(JOB, UNFINISHED)]
    assert Journal(file).outcome(JOB.id) == NotPrinted(JOB.id, PrinterFault.ERROR)


def test_a_line_that_a_power_cut_tore_harms_no_other(file: Path) -> None:
    Journal(file).begin(JOB)
    whole = file.read_bytes()
    another = Job("v2", a_slip(ticket="A-043"))
    for cut in range(1, len(whole)):
        file.write_bytes(whole + whole[:cut])
        Journal(file).begin(another)
        assert outcomes(file)[-1] == Outcome(another, UNFINISHED)
        assert outcomes(file)[0] == Outcome(JOB, UNFINISHED)


def test_the_file_stays_small_and_remembers_the_newest(file: Path) -> None:
    journal = Journal(file)
    for number in range(4 * KEPT):
        job = Job(f"v{number}", a_slip())
        journal.begin(job)
        journal.end(Confirmed(job.id, paper_low=False))
    assert file.read_bytes().count(b"\n") < 8 * KEPT
    assert [outcome.job.visit for outcome in outcomes(file)] == [f"v{n}" for n in range(3 * KEPT, 4 * KEPT)]


def test_a_disk_that_takes_nothing_keeps_no_paper_back(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    journal = Journal(tmp_path / "file" / "slips.jsonl")
    journal.begin(JOB)
    assert journal.outcome(JOB.id) is not None
