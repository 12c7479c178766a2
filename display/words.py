"""What the display says to people, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from display.speech import VoiceFault
from shared.vocabulary import ErrorCode, Words

WORDS: Mapping[str, Words] = {
    # the panel
    "queueNumber": Words("NOMOR ANTREAN", "QUEUE NUMBER"),
    "goTo": Words("Silakan menuju", "Please go to"),
    "counter": Words("LOKET", "COUNTER"),
    "lastCalled": Words("PANGGILAN TERAKHIR", "LAST CALLED"),
    "bulletin": Words("PENGUMUMAN", "ANNOUNCEMENT"),
    "lastCalls": Words("Daftar panggilan", "Recent calls"),
    "welcome": Words("Selamat datang", "Welcome"),
    "welcomeHint": Words(
        "Silakan ambil nomor antrean, lalu tunggu panggilan di layar ini.",
        "Please take a queue number, then wait for your call on this screen.",
    ),
    "noCalls": Words("Belum ada panggilan", "No calls yet"),
    "connected": Words("Terhubung", "Connected"),
    "connecting": Words("Menghubungi server …", "Connecting to the server …"),
    "lostSince": Words("Terputus sejak {since}; tanyakan ke petugas", "Offline since {since}; please ask our staff"),
    "pairingTitle": Words(
        "Layar baru: berikan kode ini kepada administrator", "New display: give this code to an administrator"
    ),
    "pairingHint": Words(
        "Layar ini mulai bekerja begitu kode disetujui di server.",
        "This display starts as soon as the code is approved on the server.",
    ),
    "noZone": Words(
        "Layar ini belum mempunyai zona. Administrator memberinya saat menyetujui perangkat.",
        "This display has no zone yet. An administrator gives it one when approving the device.",
    ),
}

VOICE_FAULTS: Mapping[VoiceFault, Words] = {
    VoiceFault.NO_DEVICE: Words("Tanpa suara: perangkat audio tidak ada", "No sound: there is no audio device"),
    VoiceFault.ENGINE: Words("Tanpa suara: mesin suara gagal", "No sound: the speech engine failed"),
}

_TURNED_AWAY: Mapping[ErrorCode, Words] = {
    ErrorCode.CLIENT_TOO_OLD: Words(
        "Program layar ini terlalu lama. Perbarui program layar.",
        "This display program is too old. Update the display.",
    ),
    ErrorCode.SERVER_TOO_OLD: Words(
        "Server terlalu lama untuk layar ini. Perbarui server.",
        "The server is too old for this display. Update the server.",
    ),
    ErrorCode.NOT_INTRODUCED: Words("Layar ini belum dikenal server.", "The server does not know this display."),
    ErrorCode.REVOKED: Words(
        "Izin layar ini dicabut. Hubungi administrator.", "This display was revoked. Tell your administrator."
    ),
    ErrorCode.CERTIFICATE_EXPIRED: Words(
        "Sertifikat server kedaluwarsa, atau jam layar ini salah.",
        "The server's certificate has expired, or this display's clock is wrong.",
    ),
    ErrorCode.CERTIFICATE_UNKNOWN: Words(
        "Server tidak dapat membuktikan identitasnya: sertifikatnya tidak dikenal.",
        "The server cannot prove who it is: its certificate is not known.",
    ),
    ErrorCode.TAKEN_OVER: Words("Layar lain memakai izin ini.", "Another display uses this permission."),
    ErrorCode.FORBIDDEN: Words(
        "Perangkat ini tidak terdaftar sebagai layar.", "This device is not registered as a display."
    ),
    ErrorCode.UNKNOWN_STREAM: Words(
        "Zona layar ini tidak ada lagi di server.", "The zone of this display is gone from the server."
    ),
    ErrorCode.OVERLOADED: Words(
        "Server sedang penuh. Layar mencoba lagi.", "The server is busy. The display tries again."
    ),
}
_OTHERWISE = Words("Server menolak layar ini.", "The server refused this display.")


def turned_away(code: ErrorCode) -> Words:
    """Why the server closed the door, for the person who can open it."""
    return _TURNED_AWAY.get(code, _OTHERWISE)
