"""What a run meant for people: waits by group, truth of the forecasts, idle officers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from statistics import fmean, median

import msgspec

from server.simulation.running import Run, Wait
from shared.vocabulary import Priority

EVERYBODY = "everybody"


class Waits(msgspec.Struct, frozen=True):
    """Minutes until the first call, of those who were called."""

    visitors: int
    p50: float
    p95: float
    worst: float
    mean: float


class Forecasts(msgspec.Struct, frozen=True):
    """What the kiosk said, against what came. Minutes."""

    visitors: int
    sure: float
    """Share of waits within the range for nine of ten."""
    likely: float
    """Share of waits within the range for half."""
    sure_width: float
    """Median."""
    likely_width: float
    median_wait: float
    bias: float
    """Mean of (middle - wait): above zero people were told too much."""
    relative_bias: float
    """Bias over mean wait."""
    mean_error: float
    """Mean distance of the middle from the wait."""


class Score(msgspec.Struct, frozen=True):
    rule: str
    days: int
    waits: dict[str, Waits]
    """By group: everybody, regular, priority."""
    forecasts: Forecasts | None
    never_called: int
    turned_away: int
    idle_minutes: float
    """Of open counters without anybody in hand, all together, per day."""
    busy: float
    """Share of open time with somebody in hand."""


def score(rule: str, runs: Sequence[Run]) -> Score:
    first = [wait for run in runs for wait in run.waits if wait.first_stop]
    worked = sum((time for run in runs for time in run.worked.values()), timedelta(0))
    present = sum((time for run in runs for time in run.present.values()), timedelta(0))
    groups = {EVERYBODY: first} | {
        priority.value: [wait for wait in first if wait.priority is priority] for priority in Priority
    }
    return Score(
        rule=rule,
        days=len(runs),
        waits={name: waits for name, group in groups.items() if (waits := _waits(group)) is not None},
        forecasts=_forecasts(wait for run in runs for wait in run.waits),
        never_called=sum(wait.called is None for wait in first),
        turned_away=sum(run.turned_away for run in runs),
        idle_minutes=(present - worked) / timedelta(minutes=1) / len(runs),
        busy=worked / present,
    )


def percentile(ascending: Sequence[float], share: float) -> float:
    """A value that was measured, never one between two."""
    return ascending[min(len(ascending) - 1, int(len(ascending) * share))]


def _waits(group: Iterable[Wait]) -> Waits | None:
    return waits_of(wait.minutes for wait in group if wait.minutes is not None)


def waits_of(group: Iterable[float]) -> Waits | None:
    minutes = sorted(group)
    if not minutes:
        return None
    return Waits(
        visitors=len(minutes),
        p50=percentile(minutes, 0.5),
        p95=percentile(minutes, 0.95),
        worst=minutes[-1],
        mean=fmean(minutes),
    )


def _forecasts(every: Iterable[Wait]) -> Forecasts | None:
    pairs = [(wait.told, wait.minutes) for wait in every if wait.told is not None and wait.minutes is not None]
    if not pairs:
        return None
    errors = [told.middle - minutes for told, minutes in pairs]
    return Forecasts(
        visitors=len(pairs),
        sure=fmean(told.sure.low <= minutes <= told.sure.high for told, minutes in pairs),
        likely=fmean(told.likely.low <= minutes <= told.likely.high for told, minutes in pairs),
        sure_width=median(told.sure.high - told.sure.low for told, _ in pairs),
        likely_width=median(told.likely.high - told.likely.low for told, _ in pairs),
        median_wait=median(minutes for _, minutes in pairs),
        bias=fmean(errors),
        relative_bias=fmean(errors) / max(1.0, fmean(minutes for _, minutes in pairs)),
        mean_error=fmean(map(abs, errors)),
    )
