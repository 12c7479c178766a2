"""F30 on our own screens: every text of a QML file is plain. Qt guesses rich text, and would fetch its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(file for folder in ("shared", "kiosk", "counter", "display") for file in (ROOT / folder).rglob("*.qml"))
SHOWS_TEXT = re.compile(r"(?<![\w.])(Text|Label|TextEdit)\s*\{")
FETCHES = re.compile(r"\b(WebView|WebEngineView|XMLHttpRequest|Qt\.openUrlExternally|onLinkActivated)\b|https?://")


def texts(qml: str) -> Iterator[str]:
    """What stands directly in each element that shows text."""
    for found in SHOWS_TEXT.finditer(qml):
        depth, own = 1, ""
        for letter in qml[found.end() :]:
            depth += (letter == "{") - (letter == "}")
            if depth == 0:
                break
            own += letter if depth == 1 else ""
        yield own


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_text_is_plain_and_nothing_is_fetched(file: Path) -> None:
    qml = re.sub(r"//.*", "", file.read_text(encoding="utf-8"))
    folders = [file.parent, *(file.parent / folder for folder in re.findall(r'^import "([^"]+)"', qml, re.MULTILINE))]
    ours = {other.stem for folder in folders for other in folder.glob("*.qml")}  # a Label of our own says it itself
    for found, own in zip(SHOWS_TEXT.finditer(qml), texts(qml), strict=True):
        if found[1] not in ours:
            assert "textFormat: Text.PlainText" in own, own
    assert set(re.findall(r"textFormat\s*:\s*([\w.]+)", qml)) <= {"Text.PlainText"}
    assert not FETCHES.search(qml)


def test_a_text_that_is_not_plain_would_be_found() -> None:
    (own,) = texts('Text { text: "a"; Item { textFormat: Text.PlainText } }')
    assert "PlainText" not in own
