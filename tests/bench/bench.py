"""The bench: what every line is given, and the folder on a real disk where its databases lie."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from tests.bench.history import write_history
from tests.bench.raw import commits_per_second
from tests.bench.site import COUNTERS, Site, prepare

FEW_KIOSKS = 4  # for halls where kiosks are only there to keep the lines long


@dataclass(frozen=True)
class Bench:
    folder: Path
    quick: bool
    """A look in under a minute: shorter slices, smaller halls, the same lines."""
    huge: bool = False
    """Ten times the history: some minutes and 15 GB more."""

    @property
    def slices(self) -> int:
        return 1 if self.quick else 5

    @property
    def seconds(self) -> float:
        """Of one slice."""
        return 0.3 if self.quick else 1.0

    @property
    def raw_seconds(self) -> float:
        return 0.1 if self.quick else 0.5

    def choose(self, whole: int, quick: int) -> int:
        return quick if self.quick else whole

    def place(self, name: str) -> Path:
        """A fresh folder."""
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.folder))

    def site(
        self, name: str, *, kiosks: int = 0, counters: int = 0, displays: int = 0, waiting: int = 0, url: str = ""
    ) -> Site:
        """On SQLite in a folder of its own unless `url` says otherwise."""
        folder = self.place(name)
        url = url or f"sqlite:///{folder / 'loket.sqlite'}"
        return prepare(url, folder, kiosks=kiosks, counters=counters, displays=displays, waiting=waiting)

    def limit(self, address: str | Path, environment: Mapping[str, str] | None = None) -> partial[float]:
        """The raw commits a second of the disk where a site lies."""
        return partial(commits_per_second, address, self.raw_seconds, environment)

    def hall(self, name: str, waiting: int, url: str = "") -> Site:
        """A hundred counters, and kiosks that keep the lines as long as they are."""
        return self.site(name, kiosks=FEW_KIOSKS, counters=len(COUNTERS), waiting=waiting, url=url)

    @property
    def visits_of_history(self) -> int:
        return 10_000_000 if self.huge else self.choose(1_000_000, 50_000)

    @cached_property
    def old_hall(self) -> Site:
        """A hall with a long past, made once: writing it down takes longer than measuring."""
        site = self.hall("old", 1_000)
        write_history(site.folder / "loket.sqlite", self.visits_of_history)
        return site
