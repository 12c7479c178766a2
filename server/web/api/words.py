"""The words of the API's page: its frame, and types."""

from __future__ import annotations

from collections.abc import Mapping

from server.web.house.words import ROLES
from shared.vocabulary import Role, Words

WORDS: Mapping[str, Words] = {
    "title": Words("API untuk sistem lain", "An API for other systems"),
    "means": Words(
        "Situs web, panel, atau aplikasi lain membaca keadaan gedung, mengambil nomor, dan bekerja di loket lewat HTTP"
        " dan JSON.",
        "A web site, a panel or another application reads the hall, takes numbers and works at counters over HTTP "
        "and JSON.",
    ),
    "for_programs": Words("Uraian yang sama untuk program", "The same description, for programs"),
    "begin": Words("Mulai", "Begin"),
    "begin_means": Words(
        "Yang bertanda “siapa saja” tidak memerlukan kunci. Untuk yang lain, administrator membuat kunci dengan satu"
        " peran di halaman Kunci API; kunci dikirim di kepala permintaan, tidak pernah di alamat.",
        "What is for “anybody” needs no key. For the rest an administrator makes a key with one role on the page API"
        " keys; it is sent in the header of a request, never in an address.",
    ),
    "repeat_means": Words(
        "Yang mengubah sesuatu menerima Idempotency-Key buatan Anda: dikirim lagi dengan kunci yang sama, hanya "
        "dilakukan sekali, dan jawaban pertama datang lagi.",
        "What changes something takes an Idempotency-Key of your making: sent again with the same one it is done "
        "once, and the first answer comes again.",
    ),
    "time_means": Words(
        "Waktu selalu UTC (ISO 8601); tanggal layanan menurut zona waktu gedung.",
        "Moments are always UTC (ISO 8601); service dates are meant in the hall's time zone.",
    ),
    "scope_means": Words(
        "Kunci satu instansi melihat dan mengubah hanya milik instansi itu; kunci petugas bekerja hanya di loketnya.",
        "A key of one agency sees and changes what is that agency's alone; an officer's key works at its own counter.",
    ),
    "refusals": Words("Penolakan", "Refusals"),
    "refusals_mean": Words(
        "Setiap penolakan adalah “problem” menurut RFC 9457. Putuskan menurut kodenya (code), yang tidak berubah. "
        "Ini berlaku di mana-mana:",
        "Every refusal is a problem as in RFC 9457. Decide by its code, which is stable. These hold everywhere:",
    ),
    "anywhere": Words("Di mana pun", "Anywhere"),
    "with_key": Words("Bila perlu kunci", "Where a key is needed"),
    "of_command": Words("Bila mengubah sesuatu", "Where something is changed"),
    "status": Words("Status", "Status"),
    "codes": Words("Kode", "Codes"),
    "now": Words("Gedung saat ini", "The hall right now"),
    "take": Words("Nomor dan pemesanan", "Numbers and bookings"),
    "work": Words("Bekerja di loket", "Working at a counter"),
    "steer": Words("Lantai layanan", "The floor"),
    "back": Words("Kunjungan, laporan, dan catatan", "Visits, reports and records"),
    "events": Words("Kejadian", "Events"),
    "who": Words("Siapa", "Who"),
    "anybody": Words("siapa saja", "anybody"),
    "fields": Words("Isian", "Fields"),
    "field": Words("Nama", "Name"),
    "where": Words("Di", "In"),
    "kind": Words("Jenis", "Type"),
    "meaning": Words("Arti", "Meaning"),
    "must": Words("wajib", "required"),
    "in_path": Words("alamat", "path"),
    "in_query": Words("parameter", "query"),
    "in_header": Words("kepala", "header"),
    "in_body": Words("isi", "body"),
    "example": Words("Contoh", "Example"),
    "body": Words("Isi permintaan, paling sedikit", "Body, at least"),
    "answer": Words("Jawaban {status}", "Answer {status}"),
    "also_refused": Words("Juga ditolak dengan", "Also refused with"),
    "event_kinds": Words("Yang diberitahukan", "What is told"),
    "event_kinds_mean": Words(
        "Aliran (server-sent events) menyebut tiap kejadian dengan nomor urut. previous adalah kejadian sebelumnya "
        "di antara yang diminta: siapa yang sudah melihatnya tidak ketinggalan apa pun. Setelah terputus, lanjutkan "
        "dengan Last-Event-ID. Kejadian begin menyatakan dengan complete apakah ada yang hilang sejak itu.",
        "The stream (server-sent events) numbers every event. previous is the event before it among those you asked "
        "for: whoever has seen that one has missed none. After a break, go on with Last-Event-ID. The event begin "
        "says with complete whether anything since then is lost.",
    ),
    "details": Words("Rincian", "Details"),
    "website": Words("Waktu tunggu di situs web sendiri", "Waiting times on a site of your own"),
    "website_means": Words(
        "Halaman mana pun boleh membacanya langsung dari peramban, tanpa kunci. Tempelkan ini, dan ganti alamatnya "
        "dengan alamat server ini:",
        "Any page may read them straight from a browser, without a key. Paste this, and put this server's address "
        "into it:",
    ),
}

ROLE_WORDS: Mapping[Role, Words] = {Role.KIOSK: Words("Pemberi nomor", "Gives numbers"), **ROLES}

TYPES: Mapping[str, Words] = {
    "string": Words("teks", "text"),
    "bounded": Words("teks, paling banyak {most} huruf", "text of at most {most} characters"),
    "integer": Words("bilangan bulat", "whole number"),
    "between": Words("bilangan bulat {least} sampai {most}", "whole number from {least} to {most}"),
    "number": Words("bilangan", "number"),
    "boolean": Words("true atau false", "true or false"),
    "list": Words("daftar: {of}", "list: {of}"),
    "one_of": Words("salah satu: {values}", "one of: {values}"),
    "date": Words("tanggal, 2026-12-31", "date, 2026-12-31"),
    "date-time": Words("waktu, 2026-12-31T01:30:00Z", "moment, 2026-12-31T01:30:00Z"),
    "month": Words("bulan, 2026-12", "month, 2026-12"),
}
