"""Importing python-escpos where it is needed only, and without what its import does besides."""

from __future__ import annotations

import functools
import importlib
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@functools.cache
def escpos_module(name: str) -> ModuleType:
    """`escpos.<name>`. The first call takes 0.3 s."""
    with _without_side_effects():
        return importlib.import_module(f"escpos.{name}")


@contextmanager
def _without_side_effects() -> Iterator[None]:
    """python-escpos, imported, sets up the root logger and leaves a folder behind in the place for such: undo both."""
    root = logging.getLogger()
    handlers = list(root.handlers)
    variable = "ESCPOS_CAPABILITIES_PICKLE_DIR"
    chosen, usual = os.environ.get(variable), tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="loket-") as folder:
        os.environ[variable] = tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = usual
            if chosen is None:
                del os.environ[variable]
            else:
                os.environ[variable] = chosen
            for handler in root.handlers[:]:
                if handler not in handlers:
                    root.removeHandler(handler)
