"""The sentences of the phone page, by key; the script fills in what stands in braces."""

from __future__ import annotations

from shared.vocabulary import CallReason, Language, LegState, Words

WORDS: dict[str, Words] = {
    "page_title": Words("Antrean {ticket}", "Queue {ticket}"),
    "your_number": Words("Nomor antrean Anda", "Your queue number"),
    "waiting": Words("Menunggu dipanggil", "Waiting to be called"),
    "called": Words("Giliran Anda!", "It is your turn!"),
    "serving": Words("Sedang dilayani", "Being served"),
    "parked": Words("Ditunda sebentar oleh petugas", "Put aside for a moment by the officer"),
    "booked": Words("Sudah dipesan", "Booked"),
    "served": Words("Selesai. Terima kasih atas kunjungan Anda.", "Finished. Thank you for your visit."),
    "transferred": Words("Dialihkan ke layanan lain", "Sent on to another service"),
    "missed": Words(
        "Nomor Anda sudah dipanggil, tetapi Anda tidak hadir. Silakan hubungi petugas.",
        "Your number was called, but you were not there. Please speak to an officer.",
    ),
    "missed_come_back": Words(
        "Nomor Anda sudah dipanggil, tetapi Anda tidak hadir. Anda dapat kembali ke antrean.",
        "Your number was called, but you were not there. You can come back into the line.",
    ),
    "come_back": Words("Saya sudah di sini", "I am here now"),
    "come_back_means": Words(
        "Anda dipanggil lagi setelah beberapa nomor berikutnya.", "You are called again after the next few numbers."
    ),
    "come_back_used": Words(
        "Kesempatan kembali sudah dipakai. Silakan hubungi petugas.",
        "You have come back before. Please speak to an officer.",
    ),
    "come_back_late": Words("Nomor Anda sudah di dalam antrean.", "Your number is not missed any more."),
    "give_way": Words("Dahulukan yang lain", "Let others go first"),
    "give_way_means": Words(
        "Berguna bila berkas belum siap: {places} orang berikutnya dipanggil lebih dulu. Hanya satu kali, dan tidak "
        "dapat dibatalkan.",
        "If your papers are not ready: the next {places} people go before you. Only once, and not to be undone.",
    ),
    "give_way_yes": Words("Ya, dahulukan mereka", "Yes, let them go first"),
    "give_way_used": Words("Anda sudah mendahulukan orang lain.", "You have let others go first already."),
    "give_way_nobody": Words("Tidak ada yang menunggu di belakang Anda.", "Nobody waits behind you."),
    "give_way_late": Words("Nomor Anda sudah dipanggil.", "Your number is not waiting any more."),
    "put_before_one": Words(
        "Satu nomor prioritas ditempatkan di depan Anda pukul {time}.",
        "One priority ticket was placed before you at {time}.",
    ),
    "put_before": Words(
        "{count} nomor prioritas ditempatkan di depan Anda, terakhir pukul {time}.",
        "{count} priority tickets were placed before you, the last at {time}.",
    ),
    "booked_before_one": Words(
        "Satu pengunjung yang sudah memesan waktu ditempatkan di depan Anda pukul {time}.",
        "One visitor who had booked a time was placed before you at {time}.",
    ),
    "booked_before": Words(
        "{count} pengunjung yang sudah memesan waktu ditempatkan di depan Anda, terakhir pukul {time}.",
        "{count} visitors who had booked a time were placed before you, the last at {time}.",
    ),
    "called_early_one": Words(
        "Satu nomor dipanggil sebelum gilirannya pukul {time}: {reason}.",
        "One number was called before its turn at {time}: {reason}.",
    ),
    "called_early": Words(
        "{count} nomor dipanggil sebelum gilirannya, terakhir pukul {time}: {reason}.",
        "{count} numbers were called before their turn, the last at {time}: {reason}.",
    ),
    "call_urgent_need": Words("kebutuhan mendesak", "an urgent need"),
    "call_papers_brought": Words("kembali dengan berkas lengkap", "came back with the papers"),
    "call_officers_mistake": Words("kekeliruan petugas", "an officer's mistake"),
    "call_supervisor": Words("arahan pengawas", "a supervisor's order"),
    "call_other": Words("alasan lain", "another reason"),
    "cancelled": Words("Nomor ini sudah dibatalkan.", "This number was cancelled."),
    "expired": Words(
        "Layanan hari ini sudah tutup. Silakan ambil nomor baru pada hari kerja berikutnya.",
        "Service has closed for today. Please take a new number on the next working day.",
    ),
    "go_to": Words("Silakan menuju loket", "Please go to counter"),
    "at_counter": Words("Loket", "Counter"),
    "ahead": Words("Orang di depan Anda", "People ahead of you"),
    "minutes": Words("Perkiraan waktu tunggu", "Estimated wait"),
    "minutes_range": Words("{low}–{high} menit", "{low}–{high} minutes"),
    "minutes_now": Words("kurang dari {high} menit", "less than {high} minutes"),
    "rarely_over": Words("Jarang di atas {minutes} menit", "Rarely over {minutes} minutes"),
    "minutes_unknown": Words("Belum ada loket yang buka", "No counter is open yet"),
    "next": Words("Anda berikutnya. Tetaplah dekat ruang tunggu.", "You are next. Please stay near the lobby."),
    "path": Words("Layanan pada nomor ini", "Services on this number"),
    "path_waiting": Words("{zones} · {ahead} di depan", "{zones} · {ahead} ahead"),
    "path_booked": Words("Setelah layanan sebelumnya", "After the one before"),
    "path_called": Words("Silakan menuju loket {counter}", "Please go to counter {counter}"),
    "path_serving": Words("Sedang dilayani di loket {counter}", "Being served at counter {counter}"),
    "path_parked": Words("Ditunda di loket {counter}", "Put aside at counter {counter}"),
    "path_served": Words("Selesai", "Done"),
    "path_transferred": Words("Dialihkan", "Sent on"),
    "path_missed": Words("Terlewat", "Missed"),
    "path_cancelled": Words("Dibatalkan", "Cancelled"),
    "path_expired": Words("Sudah tutup", "Closed"),
    "requirements": Words("Siapkan", "Have ready"),
    "keep_open": Words(
        "Biarkan halaman ini terbuka: ponsel akan bergetar ketika Anda dipanggil.",
        "Keep this page open: your phone will vibrate when you are called.",
    ),
    "stale": Words(
        "Sambungan terputus. Keadaan terakhir pukul {time}. Mencoba lagi …",
        "Connection lost. Last known at {time}. Trying again …",
    ),
    "no_script": Words(
        "Muat ulang halaman ini untuk melihat keadaan terbaru.", "Reload this page to see the latest state."
    ),
    "cancel": Words("Batalkan nomor saya", "Cancel my number"),
    "cancel_sure": Words("Nomor yang dibatalkan tidak dapat dipakai lagi.", "A cancelled number cannot be used again."),
    "cancel_yes": Words("Ya, batalkan", "Yes, cancel it"),
    "cancel_late": Words(
        "Nomor ini sedang dipanggil atau dilayani, jadi tidak dapat dibatalkan dari ponsel.",
        "This number is being called or served, so it cannot be cancelled from the phone.",
    ),
    "survey": Words("Anda terpilih: isi survei kepuasan", "You are invited to our survey"),
    "survey_means": Words("Sembilan sentuhan, tanpa nama", "Nine taps, no name"),
    "rate": Words("Bagaimana pelayanan petugas tadi?", "How did the officer serve you?"),
    "rated": Words("Terima kasih atas penilaian Anda.", "Thank you for your rating."),
    "rate_done": Words("Penilaian untuk kunjungan ini sudah ada.", "This visit was rated already."),
    "try_again": Words(
        "Belum berhasil. Silakan coba lagi sebentar lagi.", "That did not work. Please try again in a moment."
    ),
    "other_language": Words("English", "Bahasa Indonesia"),
    "not_found_title": Words("Nomor tidak ditemukan", "Number not found"),
    "not_found": Words(
        "Alamat ini tidak menunjuk ke nomor antrean yang berlaku. Pindai lagi kode QR pada kertas Anda, "
        "atau tanyakan kepada petugas.",
        "This address does not belong to a valid queue number. Scan the QR code on your paper again, "
        "or ask an officer.",
    ),
}

LIVE_KEYS = (
    *(state.value for state in LegState),
    *(f"path_{state.value}" for state in LegState),
    "go_to", "at_counter", "minutes_range", "minutes_now", "minutes_unknown", "rarely_over", "next", "stale",
    "page_title", "missed_come_back", "put_before_one", "put_before",
    "booked_before_one", "booked_before",
    "called_early_one", "called_early", *(f"call_{reason.value}" for reason in CallReason),
)  # fmt: skip


def in_language(language: Language) -> dict[str, str]:
    return {key: words.in_(language) for key, words in WORDS.items()}


def for_script(language: Language) -> dict[str, str]:
    """Only what the script fills in while the page lives."""
    return {key: WORDS[key].in_(language) for key in LIVE_KEYS}
