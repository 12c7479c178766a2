"""The table of the API: every operation once. Routes, checks, the OpenAPI document and the page are made from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.app.api import resources as r
from server.net.api import queries as q
from server.net.api.catalogue_reading import CatalogueReading
from server.net.api.command_rows import COMMANDS
from server.net.api.floor_reading import FloorReading
from server.net.api.floor_rows import ACTS, floor_rows
from server.net.api.hall_rows import hall_rows
from server.net.api.operations import Operation
from server.net.api.reading import Reading
from server.net.api.result_rows import catalogue_rows, result_rows
from server.net.api.results_reading import ResultsReading
from shared.vocabulary import Words

EVENTS = Operation(
    "GET",
    "/events",
    "events",
    Words("Aliran kejadian (server-sent events), bisa dilanjutkan", "A stream of events, which can be resumed"),
    str,
    query=q.EventsQuery,
    media_type="text/event-stream",
)
WAITING = Operation(
    "GET",
    "/public/waiting",
    "waiting",
    Words("Waktu tunggu untuk situs mana pun", "Waiting times, for any site"),
    r.Waiting,
)


@dataclass(frozen=True, slots=True)
class Readings:
    """What answers the operations that read."""

    hall: Reading
    floor: FloorReading
    results: ResultsReading
    catalogue: CatalogueReading


def operations(read: Readings) -> Sequence[Operation]:
    looks_back = (*result_rows(read.results), *catalogue_rows(read.catalogue))
    return (*hall_rows(read.hall), *looks_back, *COMMANDS, *floor_rows(read.floor), *ACTS, EVENTS, WAITING)
