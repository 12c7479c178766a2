"""Adding up: one row for each subject over many spans. The database adds counts and strings histograms together, which
are then added here: a month of 150 services is 150 rows and not 4,500."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Dialect, func, literal, literal_column, select

from server.db.report_tables import report_figures
from server.domain.reports import figures as names
from server.domain.reports.figures import Figures, Kind
from server.domain.reports.histogram import Cells, unpacked, unpacked_by_bucket


@dataclass(frozen=True, slots=True)
class Part:
    """What of the figures is read."""

    summed: tuple[str, ...]
    largest: tuple[str, ...]
    histograms: tuple[str, ...]
    unpack: Callable[[bytes], Cells]


WHOLE: Final = Part(names.SUMMED, names.LARGEST, names.HISTOGRAMS, unpacked)
OUTLINE: Final = Part(names.OUTLINE, names.OUTLINE_LARGEST, names.OUTLINE_TIMES, unpacked_by_bucket)


def added_up(
    connection: Connection,
    part: Part,
    kind: Kind,
    spans: Sequence[str],
    subjects: Collection[str] | None,
    by: str = "subject",
) -> dict[str, Figures]:
    """By subject, or by span."""
    column = report_figures.c
    where: list[ColumnElement[bool]] = [column.kind == kind.value, column.span.in_(spans)]
    if subjects is not None:
        where.append(column.subject.in_(list(subjects)))
    wanted: list[ColumnElement[Any]] = [func.sum(column[name]) for name in part.summed]
    wanted += [func.max(column[name]) for name in part.largest]
    wanted += [_strung_together(name, connection.dialect) for name in part.histograms]
    query = select(column[by], *wanted).where(*where).group_by(column[by])
    read = bytes.fromhex if connection.dialect.name == "sqlite" else bytes
    unpack, counts = part.unpack, (*part.summed, *part.largest)
    found: dict[str, Figures] = {}
    for key, *row in connection.execute(query).all():
        whole: dict[str, Any] = {name: int(count) for name, count in zip(counts, row, strict=False)}  # or decimals
        packed = zip(part.histograms, row[len(counts) :], strict=True)
        cells: dict[str, Any] = {name: unpack(read(packs)) for name, packs in packed}
        found[key] = Figures(**whole, **cells)
    return found


def _strung_together(name: str, dialect: Dialect) -> ColumnElement[Any]:
    """Packed histograms one after the other, which is how they add up. SQLite strings texts together, not bytes."""
    if dialect.name == "sqlite":
        return func.group_concat(func.hex(report_figures.c[name]), literal(""))
    return func.string_agg(literal_column(name), literal_column("''::bytea"))
