"""The reports as the pages and other systems ask for them: through the desk, with one kind of error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from server.app.reports.question import NoReportError
from server.reporting.desk import ReportDesk, TooManyError
from server.reporting.wire import Drawn, Form, Refused, Wanted
from server.web.reports.routes import Asked
from shared.vocabulary import AgencyId, Language


@dataclass(frozen=True, slots=True)
class ReportService:
    desk: ReportDesk
    clock: Callable[[], datetime]

    async def draw(self, asked: Asked) -> tuple[bytes, str]:
        """Raises NoReportError."""
        wanted = Wanted(
            form=Form(asked.form),
            subject=asked.of,
            agency=asked.agency,
            preset=asked.period,
            first=asked.first,
            last=asked.last,
            language=asked.language,
            now=self.clock(),
            section=asked.section,
            query=asked.query,
        )
        return await self._drawn(wanted)

    async def as_json(self, of: str, agency: AgencyId | None, period: str, first: str, last: str) -> bytes:
        """For another system. Raises NoReportError."""
        wanted = Wanted(
            form=Form.JSON,
            subject=of,
            agency=agency,
            preset=period,
            first=first,
            last=last,
            language=Language.ENGLISH,
            now=self.clock(),
        )
        return (await self._drawn(wanted))[0]

    async def _drawn(self, wanted: Wanted) -> tuple[bytes, str]:
        try:
            answer = await self.desk.ask(wanted)
        except TooManyError:
            raise NoReportError("busy") from None
        match answer:
            case Drawn(body=body, name=name):
                return body, name
            case Refused(why=why):
                raise NoReportError(f"wrong_{why}")
            case _:
                raise NoReportError("failed")
