"""The answers of the first setup outlive a restart: in a file of one's own, without the password."""

from __future__ import annotations

import stat
from pathlib import Path

from server.web.setup.answers import Answers
from server.web.setup.keeping import AnswersFile


def test_what_was_answered_is_there_after_a_restart_but_for_the_person(tmp_path: Path) -> None:
    path = tmp_path / "setup-answers.json"
    answers = Answers()
    answers.hall["name_id"] = "Mal Pelayanan Publik Siak"
    answers.done |= {"hall", "person"}
    AnswersFile(path).save(answers)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = AnswersFile(path).load()
    assert kept.hall == answers.hall
    assert kept.agencies == answers.agencies
    assert kept.done == {"hall"}, "the password is kept nowhere, so its page is asked again"
    AnswersFile(path).save(kept)
    AnswersFile(path).forget()
    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_or_folder_is_no_reason_not_to_set_up(tmp_path: Path) -> None:
    path = tmp_path / "setup-answers.json"
    for broken in (b"", b"\xff", b"[1]", b'{"hall": 3}'):
        path.write_bytes(broken)
        assert AnswersFile(path).load() == Answers()
    path.write_text('{"hall": {"name_id": "X"}, "agencies": [], "of_another_release": 1}', encoding="utf-8")
    kept = AnswersFile(path).load()
    assert kept.hall == Answers().hall | {"name_id": "X"}
    assert kept.agencies == Answers().agencies
    AnswersFile(tmp_path / "gone" / "file").save(kept)
    AnswersFile(None).save(kept)
    assert AnswersFile(None).load() == Answers()
