"""The way through the house: every family's entrance, shown to whoever may enter."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from server.app.accounts import Staff
from server.app.permissions import MAY_USE, Proof
from shared.vocabulary import Language, Words


@dataclass(frozen=True, slots=True)
class Entrance:
    path: str
    words: Words
    means: Words
    """One line about what is behind it."""


ENTRANCES: Sequence[Entrance] = (
    Entrance(
        "/book",
        Words("Pesan kunjungan", "Book a visit"),
        Words("Pilih layanan, hari, dan jam sebelum datang.", "Choose a service, a day and a time before you come."),
    ),
    Entrance(
        "/ikm",
        Words("Indeks Kepuasan", "Satisfaction index"),
        Words("Hasil survei kepuasan masyarakat.", "What visitors say about the services."),
    ),
    Entrance(
        "/floor",
        Words("Lantai layanan", "Floor"),
        Words("Loket, antrean, dan perangkat saat ini.", "Counters, lines and devices right now."),
    ),
    Entrance(
        "/reports",
        Words("Laporan", "Reports"),
        Words("Waktu tunggu, layanan, dan hasil.", "Waits, services and outcomes."),
    ),
    Entrance(
        "/ikm/report",
        Words("Hasil survei", "Survey results"),
        Words("Indeks per layanan, loket, dan periode.", "The index by service, counter and period."),
    ),
    Entrance(
        "/audit/ticket",
        Words("Riwayat nomor", "One number"),
        Words("Apa yang terjadi pada satu nomor, dan mengapa.", "What happened to a number, and why."),
    ),
    Entrance(
        "/audit",
        Words("Catatan keputusan", "Decisions"),
        Words("Siapa memutuskan apa, dan kapan.", "Who decided what, and when."),
    ),
    Entrance(
        "/admin",
        Words("Pengaturan", "Setting up"),
        Words("Instansi, layanan, loket, petugas, perangkat.", "Agencies, services, counters, officers, devices."),
    ),
)


@dataclass(frozen=True, slots=True)
class Shown:
    path: str
    words: str
    means: str
    here: bool


def entrances(served: Collection[str], staff: Staff | None, language: Language, path: str) -> Sequence[Shown]:
    """What somebody may open: for anybody, the public pages; for who signed in, their own only."""
    shown = [one for one in ENTRANCES if one.path in served and _opens(one.path, staff)]
    nearest = max((one.path for one in shown if f"{path}/".startswith(f"{one.path}/")), key=len, default="")
    return [Shown(one.path, one.words.in_(language), one.means.in_(language), one.path == nearest) for one in shown]


def _opens(path: str, staff: Staff | None) -> bool:
    row = MAY_USE.get(("GET", path))
    if staff is None:
        return row is Proof.NOTHING
    return isinstance(row, frozenset) and staff.role in row
