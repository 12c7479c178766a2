"""The doctor: says what this machine lacks, one line each."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from server.app.ports import StorageError
from server.care.disk import LOW_SHARE
from server.care.flushing import TOO_FAST, flushes_per_second
from server.db.address import parse_address
from server.db.engine import refuse_unsound_sqlite, sqlite_driver
from server.settings import ServerSettings, certificate_folder
from server.tls.folder import CertificateError, CertificateFolder
from shared.program import state_folder

LOOK = 10.0  # seconds for a foreign program to answer


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    fine: bool
    words: str
    needed: bool = True
    """Without it something of the product does not work; otherwise only something that not everybody uses."""

    def __str__(self) -> str:
        mark = "ok     " if self.fine else "MISSING" if self.needed else "note   "
        return f"{mark}  {self.what}: {self.words}"


def main(settings: ServerSettings | None = None) -> int:
    findings = [finding for look in LOOKS for finding in look()]
    findings += _disk(settings or ServerSettings())
    if settings is not None and settings.tls:
        findings.append(_certificate(certificate_folder(settings), datetime.now(UTC)))
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    missing = [finding for finding in findings if finding.needed and not finding.fine]
    sys.stdout.write("Nothing is missing.\n" if not missing else f"{len(missing)} things are missing.\n")
    return 1 if missing else 0


def _certificate(certificates: CertificateFolder, now: datetime) -> Finding:
    try:
        held = certificates.read()
    except CertificateError as error:
        return Finding("Certificate", False, str(error))
    words = f"ends in {held.days_left(now)} days"
    return Finding("Certificate", not held.is_ending(now), words + (": renew it" if held.is_ending(now) else ""))


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", sys.version_info >= (3, 11), f"{version}; 3.11 or newer is needed")


def _sqlite() -> Iterator[Finding]:
    driver = sqlite_driver()
    version: tuple[int, ...] = driver.sqlite_version_info
    words = ".".join(map(str, version))
    try:
        refuse_unsound_sqlite(version)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the administrator shall read
        yield Finding("SQLite", False, f"{words}: {error}")
    else:
        yield Finding("SQLite", True, words)


def _time_zones() -> Iterator[Finding]:
    try:
        ZoneInfo("Asia/Makassar")
    except ZoneInfoNotFoundError:
        yield Finding("Time zones", False, "no time zone data: install tzdata")
    else:
        yield Finding("Time zones", True, "known")


def _clock() -> Iterator[Finding]:
    timedatectl = shutil.which("timedatectl")
    if timedatectl is None:
        yield Finding("Clock", False, "cannot tell whether it is kept by a time server", needed=False)
        return
    answer = _ask(timedatectl, "show", "--property=NTPSynchronized", "--value")
    kept = answer == "yes"
    yield Finding("Clock", kept, "kept by a time server" if kept else "is not kept by a time server", needed=False)


def _disk(settings: ServerSettings) -> Iterator[Finding]:
    """Where the database is, or will be."""
    try:
        address = parse_address(settings.database) if settings.database else None
    except StorageError as error:
        yield Finding("Database", False, str(error))
        return
    file = address.file if address is not None else state_folder(settings.state, "server") / "loket.sqlite"
    if file is None:
        return  # PostgreSQL's disk is its own care
    folder = next(parent for parent in file.absolute().parents if parent.is_dir())
    space = shutil.disk_usage(folder)
    enough = space.free >= min(settings.disk_low_mb * 1024 * 1024, space.total * LOW_SHARE)
    yield Finding("Disk", enough, f"{space.free / 1e9:.1f} GB free at {folder}")
    try:
        rate = flushes_per_second(folder)
    except OSError as error:
        yield Finding("Flushes", False, f"{folder} cannot be written: {error.strerror}", needed=False)
        return
    if rate > TOO_FAST:
        words = (
            f"{rate:.0f} a second: faster than a disk without a protected cache can be. If it has none, it reports "
            "as safe what a power cut destroys; use an SSD with power-loss protection, and a UPS"
        )
        yield Finding("Flushes", False, words, needed=False)
    else:
        yield Finding("Flushes", True, f"{rate:.0f} a second: as fast as a disk that keeps its word")


def _screens() -> Iterator[Finding]:
    spec = importlib.util.find_spec("PySide6")
    if spec is None or spec.origin is None:
        yield Finding("Qt", False, "PySide6-Essentials is not installed")
        return
    plugin = Path(spec.origin).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    ldd = shutil.which("ldd")
    if ldd is None or not plugin.exists():
        yield Finding("Qt's libraries", False, "cannot be looked at on this system", needed=False)
        return
    lacking = sorted(line.split()[0] for line in _ask(ldd, str(plugin)).splitlines() if "not found" in line)
    yield Finding("Qt's libraries", not lacking, ", ".join(lacking) or "all there")
    xvfb = shutil.which("Xvfb") is not None
    yield Finding("Xvfb", xvfb, "there" if xvfb else "not there: no demo and no tests without a screen", needed=False)


def _fonts() -> Iterator[Finding]:
    there = importlib.util.find_spec("fontpkg_plus_jakarta_sans") is not None
    yield Finding("Typeface", there, "Plus Jakarta Sans" if there else "fontpkg-plus-jakarta-sans is not installed")


def _sound() -> Iterator[Finding]:
    engine = importlib.util.find_spec("espeakng_loader") is not None
    yield Finding("Voice", engine, "espeak-ng" if engine else "espeakng-loader is not installed")
    cards = Path("/proc/asound/cards")
    card = cards.exists() and "no soundcards" not in cards.read_text(encoding="utf-8")
    yield Finding("Sound card", card, "there" if card else "none: displays here will be mute", needed=False)


def _for_tests() -> Iterator[Finding]:
    clusters = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    words = clusters[-1].parts[-3] if clusters else "not there: the tests leave it out"
    yield Finding("PostgreSQL for the tests", bool(clusters), words, needed=False)
    browser = shutil.which("chromium") is not None
    words = "Chromium" if browser else "not there: the tests of the phone page are left out"
    yield Finding("Browser for the tests", browser, words, needed=False)


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _python,
    _sqlite,
    _time_zones,
    _clock,
    _screens,
    _fonts,
    _sound,
    _for_tests,
)


def _ask(*words: str) -> str:
    """What a program of the system says; nothing when it cannot be asked."""
    try:
        return subprocess.run(words, capture_output=True, text=True, timeout=LOOK, check=False).stdout.strip()  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""


if __name__ == "__main__":
    sys.exit(main())
