"""Pages for people who signed in, over the wire: every row of the table, every role, every form."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

import pytest
from structlog.testing import capture_logs

from server.app.accounts import Accounts, csrf_of
from server.app.permissions import MAY_USE, SIGNED_IN
from server.app.ports import StorageError
from server.db.bookings import Bookings
from server.domain.errors import RefusedError
from server.net.doorkeeper import COOKIE, safe_target
from shared.vocabulary import ErrorCode, Role
from tests.support.people import BY_ROLE, PASSWORD, PEOPLE, give_password, session_of
from tests.support.running_server import RunningServer

FOR_STAFF = sorted((address, row) for address, row in MAY_USE.items() if isinstance(row, frozenset))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("hall"), PEOPLE, generous=True) as running:
        yield running


def asked(server: RunningServer, method: str, path: str, cookie: str = "", **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    sent = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    body = None
    if method == "POST":
        body = urlencode({"csrf": headers.pop("csrf", "")})
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body, sent | headers)
    response = connection.getresponse()
    response.read()
    return response


def example(path: str) -> str:
    """An address of that kind: what stands in braces is replaced."""
    return "/".join("x" if part.startswith("{") else part for part in path.split("/"))


@pytest.mark.parametrize(("address", "roles"), FOR_STAFF, ids=["_".join(address) for address, _ in FOR_STAFF])
def test_a_page_for_staff_lets_in_its_roles_and_nobody_else(
    server: RunningServer, address: tuple[str, str], roles: frozenset[Role]
) -> None:
    method, path = address[0], example(address[1])
    stranger = asked(server, method, path)
    if method == "GET":
        assert (stranger.status, stranger.headers["location"].split("?")[0]) == (303, "/sign-in")
    else:
        assert stranger.status == 401
    for role in sorted(SIGNED_IN - roles):
        assert asked(server, method, path, session_of(server, BY_ROLE[role])).status == 403
    if method != "GET":
        for role in sorted(roles):
            assert asked(server, method, path, session_of(server, BY_ROLE[role])).status == 403  # without its form


def test_a_page_says_so_when_the_database_is_gone(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = session_of(server, "head")

    def gone(*_: object) -> None:
        raise StorageError("the disk reports an error")

    monkeypatch.setattr(Accounts, "who", gone)
    assert asked(server, "GET", "/floor", cookie, Accept="text/html").status == 503


def test_a_log_of_what_failed_names_no_visitors_key(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise StorageError("the disk reports an error")

    monkeypatch.setattr(Bookings, "by_key", gone)
    key = "tQf2wYc0mJx5bN8sKd1LzA"
    with capture_logs() as logged:
        for path in (f"/v/{key}", f"/b/{key}/state", f"/b/{key}/booking.pdf"):
            assert asked(server, "GET", path).status == 503
    assert [one["page"] for one in logged if one["event"] == "storage_failed"] == [
        "/v/{key}",
        "/b/{key}/state",
        "/b/{key}/booking.pdf",
    ]
    assert key not in str(logged)


def test_a_cookie_that_was_made_up_opens_nothing(server: RunningServer) -> None:
    for cookie in ("", "x", "x" * 5_000, "%00", "'; drop table page_sessions; --"):
        assert asked(server, "GET", "/account", cookie).status == 303


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "https://evil.example", "", "/a\nb"])
def test_who_signs_in_is_taken_to_an_address_of_ours_only(target: str) -> None:
    assert safe_target(target) == "/"
    assert safe_target("/floor?x=1") == "/floor?x=1"


def test_every_role_that_signs_in_is_somebody_of_the_tests() -> None:
    assert set(BY_ROLE) == SIGNED_IN


def test_a_page_says_what_a_browser_may_load_and_is_not_kept(server: RunningServer) -> None:
    page = asked(server, "GET", "/account", session_of(server, "head"))
    assert page.status == 200
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "path",
    [
        "/ikm/report/answers.xlsx?from=2026-01%0d%0aSet-Cookie:x&to=2026-12",
        "/ikm/report/answers.xlsx?from=%E2%82%AC&to=2026-12",
        "/ikm/report/answers.xlsx?from=2026-01%22&to=2026-12",
        "/ikm/report/answers.xlsx?from=0001-01&to=9999-12",
        "/ikm/report/sheet.pdf?from=2026-01%0d%0a&to=2026-12",
        "/audit/ticket?ticket=A-001&date=0001-01-01",
        "/audit/ticket?ticket=A-001&date=9999-12-31",
        "/audit?since=0001-01-01",
        "/audit?until=9999-12-31",
        "/reports?period=own&first=0001-01-01&last=9999-12-31",
    ],
)
def test_an_address_that_nobody_would_type_is_answered_like_any_other(server: RunningServer, path: str) -> None:
    assert asked(server, "GET", path, session_of(server, "boss")).status in (200, 303, 404, 422)


def test_the_way_to_the_other_language_stays_on_this_server(server: RunningServer) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", "//evil.example/x", headers={"Accept": "text/html"})
    page = connection.getresponse().read().decode()
    assert 'href="?lang=en"' in page
    assert "evil.example" not in page


def test_who_tries_one_name_after_the_other_is_stopped_before_it_costs_a_hash(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []

    def wrong(_: Accounts, officer: object, *__: object) -> str:
        tried.append(officer)
        raise RefusedError(ErrorCode.WRONG_PIN)

    monkeypatch.setattr(Accounts, "sign_in", wrong)
    with RunningServer(tmp_path_factory.mktemp("hall"), PEOPLE) as hall:
        connection = HTTPConnection("127.0.0.1", hall.port, timeout=60)
        said = []
        for number in range(40):
            form = urlencode({"officer": f"nobody-{number}", "password": "x" * 12})
            connection.request("POST", "/sign-in", form, {"Content-Type": "application/x-www-form-urlencoded"})
            answer = connection.getresponse()
            answer.read()
            said.append(answer.status)
    assert said[:30] == [422] * 30
    assert said[-1] == 429
    assert len(tried) < 40


def posted(server: RunningServer, path: str, cookie: str, **fields: str) -> HTTPResponse:
    """The own form, as its page shows it."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Cookie": f"{COOKIE}={cookie}; lang=en", "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, urlencode({"csrf": csrf_of(cookie), **fields}), headers)
    response = connection.getresponse()
    response.read()
    return response


