"""Live parts end with the session that they were begun with, and one person has a bounded number of them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from starlette.requests import Request

from server.app.accounts import Staff
from server.app.jobs import Followed
from server.web.house import live
from server.web.house.house import House
from shared.protocol.views import Table
from shared.vocabulary import AgencyId, OfficerId, Role
from tests.support.waiting import PATIENCE

HEAD = Staff(OfficerId("head"), "Kepala", Role.AGENCY_HEAD, AgencyId("police"), "csrf")


class BusyHall:
    """A house, a doorkeeper and a writer: something happens in the hall all the time."""

    def __init__(self) -> None:
        self.knows: Staff | None = HEAD
        self.followed: Counter[OfficerId] = Counter()
        self.doorkeeper = self
        self.gate = SimpleNamespace(writer=self)
        self.outbox: Any = None
        self.rendered = 0

    async def who(self, _: object) -> Staff | None:
        return self.knows

    def put(self, job: Followed) -> bool:
        self.outbox = job.session.outbox
        self.outbox.changed.set()
        return True

    def insist(self, _: object) -> None:
        pass

    def render(self, _: Table) -> Mapping[str, str]:
        self.rendered += 1
        self.outbox.changed.set()
        return {"figures": f"<p id=figures>{self.rendered}</p>"}


def told(hall: BusyHall) -> list[dict[str, Any]]:
    """Everything that a browser is sent until the stream ends by itself."""
    sent: list[dict[str, Any]] = []

    async def follow() -> None:
        async def receive() -> dict[str, Any]:
            await asyncio.Event().wait()
            return {}

        async def send(message: Any) -> None:
            sent.append(message)

        stream = live.Live(cast(House, hall), Request({"type": "http"}), HEAD, "floor:police", hall.render)
        await asyncio.wait_for(stream({}, receive, send), PATIENCE)

    asyncio.run(follow())
    return sent


@pytest.mark.parametrize(
    "now",
    [None, replace(HEAD, role=Role.OFFICER), replace(HEAD, agency=AgencyId("registry"))],
    ids=["signed out", "another role", "another agency"],
)
def test_a_live_part_ends_with_what_its_session_may_see_also_in_a_busy_hall(
    now: Staff | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "STILL_HERE", 0.01)
    monkeypatch.setattr(live, "AT_MOST_EVERY", 0.001)
    hall = BusyHall()
    hall.knows = now
    sent = told(hall)
    assert hall.rendered > 0
    assert any(message.get("body", b"").startswith(b"event: over") for message in sent)
    assert hall.followed[HEAD.id] == 0


def test_nobody_follows_more_than_a_few_live_parts_at_once() -> None:
    hall = BusyHall()
    hall.followed[HEAD.id] = live.OF_ONE_PERSON
    assert told(hall)[0]["status"] == 429
    assert hall.rendered == 0
    assert hall.followed[HEAD.id] == live.OF_ONE_PERSON
