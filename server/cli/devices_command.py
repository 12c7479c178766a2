"""`loket-server devices`: who is introduced, who waits for it, approve and revoke."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from server.app.devices import DeviceOffice, NeedsZoneError, NoSuchCodeError, NoSuchZoneError, OtherAuthorityError
from server.app.pairing import CODE_LENGTH
from server.app.ports import AccessStore, CatalogueStore
from server.app.tokens import OLD_TOKEN
from server.bootstrap import catalogues_of
from server.cli.failing import CommandError
from server.cli.saying import say
from server.db.store import Store
from shared.vocabulary import DeviceId, ZoneId


def list_devices(access: AccessStore) -> int:
    for device in access.devices():
        state = "approved" if device.revoked_at is None else f"revoked {device.revoked_at:%Y-%m-%d %H:%M} UTC"
        if device.revoked_why == OLD_TOKEN:
            state += ": somebody used a token that had been replaced"
        say(f"{device.id}  {device.program.value:8}  {device.zone or '-':8}  {device.name}  ({state})")
    return 0


def list_pending(access: AccessStore, now: datetime) -> int:
    for pending in access.pending_devices(now):
        minutes = (pending.expires_at - now).total_seconds() / 60
        say(f"{pending.code}  {pending.program.value:8}  {pending.installation}  ({minutes:.0f} minutes left)")
    return 0


def approve(store: Store, code: str, name: str, zone: str | None, authority: str, now: datetime) -> int:
    """`authority` is the fingerprint of ours. A program that met one it was not told of shows the end of that one's
    fingerprint behind its code."""
    zones = _zones(store.catalogues, now)
    office = DeviceOffice(store.access, store.sightings, lambda: now, lambda: authority)
    try:
        office.approve(code, name, None if zone is None else ZoneId(zone), zones)
    except OtherAuthorityError as error:
        met = error.met
        raise CommandError(
            f"The program sees another certificate authority ({met}) than ours ({authority[-len(met) :] or 'none'}):"
            " somebody may stand between the two. It was not approved."
        ) from None
    except NeedsZoneError:
        known = ", ".join(zones or ()) or "none yet"
        raise CommandError(f"A display needs --zone (the catalogue has {known}). Nothing was approved.") from None
    except NoSuchZoneError:
        known = ", ".join(zones or ())
        raise CommandError(f"The catalogue has no zone {zone}, only {known}. Nothing was approved.") from None
    except NoSuchCodeError:
        raise CommandError(f"No program shows the code {code} now: read it from the screen once more.") from None
    say(f"{name} is approved; it goes on by itself.")
    if authority and len(code.replace("-", "").replace(" ", "")) <= CODE_LENGTH:
        say(
            "Its certificate authority was not compared: the code was typed without what may stand behind it on"
            f" the screen. Should that be there, and not {authority[-CODE_LENGTH:]}, somebody may"
            " stand between the two: revoke it."
        )
    return 0


def _zones(catalogues: CatalogueStore, now: datetime) -> Collection[ZoneId] | None:
    """Those of the catalogue, if there is one already."""
    return catalogues_of(catalogues, always=False).read(now).zones if catalogues.newest_version() else None


def revoke(access: AccessStore, device: str, now: datetime) -> int:
    if not access.revoke_device(DeviceId(device), now):
        raise CommandError(f"There is no device {device} to revoke: see `loket-server devices list`.")
    say(f"{device} is revoked; a running server ends its connection within seconds.")
    return 0
