"""Forecast scores: what visitors were told about their waits, against what came, in numbers and plain words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final, Protocol

from server.app.columns import in_columns
from server.domain.catalogue import Catalogue
from shared.vocabulary import Language, ServiceId

ENOUGH: Final = 30  # waits: of fewer a share says little
INSIDE: Final = 0.85
"""The least share of waits within a range that was meant for nine of ten."""
BIAS: Final = 0.10
"""The most that people may be told too much or too little, as a share of the mean wait."""
NARROW: Final = 0.6
"""The most that the range for nine of ten should take of the wait."""
SMALL: Final = 2.0
"""Minutes of bias that nobody minds, however short the wait."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over waits that ended with a call, so that services and days add up. Minutes."""

    waits: int = 0
    never_called: int = 0
    """Told a wait, and still not called when the day ended."""
    in_sure: int = 0
    """Within the range for nine of ten."""
    in_likely: int = 0
    """Within the range for half."""
    sure_width: float = 0.0
    likely_width: float = 0.0
    too_much: float = 0.0
    """Told (the middle) less waited."""
    wrong_by: float = 0.0
    """The same without its sign."""
    waited: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.waits + other.waits,
            self.never_called + other.never_called,
            self.in_sure + other.in_sure,
            self.in_likely + other.in_likely,
            self.sure_width + other.sure_width,
            self.likely_width + other.likely_width,
            self.too_much + other.too_much,
            self.wrong_by + other.wrong_by,
            self.waited + other.waited,
        )

    @property
    def bias(self) -> float:
        return self.too_much / self.waits

    @property
    def relative_bias(self) -> float:
        return self.too_much / max(float(self.waits), self.waited)


@dataclass(frozen=True, slots=True)
class ServiceDay:
    date: date
    service: ServiceId
    tally: Tally


class ForecastScores(Protocol):
    def between(self, first: date, last: date) -> Sequence[ServiceDay]:
        """Both days included, in the order of days and services. Raises StorageError."""


def verdict(tally: Tally) -> str:
    """What a supervisor should think of it."""
    if tally.waits < ENOUGH:
        return "too few to say"
    faults = []
    if abs(tally.bias) > SMALL and abs(tally.relative_bias) > BIAS:
        faults.append(f"told {abs(tally.bias):.0f} min too {'much' if tally.bias > 0 else 'little'}")
    if tally.in_sure < INSIDE * tally.waits:
        faults.append("too many outside")
    return ", ".join(faults) or "good"


HEAD: Final = ("date", "agency", "service", "waits", "9 of 10", "half", "width", "wait", "bias", "error", "verdict")


def tell(days: Sequence[ServiceDay], catalogue: Catalogue) -> Iterator[str]:
    """A table by day, agency and service, each day's sum, the total, and how to read it."""
    rows: list[Sequence[str]] = [HEAD]
    for day, found in groupby(days, key=lambda one: one.date):
        of_day = [(*_names(one.service, catalogue), one.tally) for one in found]
        of_day.sort(key=lambda one: one[:2])
        rows += [(str(day), agency, service, *_figures(tally)) for agency, service, tally in of_day]
        if len(of_day) > 1:
            rows.append((str(day), "all", "", *_figures(_sum(tally for *_, tally in of_day))))
    total = _sum(one.tally for one in days)
    if len({one.date for one in days}) > 1:
        rows.append(("all days", "all", "", *_figures(total)))
    yield from in_columns(rows, left=(0, 1, 2, 10))
    yield ""
    yield from _reading(total)


def _reading(total: Tally) -> Iterator[str]:
    yield "9 of 10, half: how many waits ended within the wide and the narrow range told (90 % and 50 % are meant);"
    yield "width: of the wide one; bias: above zero people were told too much; error: how far off. Minutes, on average."
    if total.never_called:
        yield f"{total.never_called} more were told a wait and not called before the day ended; no column counts them."
    yield f"All together: {verdict(total)}."
    if total.waits and (share := total.sure_width / max(total.waited, float(total.waits))) > NARROW:
        yield f"The wide range is {share:.0%} of the wait: it may be true, but it is not narrow."


def _figures(tally: Tally) -> tuple[str, ...]:
    if not tally.waits:
        return ("0", *["-"] * 6, verdict(tally))
    count = tally.waits
    return (
        f"{count:,}",
        f"{tally.in_sure / count:.0%}",
        f"{tally.in_likely / count:.0%}",
        f"{tally.sure_width / count:.0f}",
        f"{tally.waited / count:.0f}",
        f"{tally.bias:+.1f}",
        f"{tally.wrong_by / count:.1f}",
        verdict(tally),
    )


def _names(service: ServiceId, catalogue: Catalogue) -> tuple[str, str]:
    """Of a service that the catalogue does not have any more, its id."""
    services: Mapping[ServiceId, object] = catalogue.services
    if service not in services:
        return "-", service
    found = catalogue.service(service)
    return catalogue.agencies[found.agency].short_name, found.name.in_(Language.INDONESIAN)


def _sum(tallies: Iterator[Tally] | Sequence[Tally]) -> Tally:
    return sum(tallies, Tally())
