"""All text of the first setup, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from shared.vocabulary import Words

WORDS: Mapping[str, Words] = {
    "title": Words("Menyiapkan gedung baru", "Setting up a new hall"),
    "lead": Words(
        "Server ini belum tahu gedung apa yang dilayaninya. Lima langkah singkat, sekitar sepuluh menit.",
        "This server does not know yet which hall it serves. Five short steps, about ten minutes.",
    ),
    "code": Words("Kode dari konsol server", "Code from the server's console"),
    "code_hint": Words(
        "Tampil di layar tempat server dijalankan, atau di berkas yang disebut di sana.",
        "It stands on the screen where the server was started, or in the file that is named there.",
    ),
    "wrong_code": Words("Kode ini salah. Baca sekali lagi.", "This code is wrong. Read it once more."),
    "too_many": Words("Terlalu banyak kode salah. Tunggu satu menit.", "Too many wrong codes. Wait a minute."),
    "begin": Words("Mulai", "Begin"),
    "go_on": Words("Lanjut", "Go on"),
    "steps": Words("Langkah", "Steps"),
    "step_of": Words("Langkah {number} dari {count}", "Step {number} of {count}"),
    "step_hall": Words("Gedung", "Hall"),
    "step_offer": Words("Layanan", "Services"),
    "step_hours": Words("Jam buka", "Opening hours"),
    "step_person": Words("Administrator", "Administrator"),
    "step_check": Words("Periksa", "Check"),
    "hall_title": Words("Gedung apa ini?", "Which hall is this?"),
    "name_id": Words("Nama gedung (Indonesia)", "Name of the hall (Indonesian)"),
    "name_en": Words("Nama gedung (Inggris)", "Name of the hall (English)"),
    "name_hint": Words("Seperti “Mal Pelayanan Publik …”.", "As “Mal Pelayanan Publik …”."),
    "name_en_hint": Words("Kosong: sama.", "Empty: the same."),
    "time_zone": Words("Zona waktu", "Time zone"),
    "languages": Words("Bahasa di mesin antrean dan layar", "Languages at the kiosk and on the boards"),
    "both": Words("Indonesia dan Inggris", "Indonesian and English"),
    "only_id": Words("Hanya Indonesia", "Indonesian only"),
    "only_en": Words("Hanya Inggris", "English only"),
    "offer_title": Words("Apa yang dilayani di sini?", "What is offered here?"),
    "offer_lead": Words(
        "Pilih satu cara. Semuanya dapat diubah dan ditambah kemudian.",
        "Choose one way. All of it can be changed and added to later.",
    ),
    "offer_hand": Words("Tulis beberapa instansi sendiri", "Write a few agencies yourself"),
    "offer_sample": Words(
        "Mulai dari contoh: 28 instansi, 149 layanan", "Start from the sample: 28 agencies, 149 services"
    ),
    "offer_file": Words("Ambil dari berkas: lembar sebar atau TOML", "Take a file: a spreadsheet or TOML"),
    "file": Words("Berkas (.xlsx atau .toml)", "File (.xlsx or .toml)"),
    "no_file": Words("Pilih sebuah berkas.", "Choose a file."),
    "file_kept": Words("Berkas “{name}” sudah diperiksa.", "The file “{name}” was checked."),
    "agency": Words("Instansi {number}", "Agency {number}"),
    "agency_name": Words("Nama instansi", "Name of the agency"),
    "agency_name_en": Words("Nama dalam bahasa Inggris", "Name in English"),
    "short_name": Words("Nama pendek", "Short name"),
    "services": Words("Layanan, satu per baris", "Services, one on each line"),
    "services_hint": Words(
        "Boleh dengan menit dan nama Inggris: Cetak KTP; 10; Printing of an identity card",
        "Perhaps with minutes and an English name: Cetak KTP; 10; Printing of an identity card",
    ),
    "counters": Words("Jumlah loket", "Number of counters"),
    "more": Words("Tambah satu instansi lagi", "Add one more agency"),
    "needs_agency": Words("Tulis paling sedikit satu instansi.", "Write at least one agency."),
    "needs_services": Words("Tulis paling sedikit satu layanan.", "Write at least one service."),
    "needs_this": Words("Bagian ini wajib diisi.", "This is needed."),
    "wrong_minutes": Words(
        "Baris {line}: menit harus antara 1 dan 480.", "Line {line}: minutes are between 1 and 480."
    ),
    "wrong_counters": Words("Antara 1 dan 60.", "Between 1 and 60."),
    "too_long": Words("Paling banyak {limit} huruf.", "At most {limit} characters."),
    "hours_title": Words("Kapan gedung buka?", "When is the hall open?"),
    "hours_lead": Words(
        "Layanan dan instansi boleh punya jam sendiri, nanti. Hari libur nasional sudah dikenal.",
        "Services and agencies may have hours of their own, later. National holidays are known already.",
    ),
    "spans_hint": Words(
        "Seperti 08:00-12:00, 13:00-15:00. Kosong: tutup.", "As 08:00-12:00, 13:00-15:00. Empty: closed."
    ),
    "break": Words("Istirahat salat Jumat", "Break for Friday's prayer"),
    "break_hint": Words("Seperti 11:30-13:00. Kosong: tidak ada.", "As 11:30-13:00. Empty: none."),
    "wrong_spans": Words(
        "Tulis seperti 08:00-15:00, berurutan dan tidak bertindih.",
        "Write it as 08:00-15:00, in order and without overlap.",
    ),
    "never_open": Words("Paling sedikit satu hari harus buka.", "At least one day must be open."),
    "person_title": Words("Siapa administrator pertama?", "Who is the first administrator?"),
    "person_lead": Words(
        "Orang ini mengatur semuanya di peramban dan memberi petugas lain PIN dan kata sandi.",
        "This person sets everything up in the browser, and gives other officers their PINs and passwords.",
    ),
    "person_name": Words("Nama", "Name"),
    "person_code": Words("Kode untuk masuk", "Code for signing in"),
    "person_code_hint": Words("Huruf kecil, angka, tanda hubung.", "Small letters, digits, dashes."),
    "password": Words("Kata sandi", "Password"),
    "again": Words("Sekali lagi", "Once more"),
    "password_hint": Words(
        "Paling sedikit {shortest} huruf; sebuah kalimat pendek lebih baik.",
        "At least {shortest} characters; a short sentence is best.",
    ),
    "weak": Words(
        "Terlalu pendek, terlalu mudah, atau berisi kode Anda.",
        "Too short, too simple, or it has your code in it.",
    ),
    "differ": Words("Kedua kata sandi berbeda.", "The two passwords differ."),
    "bad_code": Words("Hanya huruf, angka, dan . _ -.", "Only letters, digits and . _ -."),
    "check_title": Words("Semuanya benar?", "Is everything right?"),
    "count_agencies": Words("Instansi", "Agencies"),
    "count_services": Words("Layanan", "Services"),
    "count_counters": Words("Loket", "Counters"),
    "count_zones": Words("Zona", "Zones"),
    "change": Words("Ubah", "Change"),
    "change_it": Words("Ubah: {what}", "Change: {what}"),
    "closed": Words("tutup", "closed"),
    "start": Words("Buka gedung", "Open the hall"),
    "start_means": Words(
        "Versi pertama diterbitkan dan server mulai melayani.",
        "The first version is published, and the server begins to serve.",
    ),
    "to_mend": Words("Ini perlu diperbaiki dulu", "This must be mended first"),
    "file_wrong": Words("Berkas ini belum dapat dipakai.", "This file cannot be used yet."),
    "where": Words("Di mana", "Where"),
    "what_is_wrong": Words("Apa yang salah", "What is wrong"),
    "soon": Words("Gedung dibuka …", "The hall opens …"),
    "soon_means": Words("Halaman ini melanjutkan sendiri.", "This page goes on by itself."),
    "back": Words("Kembali", "Back"),
}
