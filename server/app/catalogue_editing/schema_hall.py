"""The kinds of the hall itself: the site, its opening hours, the days that differ, its zones."""

from __future__ import annotations

from datetime import timedelta

from server.app.catalogue_editing.kinds import Field, Kind, Option, Shape, Writing
from server.app.catalogue_file.booking import EARLIEST, LATEST
from server.app.catalogue_file.draft import (
    LONG_TEXT,
    MAX_WALKING_SECONDS,
    NAME,
    TICKER,
    USUAL_STOPS,
    USUAL_WALKING_SECONDS,
)
from server.app.catalogue_file.norms import LONGEST
from server.app.catalogue_file.survey import MAX_ANSWERS, MAX_DAYS, MAX_HIDDEN, MAX_VISITS
from server.domain.norms import Norms
from server.domain.survey_plan import SurveyPlan, SurveyRules
from shared.protocol.values import MOST_STOPS
from shared.vocabulary import Language, Words

ID = Field(
    key="id",
    shape=Shape.ID,
    label=Words("Kode", "Code"),
    required=True,
    limit=64,
    hint=Words(
        "Huruf, angka, titik, garis; tidak dapat diubah kemudian.",
        "Letters, digits, dots and dashes; it cannot be changed later.",
    ),
)


def name_field(limit: int = NAME) -> Field:
    return Field(key="name", shape=Shape.WORDS, label=Words("Nama", "Name"), required=True, limit=limit)


_CALLING = Words("Urutan pemanggilan", "Calling order")


def _calling(key: str, label: Words, low: int, high: int, usual: int | None) -> Field:
    return Field(key=f"calling.{key}", shape=Shape.NUMBER, label=label, low=low, high=high, usual=usual, group=_CALLING)


CALLING = (
    Field(
        key="calling.rule",
        shape=Shape.CHOICE,
        label=Words("Aturan", "Rule"),
        usual="head_start",
        group=_CALLING,
        options=(
            Option(
                "head_start",
                Words("Prioritas dihitung datang lebih awal", "Priority counts as if come earlier"),
            ),
            Option("strict_priority", Words("Semua prioritas lebih dulu", "Every priority visitor first")),
            Option("first_come", Words("Menurut kedatangan saja", "By arrival alone")),
        ),
    ),
    _calling("head_start_percent", Words("Pendahuluan, % waktu tunggu", "Head start, % of the wait"), 0, 100, None),
    _calling(
        "head_start_least", Words("Pendahuluan paling sedikit, menit", "Head start at least, minutes"), 0, 240, 15
    ),
    _calling("head_start_most", Words("Pendahuluan paling banyak, menit", "Head start at most, minutes"), 0, 240, 90),
    _calling("recalls", Words("Panggilan ulang", "Recalls"), 0, 20, 3),
    _calling("recall_gap_seconds", Words("Jeda panggilan ulang, detik", "Between recalls, seconds"), 0, 300, 10),
    _calling("grace_seconds", Words("Kelonggaran sebelum terlewat, detik", "Grace before missed, seconds"), 0, 900, 30),
    _calling("slow_walk_percent", Words("Jalan pelan, % waktu biasa", "Slow walk, % of the usual"), 100, 500, 200),
    _calling("returns", Words("Boleh kembali sendiri, kali", "May come back, times"), 0, 5, 1),
    _calling("return_after", Words("Kembali setelah panggilan", "Comes back after calls"), 1, 50, 3),
    _calling("give_way", Words("Boleh mempersilakan, orang", "May give way to, people"), 0, 50, 3),
    _calling("booked_grace", Words("Kelonggaran pemesanan, menit", "Grace for bookings, minutes"), 0, LATEST, 10),
    _calling(
        "check_in_before",
        Words("Pemesan boleh datang lebih awal, menit", "Who booked may come early by, minutes"),
        0,
        EARLIEST,
        30,
    ),
)

_SURVEY = Words("Survei kepuasan", "Satisfaction survey")


def _survey(key: str, label: Words, low: int, high: int, usual: int | None = None, hint: Words | None = None) -> Field:
    return Field(
        key=f"survey.{key}",
        shape=Shape.NUMBER,
        label=label,
        low=low,
        high=high,
        usual=usual,
        hint=hint,
        group=_SURVEY,
    )


