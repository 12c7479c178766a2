"""Failing: what a command says when it cannot do its work. One sentence on stderr, no traceback."""

from __future__ import annotations

from server.app.catalogue_file import CatalogueError
from server.app.days import ClockBehindError
from server.app.ports import StorageError
from server.bootstrap import NoCatalogueError
from server.net.listening import ListenError
from server.tls.folder import CertificateError
from shared.program import SettingsError

FAILED = 2


class CommandError(Exception):
    """A command that cannot go on; the text is for the administrator."""


EXPECTED = (
    CommandError,
    CatalogueError,
    SettingsError,
    StorageError,
    ListenError,
    ClockBehindError,
    NoCatalogueError,
    CertificateError,
)
