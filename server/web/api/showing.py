"""Showing: the operations as the page has them, out of the OpenAPI document in the reader's language. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.net.api.examples import Schema, answer_of, body_of, curl
from server.net.api.openapi import ANYWHERE, OF_COMMAND, WITH_KEY, document
from server.net.api.operations import Operation
from server.net.api.problems import status_of
from server.web.api.meanings import MEANINGS
from server.web.api.words import ROLE_WORDS, TYPES
from shared.vocabulary import ErrorCode, Language

GROUPS = ("now", "take", "work", "steer", "back", "events")
_BACK = frozenset(
    {"visits", "visit", "audit", "report", "index", "published_index", "forecasts", "catalogue", "catalogue_versions"}
)
_EVENTS = frozenset({"events", "history", "history_of_visit"})


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    where: str
    """`path`, `query`, `header` or `body`."""
    kind: str
    required: bool
    means: str


@dataclass(frozen=True, slots=True)
class Shown:
    name: str
    method: str
    path: str
    says: str
    more: str
    """What the protocol says about it; in English alone."""
    who: Sequence[str]
    """Roles; none: everybody."""
    fields: Sequence[Field]
    body: str
    curl: str
    status: int
    answer: str
    refusals: Sequence[tuple[int, Sequence[str]]]
    """Besides those that every operation may be answered with."""


def groups_of(operations: Sequence[Operation], language: Language) -> Sequence[tuple[str, Sequence[Shown]]]:
    described = document(operations, language)
    shown: dict[str, list[Shown]] = {name: [] for name in GROUPS}
    for one in operations:
        shown[_group(one)].append(_shown(one, described, language))
    return [(name, found) for name, found in shown.items() if found]


def common_refusals() -> Mapping[str, Sequence[tuple[int, Sequence[str]]]]:
    """Of every operation, of those that want a key, and of those that change something."""
    return {name: _by_status(codes) for name, codes in
            (("anywhere", ANYWHERE), ("with_key", WITH_KEY), ("of_command", OF_COMMAND))}  # fmt: skip


def _group(one: Operation) -> str:
    if one.name in _EVENTS:
        return "events"
    if one.path.startswith("/floor"):
        return "steer"
    if one.command is not None:
        return "work" if one.at_counter else "take"
    return "back" if one.name in _BACK else "now"


def _shown(one: Operation, described: Schema, language: Language) -> Shown:
    method, path = one.address
    told, components = described["paths"][path][method.lower()], described["components"]["schemas"]
    body, answer = body_of(told, components), answer_of(told, components)
    said = "" if one.command is None or language is not Language.ENGLISH else one.command.__doc__ or ""
    return Shown(
        name=one.name,
        method=method,
        path=path,
        says=told["summary"],
        more=" ".join(said.split()),
        who=[ROLE_WORDS[role].in_(language) for role in ROLE_WORDS if role in (one.roles or ())],
        fields=[*_fields(told, components, language)],
        body="" if body is None else _written(body),
        curl=curl(method, path, told, components),
        status=one.status,
        answer="" if answer is None else _written(answer),
        refusals=_by_status(one.refusals),
    )


def _fields(told: Schema, components: Mapping[str, Schema], language: Language) -> Iterator[Field]:
    for one in told["parameters"]:
        kind = kind_of(one["schema"], components, language)
        yield Field(one["name"], one["in"], kind, one["required"], _means(one["name"], language))
    if "requestBody" not in told:
        return
    name = told["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
    required = components[name].get("required", ())
    for field, schema in components[name]["properties"].items():
        yield Field(field, "body", kind_of(schema, components, language), field in required, _means(field, language))


def _means(name: str, language: Language) -> str:
    return MEANINGS[name].in_(language)


def kind_of(schema: Schema, components: Mapping[str, Schema], language: Language) -> str:
    """A type in words."""
    if "$ref" in schema:
        return kind_of(components[schema["$ref"].rsplit("/", 1)[1]], components, language)
    if "anyOf" in schema:
        kinds = [kind_of(one, components, language) for one in schema["anyOf"] if one != {"type": "null"}]
        return " / ".join(dict.fromkeys(kinds))
    if "enum" in schema:
        return TYPES["one_of"].in_(language).format(values=", ".join(map(str, schema["enum"])))
    match schema.get("type"):
        case "array":
            return TYPES["list"].in_(language).format(of=kind_of(schema["items"], components, language))
        case "integer" if "maximum" in schema and schema["maximum"] < 2**31 - 1:
            return TYPES["between"].in_(language).format(least=schema.get("minimum", 0), most=schema["maximum"])
        case "integer" | "boolean" | "number" as plain:
            return TYPES[plain].in_(language)
        case _:
            return _text(schema, language)


def _text(schema: Schema, language: Language) -> str:
    if schema.get("format") in ("date", "date-time"):
        return TYPES[schema["format"]].in_(language)
    if str(schema.get("pattern", "")).startswith("^[0-9]{4}-"):
        return TYPES["month"].in_(language)
    most = schema.get("maxLength")
    return TYPES["string"].in_(language) if most is None else TYPES["bounded"].in_(language).format(most=most)


def _by_status(codes: Sequence[ErrorCode]) -> Sequence[tuple[int, Sequence[str]]]:
    found: dict[int, list[str]] = {}
    for code in sorted(set(codes)):
        found.setdefault(status_of(code), []).append(code.value)
    return sorted(found.items())


def _written(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
