"""The caretaker's duties, with a clock turned by hand and a disk that is said to be full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from server.app.alarms import Alarm
from server.app.figures import Figures
from server.app.ports import StorageError
from server.care.backing_up import SHARE, BackingUp
from server.care.backups import backups_in, name_of
from server.care.caretaker import Caretaker, Duty, Moment
from server.care.checking import Checking
from server.care.disk import RESERVE_NAME, DiskWatch

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MEGABYTE = 1024 * 1024


def at(seconds: float) -> Moment:
    return Moment(NOON + timedelta(seconds=seconds), 100.0 + seconds)


class Copies:
    def __init__(self) -> None:
        self.fail = False

    def __call__(self, file: Path) -> None:
        if self.fail:
            raise StorageError("the share is gone")
        file.write_text("a copy")


def backing_up(folder: Path, copies: Callable[[Path], object], figures: Figures, size: int = 0) -> BackingUp:
    return BackingUp(
        folder,
        suffix=".sqlite",
        minutes=5,
        kept_days=7,
        size=lambda: size,
        back_up=copies,
        beside=lambda file: file.with_name(f"{file.name}.sha256"),
        figures=figures,
        left_free=0,
    )


def test_a_backup_is_made_at_once_and_then_every_five_minutes(tmp_path: Path) -> None:
    figures = Figures()
    duty = backing_up(tmp_path / "backups", Copies(), figures)
    made = [second for second in range(0, 1200, 10) if duty.look(at(second))]
    assert made == [0, 300, 600, 900]
    assert figures.backup == int(NOON.timestamp()) + 900


def test_a_server_that_starts_again_waits_for_the_next_one(tmp_path: Path) -> None:
    (tmp_path / name_of(NOON - timedelta(minutes=3), ".sqlite")).touch()
    duty = backing_up(tmp_path, Copies(), Figures())
    assert [second for second in range(0, 600, 10) if duty.look(at(second))] == [120, 420]


def test_a_clock_that_was_behind_does_not_keep_backups_away(tmp_path: Path) -> None:
    (tmp_path / name_of(NOON + timedelta(days=300), ".sqlite")).touch()
    duty = backing_up(tmp_path, Copies(), Figures())
    assert [second for second in range(0, 400, 10) if duty.look(at(second))] == [300]


def test_a_backup_that_fails_is_an_alarm_and_tried_again_within_a_minute(tmp_path: Path) -> None:
    copies = Copies()
    copies.fail = True
    duty = backing_up(tmp_path, copies, Figures())
    assert duty.look(at(0)) == {Alarm.BACKUP_FAILED: True}
    assert duty.look(at(30)) == {}
    copies.fail = False
    assert duty.look(at(60)) == {Alarm.BACKUP_FAILED: False}


def test_a_backup_is_not_what_fills_the_disk(tmp_path: Path) -> None:
    duty = backing_up(tmp_path, Copies(), Figures(), size=10**18)
    assert duty.look(at(0)) == {Alarm.BACKUP_FAILED: True}
    assert backups_in(tmp_path) == []


def test_a_backup_that_takes_long_makes_the_next_one_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0.0, 20.0, 20.0, 40.0])
    monkeypatch.setattr("server.care.backing_up.time", SimpleNamespace(monotonic=lambda: next(ticks)))
    duty = backing_up(tmp_path, Copies(), Figures())
    assert [second for second in range(0, 1500, 10) if duty.look(at(second))] == [0, 20 * SHARE]


class Disk:
    """A file system whose free space the test decides; what the reserve holds is not free."""

    def __init__(self, folder: Path, free: int) -> None:
        self.folder, self.free = folder, free

    def __call__(self, _: Path) -> SimpleNamespace:
        reserve = self.folder / RESERVE_NAME
        held = reserve.stat().st_size if reserve.exists() else 0
        return SimpleNamespace(f_bavail=self.free - held, f_frsize=1, f_blocks=1000 * MEGABYTE)


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    made = Disk(tmp_path, 500 * MEGABYTE)
    monkeypatch.setattr("server.care.disk.os.statvfs", made)
    return made


def test_the_reserve_is_given_up_when_the_disk_fills_and_taken_again(disk: Disk, tmp_path: Path) -> None:
    figures = Figures()
    watch = DiskWatch(tmp_path, reserve=4 * MEGABYTE, low=20 * MEGABYTE, figures=figures)
    fine = {Alarm.DISK_LOW: False, Alarm.DISK_FULL: False}
    assert watch.look(at(0)) == fine
    assert (tmp_path / RESERVE_NAME).stat().st_size == 4 * MEGABYTE

    disk.free = 15 * MEGABYTE
    assert watch.look(at(1)) == {Alarm.DISK_LOW: True, Alarm.DISK_FULL: False}
    disk.free = 4 * MEGABYTE + 1000
    assert watch.look(at(2)) == {Alarm.DISK_LOW: True, Alarm.DISK_FULL: False}, "the hall goes on with the reserve"
    assert not (tmp_path / RESERVE_NAME).exists()
    assert figures.disk_free == 4 * MEGABYTE + 1000
    disk.free = MEGABYTE // 2
    assert watch.look(at(3)) == {Alarm.DISK_LOW: False, Alarm.DISK_FULL: True}
    disk.free = 500 * MEGABYTE
    assert watch.look(at(4)) == fine
    assert (tmp_path / RESERVE_NAME).exists()


def test_a_small_disk_is_low_at_a_tenth(disk: Disk, tmp_path: Path) -> None:
    watch = DiskWatch(tmp_path, reserve=0, low=10**12, figures=Figures())
    disk.free = 101 * MEGABYTE
    assert watch.look(at(0))[Alarm.DISK_LOW] is False
    disk.free = 99 * MEGABYTE
    assert watch.look(at(1))[Alarm.DISK_LOW] is True


def test_the_database_is_checked_at_the_start_and_every_night() -> None:
    hour = timedelta(hours=1)
    duty = Checking(lambda: "", lambda now: now)
    moments = [NOON + hour * half / 2 for half in range(60)]
    assert [now for now in moments if duty.look(Moment(now, 0.0))] == [NOON, NOON + 14 * hour]


def test_damage_is_an_alarm_until_a_check_finds_none() -> None:
    answers = iter(["row 3 missing from index facts_at", ""])
    duty = Checking(lambda: next(answers), lambda now: now)
    assert duty.look(at(0)) == {Alarm.DATABASE_DAMAGED: True}
    assert duty.look(Moment(NOON + timedelta(hours=14), 50_000.0)) == {Alarm.DATABASE_DAMAGED: False}


def test_a_duty_that_breaks_keeps_no_other_from_its_work() -> None:
    class Breaks:
        def look(self, at: Moment, /) -> Mapping[Alarm, bool]:
            raise RuntimeError("a fault of ours")

    class Says:
        stands = True

        def look(self, at: Moment, /) -> Mapping[Alarm, bool]:
            return {Alarm.DISK_LOW: self.stands}

    told: list[tuple[Alarm, bool]] = []
    duties: list[Duty] = [Breaks(), says := Says()]
    caretaker = Caretaker(duties, lambda alarm, stands: told.append((alarm, stands)), lambda: NOON, lambda: 0.0)
    caretaker.go_round()
    caretaker.go_round()
    says.stands = False
    caretaker.go_round()
    assert told == [(Alarm.DISK_LOW, True), (Alarm.DISK_LOW, False)], "said when it changes, not every second"
