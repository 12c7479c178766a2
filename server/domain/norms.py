"""Norms: how long people may wait, be served, and a counter may sit idle beside them, before somebody shall look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

OFF = timedelta(0)  # as a norm: nobody is to be told


class NormKind(StrEnum):
    WAIT = "wait"
    """Somebody waits longer than they should."""
    SERVICE = "service"
    """Somebody is called or served for longer than that."""
    IDLE = "idle"
    """An open counter calls nobody though somebody waits whom it may call."""
    PAPER = "paper"
    """A printer is without paper, or nearly, and nobody has come."""


@dataclass(frozen=True, slots=True)
class Norms:
    wait: timedelta = timedelta(minutes=30)
    service: timedelta = timedelta(minutes=30)
    """A service that usually takes longer has its standard minutes."""
    idle: timedelta = timedelta(minutes=10)
    paper: timedelta = timedelta(minutes=5)
