"""`./run simulate` as somebody calls it."""

from __future__ import annotations

import json
from pathlib import Path

from PIL import Image

from server.simulation.__main__ import main
from tests.support.in_process import Done, in_process


def simulate(*words: str) -> Done:
    return in_process(main, *words)


def test_it_prints_a_table_and_writes_figures_and_pictures(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    wanted = ["--visits", "300", "--rules", "first_come", "head_start", "--floor"]
    done = simulate(*wanted, "--json", str(figures), "--plots", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "head_start" in done.stdout
    assert "bias            the middle of what was told less the wait" in done.stdout
    assert "Who knows the day beforehand, but not how long each visitor takes" in done.stdout
    report = json.loads(figures.read_text())
    assert 0 <= report["floor"]["least_width"] <= report["floor"]["width"]
    assert [found["rule"] for found in report["scores"]] == ["first_come", "head_start"]
    assert report["scores"][0]["waits"]["everybody"]["visitors"] > 200
    for picture in ("waits.png", "day.png", "forecast.png"):
        with Image.open(tmp_path / picture) as image:
            assert image.width > 1000


def test_a_day_on_which_nothing_is_open_is_refused_in_one_sentence() -> None:
    done = simulate("--date", "2026-12-25", "--visits", "10")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nothing is open on 2026-12-25" in done.stderr


def test_a_file_that_is_not_there_is_named() -> None:
    done = simulate("--catalogue", "none.toml")
    assert done.returncode == 2
    assert "none.toml" in done.stderr
    assert "Traceback" not in done.stderr
