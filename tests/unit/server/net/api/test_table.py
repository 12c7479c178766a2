"""The table of operations: one row of permissions for each, and a description that says what is so."""

from __future__ import annotations

import msgspec
import pytest

from server.app.api.keys import KEY_ROLES
from server.app.permissions import MAY_ASK, MAY_USE, Bearer, Proof
from server.net.api.openapi import document
from server.net.api.operations import ROOT, Operation
from server.net.api.problems import PROBLEM_JSON, status_of
from server.net.api.table import operations
from shared.protocol.commands import Command
from shared.vocabulary import ErrorCode
from tests.support.api_table import NOTHING_READ

TABLE = operations(NOTHING_READ)
DESCRIBED = document(TABLE)
BESIDE = {("GET", f"{ROOT}/openapi.json")}


def test_every_operation_has_a_row_and_every_row_an_operation() -> None:
    rows = {address for address in MAY_USE if address[1].startswith(ROOT)}
    assert {one.address for one in TABLE} == rows - BESIDE
    assert len({one.name for one in TABLE}) == len(TABLE)


@pytest.mark.parametrize("operation", [one for one in TABLE if one.command], ids=lambda one: one.name)
def test_a_command_by_key_is_for_whom_it_is_for_in_any_case(operation: Operation) -> None:
    command: type[Command] | None = operation.command
    assert command is not None
    assert MAY_USE[operation.address] == Bearer(MAY_ASK[command])
    assert set(MAY_ASK[command]) & set(KEY_ROLES), "no key could ever use it"


def test_what_changes_something_is_never_open_to_strangers() -> None:
    for (method, path), row in MAY_USE.items():
        if path.startswith(ROOT) and row is Proof.NOTHING:
            assert method == "GET", path


def test_the_description_names_every_operation_and_what_it_may_be_refused_with() -> None:
    described = {
        (method.upper(), path): told for path, methods in DESCRIBED["paths"].items() for method, told in methods.items()
    }
    assert described.keys() == {one.address for one in TABLE}
    for one in TABLE:
        told = described[one.address]
        assert str(one.status) in told["responses"]
        for code in one.refusals:
            refused = told["responses"][str(status_of(code))]
            assert code.value in refused["description"]
            assert list(refused["content"]) == [PROBLEM_JSON]
        assert bool(told["security"]) is (one.roles is not None)


def test_no_reference_of_the_description_leads_nowhere() -> None:
    text = msgspec.json.encode(DESCRIBED).decode()
    named = {part.split('"')[0] for part in text.split('"$ref":"#/components/schemas/')[1:]}
    assert named <= DESCRIBED["components"]["schemas"].keys()


def test_every_code_has_a_status_of_a_refusal() -> None:
    assert all(400 <= status_of(code) < 600 for code in ErrorCode)
    assert status_of(ErrorCode.NOBODY_WAITING) == 409
