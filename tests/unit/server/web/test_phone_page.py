"""The phone page without a server behind it: what it says, what it refuses to tell, how small it is."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from server.web.phone import routes
from server.web.phone.routes import VisitorsOwn, phone_routes
from server.web.phone.words import WORDS
from shared.protocol.commands import CancelOwnVisit, ComeBack, GiveWay
from shared.protocol.messages import Reply
from shared.protocol.replies import Done, Refusal
from shared.protocol.values import Minutes, Stop
from shared.protocol.views import Table, VisitItem
from shared.vocabulary import CallReason, ErrorCode, Language, LegState, Words

KEY = "abcdefghijklmnopqrstuv"
VISIT = VisitItem(
    ticket="A-042",
    service=Words("Perekaman <KTP>", "Identity card"),
    agency=Words("Dinas Dukcapil", "Civil registration"),
    requirements=(Words("Kartu keluarga", "Family card"),),
    state=LegState.WAITING,
    language=Language.INDONESIAN,
    issued_at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
    ahead=5,
    minutes=Minutes(10, 15, 25),
)


class FakeHall:
    def __init__(self, visit: VisitItem = VISIT) -> None:
        self.visit = visit
        self.asked: list[tuple[str, VisitorsOwn]] = []
        self.refusal: Refusal | None = None
        self.misses_left = 1000

    def may_miss(self, address: str) -> bool:
        self.misses_left -= 1
        return self.misses_left >= 0

    def site_name(self) -> Words:
        return Words("MPP Contoh", "Sample hall")

    async def view(self, stream: str) -> Table | None:
        return {"visit": self.visit} if stream == f"visit:{KEY}" else None

    def zone(self) -> ZoneInfo:
        return ZoneInfo("Asia/Makassar")

    async def ask(self, request: str, command: VisitorsOwn) -> Reply:
        self.asked.append((request, command))
        if self.refusal is not None:
            return Reply(id=request, refusal=self.refusal)
        return Reply(id=request, result=Done())

    async def follow(self, socket: WebSocket, key: str) -> None:
        await socket.accept()
        await socket.send_text(f"visit:{key}")
        await socket.close()


def a_phone(hall: FakeHall) -> TestClient:
    app = Starlette(routes=list(phone_routes(hall)))
    return TestClient(app, follow_redirects=False)


def test_it_shows_the_number_the_people_ahead_and_the_minutes_without_any_script() -> None:
    page = a_phone(FakeHall()).get(f"/v/{KEY}").text
    waits = ("10–15 menit", "Jarang di atas 25 menit")
    for words in ("A-042", "Menunggu dipanggil", *waits, "Kartu keluarga", "MPP Contoh"):
        assert words in page
    assert "Perekaman &lt;KTP&gt;" in page


def test_it_speaks_the_visitors_language_and_the_other_on_request() -> None:
    phone = a_phone(FakeHall(msgspec.structs.replace(VISIT, language=Language.ENGLISH)))
    english = phone.get(f"/v/{KEY}").text
    assert "10–15 minutes" in english
    assert "Rarely over 25 minutes" in english
    assert "10–15 menit" in phone.get(f"/v/{KEY}?lang=id").text


def test_it_names_no_bound_that_says_nothing_new() -> None:
    for minutes in (Minutes(10, 15), Minutes(10, 15, 15), None):
        page = a_phone(FakeHall(msgspec.structs.replace(VISIT, minutes=minutes))).get(f"/v/{KEY}").text
        assert '<dd id="rarely-over" class="beneath"></dd>' in page


def test_it_sends_a_called_visitor_to_the_counter() -> None:
    called = msgspec.structs.replace(
        VISIT, state=LegState.CALLED, counter="3", zone=Words("Zona A", "Zone A"), ahead=0, minutes=None
    )
    page = a_phone(FakeHall(called)).get(f"/v/{KEY}").text
    assert "Giliran Anda!" in page
    assert re.search(r'<b id="counter">3</b>', page)
    assert '<details id="cancel" hidden>' in page


@pytest.mark.parametrize("key", ["x" * 22, "short", "A-042", "..%2f..", "%00" * 22])
def test_a_wrong_key_gets_the_same_friendly_answer_whatever_it_is(key: str) -> None:
    phone = a_phone(FakeHall())
    answer = phone.get(f"/v/{key}")
    assert answer.status_code == 404
    assert answer.text == phone.get("/v/" + "y" * 22).text
    assert "Nomor tidak ditemukan" in answer.text


def test_the_whole_page_is_small_enough_for_an_old_phone() -> None:
    phone = a_phone(FakeHall())
    whole = len(phone.get(f"/v/{KEY}").content)
    whole += sum(len(phone.get(f"/static/phone/{name}").content) for name in ("phone.css", "phone.js"))
    assert whole < 30_000


def test_the_address_is_a_secret_that_no_other_site_and_no_cache_learns() -> None:
    headers = a_phone(FakeHall()).get(f"/v/{KEY}").headers
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_cancelling_asks_once_however_often_the_form_is_sent() -> None:
    hall = FakeHall()
    phone = a_phone(hall)
    request = re.search(r'name="request" value="([^"]+)"', phone.get(f"/v/{KEY}").text)
    assert request
    for _ in range(2):
        answer = phone.post(f"/v/{KEY}/cancel", data={"request": request[1]})
        assert answer.status_code == 303
    assert hall.asked == [(request[1], CancelOwnVisit(key=KEY))] * 2


def test_a_number_in_hand_is_not_cancelled_and_the_page_says_why() -> None:
    hall = FakeHall()
    hall.refusal = Refusal(ErrorCode.VISIT_IN_HAND)
    phone = a_phone(hall)
    answer = phone.post(f"/v/{KEY}/cancel", data={})
    assert "tidak dapat dibatalkan dari ponsel" in phone.get(answer.headers["location"]).text


def test_an_oversized_form_is_not_read() -> None:
    hall = FakeHall()
    a_phone(hall).post(f"/v/{KEY}/cancel", data={"request": "x" * 5000})
    assert len(hall.asked[0][0]) < 64


def test_the_live_stream_is_the_visits_own() -> None:
    with a_phone(FakeHall()).websocket_connect(f"/v/{KEY}/live") as socket:
        assert socket.receive_text() == f"visit:{KEY}"


def test_every_word_of_the_templates_exists() -> None:
    templates = Path(routes.__file__).parent / "templates"
    used = {name for file in templates.glob("*.html") for name in re.findall(r"words\.(\w+)", file.read_text())}
    assert used <= WORDS.keys()


def test_every_state_has_a_sentence() -> None:
    assert {state.value for state in LegState} <= WORDS.keys()


def test_f25_whoever_guesses_is_stopped_and_whoever_shares_their_address_is_not() -> None:
    hall = FakeHall()
    hall.misses_left = 2
    phone = a_phone(hall)
    guesses = [phone.get(f"/v/{'x' * 21}{at}").status_code for at in range(4)]
    assert guesses == [404, 404, 429, 429]
    assert phone.get(f"/v/{KEY}").status_code == 200


def test_a_missed_visitor_comes_back_with_one_tap() -> None:
    hall = FakeHall(msgspec.structs.replace(VISIT, state=LegState.MISSED, ahead=0, minutes=None, may_come_back=True))
    phone = a_phone(hall)
    page = phone.get(f"/v/{KEY}").text
    assert "Anda dapat kembali ke antrean" in page
    assert re.search(r'id="come-back"[^>]*(?<!hidden)>', page)
    assert phone.post(f"/v/{KEY}/come-back", data={}).status_code == 303
    assert [command for _, command in hall.asked] == [ComeBack(key=KEY)]


def test_who_may_not_come_back_any_more_is_sent_to_an_officer() -> None:
    hall = FakeHall(msgspec.structs.replace(VISIT, state=LegState.MISSED, ahead=0, minutes=None))
    assert re.search(r'id="come-back"[^>]* hidden>', a_phone(hall).get(f"/v/{KEY}").text)
    hall.refusal = Refusal(ErrorCode.USED_UP, {"allowed": 1})
    phone = a_phone(hall)
    answer = phone.post(f"/v/{KEY}/come-back", data={})
    assert "Kesempatan kembali sudah dipakai" in phone.get(answer.headers["location"]).text


def test_a_waiting_visitor_lets_others_go_first_and_knows_how_many() -> None:
    hall = FakeHall(msgspec.structs.replace(VISIT, may_give_way=3))
    phone = a_phone(hall)
    assert "3 orang berikutnya dipanggil lebih dulu" in phone.get(f"/v/{KEY}").text
    phone.post(f"/v/{KEY}/give-way", data={})
    assert [command for _, command in hall.asked] == [GiveWay(key=KEY)]


def test_it_says_who_was_called_before_their_turn_and_why() -> None:
    at = datetime(2026, 11, 23, 1, 14, tzinfo=UTC)
    early = msgspec.structs.replace(
        VISIT, called_early=1, called_early_at=at, called_early_reason=CallReason.PAPERS_BROUGHT
    )
    phone = a_phone(FakeHall(early))
    text = phone.get(f"/v/{KEY}?lang=en").text
    assert "One number was called before its turn at 09:14: came back with the papers." in text
    assert "Satu nomor dipanggil sebelum gilirannya pukul 09.14: kembali dengan berkas" in phone.get(f"/v/{KEY}").text


def test_it_says_how_many_priority_tickets_were_placed_before_and_when() -> None:
    before = msgspec.structs.replace(VISIT, put_before=2, put_before_at=datetime(2026, 11, 23, 1, 14, tzinfo=UTC))
    phone = a_phone(FakeHall(before))
    assert "2 priority tickets were placed before you, the last at 09:14" in phone.get(f"/v/{KEY}?lang=en").text
    assert "2 nomor prioritas ditempatkan di depan Anda, terakhir pukul 09.14" in phone.get(f"/v/{KEY}").text


def test_it_says_who_had_booked_and_was_placed_before() -> None:
    before = msgspec.structs.replace(VISIT, booked_before=1, booked_before_at=datetime(2026, 11, 23, 1, 14, tzinfo=UTC))
    phone = a_phone(FakeHall(before))
    said = "One visitor who had booked a time was placed before you at 09:14."
    assert f'<p class="hint" id="booked-before">{said}</p>' in phone.get(f"/v/{KEY}?lang=en").text
    assert (
        "Satu pengunjung yang sudah memesan waktu ditempatkan di depan Anda pukul 09.14." in phone.get(f"/v/{KEY}").text
    )
    assert '<p class="hint" id="booked-before" hidden></p>' in a_phone(FakeHall()).get(f"/v/{KEY}").text


def test_no_words_of_an_address_reach_the_page() -> None:
    page = a_phone(FakeHall()).get(f"/v/{KEY}?notice=<script>").text
    assert "<script>" not in page.replace("<script src", "").replace('<script type="application/json"', "")


def test_a_number_with_several_services_lists_its_path() -> None:
    def stop(name: str, state: LegState, **more: object) -> Stop:
        zones = (Words("Zona A", "Zone A"),)
        return Stop(service=name, name=Words(name, name), agency=Words("", ""), zones=zones, state=state, **more)  # type: ignore[arg-type]

    stops = (
        stop("<KTP>", LegState.SERVED),
        stop("Paspor", LegState.WAITING, ahead=3, minutes=Minutes(10, 20)),
        stop("Pajak", LegState.BOOKED),
    )
    page = a_phone(FakeHall(msgspec.structs.replace(VISIT, stops=stops))).get(f"/v/{KEY}").text
    listed = re.findall(r'<li data-state="(\w+)"><strong>(.*?)</strong> <span>(.*?)</span></li>', page)
    assert listed == [
        ("served", "&lt;KTP&gt;", "Selesai"),
        ("waiting", "Paspor", "Zona A · 3 di depan · 10–20 menit"),
        ("booked", "Pajak", "Setelah layanan sebelumnya"),
    ]
    assert '<section id="path" hidden>' in a_phone(FakeHall()).get(f"/v/{KEY}").text
