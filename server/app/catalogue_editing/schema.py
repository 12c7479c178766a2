"""The kinds of a catalogue, in the order in which they name each other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from server.app.catalogue_editing.kinds import Field, Kind, Option, Shape, Writing
from server.app.catalogue_editing.schema_hall import (
    CALLING,
    HOLIDAY,
    HOURS,
    HOURS_FIELD,
    ID,
    NORMS,
    SITE,
    SPECIAL_DAY,
    SURVEY,
    ZONE,
    name_field,
)
from server.app.catalogue_file.booking import (
    EARLIEST,
    FARTHEST,
    LATEST,
    LONGEST_SLOT,
    MOST_PLACES,
    SHORTEST_SLOT,
    USUAL_AHEAD,
)
from server.app.catalogue_file.draft import (
    KEYWORDS,
    LONG_TEXT,
    MAX_DAILY_QUOTA,
    MAX_HELPING_MINUTES,
    MAX_HELPS_BELOW,
    MAX_REQUIREMENTS,
    MAX_STANDARD_MINUTES,
    NAME,
    SHORT_NAME,
    USUAL_HELPING_MINUTES,
    USUAL_HELPS_BELOW,
)
from server.app.catalogue_file.values import PEOPLE
from shared.vocabulary import Need, Words

_PREFIX = Field(
    key="prefix",
    shape=Shape.TEXT,
    label=Words("Awalan nomor", "Prefix"),
    limit=3,
    hint=Words("Satu sampai tiga huruf besar.", "One to three capital letters."),
)
_AGENCY = Field(key="agency", shape=Shape.REFERENCE, label=Words("Instansi", "Agency"), required=True, of="agency")

_BOOKING = Words("Pemesanan daring (kosong: tidak dapat dipesan)", "Online booking (empty: not booked)")


_AS_AGENCY = Words("Kosong: seperti instansinya, atau situsnya.", "Empty: as its agency says, or the site.")


def _booking(key: str, label: Words, low: int, high: int, usual: int | None = None, hint: Words | None = None) -> Field:
    return Field(
        key=f"booking.{key}",
        shape=Shape.NUMBER,
        label=label,
        low=low,
        high=high,
        usual=usual,
        group=_BOOKING,
        hint=hint,
    )


AGENCY = Kind(
    name="agency",
    writing=Writing.MANY,
    one=Words("Instansi", "Agency"),
    many=Words("Instansi", "Agencies"),
    identity="id",
    title="name",
    ordered=True,
    fields=(
        ID,
        name_field(),
        Field(
            key="short_name",
            shape=Shape.TEXT,
            label=Words("Nama pendek", "Short name"),
            required=True,
            limit=SHORT_NAME,
        ),
        _PREFIX,
        HOURS_FIELD,
        *CALLING,
        *NORMS,
        *SURVEY,
    ),
)

SERVICE = Kind(
    name="service",
    writing=Writing.MANY,
    one=Words("Layanan", "Service"),
    many=Words("Layanan", "Services"),
    identity="id",
    title="name",
    ordered=True,
    fields=(
        ID,
        _AGENCY,
        name_field(),
        Field(
            key="requirements",
            shape=Shape.WORDS_LIST,
            label=Words("Persyaratan", "Requirements"),
            limit=LONG_TEXT,
            high=MAX_REQUIREMENTS,
            hint=Words("Satu berkas per baris.", "One paper on each line."),
        ),
        Field(key="fee", shape=Shape.WORDS, label=Words("Biaya", "Fee"), required=True, limit=NAME),
        Field(
            key="standard_minutes",
            shape=Shape.NUMBER,
            label=Words("Menit baku", "Standard minutes"),
            required=True,
            low=1,
            high=MAX_STANDARD_MINUTES,
        ),
        _PREFIX,
        HOURS_FIELD,
        Field(
            key="daily_quota",
            shape=Shape.NUMBER,
            label=Words("Kuota harian", "Numbers per day"),
            low=1,
            high=MAX_DAILY_QUOTA,
            hint=Words("Kosong: tanpa batas.", "Empty: unlimited."),
        ),
        _booking(
            "slot_minutes", Words("Panjang slot, menit", "Length of a slot, minutes"), SHORTEST_SLOT, LONGEST_SLOT
        ),
        _booking("per_slot", Words("Tempat per slot", "Places in a slot"), 1, MOST_PLACES),
        _booking("days_ahead", Words("Hari ke depan", "Days ahead"), 0, FARTHEST, USUAL_AHEAD),
        _booking(
            "check_in_before",
            Words("Boleh datang lebih awal, menit", "May come early by, minutes"),
            0,
            EARLIEST,
            hint=_AS_AGENCY,
        ),
        _booking("grace", Words("Kelonggaran, menit", "Grace, minutes"), 0, LATEST, hint=_AS_AGENCY),
        Field(
            key="keywords",
            shape=Shape.TEXT,
            label=Words("Kata pencarian", "Search words"),
            limit=KEYWORDS,
        ),
        Field(
            key="after",
            shape=Shape.REFERENCES,
            label=Words("Setelah layanan", "After services"),
            of="service",
            group=Words("Urutan layanan", "Order of services"),
            hint=Words(
                "Harus selesai lebih dulu bila dipilih bersama.", "Must be done first where they are chosen together."
            ),
        ),
    ),
)

_HELPING = Words("Membantu loket lain", "Helping out")

COUNTER = Kind(
    name="counter",
    writing=Writing.MANY,
    one=Words("Loket", "Counter"),
    many=Words("Loket", "Counters"),
    identity="id",
    title="number",
    fields=(
        Field(key="id", shape=Shape.ID, label=ID.label, limit=64, hint=ID.hint),
        Field(key="number", shape=Shape.TEXT, label=Words("Nomor", "Number"), required=True, limit=4),
        Field(key="zone", shape=Shape.REFERENCE, label=Words("Zona", "Zone"), required=True, of="zone"),
        _AGENCY,
        Field(
            key="profile",
            shape=Shape.REFERENCES,
            label=Words("Profil kerja", "Work profile"),
            required=True,
            of="service",
            hint=Words("Urutan berarti: yang paling atas lebih diutamakan.", "The order counts: the topmost first."),
        ),
        Field(
            key="helps",
            shape=Shape.REFERENCES,
            label=Words("Membantu layanan", "Helps out with"),
            of="service",
            group=_HELPING,
        ),
        Field(
            key="helping_minutes",
            shape=Shape.NUMBER,
            label=Words("Membantu bila menunggu lebih lama, menit", "Helps who waited longer by, minutes"),
            low=0,
            high=MAX_HELPING_MINUTES,
            usual=USUAL_HELPING_MINUTES,
            group=_HELPING,
        ),
        Field(
            key="helps_below",
            shape=Shape.NUMBER,
            label=Words("Membantu bila antrean sendiri kurang dari", "Helps while its own line is below"),
            low=1,
            high=MAX_HELPS_BELOW,
            usual=USUAL_HELPS_BELOW,
            group=_HELPING,
        ),
        Field(
            key="can_serve",
            shape=Shape.CHOICES,
            label=Words("Dapat melayani", "Can serve"),
            options=(
                Option(Need.WHEELCHAIR, Words("Kursi roda", "Wheelchair")),
                Option(Need.DEAF, Words("Tuli", "Deaf")),
                Option(Need.COMPANION, Words("Dengan pendamping", "With a companion")),
            ),
        ),
    ),
)

_ROLES = {
    "officer": Words("Petugas", "Officer"),
    "supervisor": Words("Pengawas", "Supervisor"),
    "agency_head": Words("Kepala instansi", "Agency head"),
    "administrator": Words("Administrator", "Administrator"),
    "auditor": Words("Auditor", "Auditor"),
}

OFFICER = Kind(
    name="officer",
    writing=Writing.MANY,
    one=Words("Petugas", "Officer"),
    many=Words("Petugas", "Officers"),
    identity="id",
    title="name",
    fields=(
        ID,
        Field(key="name", shape=Shape.TEXT, label=Words("Nama", "Name"), required=True, limit=NAME),
        Field(
            key="role",
            shape=Shape.CHOICE,
            label=Words("Peran", "Role"),
            usual="officer",
            options=tuple(Option(role.value, _ROLES[role.value]) for role in PEOPLE),
        ),
        Field(
            key="agency",
            shape=Shape.REFERENCE,
            label=_AGENCY.label,
            of="agency",
            hint=Words("Kosong: seluruh gedung.", "Empty: the whole hall."),
        ),
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {kind.name: kind for kind in (SITE, HOURS, HOLIDAY, SPECIAL_DAY, ZONE, AGENCY, SERVICE, COUNTER, OFFICER)}
)

__all__ = ["AGENCY", "COUNTER", "HOLIDAY", "HOURS", "KINDS", "OFFICER", "SERVICE", "SITE", "SPECIAL_DAY", "ZONE"]
