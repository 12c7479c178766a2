"""What a visitor keeps of a booking: the codes can be read, the words are there, a calendar takes the file."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import zxingcpp
from icalendar import Calendar
from PIL import Image

from server.domain.booking import Booking
from server.web.booking.calendar_file import calendar_file
from server.web.booking.papers import Confirmation, as_pdf, as_picture, qr_png
from shared.vocabulary import BookingId, FollowKey, Language, ServiceId
from tests.support.builders import NINE, TODAY

URL = "http://192.0.2.10:8400/b/tQf2wYc0mJx5bN8sKd1LzA"
PAPER = Confirmation(
    title="Bukti pemesanan",
    site="Aula",
    service="Paspor baru",
    agency="Kantor Imigrasi",
    day="Selasa, 24 November 2026",
    clock="10.30–11.00",
    code_label="Kode",
    code="CNA P4A",
    url=URL,
    scan="Pindai di mesin antrean.",
    how_when="Dapat dilakukan mulai pukul 10.00.",
    bring_label="Yang perlu dibawa",
    bring=("KTP-el asli", "Kartu Keluarga asli"),
    facts=(("Biaya", "Gratis"), ("Nama", "Ni Luh Ayu Śrī")),
    foot="Tidak dipungut biaya.",
)


def read(image: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(image)]


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_the_code_leads_to_the_booking() -> None:
    assert read(opened(qr_png(URL))) == [URL]


def test_the_pdf_is_one_page_with_words_and_a_code_that_reads() -> None:
    document = pypdfium2.PdfDocument(as_pdf(PAPER))
    assert len(document) == 1
    page = document[0]
    words = page.get_textpage().get_text_range()
    for said in ("Bukti pemesanan", "Paspor baru", "10.30–11.00", "CNA P4A", "Ni Luh Ayu Śrī", "Kartu Keluarga asli"):
        assert said in words
    assert read(page.render(scale=2).to_pil()) == [URL]


def test_a_long_list_of_papers_goes_on_another_page() -> None:
    many = replace(PAPER, bring=tuple(f"Dokumen nomor {number} " * 8 for number in range(30)))
    assert len(pypdfium2.PdfDocument(as_pdf(many))) > 1


def test_the_picture_has_a_code_that_reads_and_is_as_tall_as_its_text() -> None:
    picture = opened(as_picture(PAPER))
    assert read(picture) == [URL]
    longer = opened(as_picture(replace(PAPER, bring=PAPER.bring * 3)))
    assert longer.height > picture.height
    assert longer.width == picture.width == 1080


def test_a_calendar_gets_the_time_two_reminders_and_the_same_event_after_a_change() -> None:
    booking = Booking(
        id=BookingId("b1"),
        key=FollowKey("k1"),
        code="CNAP4A",
        service=ServiceId("KTP"),
        service_date=TODAY,
        starts_at=NINE,
        ends_at=NINE + timedelta(minutes=15),
        place=0,
        language=Language.ENGLISH,
        booked_at=NINE - timedelta(days=1),
        changed_at=NINE - timedelta(days=1),
    )

    def event(one: Booking):  # type: ignore[no-untyped-def]
        file = calendar_file(one, site="Aula", summary="Paspor; baru", about="Kode: CNAP4A", where="Zona B", url=URL)
        return Calendar.from_ical(file).walk("VEVENT")[0]

    first = event(booking)
    assert (first.start, first.end) == (booking.starts_at, booking.ends_at)
    assert first["summary"] == "Paspor; baru"
    assert [alarm["trigger"].dt for alarm in first.walk("VALARM")] == [timedelta(days=-1), timedelta(hours=-1)]
    moved = event(replace(booking, starts_at=NINE + timedelta(hours=1), changed_at=NINE))
    assert moved["uid"] == first["uid"]
    assert moved["sequence"] > first["sequence"]
