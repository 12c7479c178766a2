"""Importing a library without what it would bring along and nobody here uses: a kiosk PC counts every megabyte."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

_ABSENT = object()


def import_without(name: str, *unwanted: str) -> ModuleType:
    """Import `name` as it is imported where the optional packages `unwanted` are not installed."""
    before = {one: sys.modules.get(one, _ABSENT) for one in unwanted}
    sys.modules.update(dict.fromkeys(unwanted))  # type: ignore[arg-type]  # None is how Python says "not there"
    try:
        return importlib.import_module(name)
    finally:
        for one, module in before.items():
            if module is _ABSENT:
                del sys.modules[one]
            else:
                sys.modules[one] = module  # type: ignore[assignment]


def import_structlog() -> None:
    """Before anybody else does: rich would draw tracebacks for a terminal, for 0.1 s and 15 MB at every start."""
    if "structlog" not in sys.modules:
        import_without("structlog", "rich")
