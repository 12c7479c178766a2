"""The sentences of the pages that ask; the questions themselves are `shared.survey_words`."""

from __future__ import annotations

from shared.vocabulary import Words

WORDS: dict[str, Words] = {
    "title": Words("Survei kepuasan", "Satisfaction survey"),
    "about": Words("Tentang", "About"),
    "counter": Words("Loket", "Counter"),
    "step": Words("Pertanyaan {at} dari {count}", "Question {at} of {count}"),
    "last_step": Words("Terakhir", "Last"),
    "listen": Words("Dengarkan", "Listen"),
    "back": Words("Kembali", "Back"),
    "skip": Words("Lewati", "Skip"),
    "send": Words("Kirim jawaban", "Send my answers"),
    "chosen": Words("pilihan Anda", "your choice"),
    "anonymous": Words(
        "Jawaban Anda tidak disimpan bersama nomor, nama, atau jam kunjungan Anda.",
        "Your answers are not kept with your number, your name or the time of your visit.",
    ),
    "text": Words("Ada saran untuk kami?", "Any suggestion for us?"),
    "text_hint": Words(
        "Boleh dikosongkan. Jangan tulis nama atau nomor telepon. Disimpan {days} hari.",
        "May be left empty. Please write no name and no telephone number. Kept for {days} days.",
    ),
    "text_read": Words("Ada saran untuk kami? Boleh dikosongkan.", "Any suggestion for us? You may leave this empty."),
    "thanks": Words("Terima kasih!", "Thank you!"),
    "thanks_means": Words(
        "Jawaban Anda membantu kami melayani lebih baik.", "Your answers help us to serve you better."
    ),
    "rated": Words("Terima kasih atas penilaian Anda.", "Thank you for your rating."),
    "already": Words("Survei ini sudah diisi. Terima kasih!", "This survey was answered already. Thank you!"),
    "not_finished": Words(
        "Survei dibuka setelah layanan Anda selesai.", "The survey opens when your visit is finished."
    ),
    "not_invited": Words(
        "Survei ini mengundang setiap pengunjung kesekian, dan kali ini bukan Anda. Anda tetap boleh memberi nilai "
        "dan saran.",
        "This survey invites every so-many-th visitor, and this time it is not you. You are welcome to rate us and "
        "to make a suggestion.",
    ),
    "unknown": Words(
        "Nomor itu tidak dilayani di loket ini hari ini. Periksa nomor pada kertas Anda.",
        "That number was not served at this counter today. Please check the number on your paper.",
    ),
    "rate": Words("Kirim", "Send"),
    "rate_text": Words("Saran (boleh dikosongkan)", "Suggestion (may be left empty)"),
    "rate_done": Words("Penilaian untuk kunjungan ini sudah ada. Terima kasih!", "This visit was rated. Thank you!"),
    "to_number": Words("Ke nomor saya", "To my number"),
    "again": Words("Nomor lain", "Another number"),
    "try_again": Words(
        "Belum berhasil. Silakan coba lagi sebentar lagi.", "That did not work. Please try again in a moment."
    ),
    "gone_title": Words("Nomor tidak ditemukan", "Number not found"),
    "gone": Words(
        "Alamat ini tidak menunjuk ke kunjungan hari ini.", "This address does not belong to a visit of today."
    ),
    "counter_title": Words("Bagaimana pelayanan di loket {counter}?", "How was the service at counter {counter}?"),
    "ticket": Words("Nomor pada kertas Anda", "The number on your paper"),
    "ticket_hint": Words("Misalnya A-042", "For example A-042"),
    "go_on": Words("Lanjut", "Go on"),
}
