"""What a slip says, in the languages of the site; dates and times as people of the site write them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from shared.vocabulary import Language, Words

YOUR_NUMBER = Words(id="NOMOR ANTREAN ANDA", en="YOUR NUMBER")
AHEAD = Words(id="Di depan Anda", en="Ahead of you")
WAIT = Words(id="Perkiraan waktu", en="Expected wait")
NO_COUNTER_YET = Words(id="loket belum buka", en="no counter yet")
SOON = Words(id="segera", en="soon")
SCAN = Words(
    id="Pindai untuk memantau antrean dari ponsel Anda",
    en="Scan to follow the queue on your phone",
)
ALONE = Words(
    id="Jaringan terputus saat nomor ini diberikan. Nomor Anda sah: pemanggilan dilanjutkan setelah jaringan pulih.",
    en="The network was down when this number was given. It is valid: calling resumes when the network is back.",
)
LEFT_OUT = Words(id="Mintalah petugas menambahkan: {names}.", en="Ask the officer to add: {names}.")
PRIORITY = Words(id="PRIORITAS", en="PRIORITY")
BOOKED = Words(id="Dipesan pukul {time}", en="Booked for {time}")
LATER = Words(id="setelah layanan sebelumnya", en="after the one before")
COPY = Words(id="SALINAN", en="COPY")


def people(count: int, language: Language) -> str:
    if language is Language.ENGLISH:
        return "1 person" if count == 1 else f"{count} people"
    return f"{count} orang"


def waiting(count: int, language: Language) -> str:
    if count == 0:
        return "no line" if language is Language.ENGLISH else "tanpa antrean"
    return f"{count} ahead" if language is Language.ENGLISH else f"{count} di depan"


def minutes(low: int, high: int, language: Language) -> str:
    unit = "min" if language is Language.ENGLISH else "menit"
    if high == 0:
        return SOON.in_(language)
    return f"{low} {unit}" if low == high else f"{low}-{high} {unit}"


def rarely_over(at_most: int, language: Language) -> str:
    return f"Rarely over {at_most} min" if language is Language.ENGLISH else f"Jarang di atas {at_most} menit"


def perhaps_after_closing(time: str, language: Language) -> str:
    if language is Language.ENGLISH:
        return f"Perhaps only after closing at {time}"
    return f"Mungkin baru setelah tutup pukul {time}"


def copy(number: int, language: Language) -> str:
    """The mark of a reprint. Staff look for the Indonesian word, so it stands on an English slip, too."""
    marks = [COPY.id] if language is Language.INDONESIAN else [COPY.id, COPY.en]
    return f"{' / '.join(marks)} {number}"


def hour(at: datetime, zone: ZoneInfo) -> str:
    """`17:56 WITA`: the time zone data base names Indonesia's zones as people do."""
    local = at.astimezone(zone)
    return f"{local:%H:%M} {local.tzname() or ''}".strip()