SURVEY = (
    _survey(
        "expected_visits",
        Words("Kunjungan satu instansi per periode", "Visits of one agency in a period"),
        1,
        MAX_VISITS,
        hint=Words("Kosong: tidak ada yang ditanya.", "Empty: nobody is asked."),
    ),
    _survey("planned_answers", Words("Jawaban yang direncanakan", "Planned answers"), 1, MAX_ANSWERS),
    _survey("answer_percent", Words("Yang menjawab, %", "Who answers, %"), 1, 100, SurveyPlan(1).answer_percent),
)
SURVEY_RULES = (
    _survey(
        "hidden_below",
        Words("Disembunyikan di bawah jawaban", "Hidden below answers"),
        2,
        MAX_HIDDEN,
        SurveyRules().hidden_below,
    ),
    _survey(
        "text_days", Words("Saran disimpan, hari", "Suggestions are kept, days"), 1, MAX_DAYS, SurveyRules().text_days
    ),
)

_NORMS = Words("Batas waktu (0: tidak ada)", "Norms (0: none)")


def _norm(key: str, label: Words, usual: timedelta) -> Field:
    return Field(
        key=f"norms.{key}_minutes",
        shape=Shape.NUMBER,
        label=label,
        low=0,
        high=LONGEST,
        usual=usual // timedelta(minutes=1),
        group=_NORMS,
    )


NORMS = (
    _norm("wait", Words("Menunggu, menit", "Waiting, minutes"), Norms().wait),
    _norm("service", Words("Dilayani, menit", "Being served, minutes"), Norms().service),
    _norm("idle", Words("Loket menganggur, menit", "Counter idle, minutes"), Norms().idle),
    _norm("paper", Words("Kertas habis, menit", "Without paper, minutes"), Norms().paper),
)

TICKER_FIELD = Field(
    key="ticker",
    shape=Shape.WORDS_LIST,
    label=Words("Teks berjalan", "Running text"),
    limit=TICKER,
    high=20,
    hint=Words("Satu kalimat per baris.", "One sentence on each line."),
)

HOURS_FIELD = Field(key="hours", shape=Shape.REFERENCE, label=Words("Jam buka", "Opening hours"), of="hours")

SITE = Kind(
    name="site",
    writing=Writing.ONE,
    one=Words("Gedung", "Hall"),
    many=Words("Gedung", "Hall"),
    identity="id",
    title="name",
    fields=(
        ID,
        name_field(),
        Field(
            key="time_zone",
            shape=Shape.CHOICE,
            label=Words("Zona waktu", "Time zone"),
            required=True,
            limit=64,
            options=(
                Option("Asia/Jakarta", Words("WIB (Asia/Jakarta)", "WIB (Asia/Jakarta)")),
                Option("Asia/Makassar", Words("WITA (Asia/Makassar)", "WITA (Asia/Makassar)")),
                Option("Asia/Jayapura", Words("WIT (Asia/Jayapura)", "WIT (Asia/Jayapura)")),
            ),
        ),
        Field(
            key="languages",
            shape=Shape.CHOICES,
            label=Words("Bahasa", "Languages"),
            options=(
                Option(Language.INDONESIAN, Words("Bahasa Indonesia", "Indonesian")),
                Option(Language.ENGLISH, Words("Bahasa Inggris", "English")),
            ),
        ),
        HOURS_FIELD,
        Field(
            key="holidays",
            shape=Shape.CHOICE,
            label=Words("Hari libur nasional", "National holidays"),
            usual="ID",
            options=(
                Option("ID", Words("Indonesia", "Indonesia")),
                Option("none", Words("Tidak ada", "None")),
            ),
        ),
        Field(
            key="collective_leave",
            shape=Shape.FLAG,
            label=Words("Tutup pada cuti bersama", "Closed on collective leave"),
            usual=True,
        ),
        Field(
            key="most_stops",
            shape=Shape.NUMBER,
            label=Words("Layanan per nomor, paling banyak", "Services on one number, at most"),
            low=1,
            high=MOST_STOPS,
            usual=USUAL_STOPS,
        ),
        Field(
            key="ticket_text",
            shape=Shape.WORDS,
            label=Words("Teks di bawah karcis", "Text at the end of a slip"),
            limit=LONG_TEXT,
        ),
        TICKER_FIELD,
        Field(
            key="sound_alike",
            shape=Shape.TEXTS,
            label=Words("Huruf yang terdengar mirip", "Letters that sound alike"),
            limit=26,
            hint=Words("Kelompok huruf, dipisah koma.", "Groups of letters, commas between them."),
        ),
        *CALLING,
        *NORMS,
        *SURVEY,
        *SURVEY_RULES,
    ),
)

