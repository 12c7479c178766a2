"""Backups: which are kept, which may go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from server.care.backups import backups_in, made_at, name_of, superfluous

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def _backups(*ages: timedelta) -> list[Path]:
    return [Path(name_of(NOON - age, ".sqlite")) for age in ages]


def test_a_name_says_when_and_sorts_by_it() -> None:
    file = Path(name_of(NOON, ".dump"))
    assert file.name == "loket-20261123T120000Z.dump"
    assert made_at(file) == NOON
    assert made_at(Path("loket-of-last-year.sqlite")) is None


def test_of_the_last_hour_all_stay() -> None:
    every_five_minutes = _backups(*(timedelta(minutes=5 * number) for number in range(12)))
    assert superfluous(every_five_minutes, NOON, kept_days=7) == []


def test_of_a_week_about_forty_stay_and_the_last_of_each_day_is_among_them() -> None:
    week = _backups(*(timedelta(minutes=5 * number) for number in range(12 * 24 * 10)))
    gone = set(superfluous(week, NOON, kept_days=7))
    kept = [file for file in week if file not in gone]
    assert len(kept) == 12 + 24 + 8
    yesterdays_last = name_of(datetime(2026, 11, 21, 23, 55, tzinfo=UTC), ".sqlite")
    assert yesterdays_last in {file.name for file in kept}
    assert superfluous(kept, NOON, kept_days=7) == [], "what stays, stays"


def test_the_newest_stays_however_old_it_is() -> None:
    old = _backups(timedelta(days=100), timedelta(days=101))
    assert superfluous(old, NOON, kept_days=7) == old[1:]


def test_foreign_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("notes.txt", "loket.sqlite", "loket-20261123T120000Z.sqlite.unfinished"):
        (tmp_path / name).touch()
    assert backups_in(tmp_path) == []
    assert backups_in(tmp_path / "nowhere") == []
