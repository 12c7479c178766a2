"""The `norms` table of a site or an agency: when somebody shall look. 0 minutes: never."""

from __future__ import annotations

from datetime import timedelta

from server.app.catalogue_file.fields import Fields, kind_of
from server.app.catalogue_file.mistakes import Code
from server.domain.norms import Norms

LONGEST = 480  # minutes; a day in a hall


def read_norms(fields: Fields, otherwise: Norms) -> Norms:
    """The table's own minutes, and `otherwise` for what it leaves out."""
    if not fields.has("norms"):
        return otherwise
    table = fields.table["norms"]
    if not isinstance(table, dict):
        fields.error("norms", Code.WRONG_TYPE, f"norms: a table is expected, not {kind_of(table)}")
        return otherwise
    inner = Fields(table, (*fields.path, "norms"), fields.findings, f"{fields.label}, norms", fields.languages)
    read = Norms(
        wait=_minutes(inner, "wait_minutes", otherwise.wait),
        service=_minutes(inner, "service_minutes", otherwise.service),
        idle=_minutes(inner, "idle_minutes", otherwise.idle),
        paper=_minutes(inner, "paper_minutes", otherwise.paper),
    )
    inner.done()
    return read


def _minutes(fields: Fields, key: str, otherwise: timedelta) -> timedelta:
    return timedelta(minutes=fields.number(key, 0, LONGEST, default=otherwise // timedelta(minutes=1)))
