"""What every program starts with: typed settings (TOML and environment), a folder to keep things in, a log."""

from __future__ import annotations

import logging
import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
import structlog

RELEASE = "0.1.0"
S = TypeVar("S", bound=msgspec.Struct)


class SettingsError(Exception):
    """Settings that cannot be used; the text is one sentence for an administrator."""


def read_settings(
    kind: type[S], *, file: Path | None, environment: Mapping[str, str], given: Mapping[str, object]
) -> S:
    """Settings of `kind`: what is `given` on the command line, else `LOKET_<NAME>`, else the file, else the default.

    Raises SettingsError for a file that cannot be read, an unknown name, a value of the wrong type.
    """
    values: dict[str, object] = {}
    if file is not None:
        try:
            values.update(tomllib.loads(file.read_text(encoding="utf-8")))
        except OSError as error:
            raise SettingsError(f"{file} cannot be read: {error.strerror}") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{file} is not valid TOML: {error}") from None
    for name in kind.__struct_fields__:
        if (value := environment.get(f"LOKET_{name.upper()}")) is not None:
            values[name] = value
    values.update({name: value for name, value in given.items() if value is not None})
    try:
        # Not strict: what comes from the environment or the command line is text ("1.5", "true").
        return msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as error:
        source = f" (in {file})" if file is not None else ""
        raise SettingsError(f"a setting is wrong: {error}{source}") from None


def state_folder(settings: str, program: str) -> Path:
    """Where a program keeps what must survive it: the folder given, else the user's state folder."""
    if settings:
        return Path(settings)
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "loket" / program


def start_log(level: str = "info") -> None:
    """One line per fact on stderr: coloured words for people at a terminal, JSON for a journal."""
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
