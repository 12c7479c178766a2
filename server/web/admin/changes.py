"""The changes of the draft, publishing them, the versions so far, and going back to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.app.catalogue_editing.desk import CatalogueDesk, NobodyLeftError
from server.app.catalogue_editing.difference import Change, Sort
from server.app.catalogue_editing.document import NoSuchThingError
from server.app.catalogue_editing.kinds import value_of
from server.app.catalogue_editing.ports import DraftMovedError, OutdatedError
from server.app.catalogue_editing.rights import ForbiddenError
from server.app.catalogue_editing.tables import Tables
from server.app.catalogue_editing.telling import told_change, told_field, told_value
from server.app.catalogue_file import CatalogueError
from server.net.forms import read_form
from server.web.admin.office import Office, editor_of, go_on, text_in
from server.web.admin.overview import draft_line, moment, remark
from server.web.admin.striking import Striking
from server.web.admin.words import WORDS
from server.web.house.house import language_of
from shared.vocabulary import Language

_LONGEST_NOTE = 500


class Changes:
    def __init__(self, office: Office, striking: Striking) -> None:
        self._office = office
        self._striking = striking

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/admin/changes", self.show),
            Route("/admin/changes/publish", self.publish, methods=["POST"]),
            Route("/admin/changes/discard", self.discard, methods=["POST"]),
            Route("/admin/history", self.history),
            Route("/admin/history/{version}", self.version),
            Route("/admin/history/{version}/revert", self.revert, methods=["POST"]),
        ]

    async def show(self, http: Request) -> Response:
        office, language = self._office, language_of(http)
        present = await office.present()
        changes = await office.aside(present.changes)
        found = await office.aside(present.mistakes)
        return await office.page(
            http,
            "changes.html",
            present,
            changes=told(changes, present.published.tables, present.tables, language),
            errors=[remark(one, present.tables, language) for one in found if one.is_error],
            digest=present.digest,
            newest=present.newest,
            has_draft=present.draft is not None,
            outdated=WORDS["outdated"].in_(language).format(number=present.newest) if present.is_outdated else "",
            draft=draft_line(present, office.house.zone(), language),
            may_publish=editor_of(http).publishes,
            strikes=await self._striking.of(present.document.text, language) if changes else None,
        )

    async def publish(self, http: Request) -> Response:
        given, editor, desk = await read_form(http), editor_of(http), self._office.desk
        digest, note, newest = text_in(given, "digest"), text_in(given, "note")[:_LONGEST_NOTE], _whole(given, "newest")
        try:
            await self._office.aside(desk.publish, digest, newest, note, editor)
        except (DraftMovedError, OutdatedError, CatalogueError):
            return go_on("/admin/changes", "moved_on")
        except NobodyLeftError:
            return go_on("/admin/changes", "nobody_left")
        except ForbiddenError:
            return go_on("/admin/changes", "not_yours")
        return go_on("/admin", "published")

    async def discard(self, http: Request) -> Response:
        given = await read_form(http)
        try:
            await self._office.aside(self._office.desk.discard, text_in(given, "digest"), editor_of(http))
        except DraftMovedError:
            return go_on("/admin/changes", "moved_on")
        except ForbiddenError:
            return go_on("/admin/changes", "not_yours")
        return go_on("/admin", "discarded")

    async def history(self, http: Request) -> Response:
        office, language, zone = self._office, language_of(http), self._office.house.zone()
        present = await office.present()
        versions = [
            {
                "number": one.number,
                "when": moment(one.published_at, zone, language),
                "who": _who(present.published.tables, one.by) or WORDS["command_line"].in_(language),
                "note": one.note,
                "reverts": ""
                if one.reverts_to is None
                else WORDS["reverts"].in_(language).format(number=one.reverts_to),
                "look_at": WORDS["look_at"].in_(language).format(number=one.number),
                "holds": one.number == present.newest,
            }
            for one in await office.aside(office.desk.versions)
        ]
        return await office.page(http, "history.html", present, versions=versions)

    async def version(self, http: Request) -> Response:
        office, language, desk = self._office, language_of(http), self._office.desk
        number = _version(http)
        present = await office.present()
        numbers = sorted(one.number for one in await office.aside(desk.versions))
        if number not in numbers:
            raise HTTPException(404)
        before = max((one for one in numbers if one < number), default=0)
        then = await office.aside(desk.difference_between, before, number)
        back = await office.aside(desk.difference_between, present.newest, number)
        return await office.page(
            http,
            "version.html",
            present,
            number=number,
            newest=present.newest,
            headline=WORDS["version_title"].in_(language).format(number=number),
            then=told(*then, language),
            back=told(*back, language),
            back_publish=WORDS["back_publish"].in_(language).format(number=number),
            may_publish=editor_of(http).publishes,
            strikes=await self._striking.of(await office.aside(_text_of, desk, number), language),
        )

    async def revert(self, http: Request) -> Response:
        given, desk, number = await read_form(http), self._office.desk, _version(http)
        note, newest, editor = text_in(given, "note")[:_LONGEST_NOTE], _whole(given, "newest"), editor_of(http)
        try:
            await self._office.aside(desk.revert, number, newest, note, editor)
        except (OutdatedError, CatalogueError):
            return go_on(f"/admin/history/{number}", "moved_on")
        except NobodyLeftError:
            return go_on(f"/admin/history/{number}", "nobody_left")
        except NoSuchThingError:
            raise HTTPException(404) from None
        except ForbiddenError:
            return go_on("/admin/history", "not_yours")
        return go_on("/admin/history", "published")


def told(changes: Sequence[Change], before: Tables, after: Tables, language: Language) -> Sequence[Mapping[str, Any]]:
    """A difference in words, for a page."""
    return [
        {
            "sort": change.sort.value,
            "headline": told_change(change, after, language),
            "fields": [told_field(field, before, after, language) for field in change.fields],
            "says": _says(change, after, language),
        }
        for change in changes
    ]


def _says(change: Change, after: Tables, language: Language) -> Sequence[tuple[str, str]]:
    """Everything that a new thing says."""
    item = change.after if change.sort is Sort.ADDED else None
    return [
        (field.label.in_(language), told_value(field, value, after, language))
        for field in change.kind.fields
        if item is not None and (value := value_of(item, field.key)) is not None
    ]


def _text_of(desk: CatalogueDesk, number: int) -> str:
    return desk.text_of(number) or ""


def _version(http: Request) -> int:
    text = str(http.path_params["version"])
    if not text.isdecimal():
        raise HTTPException(404)
    return int(text[:9])


def _who(tables: Tables, officer: str) -> str:
    item = tables["officer"].get(officer)
    return str(item.get("name", officer)) if item else officer


def _whole(form: Mapping[str, Any], key: str) -> int:
    text = text_in(form, key)
    return int(text[:9]) if text.isdecimal() else -1
