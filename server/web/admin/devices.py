"""Devices: who is there, pairing by the code on a screen, revoking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.app.devices import Known, NoSuchCodeError, NoSuchDeviceError, NoSuchZoneError, OtherAuthorityError
from server.app.tokens import OLD_TOKEN
from server.net.forms import read_form
from server.net.rest import look
from server.web.admin.office import Office, editor_of, go_on, text_in
from server.web.admin.overview import moment
from server.web.admin.words import PROGRAMS, WORDS
from server.web.floor.words import WORDS as FLOOR_WORDS
from server.web.house.house import language_of
from shared.protocol.floor_views import FloorDeviceItem
from shared.vocabulary import DeviceId, Language, ReceiptStep, Role, ZoneId

_LONGEST_NAME = 40
FLOOR = "floor"  # the stream
GONE = "lost"  # a device that is not connected: the column before says so


class Devices:
    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/admin/devices", self.show),
            Route("/admin/devices/approve", self.approve, methods=["POST"]),
            Route("/admin/devices/revoke", self.ask_to_revoke),
            Route("/admin/devices/revoke", self.revoke, methods=["POST"]),
        ]

    async def show(self, http: Request) -> Response:
        return await self._page(http)

    async def approve(self, http: Request) -> Response:
        office, language = self._office, language_of(http)
        given = await read_form(http)
        code, name, zone = text_in(given, "code"), text_in(given, "name")[:_LONGEST_NAME], text_in(given, "zone")
        wrong: dict[str, str] = {}
        if not name:
            wrong["name"] = WORDS["needs_name"].in_(language)
        if not code:
            wrong["code"] = WORDS["no_such_code"].in_(language)
        zones = office.gate.catalogue().zones
        if not wrong:
            try:
                await office.aside(
                    office.devices.approve, code, name, ZoneId(zone) if zone else None, zones, editor_of(http).officer
                )
                return go_on("/admin/devices", "paired")
            except NoSuchCodeError:
                wrong["code"] = WORDS["no_such_code"].in_(language)
            except OtherAuthorityError:
                wrong["code"] = WORDS["other_authority"].in_(language)
            except NoSuchZoneError:
                wrong["zone"] = WORDS["needs_zone"].in_(language)
        return await self._page(http, {"code": code, "name": name, "zone": zone}, wrong, 422)

    async def ask_to_revoke(self, http: Request) -> Response:
        known = await self._known(http.query_params.get("id", ""))
        language = language_of(http)
        return await self._office.page(
            http,
            "revoke.html",
            headline=WORDS["revoke_sure"].in_(language).format(name=known.device.name),
            device=known.device.id,
        )

    async def revoke(self, http: Request) -> Response:
        given = await read_form(http)
        device = DeviceId(text_in(given, "id"))
        try:
            await self._office.aside(self._office.devices.revoke, device, editor_of(http).officer)
        except NoSuchDeviceError:
            return go_on("/admin/devices", "gone")
        await self._office.gate.look_for_revoked()
        return go_on("/admin/devices", "revoked")

    async def _known(self, device: str) -> Known:
        found = await self._office.aside(self._office.devices.known, frozenset[DeviceId]())
        known = next((one for one in found if one.device.id == device and one.device.revoked_at is None), None)
        if known is None:
            raise HTTPException(404)
        return known

    async def _page(
        self,
        http: Request,
        given: Mapping[str, str] | None = None,
        wrong: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> Response:
        office, language = self._office, language_of(http)
        here = frozenset(one.device for one in office.gate.sessions if one.device is not None)
        known = await office.aside(office.devices.known, here)
        pending = await office.aside(office.devices.pending)
        programs = Counter(PROGRAMS[one.program].in_(language) for one in pending)
        zones = office.gate.catalogue().zones
        states = await self._states()
        lines = [self._line(one, states.get(one.device.id), language) for one in known]
        return await office.page(
            http,
            "devices.html",
            status=status,
            given=given or {"code": "", "name": "", "zone": ""},
            wrong={"code": "", "name": "", "zone": ""} | dict(wrong or {}),
            zones=[(zone.id, zone.name.in_(language)) for zone in zones.values()],
            pending=", ".join(f"{count} × {program}" if count > 1 else program for program, count in programs.items()),
            devices=[line for line, one in zip(lines, known, strict=True) if one.device.revoked_at is None],
            revoked=[line for line, one in zip(lines, known, strict=True) if one.device.revoked_at is not None],
        )

    async def _states(self) -> Mapping[str, FloorDeviceItem]:
        """What kiosks and displays report of themselves, as the floor shows it; nothing while the hall is too busy."""
        try:
            table = await look(self._office.gate, FLOOR)
        except HTTPException:
            return {}
        return {item.id: item for item in (table or {}).values() if isinstance(item, FloorDeviceItem)}

    def _line(self, one: Known, state: FloorDeviceItem | None, language: Language) -> Mapping[str, Any]:
        zone, device = self._office.house.zone(), one.device
        of_zone = self._office.gate.catalogue().zones.get(device.zone) if device.zone else None
        why = "revoked_stolen" if device.revoked_why == OLD_TOKEN else "revoked"
        return {
            "id": device.id,
            "name": device.name,
            "program": PROGRAMS[device.program].in_(language),
            "zone": of_zone.name.in_(language) if of_zone else (device.zone or WORDS["no_zone"].in_(language)),
            "here": one.is_here,
            "faults": () if state is None else [_fault(fault, language) for fault in state.faults if fault != GONE],
            "fine": _fine(state, language) if one.is_here and state is not None else "",
            "seen": WORDS["never_seen"].in_(language)
            if one.sighting is None
            else moment(one.sighting.at, zone, language),
            "release": "" if one.sighting is None else one.sighting.release,
            "age": WORDS["days"].in_(language).format(count=one.token_age.days),
            "revoke": WORDS["revoke_it"].in_(language).format(name=device.name),
            "revoked": ""
            if device.revoked_at is None
            else f"{WORDS[why].in_(language)}, {moment(device.revoked_at, zone, language)}",
        }


def _fault(fault: str, language: Language) -> str:
    return FLOOR_WORDS[fault].in_(language) if fault in FLOOR_WORDS else fault


def _fine(state: FloorDeviceItem, language: Language) -> str:
    """What a device that reports no fault is known to do: a kiosk has paper, a display speaks."""
    if state.faults:
        return ""
    if state.role is Role.KIOSK:
        return FLOOR_WORDS["printer_fine"].in_(language)
    spoke = state.receipt is ReceiptStep.SPOKEN
    return FLOOR_WORDS["receipt_spoken"].in_(language).format(ticket=state.receipt_ticket) if spoke else ""
