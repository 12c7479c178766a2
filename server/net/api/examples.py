"""Examples: what a request and an answer may look like, out of the description's own schemas. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

Schema = Mapping[str, Any]

_MOMENT = "2026-12-01T01:30:00Z"
_DATE = "2026-12-01"
_BY_NAME: Mapping[str, Any] = {
    "agency": "dukcapil",
    "alert": "norm:wait:l_01a20b9d0f",
    "booking": "K4M7XP",
    "bulletin": "n_01a20b9d0f",
    "code": "K4M7XP",
    "counter": "counter-3",
    "device": "api:9a450a5645",
    "id": "counter-3",
    "in_hand": "l_01a20b9d0f",
    "key": "AZcT0w9pQ1yZ4kLr7uVb2g",
    "kinds": "issued,called",
    "leg": "l_01a20b9d0f",
    "month": "2026-12",
    "number": "3",
    "of": "agency:dukcapil",
    "because": "the printer of cards is broken",
    "text_en": "The north door is closed.",
    "text_id": "Pintu utara ditutup.",
    "en": "Identity card",
    "prefix": "A",
    "service": "ktp-cetak",
    "stream": "desk:counter-3",
    "ticket": "A-042",
    "time_zone": "Asia/Makassar",
    "toml": "[site] ...",
    "url": "http://192.168.1.10:8400/v/AZcT0w9pQ1yZ4kLr7uVb2g",
    "visit": "v_01a20b9d0f",
    "zone": "utara",
    "zones": "utara",
}
_MOMENTS = ("_at", "_since", "_from", "_until")
_ALSO_MOMENTS = ("at", "since", "until", "now", "as_of", "arrival", "booked_for")


def sample(schema: Schema, components: Mapping[str, Schema], name: str = "", *, whole: bool = True) -> Any:
    """A value that fits. `whole`: with everything that may be left out."""
    if "$ref" in schema:
        return sample(components[schema["$ref"].rsplit("/", 1)[1]], components, name, whole=whole)
    if "anyOf" in schema:
        return sample(schema["anyOf"][0], components, name, whole=whole)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            required = schema.get("required", ())
            fields = schema.get("properties", {})
            return {
                key: sample(of, components, key, whole=whole) for key, of in fields.items() if whole or key in required
            }
        case "array":
            return [sample(schema["items"], components, name, whole=whole)]
        case "integer":
            return max(schema.get("minimum", 0), min(15, schema.get("maximum", 15)))
        case "number":
            return 0.5
        case "boolean":
            return True
        case _:
            return _text(schema, name)


def _text(schema: Schema, name: str) -> str:
    if schema.get("format") == "date":
        return _DATE
    if schema.get("format") == "date-time" or name in _ALSO_MOMENTS or name.endswith(_MOMENTS):
        return _MOMENT
    if str(schema.get("pattern", "")).startswith("^[0-9]{4}-"):
        return _DATE[:7]
    if name == "after" and "pattern" in schema:
        return str(_BY_NAME["ticket"])
    return str(_BY_NAME.get(name, "..."))


def curl(method: str, path: str, told: Schema, components: Mapping[str, Schema]) -> str:
    """For a shell, with `HALL` and `KEY` set. No parameter behind a question mark is needed anywhere."""
    values = {one["name"]: str(sample(one["schema"], components, one["name"])) for one in told["parameters"]}
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", value)
    streamed = "text/event-stream" in told["responses"].get("200", {}).get("content", {})
    lines = [f"curl{' -N' if streamed else ''}{'' if method == 'GET' else f' -X {method}'} $HALL{path}"]
    if told["security"]:
        lines.append('-H "Authorization: Bearer $KEY"')
    if any(one["in"] == "header" for one in told["parameters"]):
        lines.append('-H "Idempotency-Key: my-0001"')
    if (body := body_of(told, components)) is not None:
        lines += ['-H "Content-Type: application/json"', f"-d '{json.dumps(body, ensure_ascii=False)}'"]
    return " \\\n  ".join(lines)


def body_of(told: Schema, components: Mapping[str, Schema]) -> Any:
    """What has to be sent at least; None: nothing."""
    if "requestBody" not in told:
        return None
    return sample(told["requestBody"]["content"]["application/json"]["schema"], components, whole=False)


def answer_of(told: Schema, components: Mapping[str, Schema]) -> Any:
    """Of the answer when all goes well, an example; None where it is no JSON."""
    (content,) = _done(told)
    return None if "application/json" not in content else sample(content["application/json"]["schema"], components)


def _done(told: Schema) -> Sequence[Schema]:
    return [one["content"] for status, one in told["responses"].items() if status.startswith("2")]
