"""The worker: one report after the other, until nobody wants any for a while or the server is gone."""

from __future__ import annotations

import os
import resource
import select
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path

import structlog

from server.app.catalogue_file import read_catalogue
from server.app.ports import StorageError
from server.app.reports.making import make
from server.app.reports.packing import pack
from server.app.reports.question import Question, WrongQuestionError, preset_of, stretch_of, subject_of
from server.app.reports.reading import LiveDays
from server.app.reports.report import Report
from server.app.reports.rolling_up import RollingUp
from server.db.store import ReportSource, open_for_reports
from server.domain.catalogue import Catalogue
from server.domain.reports.trust import Trust
from server.domain.service_day import service_date
from server.reporting.wire import (
    LENGTH,
    AddedUp,
    Drawn,
    Due,
    Failed,
    Form,
    FromWorker,
    Ready,
    Refused,
    Start,
    Wanted,
    framed,
    read_to_worker,
)
from shared.vocabulary import AgencyId

IDLE = 120.0  # seconds without a question after which the process ends, and gives its memory back
MOST_MEMORY = 320 * 1024 * 1024  # bytes; beyond it the process ends after its answer, and the next one is small again
MODEST = 10  # added to the niceness: a report never takes the processor from a kiosk
FIRST_TO_GO = "700"  # when memory runs out, the system ends this process and not the server

log = structlog.get_logger()


def main() -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, whose pipe then ends
    with suppress(OSError):
        os.nice(MODEST)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints must not be taken for an answer
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    questions = os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0)  # select sees what is there
    worker: _Worker | None = None
    while (body := _next(questions, None if worker is not None and worker.stays else IDLE)) is not None:
        message = read_to_worker(body)
        if isinstance(message, Start):
            worker = _Worker.of(message)
            continue
        assert worker is not None
        try:
            answers.write(framed(worker.answer(message)))
        except BrokenPipeError:
            return 0
        if _memory() > MOST_MEMORY:
            log.info("report_process_grew", megabytes=_memory() >> 20)
            return 0
    return 0


def _memory() -> int:
    """Bytes that this process occupies (resident set)."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def _next(questions: RawIOBase, idle: float | None) -> bytes | None:
    ready, _, _ = select.select([questions], [], [], idle)
    head = _exactly(questions, LENGTH) if ready else b""
    return _exactly(questions, int.from_bytes(head, "big")) if head else None


def _exactly(pipe: RawIOBase, count: int) -> bytes:
    found = b""
    while len(found) < count:
        part = pipe.read(count - len(found))
        if not part:
            return b""
        found += part
    return found


@dataclass
class _Worker:
    source: ReportSource
    trust: Trust
    separator: str
    stays: bool = False
    version: int = 0
    live: LiveDays | None = None

    @classmethod
    def of(cls, start: Start) -> _Worker:
        return cls(
            open_for_reports(start.database), Trust(start.shortest_service, start.longest), start.separator, start.stays
        )

    def answer(self, asked: Ready | Wanted | Due) -> FromWorker:
        try:
            match asked:
                case Ready():
                    return self._made_ready()
                case Due():
                    return AddedUp([pack(one) for one in self._live().rolling_up.next(asked.today, asked.limit)])
                case Wanted():
                    return self._drawn(asked)
        except WrongQuestionError as error:
            return Refused(error.why)
        except StorageError as error:
            return Failed(str(error))
        except Exception as error:
            log.exception("report_failed")
            return Failed(type(error).__name__)

    def _drawn(self, asked: Wanted) -> FromWorker:
        live = self._live()
        catalogue = live.rolling_up.catalogue
        agency = None if asked.agency is None else AgencyId(asked.agency)
        today = service_date(asked.now, catalogue.site.time_zone)
        preset = preset_of(asked.preset)
        question = Question(
            subject_of(asked.subject, catalogue, agency),
            preset,
            stretch_of(preset, today, asked.first, asked.last),
        )
        report = make(question, asked.now, live)
        return _draw(report, asked, catalogue, self.separator)

    def _made_ready(self) -> FromWorker:
        from server.reporting.page import made_ready

        self._live()
        made_ready()
        return Drawn(b"")

    def _live(self) -> LiveDays:
        newest = self.source.newest_version()
        if self.live is None or newest != self.version:
            self.version, self.live = newest, LiveDays(self._rolling_up())
        return self.live

    def _rolling_up(self) -> RollingUp:
        newest, *earlier = reversed(self.source.versions())
        texts = [one.text for one in reversed(earlier)]
        catalogue = read_catalogue(newest.text, version=newest.version, today=newest.published_at.date(), earlier=texts)
        return RollingUp(self.source.days, self.source.rollups, self.source.scores, catalogue, self.trust)


def _draw(report: Report, asked: Wanted, catalogue: Catalogue, separator: str) -> FromWorker:
    """Each way of drawing is loaded with its first use: adding days up needs none of them."""
    name = f"{catalogue.site.id}-{report.stretch.first}-{report.stretch.last}"
    match asked.form:
        case Form.PAGE:
            from server.reporting.page import as_html

            return Drawn(as_html(report, asked.language, asked.query).encode())
        case Form.XLSX:
            from server.reporting.spreadsheet import as_xlsx

            return Drawn(as_xlsx(report, asked.language), name)
        case Form.CSV:
            from server.reporting.csv_file import as_csv

            found = next((one for one in report.sections if one.key == asked.section), None)
            if found is None:
                return Refused("section")
            return Drawn(as_csv(found, asked.language, separator), f"{name}-{asked.section}")
        case Form.PDF:
            from server.reporting.pdf import as_pdf

            return Drawn(as_pdf(report, asked.language), name)
        case Form.JSON:
            from server.reporting.json_file import as_json

            return Drawn(as_json(report), name)
