"""Scores as a table that fits a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from server.app.columns import in_columns
from server.simulation.floor import Floor
from server.simulation.scoring import Forecasts, Score

HEAD = ("rule", "visitors", "n", "p50", "p95", "worst", "mean")
FORECAST_HEAD = (
    "rule",
    "told",
    "9 of 10",
    "half",
    "9/10 width",
    "half width",
    "median wait",
    "bias",
    "of mean",
    "error",
)

FORECAST_MEANS = """\
9 of 10, half   waits that fell inside the range told for nine of ten of them, and for half of them
width           median width of that range, to be read beside the median wait
bias            the middle of what was told less the wait, on average: below 0, people wait longer than they were told
of mean         the bias as a share of the mean wait
error           how far the middle was from the wait on average, in either direction"""


def waits_table(scores: Sequence[Score]) -> str:
    """Minutes from arrival to the first call."""
    rows: list[Sequence[str]] = [HEAD]
    for score in scores:
        for group, waits in score.waits.items():
            minutes = (f"{value:.1f}" for value in (waits.p50, waits.p95, waits.worst, waits.mean))
            rows.append((score.rule, group, f"{waits.visitors:,}", *minutes))
    return _lines(rows)


def price_table(scores: Sequence[Score]) -> str:
    """As `waits_table`, and what the last costs each group against the one before it."""
    lines = waits_table(scores)
    before, last = scores[-2], scores[-1]
    said = [
        f"{group}: {waits.mean - before.waits[group].mean:+.1f} minutes on average, "
        f"{waits.p95 - before.waits[group].p95:+.1f} for who waits longest (p95)"
        for group, waits in last.waits.items()
        if group in before.waits
    ]
    return "\n".join([lines, "", f"{last.rule} instead of {before.rule}:", *(f"  {line}" for line in said)])


def forecasts_table(scores: Sequence[Score]) -> str:
    return _lines(
        [FORECAST_HEAD, *((score.rule, *_told(score.forecasts)) for score in scores if score.forecasts is not None)]
    )


def told_floor(floor: Floor, score: Score) -> str:
    """Beside the width that was told, the narrowest that could be."""
    share = floor.width / max(1.0, floor.median_wait)
    lines = [
        "Who knows the day beforehand, but not how long each visitor takes, needs a range of "
        f"{floor.width:.1f} minutes for nine of",
        f"ten ({floor.least_width:.1f} for 85 of a hundred): {share:.0%} of the median wait of {floor.visitors} "
        f"visitors, of whom it held {floor.inside:.0%}.",
    ]
    if (told := score.forecasts) is not None:
        share = told.sure_width / max(1.0, told.median_wait)
        lines.append(f"What was told took {told.sure_width:.1f}: {share:.0%} of the median wait.")
    return "\n".join(lines)


def _told(found: Forecasts) -> tuple[str, ...]:
    return (
        f"{found.visitors:,}",
        f"{found.sure:.0%}",
        f"{found.sure_width:.1f}",
        f"{found.likely:.0%}",
        f"{found.likely_width:.1f}",
        f"{found.median_wait:.1f}",
        f"{found.bias:+.1f}",
        f"{found.relative_bias:+.0%}",
        f"{found.mean_error:.1f}",
    )


def _lines(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(in_columns(rows, left=(0, 1)))