_WEEKDAYS = (
    ("monday", Words("Senin", "Monday")),
    ("tuesday", Words("Selasa", "Tuesday")),
    ("wednesday", Words("Rabu", "Wednesday")),
    ("thursday", Words("Kamis", "Thursday")),
    ("friday", Words("Jumat", "Friday")),
    ("saturday", Words("Sabtu", "Saturday")),
    ("sunday", Words("Minggu", "Sunday")),
)
_SPANS_HINT = Words("Seperti 08:00-12:00, 13:00-15:00; kosong: tutup.", "As 08:00-12:00, 13:00-15:00; empty: closed.")

HOURS = Kind(
    name="hours",
    writing=Writing.NAMED,
    one=Words("Jam buka", "Opening hours"),
    many=Words("Jam buka", "Opening hours"),
    identity="name",
    fields=(
        Field(key="name", shape=Shape.ID, label=Words("Nama templat", "Template's name"), required=True, limit=64),
        *(Field(key=key, shape=Shape.SPANS, label=label, limit=40, hint=_SPANS_HINT) for key, label in _WEEKDAYS),
        Field(
            key="friday_break",
            shape=Shape.PAIR,
            label=Words("Istirahat salat Jumat", "Break for Friday's prayer"),
            limit=40,
            hint=Words("Seperti 11:30-13:00; kosong: tidak ada.", "As 11:30-13:00; empty: none."),
        ),
    ),
)

_DAY = (
    Field(key="date", shape=Shape.DATE, label=Words("Tanggal", "Date"), required=True),
    Field(key="name", shape=Shape.TEXT, label=Words("Nama hari", "Name of the day"), required=True, limit=80),
)

HOLIDAY = Kind(
    name="holiday",
    writing=Writing.MANY,
    one=Words("Hari libur", "Holiday"),
    many=Words("Hari libur", "Holidays"),
    identity="date",
    title="name",
    fields=_DAY,
)

SPECIAL_DAY = Kind(
    name="special_day",
    writing=Writing.MANY,
    one=Words("Hari khusus", "Special day"),
    many=Words("Hari khusus", "Special days"),
    identity="date",
    title="name",
    fields=(
        *_DAY,
        Field(
            key="spans",
            shape=Shape.SPANS,
            label=Words("Buka", "Open"),
            limit=40,
            hint=Words(
                "Seperti 08:00-12:00; kosong bila tutup atau buka seperti biasa.",
                "As 08:00-12:00; empty when it is closed or open as usual.",
            ),
        ),
        Field(
            key="usual",
            shape=Shape.FLAG,
            label=Words("Buka seperti biasa meskipun libur", "Open as usual though it is a holiday"),
            usual=False,
        ),
        Field(key="closed", shape=Shape.FLAG, label=Words("Tutup", "Closed"), usual=False),
    ),
)

ZONE = Kind(
    name="zone",
    writing=Writing.MANY,
    one=Words("Zona", "Zone"),
    many=Words("Zona", "Zones"),
    identity="id",
    title="name",
    fields=(
        ID,
        name_field(),
        Field(
            key="walking_seconds",
            shape=Shape.NUMBER,
            label=Words("Waktu berjalan, detik", "Walking time, seconds"),
            low=0,
            high=MAX_WALKING_SECONDS,
            usual=USUAL_WALKING_SECONDS,
            hint=Words("Dari ujung terjauh ruang tunggu.", "From the far end of the lobby."),
        ),
        TICKER_FIELD,
    ),
)
