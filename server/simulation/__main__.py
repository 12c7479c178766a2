"""`./run simulate`: a hall's day under several calling rules, side by side."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from server.app.catalogue_file.mistakes import CatalogueError
from server.app.catalogue_file.reading import read_catalogue
from server.app.ports import StorageError
from server.domain.catalogue import Catalogue
from server.simulation.bound import least_mean_wait
from server.simulation.day import Day
from server.simulation.demand import a_day
from server.simulation.filling import days_before, fill
from server.simulation.floor import Floor, floor_of
from server.simulation.rules import RULES, following
from server.simulation.running import run_in_turn
from server.simulation.scoring import Score, score
from server.simulation.table import FORECAST_MEANS, forecasts_table, told_floor, waits_table

SAMPLE = Path(__file__).parent.parent / "sample" / "mpp-badung-sample.toml"
MONDAY = date(2026, 11, 23)


class Report(msgspec.Struct, frozen=True):
    """What --json writes."""

    catalogue: str
    dates: list[str]
    visits: int
    counters: int
    seed: int
    least_mean_wait: float
    """Minutes; no rule can be better on these days (server.simulation.bound says why)."""
    scores: list[Score]
    floor: Floor | None = None
    """With --floor: how narrow the ranges of the last rule could be."""


def main() -> int:
    wanted = _arguments()
    try:
        catalogue = read_catalogue(wanted.catalogue.read_text(), version=1, today=wanted.date)
    except OSError as error:
        return _refuse(f"{wanted.catalogue}: {error.strerror}")
    except CatalogueError as error:
        return _refuse(f"{wanted.catalogue} has mistakes, see `loket-server catalogue check`:\n{error}")
    started = time.monotonic()
    days = _days(catalogue, wanted)
    if wanted.into:
        return _fill(wanted, days)
    if not any(day.arrivals for day in days):
        return _refuse(f"nothing is open on {wanted.date}; choose another --date")
    runs = {rule: run_in_turn(days, RULES[rule]) for rule in wanted.rules}
    report = _report(wanted, days, [score(rule, found) for rule, found in runs.items()])
    if wanted.floor:
        report = msgspec.structs.replace(report, floor=floor_of([one.history for one in runs[wanted.rules[-1]]]))
    _print(report, catalogue)
    print(f"\n{len(days)} day(s) under {len(runs)} rule(s), done in {time.monotonic() - started:.1f} s")
    if wanted.json:
        wanted.json.write_bytes(msgspec.json.format(msgspec.json.encode(report)))
    if wanted.plots:
        from server.simulation.plots import draw  # matplotlib takes longer to load than a day to run

        print(*draw(runs, catalogue.site.time_zone, wanted.plots), sep="\n")
    return 0


def _fill(wanted: argparse.Namespace, days: list[Day]) -> int:
    try:
        visits = fill(wanted.into, wanted.catalogue, days, following(None))
    except StorageError as error:
        return _refuse(f"{error} Days that are there already are not written again.")
    print(f"{visits:,} visits on {len(days)} day(s) from {days[0].date} to {days[-1].date}")
    return 0


def _days(catalogue: Catalogue, wanted: argparse.Namespace) -> list[Day]:
    """Saturdays and Sundays left out, unless it is the first."""
    if wanted.into:
        before = days_before(datetime.now(ZoneInfo(catalogue.site.time_zone)).date(), wanted.days)
        return [a_day(catalogue, on, wanted.visits, wanted.seed + on.toordinal()) for on in before]
    dates: list[date] = [wanted.date]
    while len(dates) < wanted.days:
        following = dates[-1] + timedelta(days=1)
        while following.weekday() > 4:
            following += timedelta(days=1)
        dates.append(following)
    return [a_day(catalogue, on, wanted.visits, wanted.seed + number) for number, on in enumerate(dates)]


def _report(wanted: argparse.Namespace, days: Sequence[Day], scores: list[Score]) -> Report:
    visits = sum(len(day.arrivals) for day in days)
    return Report(
        catalogue=wanted.catalogue.name,
        dates=[day.date.isoformat() for day in days],
        visits=visits,
        counters=len(days[0].shifts),
        seed=wanted.seed,
        least_mean_wait=sum(least_mean_wait(day) * len(day.arrivals) for day in days) / visits,
        scores=scores,
    )


def _print(report: Report, catalogue: Catalogue) -> None:
    print(f"{report.visits:,} visits on {len(report.dates)} day(s) from {report.dates[0]}, seed {report.seed}:")
    print(f"{len(catalogue.agencies)} agencies, {len(catalogue.services)} services, {report.counters} counters")
    print("\nMinutes from arrival to the first call\n")
    print(waits_table(report.scores))
    print(f"\nNo rule can bring the mean of everybody below {report.least_mean_wait:.1f} minutes on these days.")
    print("\nWhat the kiosk told, against what came (minutes)\n")
    print(forecasts_table(report.scores), FORECAST_MEANS, sep="\n\n", end="\n\n")
    if report.floor is not None:
        print(told_floor(report.floor, report.scores[-1]), end="\n\n")
    for found in report.scores:
        print(
            f"{found.rule}: counters busy {found.busy:.0%}, idle {found.idle_minutes:,.0f} minutes a day together; "
            f"{found.never_called} never called, {found.turned_away} turned away"
        )


def _refuse(sentence: str) -> int:
    print(f"simulate: {sentence}", file=sys.stderr)
    return 2


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run simulate", description=__doc__)
    parser.add_argument("--catalogue", type=Path, default=SAMPLE, help="a catalogue file; the sample hall unless given")
    parser.add_argument("--date", type=date.fromisoformat, default=MONDAY, help="the first day, YYYY-MM-DD")
    parser.add_argument("--days", type=int, default=1, help="how many working days")
    parser.add_argument("--visits", type=int, default=3000, help="per day")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rules", nargs="+", choices=tuple(RULES), default=list(RULES))
    parser.add_argument(
        "--floor", action="store_true", help="say how narrow the ranges of the last rule could be (some seconds more)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--plots", type=Path, metavar="FOLDER", help="draw waits.png, day.png and forecast.png there")
    parser.add_argument(
        "--into",
        metavar="URL",
        help="write the last --days office days before today into this database (sqlite:///FILE), to try reports on",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
