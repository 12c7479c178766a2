"""Raw: the limit of the disk. Single inserts, each committed and flushed, by the bare driver, in a process of its own.

python -m tests.bench.raw ADDRESS SECONDS    prints how many a second; ADDRESS: a folder, or postgresql://...
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS = "a visitor's number and what belongs to it, about as long as one small row of a real table, 100 bytes"


def commits_per_second(address: str | Path, seconds: float, environment: Mapping[str, str] | None = None) -> float:
    """Measured by a process of its own, beside whatever else runs."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.raw", str(address), str(seconds)],
        cwd=ROOT, env={**os.environ, **(environment or {})}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)


def main(address: str, seconds: float) -> None:
    insert = _postgresql(address) if address.startswith("postgresql:") else _sqlite(Path(address))
    for _ in range(20):
        insert()
    began, inserted = time.perf_counter(), 0
    while (taken := time.perf_counter() - began) < seconds:
        insert()
        inserted += 1
    sys.stdout.write(f"{inserted / taken}\n")


def _sqlite(folder: Path) -> Callable[[], object]:
    """With the driver and the durability of the server: WAL, synchronous=FULL."""
    from pysqlite3 import dbapi2

    connection = dbapi2.connect(str(folder / "raw.sqlite"), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, words TEXT NOT NULL)")
    return lambda: connection.execute("INSERT INTO rows (words) VALUES (?)", (WORDS,))


def _postgresql(address: str) -> Callable[[], object]:
    import psycopg

    connection = psycopg.connect(address, autocommit=True)
    connection.execute("CREATE TABLE IF NOT EXISTS raw_rows (id bigserial PRIMARY KEY, words text NOT NULL)")
    return lambda: connection.execute("INSERT INTO raw_rows (words) VALUES (%s)", (WORDS,))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
