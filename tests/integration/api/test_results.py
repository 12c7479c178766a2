"""Results by another system: what the pages of reports, index, forecasts and setting up show, and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from server.app.survey_ports import About
from server.app.surveys import Surveys
from server.domain.satisfaction import ELEMENTS
from server.web.ikm.reading import publish
from shared.vocabulary import AgencyId, Channel, CounterId, Language, Role, ServiceId, VisitId
from tests.support.other_system import OtherSystem, with_key
from tests.support.running_server import RunningServer
from tests.support.small_catalogue import SMALL, read

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # a Monday, nine in the hall
TODAY, MONTH = date(2026, 11, 23), "2026-11"
REGISTRY = About(MONTH, AgencyId("registry"), ServiceId("card"), CounterId("counter-1"), Channel.PHONE)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("results"), SMALL, generous=True, clock=lambda: MORNING) as running:
        kiosk = with_key(running, Role.KIOSK)
        officer = with_key(running, Role.OFFICER, counter="counter-1", officer="registry-01")
        assert officer.post("/counters/counter-1/sign-in", {}).ok
        assert officer.post("/counters/counter-1/open").ok
        for service in ("card", "birth", "clearance"):
            assert kiosk.post("/visits", {"service": service, "language": "id"}).ok
        assert officer.post("/counters/counter-1/call-next", {}).ok
        surveys = running.store.surveys
        for number in range(12):
            visit = VisitId(f"v_{number}")
            assert surveys.keep_answer(visit, TODAY, REGISTRY, dict.fromkeys(ELEMENTS, 3))
            assert surveys.keep_rating(visit, TODAY, REGISTRY, 4)
        assert surveys.keep_text(VisitId("v_1"), TODAY, REGISTRY, Language.INDONESIAN, "Kursi ditambah")
        yield running


@pytest.fixture(scope="module")
def auditor(server: RunningServer) -> OtherSystem:
    return with_key(server, Role.AUDITOR)


@pytest.fixture(scope="module")
def police(server: RunningServer) -> OtherSystem:
    return with_key(server, Role.AGENCY_HEAD, agency="police")


def test_a_report_is_the_pages_figures_of_what_a_key_may_see(auditor: OtherSystem, police: OtherSystem) -> None:
    whole = auditor.get("/report?period=today").json
    assert (whole["of"], whole["visits"], whole["first"]) == ("site", 3, TODAY.isoformat())
    (visits,) = [one for one in whole["cards"] if one["key"] == "visits"]
    assert visits["value"] == 3
    for section in whole["sections"]:
        assert {len(row) for row in section["rows"]} == {len(section["columns"])}
    assert auditor.get("/report?period=today&of=service:card").json["visits"] == 1
    theirs = police.get("/report?period=today").json
    assert (theirs["of"], theirs["visits"]) == ("agency:police", 1)
    assert police.get("/report?period=today&of=service:card").code == "forbidden"
    assert police.get("/report?period=today&of=zone:north").code == "forbidden"
    assert auditor.get("/report?of=service:none").code == "unknown_stream"
    backwards = auditor.get("/report?period=own&first=2026-11-20&last=2026-11-01")
    assert (backwards.code, backwards.json["facts"]) == ("malformed", {"why": "dates"})


def test_the_index_is_of_a_period_and_of_what_a_key_may_see(
    server: RunningServer, auditor: OtherSystem, police: OtherSystem
) -> None:
    found = auditor.get("/index").json
    sheets = {(one["kind"], one["id"]): one for one in found["report"]["sheets"]}
    assert sheets["site", ""]["index"]["exact"] == sheets["service", "card"]["index"]["exact"] == "75.00"
    assert [one["text"] for one in found["suggestions"]] == ["Kursi ditambah"]
    assert {"kind": "counter", "id": "counter-1", "counts": [0, 0, 0, 12]} in found["ratings"]
    theirs = police.get("/index").json
    assert {one["agency"] for one in theirs["report"]["sheets"]} == {"police"}
    assert (theirs["ratings"], theirs["suggestions"]) == ([], [])
    assert auditor.get("/index?agency=police").json["report"]["sheets"] == theirs["report"]["sheets"]
    assert police.get("/index?agency=registry").code == "forbidden"
    assert auditor.get("/index?first=2026-12&last=2026-11").code == "malformed"


def test_what_was_published_is_for_everybody_newest_first(server: RunningServer, auditor: OtherSystem) -> None:
    anybody = OtherSystem(server.port)
    assert anybody.get("/public/index").json == {"items": [], "next": None}
    surveys = Surveys(server.store.surveys, lambda: read(SMALL), lambda: MORNING)
    for month in ("2026-10", MONTH):
        publish(surveys, month, month, "head")
    first = anybody.get("/public/index").json
    assert [one["report"]["first"] for one in first["items"]] == [MONTH]
    rest = anybody.get(f"/public/index?before={first['next']}").json
    assert ([one["report"]["first"] for one in rest["items"]], rest["next"]) == (["2026-10"], None)
    assert not [one for one in first["items"][0]["report"]["sheets"] if one["kind"] == "counter"], "one officer's"


def test_forecasts_are_scored_by_day_and_service(auditor: OtherSystem, police: OtherSystem) -> None:
    (score,) = auditor.get("/forecasts").json["items"]
    assert (score["service"], score["waits"], score["service_date"]) == ("card", 1, TODAY.isoformat())
    assert police.get("/forecasts").json["items"] == []
    assert police.get("/forecasts?agency=registry").code == "forbidden"
    assert auditor.get("/forecasts?first=2026-01-01&last=2026-11-23").json["facts"]["days"] == 92


def test_the_catalogue_is_for_who_sets_up_and_its_versions_for_auditors(
    server: RunningServer, auditor: OtherSystem
) -> None:
    (version,) = auditor.get("/catalogue/versions").json["items"]
    assert version["number"] == 1
    assert auditor.get("/catalogue").code == "forbidden"
    newest = with_key(server, Role.ADMINISTRATOR).get("/catalogue").json
    assert newest == {"number": 1, "toml": SMALL}
