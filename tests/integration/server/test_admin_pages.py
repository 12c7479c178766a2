"""Setting up over the wire: what a form keeps, refuses, and gives back; who may; files in and out."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook

from server.app.accounts import csrf_of
from server.net.doorkeeper import COOKIE
from shared.protocol.commands import ReportPrinter
from shared.protocol.messages import Pairing, Welcome
from shared.vocabulary import DeviceId, ErrorCode, OfficerId, PrinterFault, Program
from tests.support.people import PEOPLE, session_of
from tests.support.running_server import RunningServer, hello

BOUNDARY = "a-boundary-of-the-test"


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    content: bytes

    @property
    def page(self) -> str:
        return html.unescape(self.content.decode())

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        assert found, name
        return found[1]


class Browser:
    """One person's, without its engine."""

    def __init__(self, server: RunningServer, officer: str) -> None:
        self._server = server
        self._token = session_of(server, officer)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, b"", {})

    def post(self, path: str, fields: Mapping[str, str] | list[tuple[str, str]]) -> Answer:
        given = [("csrf", csrf_of(self._token)), *(fields.items() if isinstance(fields, Mapping) else fields)]
        return self._ask("POST", path, urlencode(given).encode(), {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path: str, content: bytes) -> Answer:
        parts = [("csrf", b"", csrf_of(self._token).encode()), ("file", b'; filename="a.xlsx"', content)]
        body = b"".join(
            b'--%s\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
            % (BOUNDARY.encode(), name.encode(), more, value)
            for name, more, value in parts
        )
        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        return self._ask("POST", path, body + f"--{BOUNDARY}--\r\n".encode(), kind)

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        connection = HTTPConnection("127.0.0.1", self._server.port, timeout=60)
        headers = {"Cookie": f"{COOKIE}={self._token}; lang=en", "Accept": "text/html", **headers}
        connection.request(method, path, body or None, headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return Answer(response.status, response.headers.get("location", ""), content)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("hall"), PEOPLE, generous=True) as running:
        yield running


@pytest.fixture
def boss(server: RunningServer) -> Iterator[Browser]:
    yield Browser(server, "boss")
    if (draft := server.store.drafts.draft()) is not None:
        server.store.drafts.discard_draft(draft.digest, "")


def a_service(browser: Browser, **given: str) -> dict[str, str]:
    """The form of the service `card`, as it is shown, with something else in it."""
    return {
        "seen": browser.get("/admin/service/edit?id=card").hidden("seen"),
        "agency": "registry",
        "name__id": "Pencetakan KTP",
        "name__en": "Printing of an identity card",
        "requirements__id": "Kartu Keluarga",
        "requirements__en": "Family card",
        "fee__id": "Gratis",
        "fee__en": "Free",
        "standard_minutes": "10",
        **given,
    }


def test_mistakes_stand_at_their_fields_and_what_was_typed_stays(boss: Browser, server: RunningServer) -> None:
    wrong = a_service(boss, standard_minutes="0", name__en="x" * 81, requirements__en="one\ntwo", hours="")
    answer = boss.post("/admin/service/edit?id=card", wrong)
    assert answer.status == 422
    assert re.search(r'id="requirements__en-wrong"|id="requirements__id-wrong"', answer.page)
    assert "Both languages need the same number of lines." in answer.page
    answer = boss.post("/admin/service/edit?id=card", wrong | {"requirements__en": "Family card"})
    for field, words in (("standard_minutes", "Must be between 1 and 480."), ("name__en", "at most 80 characters")):
        assert re.search(rf'id="{field}-wrong">[^<]*{words}', answer.page), field
    assert "x" * 81 in answer.page
    assert server.store.drafts.draft() is None


def test_a_change_is_kept_shown_and_published(boss: Browser, server: RunningServer) -> None:
    before = server.store.catalogues.newest_version()
    assert boss.post("/admin/service/edit?id=card", a_service(boss, standard_minutes="12")).status == 303
    changes = boss.get("/admin/changes")
    assert "<del>10</del>" in changes.page
    assert "<ins>12</ins>" in changes.page
    asked = {"digest": changes.hidden("digest"), "newest": changes.hidden("newest"), "note": "Slower"}
    assert boss.post("/admin/changes/publish", asked).location == "/admin?notice=published"
    assert server.store.catalogues.newest_version() == before + 1
    assert boss.post("/admin/changes/publish", asked).location.endswith("notice=moved_on"), "twice is once"
    history = boss.get(f"/admin/history/{before}")
    boss.post(f"/admin/history/{before}/revert", {"newest": history.hidden("newest"), "note": ""})
    assert server.store.drafts.versions()[0].reverts_to == before


def test_who_keeps_the_same_thing_later_sees_what_the_other_one_kept(boss: Browser, server: RunningServer) -> None:
    mine = a_service(boss, standard_minutes="44")
    boss.post("/admin/service/edit?id=card", a_service(boss, standard_minutes="33"))
    answer = boss.post("/admin/service/edit?id=card", mine)
    assert answer.status == 409
    assert "<dd>33</dd>" in answer.page
    assert 'value="44"' in answer.page
    again = mine | {"seen": answer.hidden("seen")}
    assert boss.post("/admin/service/edit?id=card", again).status == 303


def test_a_new_thing_gets_a_code_of_its_name(boss: Browser, server: RunningServer) -> None:
    new = {"name__id": "Zona Timur", "name__en": "Zone East", "walking_seconds": ""}
    assert boss.post("/admin/zone/new", new).location == "/admin/zone?notice=kept"
    draft = server.store.drafts.draft()
    assert draft is not None
    assert 'id = "zona-timur"' in draft.text
    assert boss.post("/admin/zone/new", new | {"id": "zona-timur"}).status == 422


def test_what_goes_with_an_agency_is_named_and_goes(boss: Browser, server: RunningServer) -> None:
    asked = boss.get("/admin/agency/remove?id=police")
    assert "Service:" in asked.page
    assert boss.post("/admin/agency/remove", {"id": "police", "seen": "x"}).location.endswith("moved_on")
    boss.post("/admin/agency/remove", {"id": "police", "seen": asked.hidden("seen")})
    draft = server.store.drafts.draft()
    assert draft is not None
    assert 'agency = "police"' not in draft.text


def test_a_work_profile_is_put_in_order_without_losing_anything(boss: Browser) -> None:
    shown = boss.get("/admin/counter/edit?id=counter-1")
    profile = [("profile", value) for value in re.findall(r'name="profile" value="([^"]*)"', shown.page)]
    given = [("seen", shown.hidden("seen")), ("number", "77"), *profile]
    answer = boss.post("/admin/counter/edit?id=counter-1", [*given, ("act", "profile:down:0")])
    assert answer.status == 200
    moved = re.findall(r'name="profile" value="([^"]*)"', answer.page)
    assert moved == [profile[1][1], profile[0][1], *(value for _, value in profile[2:])]
    assert 'value="77"' in answer.page
    for act in ("profile:up:99", "profile:remove:x", "nothing:up:0", "number:up:0", "profile"):
        assert boss.post("/admin/counter/edit?id=counter-1", [*given, ("act", act)]).status == 200


def test_the_head_of_an_agency_keeps_to_the_own(server: RunningServer, boss: Browser) -> None:
    head = Browser(server, "police-head")
    assert head.get("/admin/service/edit?id=card").status == 403
    assert head.post("/admin/service/edit?id=card", a_service(boss)).status == 403
    assert head.post("/admin/zone/new", {"name__id": "Z", "name__en": "Z"}).status == 403
    seen = head.get("/admin/service/edit?id=clearance").hidden("seen")
    stolen = a_service(boss, agency="registry") | {"seen": seen}
    head.post("/admin/service/edit?id=clearance", stolen)
    draft = server.store.drafts.draft()
    assert draft is not None
    assert re.search(r'id = "clearance"\nagency = "police"', draft.text), "the agency is not for the head to say"
    promoted = {"name": "Me", "role": "administrator"}
    head.post("/admin/officer/new", promoted)
    draft = server.store.drafts.draft()
    assert draft is not None
    assert draft.text.count('role = "administrator"') == 1


def test_a_spreadsheet_comes_back_without_a_difference_and_with_its_mistakes_named(
    server: RunningServer, boss: Browser
) -> None:
    out = boss.get("/admin/exchange/catalogue.xlsx").content
    assert boss.upload("/admin/exchange", out).location.endswith("notice=same")
    book = load_workbook(io.BytesIO(out))
    book["Layanan - Services"]["A2"] = "=1+1"
    changed = io.BytesIO()
    book.save(changed)
    answer = boss.upload("/admin/exchange", changed.getvalue())
    assert answer.status == 422
    assert "Layanan - Services, row 2, column A" in answer.page
    text = boss.get("/admin/exchange/catalogue.toml").content
    assert boss.upload("/admin/exchange", text.replace(b"standard_minutes = 10", b"standard_minutes = 0")).status == 422
    assert boss.upload("/admin/exchange", b"\xff\xfe\x00").status == 422
    assert boss.upload("/admin/exchange", b"").status == 422
    assert server.store.drafts.draft() is None
    assert boss.upload("/admin/exchange", text + b"\n# A remark.\n").location == "/admin/changes?notice=taken"
    assert boss.upload("/admin/exchange", text).status == 422, "unpublished changes are not replaced unasked"


def test_a_file_too_large_is_refused_before_it_is_read(boss: Browser) -> None:
    with pytest.raises((ConnectionError, AssertionError)):
        assert boss.upload("/admin/exchange", b"0" * (9 * 1024 * 1024)).status != 413


def test_secrets_are_for_those_who_are_published(server: RunningServer, boss: Browser) -> None:
    assert boss.post("/admin/officer/pin", {"id": "nobody"}).status == 404
    shown = boss.post("/admin/officer/password", {"id": "reader"})
    assert shown.status == 200
    assert server.store.accounts.must_change(OfficerId("reader"))
    entry = list(server.store.audit.entries())[-1]
    assert (entry.what, entry.actor, entry.subject) == ("password_set", "boss", "reader")


@pytest.mark.parametrize(
    "path",
    ["/admin/nothing", "/admin/service/edit?id=x", "/admin/site/remove", "/admin/history/99", "/admin/history/x"],
)
def test_what_is_not_there_is_a_page_that_says_so(boss: Browser, path: str) -> None:
    assert boss.get(path).status == 404


def test_only_officers_who_sit_at_counters_are_missed_for_their_pins(server: RunningServer, boss: Browser) -> None:
    assert "1 of 1 officers have no PIN yet" in boss.get("/admin").page
    server.set_pin("registry-01")
    assert "have no PIN yet" not in boss.get("/admin").page


def test_a_device_is_paired_by_the_code_on_its_screen_seen_and_revoked(server: RunningServer, boss: Browser) -> None:
    wrong = boss.post("/admin/devices/approve", {"code": "BCDF-2345", "name": "TV 1", "zone": "north"})
    assert "No device shows that code" in wrong.page
    assert 'value="TV 1"' in wrong.page
    wire = server.wire()
    wire.send(hello(Program.DISPLAY, "tv"))
    pairing = wire.receive()
    assert isinstance(pairing, Pairing)
    shown = boss.get("/admin/devices").page
    assert "Waiting for a code: Display" in shown
    assert pairing.code not in shown
    typed = f"{pairing.code[:4]}-{pairing.code[4:]}".lower()
    nowhere = boss.post("/admin/devices/approve", {"code": typed, "name": "TV 1", "zone": ""})
    assert nowhere.status == 422
    assert "A display needs a zone" in nowhere.page
    assert boss.post("/admin/devices/approve", {"code": typed, "name": "TV 1", "zone": "north"}).status == 303
    device = wire.wait_for(Welcome).device
    assert server.store.sightings.sightings()[DeviceId(device)].release
    assert ">connected<" in boss.get("/admin/devices").page
    boss.post("/admin/devices/revoke", {"id": device})
    assert wire.refused()[0].code is ErrorCode.REVOKED
    entries = [entry for entry in server.store.audit.entries() if entry.what in ("device_approved", "device_revoked")]
    assert [entry.actor for entry in entries] == ["boss", "boss"]


def test_the_list_of_devices_says_how_paper_and_printer_are(server: RunningServer, boss: Browser) -> None:
    kiosk = server.program(Program.KIOSK, "kiosk-door")
    assert "has paper" in boss.get("/admin/devices").page
    kiosk.ask(ReportPrinter(fault=PrinterFault.PAPER_OUT, paper_low=False))
    assert "out of paper" in boss.get("/admin/devices").page
