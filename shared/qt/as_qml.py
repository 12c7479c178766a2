"""Frozen values as the maps and lists that QML reads, their names in QML's own case."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import msgspec


def as_qml(value: Any) -> Any:
    """Dataclasses and structs become maps with camelCase names, tuples lists; plain values stay."""
    if is_dataclass(value) and not isinstance(value, type):
        return {camel(field.name): as_qml(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, msgspec.Struct):
        return {camel(name): as_qml(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, dict):
        return {name: as_qml(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [as_qml(item) for item in value]
    return value


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
