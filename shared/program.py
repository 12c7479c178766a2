"""What every program starts with: typed settings (TOML and environment), a folder to keep things in, a log."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, get_args

import msgspec
from msgspec import Meta

if TYPE_CHECKING:
    from structlog.typing import EventDict

RELEASE = "0.1.0"
PORT = 8400
WindowSize = Annotated[str, Meta(pattern=r"^([0-9]+x[0-9]+([+][0-9]+[+][0-9]+)?)?$")]
LogLevel = Literal["debug", "info", "warning", "error"]
LOG_LEVELS: tuple[str, ...] = get_args(LogLevel)
S = TypeVar("S", bound=msgspec.Struct)
Render = Callable[[Any, str, "EventDict"], object]
_encode = msgspec.json.Encoder(enc_hook=repr).encode


class SettingsError(Exception):
    """Settings that cannot be used; the text is one sentence for an administrator."""


class WindowSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What every program with a window can be told; each adds its own."""

    server: Annotated[str, Meta(pattern=r"^wss?://")] = f"ws://127.0.0.1:{PORT}"
    """ws:// or wss:// address of the server."""
    authority: str = ""
    """PEM file of the hall's own certificate authority, for wss://."""
    state: str = ""
    """Folder for what must survive a restart; empty: the user's own state folder."""
    window: WindowSize = ""
    """WIDTHxHEIGHT of the window, frameless, +X+Y where it stands; empty: the whole screen."""
    log_level: LogLevel = "info"

    @property
    def authority_file(self) -> Path | None:
        return Path(self.authority) if self.authority else None


def window_arguments(program: str, description: str) -> argparse.ArgumentParser:
    """A parser that knows `WindowSettings`, and the file they may stand in."""
    parser = argparse.ArgumentParser(prog=program, description=description)
    parser.add_argument("--settings", type=Path, metavar="FILE", help="TOML file with any of these settings")
    parser.add_argument("--server", metavar="URL", help="ws:// or wss:// address of the server")
    parser.add_argument("--authority", metavar="FILE", help="PEM file to trust for wss://")
    parser.add_argument("--state", metavar="FOLDER", help="where to keep the token, and what must survive a restart")
    parser.add_argument("--window", metavar="WIDTHxHEIGHT", help="size of the window; empty: the whole screen")
    parser.add_argument("--log-level", choices=LOG_LEVELS)
    return parser


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


def start_log(level: LogLevel = "info") -> None:
    """One line per fact on stderr: coloured words for people at a terminal, JSON for a journal.

    `each=[{...}, {...}]` writes a line for each of them in one go: what a busy server has to say about a batch.
    """
    import structlog  # here: a program with a window writes its first line after its first frame

    render: Render = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else _as_json
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            partial(_each_on_its_line, render),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _each_on_its_line(render: Render, logger: object, name: str, line: EventDict) -> str:
    each = line.pop("each", None)
    if each is None:
        return str(render(logger, name, line))
    return "\n".join(str(render(logger, name, {**line, **one})) for one in each)


def _as_json(_: object, __: str, line: EventDict) -> str:
    return _encode(line).decode()
