"""Sightings: when a device was here last, and with which release."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from server.app.devices import Sighting
from server.db.instants import from_micros, to_micros
from server.db.office_tables import device_sightings
from server.db.putting import put
from server.db.unit_of_work import Reader, Writer
from shared.vocabulary import DeviceId


class Sightings:
    """A `SightingStore`; safe to use from any thread."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    def saw(self, device: DeviceId, sighting: Sighting) -> None:
        values = {"seen_at": to_micros(sighting.at), "release": sighting.release}
        with self._writer.transaction() as connection:
            put(connection, device_sightings, {"device": device}, values)

    def sightings(self) -> Mapping[DeviceId, Sighting]:
        found = self._reader.read(lambda connection: connection.execute(select(device_sightings)).all())
        return {DeviceId(row.device): Sighting(from_micros(row.seen_at), row.release) for row in found}
