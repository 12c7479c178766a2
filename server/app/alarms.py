"""Alarms: what is wrong with the server itself. On every counter, in /health and in the figures until it is mended."""

from __future__ import annotations

from enum import StrEnum

from shared.vocabulary import DeviceId

SERVER = DeviceId("server")
SERVER_NAME = "Server"


class Alarm(StrEnum):
    """A name is never changed once it was released: monitors look for it."""

    STORAGE = "storage"
    """The last commit failed: nothing can be issued or called."""
    DISK_LOW = "disk_low"
    """The disk will be full soon."""
    DISK_FULL = "disk_full"
    """It is; the reserve was given up."""
    BACKUP_FAILED = "backup_failed"
    DATABASE_DAMAGED = "database_damaged"
    CERTIFICATE_ENDS = "certificate_ends"
    """Within a month, and it could not be renewed: then no program will speak with the server."""
    STOLEN_TOKEN = "stolen_token"  # noqa: S105 - the name of an alarm
    """A token that had been replaced was used in the last days: a device was copied, and is revoked."""
    CLOCK_WRONG = "clock_wrong"
    """The machine's clock jumped; the server goes on by its own."""
    CLOCK_BEHIND = "clock_behind"
    """The clock is behind what was written down: no numbers."""
