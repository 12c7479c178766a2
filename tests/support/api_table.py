"""The API's table for who looks at it without a server."""

from __future__ import annotations

from typing import Any, cast

from server.net.api.catalogue_reading import CatalogueReading
from server.net.api.floor_reading import FloorReading
from server.net.api.reading import Reading
from server.net.api.results_reading import ResultsReading
from server.net.api.table import Readings

_NOBODY = cast(Any, None)

NOTHING_READ = Readings(
    hall=Reading(_NOBODY, _NOBODY, _NOBODY),
    floor=FloorReading(_NOBODY),
    results=ResultsReading(_NOBODY, _NOBODY, _NOBODY),
    catalogue=CatalogueReading(_NOBODY, _NOBODY),
)
"""No operation that reads may be called."""
