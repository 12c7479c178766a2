"""Breakdowns: the same figures of every agency, service, counter or zone inside what was asked for."""

from __future__ import annotations

from collections.abc import Mapping

from server.app.reports.naming import Names
from server.app.reports.report import Cell, Drawing, Finding, Section, Table, Unit
from server.app.reports.sections import columns, middle_and_tail, no_shows, share
from server.domain.reports.figures import Figures, Kind, Subject

_KEYS: Mapping[Kind, str] = {
    Kind.AGENCY: "agencies",
    Kind.SERVICE: "services",
    Kind.COUNTER: "counters",
    Kind.ZONE: "zones",
}
ENOUGH = 30  # waits: of fewer, the longest says nothing of a service


def breakdown(kind: Kind, found: Mapping[str, Figures], names: Names) -> Section:
    """Those with most visits first. Of the figures it needs the outlines alone."""
    of_service = kind is Kind.SERVICE
    name = {Kind.AGENCY: names.agency, Kind.SERVICE: names.service, Kind.COUNTER: names.counter, Kind.ZONE: names.zone}
    rows: list[tuple[Cell, ...]] = []
    for id_, one in sorted(found.items(), key=lambda each: (-each[1].visits, each[0])):
        if not one.legs:
            continue
        waited, took = middle_and_tail(one.waits), middle_and_tail(one.services)
        rows.append(
            (
                *((names.agency_of(id_),) if of_service else ()),
                name[kind](id_),
                one.visits,
                one.served,
                *waited,
                one.longest_wait / 1000 if one.waits else None,
                middle_and_tail(one.walks)[0],
                *took,
                one.longest_service / 1000 if one.services else None,
                no_shows(one),
                share(one.transferred, one.legs),
                share(one.papers_incomplete, one.served),
            )
        )
    head = columns(
        *((("agency", Unit.TEXT),) if of_service else ()),
        (kind.value, Unit.TEXT), ("visits", Unit.COUNT), ("served", Unit.COUNT), ("wait_median", Unit.DURATION),
        ("wait_p90", Unit.DURATION), ("wait_worst", Unit.DURATION), ("walk_median", Unit.DURATION),
        ("service_median", Unit.DURATION), ("service_p90", Unit.DURATION), ("service_worst", Unit.DURATION),
        ("no_shows", Unit.SHARE), ("transfers", Unit.SHARE), ("papers_incomplete", Unit.SHARE),
    )  # fmt: skip
    return Section(
        _KEYS[kind], Table(head, rows), Drawing.RANGE if len(rows) > 1 else None, _slowest(kind, found, names)
    )


def _slowest(kind: Kind, found: Mapping[str, Figures], names: Names) -> Finding | None:
    tails = {id_: middle_and_tail(one.waits)[1] or 0.0 for id_, one in found.items() if one.waits.total() >= ENOUGH}
    if len(tails) < 2:
        return None
    id_ = max(tails, key=lambda one: tails[one])
    facts: Mapping[str, tuple[Cell, Unit]] = {
        "name": (names.of(Subject(kind, id_)), Unit.TEXT),
        "wait": (tails[id_], Unit.DURATION),
    }
    return Finding("finding_slowest", facts)
