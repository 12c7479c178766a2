"""The writer: how many jobs make a batch, who comes first, and what stands between two batches."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from server.app.engine import Engine
from server.app.figures import Figures
from server.app.jobs import Followed, Job
from server.app.sessions import Outbox, Session
from server.net.writer import LONG, SHORT, Writer
from shared.vocabulary import Role
from tests.support.server_in_memory import Ear

PATIENCE = 60.0


class _Engine:
    """Writes down what it is given; its answers are carried out by the loop."""

    def __init__(self, waited_for_disk: float = 0.0) -> None:
        self.batches: list[list[Job]] = []
        self.done: list[str] = []
        self.waited_for_disk = waited_for_disk
        self.fails = False

    def next_wake(self) -> timedelta:
        return timedelta(seconds=1)

    def run(self, jobs: Sequence[Job], now: datetime) -> list[Callable[[], None]]:
        if not jobs:
            return []
        self.batches.append(list(jobs))
        number = len(self.batches)
        self.done.append(f"run {number}")
        if self.fails:
            raise RuntimeError
        return [lambda: self.done.append(f"answered {number}")]

    def distrust(self, jobs: Sequence[Job]) -> list[Callable[[], None]]:
        return [lambda: self.done.append("distrusted")]


def _run(engine: _Engine, jobs: Sequence[Job], *, from_elsewhere: bool = False) -> list[list[str]]:
    """What the batches held, by stream."""

    async def go() -> None:
        writer = Writer(cast(Engine, engine), lambda: datetime.now(UTC), Figures())
        writer.start(asyncio.get_running_loop())
        if from_elsewhere:
            await asyncio.to_thread(_hand_in, writer, jobs)
        else:
            _hand_in(writer, jobs)
        async with asyncio.timeout(PATIENCE):
            while sum(map(len, engine.batches)) < len(jobs):
                await asyncio.sleep(0)
        assert await asyncio.to_thread(writer.stop, PATIENCE)

    asyncio.run(go())
    return [[job.stream for job in batch if isinstance(job, Followed)] for batch in engine.batches]


def _hand_in(writer: Writer, jobs: Sequence[Job]) -> None:
    for job in jobs:
        writer.insist(job)


def _session(role: Role) -> Session:
    return Session(cast(Outbox, Ear()), role)


def _jobs(role: Role, count: int) -> list[Job]:
    session = _session(role)
    return [Followed(session, f"{role}-{at}") for at in range(count)]


def test_officers_come_first_and_a_share_stays_for_all_others() -> None:
    first, *_ = _run(_Engine(), [*_jobs(Role.KIOSK, 100), *_jobs(Role.COUNTER, 100)])
    assert len(first) == SHORT
    kinds = [name.partition("-")[0] for name in first]
    assert kinds == ["counter"] * (SHORT * 3 // 4) + ["kiosk"] * (SHORT // 4)


def test_whoever_is_alone_gets_the_whole_batch() -> None:
    first, second = _run(_Engine(), _jobs(Role.KIOSK, SHORT + 1))
    assert (len(first), len(second)) == (SHORT, 1)


def test_everybody_is_served_and_each_connection_in_its_order() -> None:
    batches = _run(_Engine(), [*_jobs(Role.KIOSK, 200), *_jobs(Role.COUNTER, 200)])
    told = [name for batch in batches for name in batch]
    for role in (Role.KIOSK, Role.COUNTER):
        mine = [name for name in told if name.startswith(f"{role}-")]
        assert mine == [f"{role}-{at}" for at in range(200)]


@pytest.mark.parametrize(("waited", "size"), [(0.0, SHORT), (0.005, 232), (3.0, LONG)])
def test_a_slow_disk_makes_long_batches(waited: float, size: int) -> None:
    first, *_ = _run(_Engine(waited), _jobs(Role.KIOSK, 600))
    assert len(first) == size


def test_the_next_batch_begins_when_the_last_one_is_answered() -> None:
    engine = _Engine()
    _run(engine, _jobs(Role.KIOSK, 3 * SHORT))
    assert engine.done == ["run 1", "answered 1", "run 2", "answered 2", "run 3", "answered 3"]


def test_a_fault_in_a_batch_does_not_keep_the_next_one() -> None:
    engine = _Engine()
    engine.fails = True
    _run(engine, _jobs(Role.KIOSK, 2 * SHORT))
    assert engine.done == ["run 1", "distrusted", "run 2", "distrusted"]


def test_other_threads_may_hand_in_jobs() -> None:
    jobs = _jobs(Role.KIOSK, 5)
    assert _run(_Engine(), jobs, from_elsewhere=True)[0][0] == "kiosk-0"


def test_what_waits_when_the_server_ends_is_still_done() -> None:
    engine = _Engine()

    async def go() -> None:
        writer = Writer(cast(Engine, engine), lambda: datetime.now(UTC), Figures())
        writer.start(asyncio.get_running_loop())
        _hand_in(writer, _jobs(Role.KIOSK, 3 * SHORT))
        assert await asyncio.to_thread(writer.stop, PATIENCE)

    asyncio.run(go())
    assert sum(map(len, engine.batches)) == 3 * SHORT
