"""Puts retention together: every class of data that this hall keeps, with its clock and what erases it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from server.app.retention import DataClass, Kept, RetentionMistakeError, kept
from server.care.clearing import Clearing
from server.db.store import Store
from server.domain.catalogue import Catalogue
from server.domain.service_day import service_date
from server.net.gate import Gate
from server.settings import ServerSettings
from shared.program import SettingsError
from shared.vocabulary import Words

FIVE_YEARS, TEN_YEARS = 1826, 3653


def clocks(settings: ServerSettings, store: Store, catalogue: Catalogue) -> Sequence[Kept]:
    """Raises SettingsError."""
    try:
        return kept(_classes(store, catalogue), settings.retention)
    except RetentionMistakeError as error:
        raise SettingsError(str(error)) from None


def clearing_of(settings: ServerSettings, store: Store, gate: Gate) -> Clearing:
    """Raises SettingsError."""
    classes = clocks(settings, store, gate.catalogue())
    runs, newest = store.retention_runs, store.lobbies.newest_instant
    return Clearing(classes, runs, lambda: gate.site().time_zone, newest, store.sweep)


def _classes(store: Store, catalogue: Catalogue) -> Sequence[DataClass]:
    zone = catalogue.site.time_zone
    erasing = store.erasing(zone)

    def day(now: datetime, days: int) -> date:
        """The first that is kept."""
        return service_date(now, zone) - timedelta(days=days)

    return (
        DataClass(
            "needs",
            Words("Kebutuhan pengunjung dan catatan petugas", "Visitors' needs, and officers' notes on them"),
            Words("Hanya untuk melayani pada hari itu.", "Only to serve them on that day."),
            0,
            None,
            erasing.needs,
        ),
        DataClass(
            "booking_persons",
            Words("Nama dan nomor telepon pada pemesanan", "Names and phone numbers of bookings"),
            Words(
                "Supaya pemesanan bisa dicari dan diubah; batasnya tercatat pada setiap pemesanan.",
                "So that a booking can be found and changed; each booking bears its own limit.",
            ),
            0,
            None,
            None,
        ),
        DataClass(
            "survey_spent",
            Words("Bahwa suatu kunjungan sudah mengisi survei", "That a visit has answered the survey"),
            Words("Supaya hanya satu jawaban per kunjungan.", "So that there is one answer for each visit."),
            0,
            None,
            lambda now, _days, _at_most: store.surveys.forget_who_answered(day(now, 0)),
        ),
        DataClass(
            "survey_texts",
            Words("Saran dan masukan dari survei", "What people wrote in the survey"),
            Words("Untuk ditindaklanjuti; diatur dalam katalog.", "To act on it; set in the catalogue."),
            catalogue.site.survey_rules.text_days,
            None,
            lambda now, days, _at_most: store.surveys.forget_texts(f"{day(now, days):%Y-%m}"),
        ),
        DataClass(
            "requests",
            Words("Jawaban atas permintaan program", "Answers to the programs' requests"),
            Words(
                "Supaya permintaan yang diulang setelah gangguan tidak dikerjakan dua kali.",
                "So that a request that is repeated after an outage is not done twice.",
            ),
            2,
            None,
            None,
        ),
        DataClass(
            "visits",
            Words("Kunjungan, waktunya, dan pemesanan tanpa nama", "Visits and their times, bookings without a name"),
            Words(
                "Untuk laporan dan pengaduan; angka yang sudah dirangkum tetap ada.",
                "For reports and complaints; figures that were added up stay.",
            ),
            FIVE_YEARS,
            400,
            erasing.visits,
        ),
        DataClass(
            "facts",
            Words("Apa yang terjadi, langkah demi langkah, tanpa data pribadi", "What happened, without personal data"),
            Words("Untuk menjelaskan urutan panggilan.", "To explain the order of calls."),
            FIVE_YEARS,
            400,
            store.cutting.facts,
        ),
        DataClass(
            "audit",
            Words("Catatan keputusan", "The log of decisions"),
            Words(
                "Untuk pemeriksaan; sisanya tetap dapat dibuktikan.", "For auditors; what is left can still be proved."
            ),
            TEN_YEARS,
            366,
            store.cutting.audit,
        ),
    )
