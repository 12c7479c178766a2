"""What the tablet says, per language; the questions themselves are `shared.survey_words`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from shared.vocabulary import Language, Words

WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "invite": Words("Bagaimana pelayanan kami?", "How did we serve you?"),
        "showSlip": Words("Tunjukkan kode QR pada kertas Anda", "Show the QR code on your paper"),
        "orType": Words("atau ketik nomornya", "or type its number"),
        "begin": Words("Ketik nomor", "Type the number"),
        "otherLanguage": Words("English", "Bahasa Indonesia"),
        "ticketTitle": Words("Nomor pada kertas Anda", "The number on your paper"),
        "ticketUnknown": Words(
            "Nomor itu tidak ada hari ini. Periksa lagi kertas Anda.",
            "There is no such number today. Please check your paper again.",
        ),
        "ticketHint": Words("Misalnya A-042", "For example A-042"),
        "goOn": Words("Lanjut", "Go on"),
        "step": Words("Pertanyaan {at} dari {count}", "Question {at} of {count}"),
        "lastStep": Words("Terakhir", "Last"),
        "counter": Words("Loket", "Counter"),
        "back": Words("Kembali", "Back"),
        "skip": Words("Lewati", "Skip"),
        "listen": Words("Dengarkan", "Listen"),
        "startOver": Words("Berhenti", "Stop"),
        "space": Words("spasi", "space"),
        "clear": Words("hapus", "clear"),
        "text": Words("Ada saran untuk kami?", "Any suggestion for us?"),
        "textHint": Words(
            "Boleh dikosongkan. Jangan tulis nama atau nomor telepon.",
            "May be left empty. Please write no name and no telephone number.",
        ),
        "textSpoken": Words(
            "Ada saran untuk kami? Boleh dikosongkan. Lalu tekan kirim.",
            "Any suggestion for us? You may leave it empty. Then press send.",
        ),
        "send": Words("Kirim", "Send"),
        "notInvited": Words(
            "Survei lengkap mengundang setiap pengunjung kesekian. Satu sentuhan dari Anda tetap berharga:",
            "The full survey invites every so-many-th visitor. One tap of yours is welcome all the same:",
        ),
        "anonymous": Words("Tanpa nama, tanpa nomor, tanpa jam", "No name, no number, no time is kept"),
        "thanks": Words("Terima kasih!", "Thank you!"),
        "thanksHint": Words("Selamat jalan.", "Have a good way home."),
        "already": Words("Kunjungan ini sudah memberi penilaian.", "This visit has given its opinion already."),
        "notFinished": Words(
            "Survei dibuka setelah layanan Anda selesai.", "The survey opens when your visit is finished."
        ),
        "unknown": Words(
            "Kertas ini bukan dari hari ini. Silakan tanyakan kepada petugas.",
            "This paper is not of today. Please ask our staff.",
        ),
        "tryAgain": Words("Belum berhasil. Silakan coba lagi.", "That did not work. Please try again."),
        "wait": Words("Sebentar …", "One moment …"),
        "away": Words("Tablet ini sedang menunggu server.", "This tablet is waiting for the server."),
        "turnedAway": Words("Tablet ini belum siap. Silakan hubungi petugas.", "This tablet is not ready."),
        "pairingTitle": Words("Tablet ini belum dikenal", "This tablet is not known yet"),
        "pairingHint": Words(
            "Administrator menyetujui kode ini, seperti untuk kiosk.",
            "An administrator approves this code, as for a kiosk.",
        ),
    }
)


def table(language: Language) -> dict[str, str]:
    return {key: words.in_(language) for key, words in WORDS.items()}
