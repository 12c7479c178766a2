"""Waits: what each calling rule gives whom on invented days, and how true and how narrow the forecast was on them."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from server.app.catalogue_file.reading import read_catalogue
from server.simulation.__main__ import MONDAY, SAMPLE
from server.simulation.demand import a_day
from server.simulation.floor import Floor, floor_of
from server.simulation.rules import RULES
from server.simulation.running import run_in_turn
from server.simulation.scoring import Forecasts, Score, score
from shared.vocabulary import Priority
from tests.bench.bench import Bench
from tests.bench.figures import Line

COMPARED = {
    "first_come": "first come",
    "strict_priority": "strict priority",
    "ratio_1_2": "one to two",
    "head_start": "head start",
}
OURS = "head_start"
VISITS = 3000
LEAST_INSIDE, MOST_WIDTH, MOST_BIAS = 85.0, 60.0, 10.0  # percent


async def by_rule(bench: Bench) -> list[Line]:
    """Seeds are fixed: on every machine the same minutes come out."""
    found, floor = await asyncio.to_thread(_scores, bench.choose(3, 1))
    waits = [_waits(score, priority) for priority in Priority for score in found]
    ours = next(score for score in found if score.rule == OURS)
    return [*waits, *(_forecast(ours.forecasts) if ours.forecasts else []), *([_floor(floor)] if floor else [])]


def _scores(days: int) -> tuple[list[Score], Floor | None]:
    """Of each rule, and how narrow the ranges of ours could be."""
    catalogue = read_catalogue(SAMPLE.read_text(encoding="utf-8"), version=1, today=MONDAY)
    made = [a_day(catalogue, MONDAY + timedelta(days=number), VISITS, seed=number + 1) for number in range(days)]
    runs = {rule: run_in_turn(made, RULES[rule]) for rule in COMPARED}
    return [score(rule, found) for rule, found in runs.items()], floor_of([one.history for one in runs[OURS]], 500)


def _waits(score: Score, priority: Priority) -> Line:
    waits = score.waits[priority.value]
    return Line(f"wait, {priority.value}: {COMPARED[score.rule]} (p50, p95)", waits.p50, waits.p95, "min")


def _floor(floor: Floor) -> Line:
    share = floor.width / max(1.0, floor.median_wait)
    name = "forecast: the least width, were the day known but for service times"
    return Line(name, floor.width, None, "min", floor.median_wait, "median wait", share)


def _forecast(told: Forecasts) -> list[Line]:
    inside, bias = told.sure * 100, told.relative_bias * 100
    width = told.sure_width / told.median_wait
    return [
        Line(
            "forecast: inside the range for nine of ten", inside, None, "%",
            goal=f">= {LEAST_INSIDE:g} %", met=inside >= LEAST_INSIDE,
        ),
        Line(
            "forecast: width of that range", told.sure_width, None, "min", told.median_wait, "median wait", width,
            f"< {MOST_WIDTH / 100:g} x", width * 100 < MOST_WIDTH,
        ),
        Line("forecast: bias", bias, None, "%", goal=f"within {MOST_BIAS:g} %", met=abs(bias) < MOST_BIAS),
    ]  # fmt: skip
