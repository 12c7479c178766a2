"""The questions of the satisfaction survey, and the four answers to each, worst first. Standard library only.

The sense of each question, and its answers, are those of the form that goes with Permenpan-RB 14/2017; the wording is
shorter, so that it can be read, and heard, at a glance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.vocabulary import Element, Language, Words


@dataclass(frozen=True, slots=True)
class Question:
    name: Words
    """The element, as a report names it."""
    asks: Words
    answers: tuple[Words, Words, Words, Words]
    """For the scores 1 to 4."""

    def read_aloud(self, language: Language) -> str:
        """The question and its answers as a voice says them."""
        said = [answer.in_(language) for answer in self.answers]
        either = {Language.INDONESIAN: "atau", Language.ENGLISH: "or"}[language]
        return f"{self.asks.in_(language)} {', '.join(said[:-1])}, {either} {said[-1]}?"


QUESTIONS: Mapping[Element, Question] = {
    Element.REQUIREMENTS: Question(
        Words("Persyaratan", "Requirements"),
        Words("Apakah persyaratan sesuai dengan layanannya?", "Did the required papers fit the service?"),
        (
            Words("Tidak sesuai", "Not at all"),
            Words("Kurang sesuai", "Not quite"),
            Words("Sesuai", "They did"),
            Words("Sangat sesuai", "Very well"),
        ),
    ),
    Element.PROCEDURE: Question(
        Words("Sistem, mekanisme, dan prosedur", "System and procedure"),
        Words("Apakah prosedur layanannya mudah?", "Was the procedure easy?"),
        (
            Words("Tidak mudah", "Not easy"),
            Words("Kurang mudah", "Not very easy"),
            Words("Mudah", "Easy"),
            Words("Sangat mudah", "Very easy"),
        ),
    ),
    Element.TIME: Question(
        Words("Waktu penyelesaian", "Time taken"),
        Words("Apakah layanannya cepat selesai?", "Was the service quick?"),
        (
            Words("Tidak cepat", "Not quick"),
            Words("Kurang cepat", "Not very quick"),
            Words("Cepat", "Quick"),
            Words("Sangat cepat", "Very quick"),
        ),
    ),
    Element.FEE: Question(
        Words("Biaya/tarif", "Fee"),
        Words("Bagaimana biayanya?", "How was the fee?"),
        (
            Words("Sangat mahal", "Very expensive"),
            Words("Cukup mahal", "Rather expensive"),
            Words("Murah", "Cheap"),
            Words("Gratis", "Free of charge"),
        ),
    ),
    Element.PRODUCT: Question(
        Words("Produk spesifikasi jenis pelayanan", "Result of the service"),
        Words("Apakah hasil layanan sesuai dengan yang dijanjikan?", "Did you get what was promised?"),
        (
            Words("Tidak sesuai", "Not at all"),
            Words("Kurang sesuai", "Not quite"),
            Words("Sesuai", "I did"),
            Words("Sangat sesuai", "Fully"),
        ),
    ),
    Element.COMPETENCE: Question(
        Words("Kompetensi pelaksana", "Competence of the staff"),
        Words("Apakah petugas mampu melayani Anda?", "Did the officer know the work?"),
        (
            Words("Tidak mampu", "Not at all"),
            Words("Kurang mampu", "Not quite"),
            Words("Mampu", "Yes"),
            Words("Sangat mampu", "Very well"),
        ),
    ),
    Element.CONDUCT: Question(
        Words("Perilaku pelaksana", "Conduct of the staff"),
        Words("Apakah petugas sopan dan ramah?", "Was the officer polite and friendly?"),
        (
            Words("Tidak sopan", "Not polite"),
            Words("Kurang sopan", "Not very polite"),
            Words("Sopan dan ramah", "Polite"),
            Words("Sangat sopan dan ramah", "Very polite"),
        ),
    ),
    Element.COMPLAINTS: Question(
        Words("Penanganan pengaduan, saran, dan masukan", "Handling of complaints"),
        Words("Bagaimana pengaduan dan saran ditangani di sini?", "How are complaints and suggestions handled here?"),
        (
            Words("Tidak ada", "Not at all"),
            Words("Ada, tidak berfungsi", "Badly"),
            Words("Berfungsi, kurang maksimal", "Fairly"),
            Words("Dikelola dengan baik", "Well"),
        ),
    ),
    Element.FACILITIES: Question(
        Words("Sarana dan prasarana", "Facilities"),
        Words("Bagaimana ruang tunggu dan sarana di sini?", "How are the waiting room and the facilities?"),
        (
            Words("Buruk", "Bad"),
            Words("Cukup", "Fair"),
            Words("Baik", "Good"),
            Words("Sangat baik", "Very good"),
        ),
    ),
}

RATING = Question(
    Words("Penilaian cepat", "Quick rating"),
    Words("Bagaimana pelayanan petugas tadi?", "How did the officer serve you?"),
    (
        Words("Buruk", "Badly"),
        Words("Kurang", "Not so well"),
        Words("Baik", "Well"),
        Words("Sangat baik", "Very well"),
    ),
)
