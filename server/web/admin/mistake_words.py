"""What is said of a mistake, in the language of whoever made it: made of its code and its facts."""

from __future__ import annotations

from collections.abc import Mapping

from server.app.catalogue_editing.placing import Placed
from server.app.catalogue_editing.sheets_in import SheetWrong
from server.app.catalogue_editing.tables import Tables, name_of
from server.app.catalogue_editing.texts import Wrong
from server.app.catalogue_file import Code
from shared.vocabulary import Language, Words

_SAID: Mapping[Code, Words] = {
    Code.NOT_TOML: Words("Berkas ini bukan TOML yang benar.", "This file is not correct TOML."),
    Code.TOO_LARGE: Words("Berkas ini terlalu besar.", "This file is too large."),
    Code.MISSING: Words("Bagian ini wajib diisi.", "This is needed."),
    Code.UNKNOWN_KEY: Words("“{value}” tidak dikenal.", "“{value}” is not known."),
    Code.WRONG_TYPE: Words("Isian ini bukan jenis yang benar.", "This is not the right kind of value."),
    Code.OUT_OF_RANGE: Words("Harus antara {low} dan {high}.", "Must be between {low} and {high}."),
    Code.TOO_LONG: Words("Terlalu panjang: paling banyak {limit} huruf.", "Too long: at most {limit} characters."),
    Code.CONTROL_CHARACTER: Words(
        "Ada huruf yang tidak dapat dicetak.", "There is a character that cannot be printed."
    ),
    Code.BAD_ID: Words(
        "Hanya huruf, angka, dan . : _ - (paling banyak 64).", "Only letters, digits and . : _ - (64 at most)."
    ),
    Code.BAD_PREFIX: Words("Satu sampai tiga huruf besar A–Z.", "One to three capital letters A to Z."),
    Code.BAD_NUMBER: Words(
        "Satu sampai tiga angka, boleh dengan satu huruf besar: 3, 12A.",
        "One to three digits, perhaps with a capital letter: 3, 12A.",
    ),
    Code.BAD_VALUE: Words("Isian ini tidak sesuai di sini.", "This does not fit here."),
    Code.BAD_HOURS: Words(
        "Tulis seperti 08:00-15:00; selesai setelah mulai, berurutan, dan tidak bertindih.",
        "Write it as 08:00-15:00; the end after the beginning, in order, without overlap.",
    ),
    Code.DUPLICATE: Words("Sudah dipakai yang lain.", "Another one has this already."),
    Code.UNKNOWN_TIME_ZONE: Words("Zona waktu tidak dikenal.", "This time zone is not known."),
    Code.UNKNOWN_COUNTRY: Words("Negara tidak dikenal.", "This country is not known."),
    Code.UNKNOWN_ZONE: Words("Zona “{value}” tidak ada.", "There is no zone “{value}”."),
    Code.UNKNOWN_AGENCY: Words("Instansi “{value}” tidak ada.", "There is no agency “{value}”."),
    Code.UNKNOWN_SERVICE: Words("Layanan “{value}” tidak ada.", "There is no service “{value}”."),
    Code.UNKNOWN_HOURS: Words("Jam buka “{value}” tidak ada.", "There are no opening hours “{value}”."),
    Code.PREFIX_SHARED: Words(
        "Awalan {value} sudah dipakai instansi {other}; dua instansi tidak dapat berbagi nomor.",
        "Prefix {value} belongs to {other}; two agencies cannot share their numbers.",
    ),
    Code.SOUNDS_ALIKE: Words(
        "Awalan {value} terdengar mirip {other}, dan keduanya dipanggil di {zone}.",
        "Prefix {value} sounds like {other}, and both are called in {zone}.",
    ),
    Code.NO_COUNTER: Words("Belum ada loket yang melayani.", "No counter serves it yet."),
    Code.NO_SERVICE: Words("Belum ada layanan.", "It has no service yet."),
    Code.UNUSED: Words("Belum ada loket di sini.", "It has no counter yet."),
}
_ONE_OF_THREE = Words(
    "Pilih tepat satu: jam buka, buka seperti biasa, atau tutup.",
    "Say exactly one: opening hours, open as usual, or closed.",
)
_NEVER_OPEN = Words("Paling sedikit satu hari harus buka.", "At least one day must be open.")
_NEEDS_NOT_MET = Words("Tidak ada loketnya yang siap untuk: {needs}.", "None of its counters can serve: {needs}.")
_SAME_NAME = Words("Namanya sama dengan yang lain di sebelahnya.", "It has the same name as another beside it.")
_NOTHING_YET = Words("Belum ada satu pun.", "There is none yet.")

