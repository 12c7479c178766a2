"""The reports as the pages ask for them: through the desk, with one kind of error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from server.reporting.desk import ReportDesk, TooManyError
from server.reporting.wire import Drawn, Form, Refused, Wanted
from server.web.reports.routes import Asked, NoReportError


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
