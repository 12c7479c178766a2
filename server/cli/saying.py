"""Saying: one line on stdout for whoever typed the command, and who that is."""

from __future__ import annotations

import getpass
import os
import sys


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def who_types() -> str:
    """Who stands in the audit log: the person behind sudo, else the user of this process."""
    try:
        return f"user:{os.environ.get('SUDO_USER') or getpass.getuser()}"
    except (OSError, KeyError):  # a user without a name
        return f"user:{os.getuid()}"
