"""The words that every page needs, and those of the forms' own complaints."""

from __future__ import annotations

from collections.abc import Mapping

from shared.vocabulary import Language, Role, Words

WORDS: Mapping[str, Words] = {
    "skip": Words("Langsung ke isi", "Skip to the content"),
    "menu": Words("Menu", "Menu"),
    "main_menu": Words("Menu utama", "Main menu"),
    "other_language": Words("English", "Bahasa Indonesia"),
    "sign_in": Words("Masuk petugas", "Staff sign-in"),
    "sign_out": Words("Keluar", "Sign out"),
    "account": Words("Akun saya", "My account"),
    "home": Words("Beranda", "Home"),
    "save": Words("Simpan", "Save"),
    "back": Words("Kembali", "Back"),
    "required": Words("wajib diisi", "required"),
    "form_wrong": Words("Ada isian yang perlu diperbaiki:", "Something needs to be corrected:"),
    "stale": Words("Sambungan ke server terputus. Angka di layar ini mungkin sudah lama.",
                   "The connection to the server is lost. What you see may be old."),
    "welcome": Words("Selamat datang", "Welcome"),
    "welcome_means": Words("Layanan antrean di tempat layanan ini, daring dan langsung.",
                           "The services of this hall, online and on site."),
    "for_visitors": Words("Untuk pengunjung", "For visitors"),
    "for_you": Words("Halaman Anda", "Your pages"),
}  # fmt: skip

REFUSALS: Mapping[str, tuple[Words, Words]] = {
    "not_your_role": (
        Words("Halaman ini bukan untuk peran Anda", "This page is not for your role"),
        Words("Mintalah administrator bila Anda memerlukannya.", "Ask an administrator if you need it."),
    ),
    "not_yours": (
        Words("Ini bukan milik instansi Anda", "This does not belong to your agency"),
        Words("Anda hanya dapat melihat instansi Anda sendiri.", "You can see your own agency only."),
    ),
    "form_too_old": (
        Words("Formulir ini sudah terlalu lama", "This form is too old"),
        Words("Tidak ada yang diubah. Kembali, muat ulang halamannya, lalu kirim lagi.",
              "Nothing was changed. Go back, reload the page and send it again."),
    ),
    "session_over": (
        Words("Sesi Anda sudah berakhir", "Your session has ended"),
        Words("Tidak ada yang diubah. Masuk lagi, lalu ulangi.", "Nothing was changed. Sign in again and repeat it."),
    ),
    "only_https": (
        Words("Halaman ini hanya lewat https", "This page comes by https only"),
        Words("Buka alamat yang sama dengan https:// dan porta aman server ini.",
              "Open the same page by https:// and this server's secure port."),
    ),
    "404": (
        Words("Halaman tidak ditemukan", "Page not found"),
        Words("Periksa alamatnya, atau mulai dari beranda.", "Check the address, or start from the home page."),
    ),
    "413": (
        Words("Berkas terlalu besar", "The file is too large"),
        Words("Kirim berkas yang lebih kecil.", "Send a smaller file."),
    ),
    "429": (
        Words("Terlalu banyak permintaan", "Too many requests"),
        Words("Tunggu sebentar, lalu coba lagi.", "Wait a moment, then try again."),
    ),
    "storage": (
        Words("Basis data tidak dapat dibaca atau ditulis", "The database cannot be read or written"),
        Words("Tidak ada yang diubah. Coba lagi sebentar lagi, atau beri tahu administrator.",
              "Nothing was changed. Try again in a moment, or tell the administrator."),
    ),
    "503": (
        Words("Server sedang sibuk", "The server is busy"),
        Words("Tunggu sebentar, lalu muat ulang.", "Wait a moment, then reload."),
    ),
    "any": (
        Words("Ini tidak dapat dilakukan", "This cannot be done"),
        Words("Kembali ke halaman sebelumnya dan coba lagi.", "Go back to the page before and try again."),
    ),
}  # fmt: skip
"""A headline and what to do, by what the refusal says or its status."""

ROLES: Mapping[Role, Words] = {
    Role.OFFICER: Words("Petugas", "Officer"),
    Role.SUPERVISOR: Words("Pengawas", "Supervisor"),
    Role.AGENCY_HEAD: Words("Kepala instansi", "Agency head"),
    Role.ADMINISTRATOR: Words("Administrator", "Administrator"),
    Role.AUDITOR: Words("Auditor", "Auditor"),
}

FORM_COMPLAINTS: Mapping[str, str] = {
    "This field is required.": "Bagian ini wajib diisi.",
    "Not a valid integer value.": "Isi dengan angka bulat.",
    "Not a valid decimal value.": "Isi dengan angka.",
    "Not a valid date value.": "Isi dengan tanggal yang benar.",
    "Not a valid time value.": "Isi dengan jam yang benar.",
    "Not a valid choice.": "Pilih salah satu yang tersedia.",
    "Not a valid choice: could not coerce.": "Pilih salah satu yang tersedia.",
    "Invalid input.": "Isian tidak sesuai.",
    "Invalid email address.": "Alamat surel tidak benar.",
    "Field must be at least %(min)d character long.": "Paling sedikit %(min)d huruf.",
    "Field must be at least %(min)d characters long.": "Paling sedikit %(min)d huruf.",
    "Field cannot be longer than %(max)d character.": "Paling banyak %(max)d huruf.",
    "Field cannot be longer than %(max)d characters.": "Paling banyak %(max)d huruf.",
    "Field must be between %(min)d and %(max)d characters long.": "Antara %(min)d dan %(max)d huruf.",
    "Number must be at least %(min)s.": "Paling sedikit %(min)s.",
    "Number must be at most %(max)s.": "Paling banyak %(max)s.",
    "Number must be between %(min)s and %(max)s.": "Antara %(min)s dan %(max)s.",
    "Field must be equal to %(other_name)s.": "Harus sama dengan isian sebelumnya.",
}
"""WTForms complains in English; these are its sentences in Indonesian."""


def in_language(words: Mapping[str, Words], language: Language) -> dict[str, str]:
    return {key: text.in_(language) for key, text in words.items()}