WRONG_SHEETS: Mapping[SheetWrong | Wrong, Words] = {
    SheetWrong.NOT_A_WORKBOOK: Words(
        "Ini bukan berkas XLSX yang dapat dibaca.", "This is no XLSX file that can be read."
    ),
    SheetWrong.TOO_LARGE: Words("Berkas ini terlalu besar.", "This file is too large."),
    SheetWrong.NO_SHEET: Words(
        "Tidak ada lembar yang dikenal. Ekspor dulu untuk melihat bentuknya.",
        "There is no sheet that is known. Export first to see the form.",
    ),
    SheetWrong.UNKNOWN_SHEET: Words("Lembar “{value}” tidak dikenal.", "The sheet “{value}” is not known."),
    SheetWrong.UNKNOWN_COLUMN: Words("Kolom “{value}” tidak dikenal.", "The column “{value}” is not known."),
    SheetWrong.COLUMN_TWICE: Words("Kolom “{value}” ada dua kali.", "The column “{value}” stands there twice."),
    SheetWrong.TOO_MANY_ROWS: Words("Lebih dari {value} baris.", "More than {value} rows."),
    SheetWrong.FORMULA: Words("Ini rumus. Tulis nilainya saja.", "This is a formula. Write its value only."),
    SheetWrong.NO_IDENTITY: Words("Baris ini tidak punya kode.", "This row has no code."),
    SheetWrong.IDENTITY_TWICE: Words("Kode “{value}” ada dua kali.", "The code “{value}” stands there twice."),
    Wrong.NOT_A_NUMBER: Words("Isi dengan angka bulat.", "Write a whole number."),
    Wrong.NOT_A_DATE: Words("Isi dengan tanggal, seperti 2027-01-13.", "Write a date, as 2027-01-13."),
    Wrong.NOT_YES_OR_NO: Words("Isi dengan ya atau tidak.", "Write yes or no."),
    Wrong.LINES_DIFFER: Words(
        "Kedua bahasa harus punya jumlah baris yang sama.", "Both languages need the same number of lines."
    ),
}


def said(placed: Placed, tables: Tables, language: Language) -> str:
    """One sentence about a mistake."""
    mistake = placed.mistake
    facts = {key: str(value) for key, value in mistake.facts.items()}
    words = _SAID[mistake.code]
    if mistake.code is Code.NO_COUNTER and "needs" in facts:
        words = _NEEDS_NOT_MET
    elif mistake.code is Code.DUPLICATE and placed.field == "name" and "other" in facts:
        words = _SAME_NAME
    elif "one_of" in facts:
        words = _ONE_OF_THREE
    elif "never" in facts:
        words = _NEVER_OPEN
    elif mistake.code is Code.MISSING and not placed.identity:
        words = _NOTHING_YET
    elif mistake.code is Code.PREFIX_SHARED:
        facts["other"] = name_of(tables, "agency", facts["other"]).in_(language)
    if "zone" in facts:
        facts["zone"] = name_of(tables, "zone", facts["zone"]).in_(language)
    return words.in_(language).format_map(_Facts(facts))


class _Facts(dict[str, str]):
    """A sentence stays whole where a fact is missing."""

    def __missing__(self, key: str) -> str:
        return "…"
