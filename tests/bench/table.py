"""The table: the lines as people read them, and as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.figures import Line

HEAD = ("line", "median", "p99", "unit", "beside", "ratio", "goal", "met")
_RIGHT = frozenset({1, 2, 5})


def table(lines: Sequence[Line]) -> str:
    """Columns as wide as what stands in them; notes below, by number."""
    rows = [HEAD, *(_row(line) for line in lines)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    text = [_drawn(row, widths) for row in rows]
    text.insert(1, "  ".join("-" * width for width in widths))
    text += [f"  {line.name}: {line.note}" for line in lines if line.note]
    short = [line.name for line in lines if line.met is False]
    text.append(f"{len(lines)} lines; " + (f"short of the goal: {'; '.join(short)}" if short else "every goal met"))
    return "\n".join(text)


def as_json(lines: Sequence[Line], *, quick: bool) -> str:
    whole = {"machine": machine(), "quick": quick, "lines": [line.as_json() for line in lines]}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def machine() -> dict[str, str | int]:
    return {
        "processor": _processor(),
        "cores": os.cpu_count() or 0,
        "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "load_at_end": f"{os.getloadavg()[0]:.2f}",
    }


def number(value: float | None) -> str:
    """Three figures that matter: 3,120; 12.4; 0.47."""
    if value is None:
        return "-"
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _row(line: Line) -> tuple[str, ...]:
    beside = "-" if line.beside is None else f"{number(line.beside)} {line.beside_what}"
    met = {True: "yes", False: "NO", None: "-"}[line.met]
    ratio = "-" if line.ratio is None else f"{line.ratio:.2f}"
    return (line.name, number(line.median), number(line.p99), line.unit, beside, ratio, line.goal or "-", met)


def _drawn(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [cell.rjust(width) if at in _RIGHT else cell.ljust(width) for at, (cell, width) in
             enumerate(zip(row, widths, strict=True))]  # fmt: skip
    return "  ".join(cells).rstrip()


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []:
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
