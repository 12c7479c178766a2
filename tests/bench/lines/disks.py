"""Other disks: the same kiosks where every flush takes 5 ms more, and on PostgreSQL."""

from __future__ import annotations

from tests.bench.bench import Bench
from tests.bench.figures import Line, median, rate, skipped
from tests.bench.lines import issuing
from tests.bench.slow_disk import MILLISECONDS, NoCompilerError, slow_disk
from tests.support.databases import NoPostgreSQLError, running_postgresql

SLOW = f"every flush {MILLISECONDS} ms slower"


async def slow(bench: Bench) -> list[Line]:
    """Where one commit for many requests earns its keep: a cheap disk."""
    try:
        environment = slow_disk(bench.folder)
    except NoCompilerError as error:
        return [skipped(f"issue, {SLOW}", str(error))]
    one, many = [
        await issuing.measure(bench, bench.site("slow", kiosks=kiosks, waiting=200), kiosks, environment=environment)
        for kiosks in (1, issuing.MANY)
    ]
    if median(one.limits) > 1000 / MILLISECONDS:
        return [skipped(f"issue, {SLOW}", "the library was not loaded: the raw commits are too fast")]
    return [
        rate(f"issue, 1 kiosk, {SLOW}: rate", one.rates, one.limits, at_least=0.45, what=issuing.RAW),
        rate(f"issue, 64 kiosks, {SLOW}: rate", many.rates, many.limits, at_least=12, what=issuing.RAW),
    ]


async def postgresql(bench: Bench) -> list[Line]:
    """Beside single commits of the bare driver on the same server."""
    try:
        with running_postgresql() as cluster:
            raw = cluster.url(cluster.new_database())
            one, many = [
                await issuing.measure(
                    bench,
                    bench.site("pg", kiosks=kiosks, waiting=200, url=cluster.url(cluster.new_database())),
                    kiosks,
                    raw=raw,
                )
                for kiosks in (1, issuing.MANY)
            ]
    except NoPostgreSQLError as error:
        return [skipped("issue on PostgreSQL", str(error))]
    what = "psycopg commits/s"
    return [
        rate("issue, 1 kiosk, PostgreSQL: rate", one.rates, one.limits, at_least=1, what=what),
        rate("issue, 64 kiosks, PostgreSQL: rate", many.rates, many.limits, at_least=1, what=what),
    ]
