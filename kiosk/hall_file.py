"""The hall as the server last showed it, in one file: what a kiosk needs to start without the server."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from shared.protocol.messages import SiteInfo
from shared.protocol.views import AgencyItem, Item, LineItem, ServiceItem

FILE = "hall.json"


class KeptHall(msgspec.Struct, frozen=True):
    site: SiteInfo
    table: dict[str, AgencyItem | ServiceItem | LineItem]


def write_hall(file: Path, site: SiteInfo, table: Mapping[str, Item]) -> None:
    """Whole or not at all. Raises OSError."""
    kept = KeptHall(
        site, {key: item for key, item in table.items() if isinstance(item, AgencyItem | ServiceItem | LineItem)}
    )
    beside = file.with_suffix(".new")
    with beside.open("wb") as out:
        out.write(msgspec.json.encode(kept))
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)


def read_hall(file: Path) -> KeptHall | None:
    """None when there is none that this release can read."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=KeptHall)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def choices_of(table: Mapping[str, Item]) -> dict[str, Item]:
    """The part that changes with the catalogue only."""
    return {key: item for key, item in table.items() if not isinstance(item, LineItem)}
