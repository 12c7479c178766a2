"""The words of signing in and of the own account."""

from __future__ import annotations

from collections.abc import Mapping

from shared.vocabulary import Words

WORDS: Mapping[str, Words] = {
    "sign_in": Words("Masuk", "Sign in"),
    "sign_in_means": Words("Untuk petugas, pengawas, dan administrator gedung ini.",
                           "For officers, supervisors and administrators of this hall."),
    "officer": Words("Kode petugas", "Officer's code"),
    "officer_hint": Words("Seperti di daftar petugas, misalnya dukcapil-01.",
                          "As in the list of officers, like dukcapil-01."),
    "password": Words("Kata sandi", "Password"),
    "wrong": Words("Kode petugas atau kata sandi tidak cocok.", "The officer's code or the password is not right."),
    "locked": Words("Terlalu banyak percobaan dari tempat ini. Coba lagi {minutes} menit lagi.",
                    "Too many tries from this place. Try again in {minutes} minutes."),
    "locked_seconds": Words("Tunggu {seconds} detik, lalu coba lagi.", "Wait {seconds} seconds, then try again."),
    "busy": Words("Server sedang sibuk. Coba lagi sebentar lagi.", "The server is busy. Try again in a moment."),
    "forgotten": Words("Lupa kata sandi? Administrator dapat memberi kata sandi sekali pakai.",
                       "Forgotten? An administrator can give you a one-time password."),
    "account": Words("Akun saya", "My account"),
    "name": Words("Nama", "Name"),
    "role": Words("Peran", "Role"),
    "change": Words("Ganti kata sandi", "Change the password"),
    "must_change": Words("Kata sandi Anda hanya sekali pakai. Pilih kata sandi sendiri untuk melanjutkan.",
                         "Your password was for one time only. Choose your own to go on."),
    "old": Words("Kata sandi sekarang", "Present password"),
    "new": Words("Kata sandi baru", "New password"),
    "new_hint": Words("Paling sedikit {shortest} huruf; beberapa kata lebih mudah diingat. Tidak memuat kode petugas.",
                      "At least {shortest} characters; a few words are easiest. Without your officer's code."),
    "again": Words("Sekali lagi", "The same again"),
    "differ": Words("Kedua kata sandi baru tidak sama.", "The two new passwords differ."),
    "weak": Words("Kata sandi baru terlalu pendek, terlalu mudah, atau sama dengan yang lama.",
                  "The new password is too short, too simple, or the old one."),
    "changed": Words("Kata sandi sudah diganti. Silakan masuk lagi.", "The password is changed. Please sign in again."),
    "others": Words("Sesi di perangkat lain", "Sessions elsewhere"),
    "others_means": Words("Keluar dari semua peramban lain yang memakai akun ini.",
                          "Sign out of every other browser that uses this account."),
    "end_others": Words("Akhiri sesi lain", "End the other sessions"),
    "ended": Words("Sesi lain yang diakhiri: {count}.", "Other sessions that were ended: {count}."),
    "signed_out": Words("Anda sudah keluar.", "You have signed out."),
}  # fmt: skip
