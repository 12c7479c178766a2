"""Devices as an administrator sees them: who waits for approval, who is there, since when, with which release."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from server.app.pairing import CODE_LENGTH
from server.app.ports import AccessStore, Approval, Device, PendingDevice
from shared.vocabulary import DeviceId, Program, ZoneId


@dataclass(frozen=True, slots=True)
class Sighting:
    at: datetime
    release: str


class SightingStore(Protocol):
    """Safe to use from any thread; each raises StorageError."""

    def saw(self, device: DeviceId, sighting: Sighting) -> None: ...

    def sightings(self) -> Mapping[DeviceId, Sighting]: ...


@dataclass(frozen=True, slots=True)
class Known:
    device: Device
    sighting: Sighting | None
    is_here: bool
    token_age: timedelta
    """Since its present token was given."""


class NoSuchCodeError(Exception):
    """No program shows that code now."""


class OtherAuthorityError(Exception):
    """The program sees another certificate authority than ours: somebody may stand between the two."""

    def __init__(self, met: str) -> None:
        super().__init__(met)
        self.met = met


class NoSuchZoneError(Exception):
    """The catalogue has no such zone: a display there would stay empty."""


class NeedsZoneError(NoSuchZoneError):
    """A display is the board of one zone: without any it would stay empty."""


class NoSuchDeviceError(Exception):
    """None of that id has access."""


class DeviceOffice:
    """Call it from a worker thread."""

    def __init__(
        self, access: AccessStore, sightings: SightingStore, clock: Callable[[], datetime], authority: Callable[[], str]
    ) -> None:
        """`authority` is the fingerprint of ours; "" where there is none."""
        self._access = access
        self._sightings = sightings
        self._clock = clock
        self._authority = authority

    def known(self, here: Collection[DeviceId]) -> Sequence[Known]:
        """Those with access first, each kind of program together."""
        seen, now = self._sightings.sightings(), self._clock()
        found = [
            Known(one, seen.get(one.id), one.id in here, now - (one.rotated_at or one.approved_at))
            for one in self._access.devices()
        ]
        return sorted(found, key=lambda one: (one.device.revoked_at is not None, one.device.program, one.device.name))

    def pending(self) -> Sequence[PendingDevice]:
        """Who shows a code. The codes themselves are read from the screens, never from here."""
        return self._access.pending_devices(self._clock())

    def approve(
        self, code: str, name: str, zone: ZoneId | None, zones: Collection[ZoneId] | None, by: str = ""
    ) -> PendingDevice:
        """`code` as it stands on the screen, with what is behind the dash; `zones`: those of the catalogue, None where
        there is none yet. Raises NoSuchCodeError, OtherAuthorityError, NoSuchZoneError,
        NeedsZoneError."""
        shown = code.upper().replace("-", "").replace(" ", "")
        wanted, met = shown[:CODE_LENGTH], shown[CODE_LENGTH:]
        if met and not self._authority().endswith(met):
            raise OtherAuthorityError(met)
        if zone is not None and zones is not None and zone not in zones:
            raise NoSuchZoneError
        now = self._clock()
        pending = next((one for one in self._access.pending_devices(now) if one.code == wanted), None)
        if pending is None:
            raise NoSuchCodeError
        if zone is None and pending.program is Program.DISPLAY:
            raise NeedsZoneError
        if not self._access.approve(Approval(wanted, pending.installation, name, zone), now, by=by):
            raise NoSuchCodeError
        return pending

    def revoke(self, device: DeviceId, by: str = "") -> None:
        """Raises NoSuchDeviceError."""
        if not self._access.revoke_device(device, self._clock(), by=by):
            raise NoSuchDeviceError
