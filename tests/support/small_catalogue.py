"""A small catalogue file, and ways to change it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from server.app.catalogue_file import read_catalogue
from server.domain.catalogue import Catalogue

TODAY = date(2026, 11, 23)  # a Monday

SMALL = """\
[site]
id = "hall"
name = { id = "Aula", en = "Hall" }
time_zone = "Asia/Makassar"
hours = "office"

[hours.office]
monday = ["08:00-15:00"]
friday = ["08:00-15:00"]
friday_break = ["11:30", "13:00"]

[hours.long]
monday = ["07:00-12:00", "12:00-24:00"]

[[holiday]]
date = 2026-11-30
name = "Odalan"

[[special_day]]
date = 2026-12-04
spans = ["09:00-14:00"]
name = "Hari pendek"

[[zone]]
id = "north"
name = { id = "Utara", en = "North" }

[[zone]]
id = "south"
name = { id = "Selatan", en = "South" }
walking_seconds = 90

[[agency]]
id = "registry"
name = { id = "Dinas Kependudukan", en = "Registry" }
short_name = "Dukcapil"
prefix = "A"

[[agency]]
id = "police"
name = { id = "Kepolisian", en = "Police" }
short_name = "Polres"
hours = "long"

[[service]]
id = "card"
agency = "registry"
name = { id = "KTP", en = "Identity card" }
requirements = [
  { id = "Kartu Keluarga", en = "Family card" },
]
fee = { id = "Gratis", en = "Free" }
standard_minutes = 10
daily_quota = 50
keywords = "ktp e-ktp"

[[service]]
id = "birth"
agency = "registry"
name = { id = "Akta kelahiran", en = "Birth certificate" }
fee = { id = "Gratis", en = "Free" }
standard_minutes = 15

[[service]]
id = "clearance"
agency = "police"
name = { id = "SKCK", en = "Police certificate" }
prefix = "SK"
fee = { id = "Rp30.000", en = "IDR 30,000" }
standard_minutes = 12

[[counter]]
number = 1
zone = "north"
agency = "registry"
profile = ["birth", "agency:registry"]

[[counter]]
number = "2A"
id = "desk-two"
zone = "south"
agency = "police"
profile = ["clearance"]

[[officer]]
id = "registry-01"
name = "Petugas 01"
agency = "registry"

[[officer]]
id = "head"
name = "Pengawas"
role = "supervisor"

[site.calling]
recall_gap_seconds = 0
"""


def read(text: str, earlier: Sequence[str] = ()) -> Catalogue:
    return read_catalogue(text, version=1, today=TODAY, earlier=earlier)


def changed(old: str, new: str, text: str = SMALL) -> str:
    assert old in text, old
    return text.replace(old, new, 1)


def without(start: str, text: str = SMALL) -> str:
    """The text without the one table that has the line `start`."""
    tables = re.split(r"(?m)^(?=\[)", text)
    kept = [table for table in tables if start not in table.splitlines()]
    assert len(kept) == len(tables) - 1, start
    return "".join(kept)
