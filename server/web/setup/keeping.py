"""Keeping the answers of the first setup in a file until the hall is made: a restart loses none but the password."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from pathlib import Path

import msgspec
import structlog

from server.web.setup.answers import Answers

log = structlog.get_logger()
PERSON = "person"  # the step that asks for a password, which is kept nowhere: it is asked again


class AnswersFile:
    """Readable for this user alone. A file that cannot be read or written is no reason not to set up a hall."""

    def __init__(self, path: Path | None) -> None:
        """None: nothing is kept."""
        self._path = path

    def load(self) -> Answers:
        if self._path is None:
            return Answers()
        try:
            kept = msgspec.json.decode(self._path.read_bytes(), type=Answers)
        except FileNotFoundError:
            return Answers()
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            log.warning("setup_answers_unreadable", why=str(error))
            return Answers()
        usual = Answers()
        kept.done.discard(PERSON)
        # A field that another release added, or left out, has what is usual.
        return replace(
            kept,
            hall=usual.hall | kept.hall,
            hours=usual.hours | kept.hours,
            person=usual.person | kept.person,
            agencies=[Answers().agencies[0] | one for one in kept.agencies] or usual.agencies,
        )

    def save(self, answers: Answers) -> None:
        if self._path is None:
            return
        fresh = self._path.with_suffix(".new")
        try:
            fresh.unlink(missing_ok=True)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(msgspec.json.encode(answers))
            fresh.replace(self._path)
        except OSError as error:
            log.warning("setup_answers_not_kept", why=str(error))

    def forget(self) -> None:
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
