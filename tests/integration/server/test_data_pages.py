"""Keys, clocks and one person's data on the administrator's pages, over the wire and on both sides of the database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from server.app.accounts import csrf_of
from server.domain.booking import Person
from server.net.doorkeeper import COOKIE
from shared.protocol import commands as c
from shared.protocol.replies import Issued
from shared.vocabulary import Language, Need, Priority, Program
from tests.integration.db.test_bookings import a_booking, commit
from tests.support.kept import everything_kept
from tests.support.people import PEOPLE, session_of
from tests.support.running_server import RunningServer
from tests.support.waiting import wait_until


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("hall"), PEOPLE, generous=True) as running:
        yield running


class Boss:
    """An administrator with a browser that knows no script."""

    def __init__(self, server: RunningServer) -> None:
        self._port = server.port
        self._token = session_of(server, "boss")

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path)

    def send(self, path: str, **fields: str) -> tuple[int, str]:
        return self._ask("POST", path, urlencode({"csrf": csrf_of(self._token), **fields}))

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        headers = {"Cookie": f"{COOKIE}={self._token}; lang=en"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, unescape(answer.read().decode())


def test_a_key_is_shown_once_works_and_works_no_more_once_it_is_revoked(server: RunningServer) -> None:
    boss = Boss(server)
    status, page = boss.send("/admin/keys", name="Regency <web>", role="supervisor", days="30")
    assert status == 200
    (token,) = re.findall(r"lk_[0-9a-f]{10}_[A-Za-z0-9_-]{43}", page)
    assert _reads(server, token) == 200
    _, page = boss.get("/admin/keys")
    assert token not in page
    assert "Regency <web>" in page
    assert boss.send("/admin/keys/revoke", id=token.split("_")[1])[0] == 303
    wait_until(lambda: _reads(server, token) == 401, every=0.5)
    assert "revoked" in boss.get("/admin/keys")[1]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "", "role": "auditor"}, "Say what the key is for"),
        ({"name": "x", "role": "officer"}, "needs officer and counter"),
        ({"name": "x", "role": "boss"}, "needs officer and counter"),
        ({"name": "x", "role": "auditor", "days": "9999"}, "1 to 3650"),
    ],
)
def test_a_key_that_cannot_be_is_refused_beside_its_field(
    server: RunningServer, fields: dict[str, str], said: str
) -> None:
    status, page = Boss(server).send("/admin/keys", **fields)
    assert status == 422
    assert said in page


def test_the_clocks_of_all_data_are_shown(server: RunningServer) -> None:
    status, page = Boss(server).get("/admin/data")
    assert status == 200
    assert page.count('<th scope="row">') == 8
    assert "until its day is over" in page
    assert "10 years" in page


def test_a_persons_visit_is_shown_and_its_needs_are_erased_when_the_day_is_over(server: RunningServer) -> None:
    command = c.IssueTicket(
        service="card", language=Language.ENGLISH, priority=Priority.PRIORITY, needs=(Need.WHEELCHAIR,)
    )
    issued = server.program(Program.KIOSK, "kiosk").ask(command).result
    assert isinstance(issued, Issued)
    boss = Boss(server)
    _, page = boss.send("/admin/data/person", who=issued.url)
    kept = json.loads(page[page.index("{", page.index("<pre")) : page.index("</pre>")])
    assert kept["visits"][0]["needs"] == ["wheelchair"]
    assert "go by themselves tonight" in boss.send("/admin/data/erase", who=issued.key)[1]
    trace = server.store.persons.of_key(issued.key, "")  # type: ignore[arg-type]
    tomorrow = trace.stays[0].service_date + timedelta(days=1)
    assert server.store.persons.erase(trace, tomorrow, "boss").visits == 1
    assert server.store.persons.of_key(issued.key, "").stays[0].visit.needs == ()  # type: ignore[arg-type]


def test_a_booking_is_found_by_its_phone_number_however_it_is_written_and_emptied(server: RunningServer) -> None:
    commit(server.store, a_booking(7, person=Person("Orang ketujuh", "+6281200000007")))
    boss, who = Boss(server), "0812-0000 0007"
    _, page = boss.send("/admin/data/person", who=who)
    assert "Orang ketujuh" in page
    assert "Erased: 1 bookings" in boss.send("/admin/data/erase", who=who)[1]
    assert boss.send("/admin/data/person", who=who)[0] == 422
    kept = everything_kept(server.url)
    assert not [table for table, rows in kept.items() if "ketujuh" in str(rows) or "1200000007" in str(rows)]


@pytest.mark.parametrize(
    ("who", "said"), [("0812 3456 7890", "Nothing is kept"), ("hello", "neither a phone number nor a key")]
)
def test_a_stranger_leaves_no_trace(server: RunningServer, who: str, said: str) -> None:
    status, page = Boss(server).send("/admin/data/person", who=who)
    assert status == 422
    assert said in page


def _reads(server: RunningServer, token: str) -> int:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", "/api/v1/visits", headers={"Authorization": f"Bearer {token}"})
    return connection.getresponse().status
