"""What every test stands on: Qt without a screen, set before anything imports Qt; the figures of fault tests."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

import pytest

from tests.support.promises import RecordFigure, recorder_for


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What a module shares is made by one worker. Workers end together when what cannot be shared out begins first;
    xdist itself begins with the most tests."""
    if hasattr(config, "workerinput"):
        for item in items:
            if item.get_closest_marker("xdist_group") is None and _shares_with_its_module(item):
                item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
        items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


def _shares_with_its_module(item: pytest.Item) -> bool:
    found = getattr(item, "_fixtureinfo", None)  # pytest has no public name for it
    return found is not None and any(one[-1].scope == "module" for one in found.name2fixturedefs.values())


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> RecordFigure:
    """Records what a fault test measured: `figure("P1", "F2", "150 kills: 0 lost")`. Either name may be empty."""
    return recorder_for(request.node.nodeid)


@pytest.fixture(scope="session")
def qapp_cls() -> type[object]:
    """The application of pytest-qt is of the kind that our windows make: whichever comes first serves both."""
    from PySide6.QtGui import QGuiApplication  # here: most tests need no Qt

    return QGuiApplication
