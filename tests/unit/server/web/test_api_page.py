"""The API's page: every field has a meaning, and every example is one that the server takes or gives."""

from __future__ import annotations

import json

import msgspec
import pytest

from server.app.api.public_facts import DETAILS
from server.net.api.operations import Operation
from server.net.api.table import EVENTS as STREAM
from server.net.api.table import operations
from server.web.api.meanings import EVENTS, MEANINGS
from server.web.api.showing import Shown, groups_of
from shared.vocabulary import Language
from tests.support.api_table import NOTHING_READ

TABLE = {one.name: one for one in operations(NOTHING_READ)}


def shown(language: Language) -> dict[str, Shown]:
    return {one.name: one for _, found in groups_of(list(TABLE.values()), language) for one in found}


IN_ENGLISH, IN_INDONESIAN = shown(Language.ENGLISH), shown(Language.INDONESIAN)


def test_every_operation_is_shown_once_in_both_languages() -> None:
    assert IN_ENGLISH.keys() == IN_INDONESIAN.keys() == TABLE.keys()
    for name, one in IN_ENGLISH.items():
        assert IN_INDONESIAN[name].says != one.says
        assert (one.method, one.path) == TABLE[name].address


def test_every_field_has_a_meaning_and_no_meaning_is_left_over() -> None:
    """One without a meaning would be a KeyError."""
    named = {field.name for one in IN_ENGLISH.values() for field in one.fields}
    assert named == set(MEANINGS)


def test_every_kind_of_event_has_words() -> None:
    assert EVENTS.keys() == DETAILS.keys()


@pytest.mark.parametrize("operation", TABLE.values(), ids=lambda one: one.name)
def test_an_example_is_one_that_the_server_takes_and_gives(operation: Operation) -> None:
    one = IN_ENGLISH[operation.name]
    if operation.body is not None:
        body = json.loads(one.body)
        msgspec.convert(body, operation.body)
        assert f"-d '{json.dumps(body, ensure_ascii=False)}'" in one.curl
    assert "{" not in one.curl.split("-d ")[0], "every part of the address is filled in"
    assert ("Bearer $KEY" in one.curl) is (operation.roles is not None) is bool(one.who)
    if operation is not STREAM:
        msgspec.convert(json.loads(one.answer), operation.answer)
    for field in one.fields:
        assert "..." not in field.kind
