"""The schema of the forms knows every key that the file may have: whoever adds one there is told here."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.app.catalogue_editing.schema import KINDS
from server.app.catalogue_editing.tables import tables_of
from server.app.catalogue_editing.writing import whole
from server.app.catalogue_file import check
from server.app.catalogue_file.fields import Fields

SAMPLE = Path("server/sample/mpp-badung-sample.toml").read_text(encoding="utf-8")


BELOW = {"booking", "calling", "norms", "survey"}  # tables below a site's or an agency's


def test_the_forms_know_every_key_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, set[str]] = {}
    done = Fields.done

    def note(fields: Fields) -> None:
        if fields.path:
            below = [str(part) for part in fields.path[1:] if part in BELOW]
            asked.setdefault(str(fields.path[0]), set()).update(".".join([*below, key]) for key in fields._asked)
        done(fields)

    monkeypatch.setattr(Fields, "done", note)
    tables = tables_of(SAMPLE)
    for item in (tables["site"]["site"], tables["agency"]["dukcapil"], tables["service"]["ktp-cetak"]):
        item |= {below: {"known": "not"} for below in BELOW}
    check(whole(tables))
    for name, kind in KINDS.items():
        known = {field.key for field in kind.fields}
        assert asked[name] - BELOW <= known, f"add them to server/app/catalogue_editing/schema: {name}"
