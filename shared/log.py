"""The programs' log: structlog, loaded with the first line. A window that opens has written none."""

from __future__ import annotations

from typing import Any

from shared.lean import import_structlog
from shared.program import LogLevel, start_log


class Log:
    """What the programs use of structlog's logger."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._logger: Any = None

    def debug(self, event: str, **facts: object) -> None:
        self._structlog().debug(event, **facts)

    def info(self, event: str, **facts: object) -> None:
        self._structlog().info(event, **facts)

    def warning(self, event: str, **facts: object) -> None:
        self._structlog().warning(event, **facts)

    def error(self, event: str, **facts: object) -> None:
        self._structlog().error(event, **facts)

    def exception(self, event: str, **facts: object) -> None:
        """An error with the traceback of the exception that is being handled."""
        self._structlog().exception(event, **facts)

    def _structlog(self) -> Any:
        if self._logger is None:
            import_structlog()
            import structlog

            while _wanted:
                start_log(_wanted.pop())
            self._logger = structlog.get_logger(self._name)
        return self._logger


_wanted: list[LogLevel] = []  # how much is to be written, until the first line sees to it


def get_log(name: str) -> Log:
    return Log(name)


def start_log_with_first_line(level: LogLevel) -> None:
    """As `shared.program.start_log`, when the first line is written."""
    _wanted[:] = [level]
