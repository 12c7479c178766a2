"""A report as JSON, for other systems: the keys and values themselves, without words and rounding."""

from __future__ import annotations

import msgspec

from server.app.api.results import HallReport, ReportCard, ReportColumn, ReportSection, TimesLeftOut
from server.app.reports.report import Report, Section
from server.domain.reports.figures import Kind


def as_json(report: Report) -> bytes:
    subject = report.subject
    told = HallReport(
        site=report.site,
        of=subject.kind.value if subject.kind is Kind.SITE else f"{subject.kind.value}:{subject.id}",
        name=report.subject_name,
        first=report.stretch.first,
        last=report.stretch.last,
        made_at=report.made_at,
        time_zone=report.time_zone,
        visits=report.visits,
        live=report.live,
        pending=report.pending,
        error=report.error,
        cards=tuple(ReportCard(key=one.key, unit=one.unit, value=one.value, before=one.before) for one in report.cards),
        sections=tuple(_section(one) for one in report.sections),
        left_out=tuple(TimesLeftOut(key=one.key, kept=one.kept, reasons=dict(one.reasons)) for one in report.left_out),
    )
    return msgspec.json.encode(told)


def _section(section: Section) -> ReportSection:
    return ReportSection(
        key=section.key,
        drawing=section.drawing,
        columns=tuple(ReportColumn(key=one.key, unit=one.unit) for one in section.table.columns),
        rows=tuple(tuple(row) for row in section.table.rows),
    )
