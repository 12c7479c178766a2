"""Another system that uses the API over HTTP, with a key of its own."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.app.api.keys import Wanted, make_key
from server.bootstrap import catalogues_of, now
from server.db import Store
from shared.vocabulary import AgencyId, CounterId, OfficerId, Role
from tests.support.running_server import RunningServer
from tests.support.waiting import PATIENCE

ROOT = "/api/v1"


@dataclass(frozen=True)
class Answered:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def ok(self) -> bool:
        assert self.status < 400, self.text
        return True

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        """Why it was refused."""
        assert self.headers["content-type"] == "application/problem+json", self.text
        problem = self.json
        assert problem["status"] == self.status
        code: str = problem["code"]
        return code


@dataclass
class OtherSystem:
    port: int
    token: str = ""

    def get(self, path: str, **headers: str) -> Answered:
        return self.asks("GET", path, None, headers)

    def post(self, path: str, body: object = None, request: str = "") -> Answered:
        return self.asks("POST", path, body, {"idempotency-key": request} if request else {})

    def asks(self, method: str, path: str, body: object, headers: Mapping[str, str]) -> Answered:
        sent = None if body is None else json.dumps(body)
        typed = {} if sent is None else {"content-type": "application/json"}
        known = {"authorization": f"Bearer {self.token}"} if self.token else {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, f"{ROOT}{path}", sent, {**typed, **known, **headers})
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answered(answer.status, told, answer.read().decode())
        finally:
            connection.close()


def a_key(
    store: Store, role: Role, agency: str | None = None, counter: str | None = None, officer: str | None = None
) -> str:
    wanted = Wanted(
        f"Test {role.value}",
        role,
        None if agency is None else AgencyId(agency),
        None if officer is None else OfficerId(officer),
        None if counter is None else CounterId(counter),
    )
    catalogue = catalogues_of(store.catalogues, always=True).read(now())
    return make_key(store.api_keys, wanted, catalogue, now(), "test")[1]


def with_key(
    server: RunningServer,
    role: Role,
    agency: str | None = None,
    counter: str | None = None,
    officer: str | None = None,
) -> OtherSystem:
    return OtherSystem(server.port, a_key(server.store, role, agency, counter, officer))
