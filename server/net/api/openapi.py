"""OpenAPI 3.1, made from the table of operations and the types that decode and encode: it cannot say anything else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from server.app.api.resources import Problem
from server.net.api.operations import Nothing, Operation
from server.net.api.problems import PROBLEM_JSON, status_of
from shared.program import RELEASE
from shared.vocabulary import ErrorCode, Language

OPENAPI = "3.1.0"
_AT = "#/components/schemas/{name}"
ANYWHERE = (ErrorCode.MALFORMED, ErrorCode.TOO_MANY, ErrorCode.STORAGE_UNAVAILABLE, ErrorCode.OVERLOADED)
WITH_KEY = (ErrorCode.NOT_INTRODUCED, ErrorCode.REVOKED, ErrorCode.FORBIDDEN)
OF_COMMAND = (ErrorCode.REQUEST_REUSED, ErrorCode.TOO_LARGE, ErrorCode.WITHDRAWN)
Schema = dict[str, Any]


def document(operations: Sequence[Operation], language: Language = Language.ENGLISH) -> Schema:
    types = _types(operations)
    schemas, components = msgspec.json.schema_components(types, ref_template=_AT)
    schema_of = dict(zip(types, schemas, strict=True))
    paths: dict[str, Schema] = {}
    for one in operations:
        paths.setdefault(one.address[1], {})[one.method.lower()] = _operation(one, schema_of, components, language)
    return {
        "openapi": OPENAPI,
        "info": {
            "title": "Loket",
            "version": RELEASE,
            "description": "A queue system for public service halls. Every command takes the same path as a kiosk's "
            "or a counter's: boards, desks and phones hear of it at once.",
        },
        "paths": {path: paths[path] for path in sorted(paths)},
        "components": {
            "schemas": {name: _portable(schema) for name, schema in sorted(components.items())},
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "An API key: `lk_...`."},
            },
        },
    }


def _types(operations: Iterable[Operation]) -> list[type]:
    types: dict[type, None] = {Problem: None}
    for one in operations:
        for kind in (one.answer, one.query, one.path_type, one.body):
            if kind is not None:
                types[kind] = None
    return list(types)


def _operation(
    one: Operation, schema_of: Mapping[type, Schema], components: Mapping[str, Schema], language: Language
) -> Schema:
    told: Schema = {
        "operationId": one.name,
        "summary": one.says.in_(language),
        "tags": [one.path.split("/")[1]],
        "parameters": [
            *_parameters(one.path_type, "path", schema_of, components),
            *([] if one.query is Nothing else _parameters(one.query, "query", schema_of, components)),
            *([_REQUEST] if one.command is not None else []),
        ],
        "responses": {
            str(one.status): {
                "description": "Done.",
                "content": {one.media_type: {"schema": _portable(schema_of[one.answer])}},
            },
            **_problems(one),
        },
        "security": [] if one.roles is None else [{"key": sorted(one.roles)}],
    }
    if one.roles is not None:
        told["description"] = f"A key with one of the roles: {', '.join(sorted(one.roles))}."
    if one.body is not None:
        content = {"application/json": {"schema": _portable(schema_of[one.body])}}
        told["requestBody"] = {"required": True, "content": content}
    return told


_REQUEST: Schema = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Made by you, once for each thing you want done; repeated with it, it is done once.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_.:-]{1,40}$"},
}


def _problems(one: Operation) -> Schema:
    codes = {*ANYWHERE, *one.refusals}
    if one.roles is not None:
        codes |= set(WITH_KEY)
    if one.command is not None:
        codes |= set(OF_COMMAND)
    by_status: dict[int, list[str]] = {}
    for code in sorted(codes):
        by_status.setdefault(status_of(code), []).append(code.value)
    content = {PROBLEM_JSON: {"schema": {"$ref": _AT.format(name="Problem")}}}
    return {
        str(status): {"description": f"Refused: {', '.join(named)}.", "content": content}
        for status, named in sorted(by_status.items())
    }


def _parameters(
    kind: type, where: str, schema_of: Mapping[type, Schema], components: Mapping[str, Schema]
) -> list[Schema]:
    """A struct's fields, one by one: as a whole it stands nowhere on the wire."""
    name = schema_of[kind]["$ref"].rsplit("/", 1)[1]
    required = components[name].get("required", ())
    return [
        {
            "name": field,
            "in": where,
            "required": where == "path" or field in required,
            "schema": _without_null(_portable(schema)),
        }
        for field, schema in components[name]["properties"].items()
    ]


def _without_null(schema: Schema) -> Schema:
    """A parameter that is left out is left out; "null" would be four letters."""
    options = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if not options:
        return schema
    rest = {name: value for name, value in schema.items() if name not in ("anyOf", "default")}
    return {**rest, **options[0]} if len(options) == 1 else {**rest, "anyOf": options}


def _portable(schema: Any) -> Any:
    """Patterns as JSON Schema knows them: `\\Z`, which lets no newline follow, is Python's own."""
    if isinstance(schema, dict):
        return {
            name: value.replace(r"\Z", "$") if name == "pattern" and isinstance(value, str) else _portable(value)
            for name, value in schema.items()
        }
    return [_portable(one) for one in schema] if isinstance(schema, list | tuple) else schema
