"""Changing a frozen value: as `dataclasses.replace`, in less than half the time.

A command makes half a dozen new legs and visits of thirty fields each. This copies the slots, where `replace` looks at
every field's description and then calls an `__init__` that sets each one by name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

V = TypeVar("V")


def changed(value: V, **new: object) -> V:
    """For values with slots, more than one field and no `__post_init__`."""
    kind = type(value)
    known = _known.get(kind)
    read, writers, write = known if known is not None else _learnt(kind)
    other = object.__new__(kind)
    for writer, content in zip(writers, read(value), strict=True):
        writer(other, content)
    for name, content in new.items():
        write[name](other, content)
    return other


_How = tuple[Callable[[Any], tuple[Any, ...]], tuple[Callable[[Any, Any], None], ...], dict[str, Callable[..., None]]]
_known: dict[type, _How] = {}


def _learnt(kind: Any) -> _How:
    names = [field.name for field in fields(kind)]
    write = {name: getattr(kind, name).__set__ for name in names}
    how = _known[kind] = attrgetter(*names), tuple(write.values()), write
    return how
