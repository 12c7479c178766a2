"""The API does what its description says: schemathesis makes requests out of the document, good ones and bad ones, and
holds every answer against it. The same ones each time, and few: the plain suite has minutes, not hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from server.app.permissions import MAY_USE, Bearer
from server.net.api.openapi import document
from server.net.api.operations import ROOT, Nothing, Operation
from server.net.api.table import EVENTS, operations
from shared.vocabulary import ErrorCode, Role
from tests.support.api_table import NOTHING_READ
from tests.support.other_system import OtherSystem, with_key
from tests.support.running_server import RunningServer
from tests.support.small_catalogue import SMALL

_numbers = count(1)

TABLE = [one for one in operations(NOTHING_READ) if one is not EVENTS]  # has no end
FEW, MANY = 2, 16  # requests of each kind for each operation: in the plain suite, and with the faults
COUNTER, OFFICER = "counter-1", "registry-01"
ROLES = (Role.OFFICER, Role.KIOSK, Role.AUDITOR, Role.SUPERVISOR, Role.ADMINISTRATOR)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("described"), SMALL, generous=True) as running:
        yield running


@pytest.fixture(scope="module")
def keys(server: RunningServer) -> Mapping[Role, OtherSystem]:
    seated = {Role.OFFICER: {"counter": COUNTER, "officer": OFFICER}}
    systems = {role: with_key(server, role, **seated.get(role, {})) for role in ROLES}
    systems[Role.OFFICER].post(f"/counters/{COUNTER}/sign-in", {})
    systems[Role.OFFICER].post(f"/counters/{COUNTER}/open")
    return systems


@pytest.fixture(scope="module")
def there(keys: Mapping[Role, OtherSystem]) -> Mapping[str, str]:
    """What there is, for addresses that would otherwise never name anything."""
    issued = keys[Role.KIOSK].post("/visits", {"service": "birth", "language": "id"}).json
    boss, text = keys[Role.SUPERVISOR], {"text_id": "Ada", "text_en": "There", "minutes": 5, "because": "as an example"}
    assert boss.post("/floor/bulletins", text).status == 200
    (bulletin,) = boss.get("/floor").json["bulletins"]
    return {
        "counter": COUNTER,
        "zone": "north",
        "service": "card",
        "visit": issued["visit"],
        "leg": issued["leg"],
        "bulletin": bulletin["id"],
        "alert": "norm:wait:none",
        "booking": "none",
    }


DESCRIBED = schemathesis.openapi.from_dict(document(TABLE))


def _can_be_wrong(operation: Operation) -> bool:
    return bool(operation.path_names or operation.query is not Nothing or operation.body)


CASES = [
    pytest.param(one, mode, examples, id=f"{one.name}-{mode.value}-{examples}", marks=marks)
    for examples, marks in ((FEW, ()), (MANY, (pytest.mark.faults,)))
    for one in TABLE
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if mode is GenerationMode.POSITIVE or _can_be_wrong(one)
]


@pytest.mark.parametrize(("operation", "mode", "examples"), CASES)
def test_every_answer_is_as_described(
    server: RunningServer,
    keys: Mapping[Role, OtherSystem],
    there: Mapping[str, str],
    operation: Operation,
    mode: GenerationMode,
    examples: int,
) -> None:
    row = MAY_USE[operation.address]
    role = next((role for role in ROLES if isinstance(row, Bearer) and role in row.roles), Role.OFFICER)
    headers = {"Authorization": f"Bearer {keys[role].token}"}
    described = DESCRIBED[operation.address[1]][operation.method]

    # Parameters that are each right may be wrong together, which no schema can say.
    unchecked: list[Any] = [positive_data_acceptance] if ErrorCode.MALFORMED in operation.refusals else []

    @given(case=described.as_strategy(generation_mode=mode), named=st.booleans())
    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: schemathesis.Case[Any], named: bool) -> None:
        if named and mode is GenerationMode.POSITIVE:
            case.path_parameters = {name: there[name] for name in operation.path_names}
        if mode is GenerationMode.POSITIVE and "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = f"{operation.name}-{next(_numbers)}"  # the same again is the same request
        case.call_and_validate(base_url=f"http://127.0.0.1:{server.port}", headers=headers, excluded_checks=unchecked)

    ask()


def test_what_is_served_is_what_was_tried(server: RunningServer) -> None:
    served = OtherSystem(server.port).get("/openapi.json").json
    del served["paths"][f"{ROOT}{EVENTS.path}"]
    tried = document(TABLE)
    assert served["paths"] == tried["paths"]
