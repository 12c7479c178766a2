"""Three pictures for people who decide: who waits how long, how the day runs, and how true the minutes are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import matplotlib as mpl

mpl.use("Agg")  # no screen is needed

from matplotlib import pyplot as plt

from server.simulation.running import Run, Wait
from server.simulation.scoring import percentile
from shared.vocabulary import Priority

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAMES = {
    "first_come": "first come, first served",
    "strict_priority": "priority always first",
    "ratio_1_2": "one priority, two regular",
    "head_start": "head start (Loket)",
    "shortest_first": "shortest first (clairvoyant)",
}
GREEN, GOLD, INK, PALE = "#0B5A52", "#C8932B", "#13202B", "#A9B8C4"
STYLE: dict[Any, Any] = {
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titleweight": "bold",
}


def draw(runs: Mapping[str, Sequence[Run]], zone: str, folder: Path) -> list[Path]:
    """Writes waits.png, day.png and forecast.png into the folder and says where."""
    folder.mkdir(parents=True, exist_ok=True)
    waits = {rule: [wait for run in found for wait in run.waits if wait.first_stop] for rule, found in runs.items()}
    with mpl.rc_context(STYLE):
        return [
            _save(folder / "waits.png", _draw_waits, waits),
            _save(folder / "day.png", _draw_day, waits, ZoneInfo(zone)),
            _save(folder / "forecast.png", _draw_forecast, waits),
        ]


def _save(path: Path, draw_into: object, *what: object) -> Path:
    figure, axes = plt.subplots(figsize=(9, 5), dpi=120, layout="constrained")
    assert callable(draw_into)
    draw_into(axes, *what)
    figure.savefig(path)
    plt.close(figure)
    return path


def _draw_waits(axes: Axes, waits: Mapping[str, Sequence[Wait]]) -> None:
    """Half of the visitors wait less than the bar; one in twenty longer than the line's end."""
    rules = list(waits)
    for offset, (priority, colour) in enumerate(((Priority.REGULAR, GREEN), (Priority.PRIORITY, GOLD))):
        for place, rule in enumerate(rules):
            minutes = _minutes(wait for wait in waits[rule] if wait.priority is priority)
            if not minutes:
                continue
            at = place + (offset - 0.5) * 0.36
            half, late = percentile(minutes, 0.5), percentile(minutes, 0.95)
            axes.barh(at, half, height=0.32, color=colour, label=priority.value if place == 0 else None)
            axes.plot([half, late], [at, at], color=colour, linewidth=2)
            axes.plot([late], [at], "|", color=colour, markersize=12, markeredgewidth=2)
            axes.text(late + 1, at, f"{half:.0f} / {late:.0f}", va="center", color=INK, fontsize=9)
    axes.set_yticks(range(len(rules)), [NAMES.get(rule, rule) for rule in rules])
    axes.invert_yaxis()
    axes.set_xlabel("minutes until called: bar = half of the visitors, end of the line = 19 of 20")
    axes.set_title("Who waits how long", loc="left")
    axes.legend(frameon=False, loc="lower right")


def _draw_day(axes: Axes, waits: Mapping[str, Sequence[Wait]], zone: ZoneInfo) -> None:
    """The median wait of those who came in each half hour, under the rule in use."""
    rule = "head_start" if "head_start" in waits else next(iter(waits))
    for priority, colour in ((Priority.REGULAR, GREEN), (Priority.PRIORITY, GOLD)):
        slots: dict[float, list[float]] = {}
        for wait in waits[rule]:
            if wait.priority is priority and wait.minutes is not None:
                local = wait.arrived.astimezone(zone)
                slots.setdefault(local.hour + (local.minute // 30) / 2, []).append(wait.minutes)
        times = sorted(slots)
        middle = [percentile(sorted(slots[time]), 0.5) for time in times]
        late = [percentile(sorted(slots[time]), 0.95) for time in times]
        axes.plot(times, middle, color=colour, linewidth=2.5, label=f"{priority.value}: half wait less")
        axes.plot(times, late, color=colour, linewidth=1, linestyle="--", label=f"{priority.value}: 19 of 20 wait less")
    axes.set_xlabel("arrival, hour of the day")
    axes.set_ylabel("minutes until called")
    axes.set_title(f"The day under: {NAMES.get(rule, rule)}", loc="left")
    axes.legend(frameon=False)
    axes.set_ylim(bottom=0)


def _draw_forecast(axes: Axes, waits: Mapping[str, Sequence[Wait]]) -> None:
    """Each dot a visitor: what the kiosk said (middle of its range) and what came."""
    rule = "head_start" if "head_start" in waits else next(iter(waits))
    pairs = [
        (wait.told.middle, wait.minutes, wait.told.sure.low <= wait.minutes <= wait.told.sure.high)
        for wait in waits[rule]
        if wait.told is not None and wait.minutes is not None
    ]
    if not pairs:
        return
    limit = max(max(pair[:2]) for pair in pairs)
    for inside, colour, name in ((True, GREEN, "inside the range for 9 of 10"), (False, GOLD, "outside")):
        chosen = [(said, came) for said, came, hit in pairs if hit is inside]
        share = len(chosen) / len(pairs)
        said, came = [pair[0] for pair in chosen], [pair[1] for pair in chosen]
        axes.scatter(said, came, s=6, color=colour, alpha=0.5, label=f"{name}: {share:.0%}")
    axes.plot([0, limit], [0, limit], color=PALE, linewidth=1)
    axes.set_xlabel("what the kiosk said, middle (minutes)")
    axes.set_ylabel("what came (minutes)")
    axes.set_title("How true the minutes are", loc="left")
    axes.legend(frameon=False, markerscale=3)


def _minutes(waits: object) -> list[float]:
    assert hasattr(waits, "__iter__")
    return sorted(wait.minutes for wait in waits if wait.minutes is not None)
