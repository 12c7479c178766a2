"""`loket-server devices`: who is introduced, who waits for it, approve and revoke."""

from __future__ import annotations

from datetime import datetime

from server.app.pairing import CODE_LENGTH
from server.app.ports import AccessStore, Approval, CatalogueStore
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
    shown = code.upper().replace("-", "").replace(" ", "")
    wanted, met = shown[:CODE_LENGTH], shown[CODE_LENGTH:]
    if met and not authority.endswith(met):
        raise CommandError(
            f"The program sees another certificate authority ({met}) than ours ({authority[-len(met) :] or 'none'}):"
            " somebody may stand between the two. It was not approved."
        )
    pending = next((one for one in store.access.pending_devices(now) if one.code == wanted), None)
    place = None if pending is None else _zone(store.catalogues, zone, now)
    approval = None if pending is None else Approval(wanted, pending.installation, name, place)
    if approval is None or not store.access.approve(approval, now):
        raise CommandError(f"No program shows the code {wanted} now: read it from the screen once more.")
    say(f"{name} is approved; it goes on by itself.")
    if authority and not met:
        say(
            "Its certificate authority was not compared: the code was typed without what may stand behind it on"
            f" the screen. Should that be there, and not {authority[-CODE_LENGTH:]}, somebody may"
            " stand between the two: revoke it."
        )
    return 0


def _zone(catalogues: CatalogueStore, zone: str | None, now: datetime) -> ZoneId | None:
    """A zone of the catalogue, if there is one already: a display of a zone that nobody knows would stay empty."""
    if zone is None or not catalogues.newest_version():
        return None if zone is None else ZoneId(zone)
    known = catalogues_of(catalogues, always=False).read(now).zones
    if ZoneId(zone) not in known:
        raise CommandError(f"The catalogue has no zone {zone}, only {', '.join(known)}. Nothing was approved.")
    return ZoneId(zone)


def revoke(access: AccessStore, device: str, now: datetime) -> int:
    if not access.revoke_device(DeviceId(device), now):
        raise CommandError(f"There is no device {device} to revoke: see `loket-server devices list`.")
    say(f"{device} is revoked; a running server ends its connection within seconds.")
    return 0
