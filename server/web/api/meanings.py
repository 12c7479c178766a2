"""What the fields of requests mean, and what events tell: for the API's page."""

from __future__ import annotations

from collections.abc import Mapping

from server.domain.facts import FactKind
from shared.vocabulary import Words

MEANINGS: Mapping[str, Words] = {
    "Idempotency-Key": Words("Buatan Anda, sekali untuk tiap hal", "Of your making, once for each thing"),
    "after": Words(
        "Lanjutkan setelah ini: isinya `next` dari jawaban sebelumnya",
        "Go on behind this: what the answer before said as `next`",
    ),
    "agency": Words(
        "Instansi ini saja; kosong: semua yang boleh dilihat",
        "This agency alone; left out: all that the key may see",
    ),
    "alert": Words("Peringatan, `key` di /floor", "The alert, `key` at /floor"),
    "because": Words("Alasan; disimpan di catatan keputusan", "The reason; the audit log keeps it"),
    "before": Words("Yang lebih lama dari nomor ini", "Older ones than this number"),
    "booking": Words("Kunci atau kode pemesanan", "A booking's key or code"),
    "bulletin": Words("Pengumuman, `id` di /floor", "The bulletin, `id` at /floor"),
    "copy": Words("Salinan ke berapa; 0 yang pertama", "Which copy; 0 is the first"),
    "counter": Words(
        "Loket; untuk memindahkan: hanya loket itu",
        "The counter; of moving and sending on: that one alone",
    ),
    "fault": Words("Gangguan pencetak", "What was wrong with the printer"),
    "first": Words("Hari atau bulan pertama", "The first day or month"),
    "further": Words("Layanan lain pada nomor yang sama", "Further services on the same number"),
    "in_hand": Words(
        "Kunjungan yang menurut Anda sedang di loket; lainnya ditolak",
        "Which leg you believe to be at the counter; anything else is refused",
    ),
    "in_minutes": Words("Mulai berapa menit lagi", "In how many minutes it begins"),
    "key": Words("Kunci pemesanan", "The booking's key"),
    "kinds": Words("Jenis kejadian, dipisahkan koma", "Kinds of events, with commas between"),
    "language": Words("Bahasa pengunjung", "The visitor's language"),
    "last": Words("Hari atau bulan terakhir", "The last day or month"),
    "leg": Words("Bagian kunjungan untuk satu layanan", "The part of a visit that is one service"),
    "limit": Words("Paling banyak sekian", "So many at most"),
    "minutes": Words("Selama berapa menit", "For how many minutes"),
    "missing": Words(
        "Persyaratan yang kurang, seperti di katalog",
        "Which papers were missing, as the catalogue has them",
    ),
    "name": Words(
        "Nama, bila pengunjung mau; dihapus setelah dipakai",
        "A name, if the visitor likes; erased with its use",
    ),
    "needs": Words("Kebutuhan pengunjung", "What the visitor needs"),
    "note": Words("Catatan untuk petugas; dihapus malam itu", "A note for officers; erased that night"),
    "of": Words(
        "Bagian gedung, seperti agency:ID; kosong: seluruhnya",
        "Which part of the hall, like agency:ID; left out: all of it",
    ),
    "outcome": Words("Hasil pelayanan", "How it ended"),
    "period": Words("Kurun waktu; `own` memakai first dan last", "The period; `own` takes first and last"),
    "phone": Words(
        "Nomor telepon, bila pengunjung mau; dihapus setelah dipakai",
        "A phone number, if the visitor likes; erased with its use",
    ),
    "priority": Words("Prioritas", "Priority"),
    "reason": Words("Sebab, dari daftar", "Why, out of a list"),
    "service": Words("Layanan", "The service"),
    "service_date": Words("Tanggal layanan; kosong: hari ini", "The service date; left out: today"),
    "spoken": Words("Juga diucapkan", "Also spoken"),
    "starts_at": Words("Awal waktu yang dipesan", "When the slot begins"),
    "state": Words("Keadaan", "The state"),
    "take_over": Words("Ambil alih loket dari petugas lain", "Take the counter over from somebody else"),
    "text_en": Words("Teks bahasa Inggris", "The text in English"),
    "text_id": Words("Teks bahasa Indonesia", "The text in Indonesian"),
    "ticket": Words("Nomor seperti di karcis", "The number, as the slip has it"),
    "visit": Words("Kunjungan", "The visit"),
    "zone": Words("Zona", "The zone"),
    "zones": Words("Zona; kosong: semua", "Zones; left out: all of them"),
}

EVENTS: Mapping[FactKind, Words] = {
    FactKind.ISSUED: Words("Nomor diberikan", "A number was issued"),
    FactKind.MERGED: Words(
        "Nomor dari kios yang terputus masuk antrean",
        "A number given by a kiosk alone joined the line",
    ),
    FactKind.CALLED: Words("Dipanggil", "Called"),
    FactKind.RECALLED: Words("Dipanggil ulang", "Announced again"),
    FactKind.SERVING: Words("Mulai dilayani", "Being served"),
    FactKind.FINISHED: Words("Selesai", "Finished"),
    FactKind.PARKED: Words("Disisihkan", "Put aside"),
    FactKind.RESUMED: Words("Dilanjutkan", "Taken up again"),
    FactKind.TRANSFERRED: Words("Diteruskan ke layanan lain", "Sent on to another service"),
    FactKind.MISSED: Words("Dipanggil, tidak datang", "Called, did not come"),
    FactKind.RETURNED: Words("Kembali ke antrean", "Back in the line"),
    FactKind.GAVE_WAY: Words("Mendahulukan yang lain", "Let others go first"),
    FactKind.STOP_ADDED: Words("Layanan ditambahkan", "A further service"),
    FactKind.STOP_DUE: Words("Layanan berikutnya mulai antre", "The next service joins its line"),
    FactKind.CANCELLED: Words("Dibatalkan", "Cancelled"),
    FactKind.REPRIORITISED: Words("Prioritas diperbaiki", "Priority corrected"),
    FactKind.EXPIRED: Words("Berakhir bersama hari itu", "Expired with the day"),
    FactKind.PRINT_REPORTED: Words("Nasib karcis", "What became of the slip"),
    FactKind.COUNTER_OPENED: Words("Loket dibuka", "A counter opened"),
    FactKind.COUNTER_PAUSED: Words("Loket beristirahat", "A counter paused"),
    FactKind.PAUSE_ANNOUNCED: Words("Istirahat loket diumumkan", "A counter's pause was announced"),
    FactKind.PAUSE_CALLED_OFF: Words("Istirahat yang diumumkan dibatalkan", "An announced pause was called off"),
    FactKind.COUNTER_CLOSED: Words("Loket ditutup", "A counter closed"),
    FactKind.SERVICE_CLOSED: Words("Layanan ditutup untuk hari ini", "A service was closed for today"),
    FactKind.SERVICE_OPENED: Words("Layanan dibuka kembali", "A service was opened again"),
    FactKind.DAY_CLOSED: Words("Hari ditutup", "The day was closed"),
    FactKind.CATALOGUE_PUBLISHED: Words("Pengaturan baru diterbitkan", "A new catalogue was published"),
}
