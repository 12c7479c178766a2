"""Puts the caretaker together: which duties it has, from the settings and the database's address."""

from __future__ import annotations

import time
from datetime import date, datetime
from functools import partial
from pathlib import Path
from ssl import SSLContext
from zoneinfo import ZoneInfo

from server.app.jobs import Alarmed
from server.app.steady_clock import SteadyClock
from server.care.backing_up import BackingUp
from server.care.caretaker import Caretaker, Duty
from server.care.checking import Checking
from server.care.disk import DiskWatch
from server.care.rolling_up import RollingUpDays
from server.care.sealing import Sealing
from server.care.watching_clock import WatchingClock
from server.db import Store
from server.db.address import parse_address
from server.db.backing_up import back_up, entry_of, seal_of, size_of, suffix
from server.db.checking import damage_of
from server.domain.service_day import service_date
from server.net.gate import Gate
from server.reporting.desk import ReportDesk
from server.retaining import clearing_of
from server.settings import ServerSettings, backup_folder
from server.tls.folder import CertificateFolder
from server.tls.renewing import Renewing

MEGABYTE = 1024 * 1024


def caretaker_of(
    settings: ServerSettings,
    url: str,
    store: Store,
    gate: Gate,
    desk: ReportDesk,
    certificates: tuple[CertificateFolder, SSLContext] | None = None,
) -> Caretaker:
    def local(now: datetime) -> datetime:
        return now.astimezone(ZoneInfo(gate.site().time_zone))

    def back_up_and_note(target: Path) -> None:
        store.audit.append(entry_of(back_up(url, target)))

    duties: list[Duty] = []
    file = parse_address(url).file
    if file is not None:
        reserve, low = settings.disk_reserve_mb * MEGABYTE, settings.disk_low_mb * MEGABYTE
        duties.append(DiskWatch(file.parent, reserve=reserve, low=low, figures=gate.figures))
    if settings.backup_minutes:
        duties.append(
            BackingUp(
                backup_folder(settings),
                suffix=suffix(url),
                minutes=settings.backup_minutes,
                kept_days=settings.backups_kept_days,
                size=partial(size_of, url),
                back_up=back_up_and_note,
                beside=seal_of,
                figures=gate.figures,
                left_free=settings.backup_leaves_mb * MEGABYTE,
            )
        )
    if certificates is not None:
        duties.append(Renewing(*certificates, gate.figures))
    if isinstance(gate.clock, SteadyClock):
        duties.append(WatchingClock(gate.clock))
    duties.append(Sealing(store.audit.seal_facts, store.audit.head))

    def today(now: datetime) -> date:
        return service_date(now, gate.site().time_zone)

    duties.append(RollingUpDays(desk, today, store.rollups.write))
    duties.append(clearing_of(settings, store, gate))
    duties.append(Checking(partial(damage_of, url), local))
    return Caretaker(
        duties, lambda alarm, stands: gate.writer.insist(Alarmed(alarm, stands)), gate.clock, time.monotonic
    )
