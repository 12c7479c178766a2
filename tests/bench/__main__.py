"""./run bench: what the server, the slip and the programs do, each beside its physical limit or a bare peer."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.figures import Line, skipped
from tests.bench.lines import (
    calling,
    disks,
    everybody,
    issuing,
    paper,
    phones,
    reports,
    starting,
    telling,
    waits,
    windows,
)
from tests.bench.table import as_json, table

PATIENCE = 150.0  # seconds for one family of lines; a run is bounded, whatever hangs
LONGER = {"reports": 400.0, "reports-postgresql": 400.0}  # three years have to be written down first

Family = Callable[[Bench], Awaitable[list[Line]]]

FAMILIES: dict[str, Family] = {
    "issue-1": issuing.one_kiosk,
    "issue-64": issuing.many_kiosks,
    "call": calling.hundred_counters,
    "call-alone": calling.without_followers,
    "waiting": calling.by_waiting,
    "start": starting.with_history,  # before the next one, which adds to the day
    "history": calling.by_history,
    "reports": reports.on_sqlite,
    "reports-postgresql": reports.on_postgresql,
    "slow-disk": disks.slow,
    "postgresql": disks.postgresql,
    "boards": telling.fifty_boards,
    "phones": phones.five_thousand,
    "everybody": everybody.one_long_line,
    "back": starting.after_kill,
    "slip": paper.slips,
    "waits": waits.by_rule,
    "windows": windows.programs,
    "flash": windows.flashing_board,
}


def main(arguments: list[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    base = Path(given.folder)
    base.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="loket-bench-", dir=base))
    try:
        names = [name for name in FAMILIES if name in (given.only or FAMILIES)]
        lines = asyncio.run(run(Bench(folder, given.quick, given.huge), names))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(table(lines))
    if given.json:
        Path(given.json).write_text(as_json(lines, quick=given.quick), encoding="utf-8")
    return 0


async def run(bench: Bench, names: list[str]) -> list[Line]:
    """Family by family; one that fails is a line that says so, and the others go on."""
    lines: list[Line] = []
    for name in names:
        began = time.perf_counter()
        try:
            async with asyncio.timeout(LONGER.get(name, PATIENCE) * (10 if bench.huge else 1)):
                lines += await FAMILIES[name](bench)
        except Exception as error:  # noqa: BLE001 - whatever it was, it must be read in the table
            lines.append(skipped(name, f"{type(error).__name__}: {error}"))
        print(f"bench: {name} took {time.perf_counter() - began:.1f} s", file=sys.stderr)
    return lines


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="write the lines there, too")
    parser.add_argument("--only", nargs="+", choices=list(FAMILIES), metavar="NAME", help=f"of: {', '.join(FAMILIES)}")
    parser.add_argument("--quick", action="store_true", help="a look in under a minute; not for comparing")
    parser.add_argument("--huge", action="store_true", help="with 10,000,000 visits of earlier days, not 1,000,000")
    parser.add_argument("--folder", default="/var/tmp", metavar="FOLDER", help="on the disk to be measured")
    return parser


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the servers that were started are ended, too
    sys.exit(main())
