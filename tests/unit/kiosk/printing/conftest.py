"""A virtual printer for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.paper import PrinterInThread, running_printer


@pytest.fixture
def virtual() -> Iterator[PrinterInThread]:
    with running_printer() as printer:
        yield printer