def is_in(server: RunningServer, cookie: str) -> bool:
    return asked(server, "GET", "/account", cookie).status == 200


def test_the_own_password_is_changed_with_the_old_one_and_ends_every_session(server: RunningServer) -> None:
    give_password(server, "reader")
    new = "angin laut di malam hari"
    here, elsewhere = session_of(server, "reader"), session_of(server, "reader")
    for wrong in (
        {"old": "not the old one", "new": new, "again": new},
        {"old": PASSWORD, "new": "short", "again": "short"},
        {"old": PASSWORD, "new": "reader reader reader", "again": "reader reader reader"},
        {"old": PASSWORD, "new": PASSWORD, "again": PASSWORD},
        {"old": PASSWORD, "new": new, "again": new + "x"},
    ):
        assert posted(server, "/account/password", here, **wrong).status == 422, wrong
    assert is_in(server, elsewhere)
    changed = posted(server, "/account/password", here, old=PASSWORD, new=new, again=new)
    assert (changed.status, changed.headers["location"]) == (303, "/sign-in?notice=changed")
    assert "Max-Age=0" in changed.headers["set-cookie"]
    assert not is_in(server, here)
    assert not is_in(server, elsewhere)


def test_somebody_signs_out_everywhere_else_and_then_here(server: RunningServer) -> None:
    here, elsewhere, another = (session_of(server, "reader") for _ in range(3))
    assert posted(server, "/account/end-others", here).headers["location"].startswith("/account?ended=")
    assert [is_in(server, one) for one in (here, elsewhere, another)] == [True, False, False]
    assert posted(server, "/sign-out", here).status == 303
    assert not is_in(server, here), "the cookie that a browser kept is worth nothing"
