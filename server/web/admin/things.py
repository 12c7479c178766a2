"""Pages of the catalogue's things: forms, and the question before one is removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.app.catalogue_editing.desk import (
    ChangedMeanwhileError,
    IdentityTakenError,
    Present,
    ThingMistakesError,
    fingerprint,
)
from server.app.catalogue_editing.document import NoSuchThingError
from server.app.catalogue_editing.kinds import Item, Kind, put_value, value_of
from server.app.catalogue_editing.naming import suggested
from server.app.catalogue_editing.placing import of_thing
from server.app.catalogue_editing.ports import DraftMovedError
from server.app.catalogue_editing.references import going_with, references_to
from server.app.catalogue_editing.rights import Editor, ForbiddenError, may_add, may_change, may_give_pin, may_see
from server.app.catalogue_editing.schema import COUNTER, OFFICER, SERVICE, SITE
from server.app.catalogue_editing.tables import agency_of
from server.app.catalogue_editing.telling import told_value
from server.net.forms import read_form
from server.web.admin.called import in_a_sentence, kind_in, named, with_kind
from server.web.admin.mistake_words import said
from server.web.admin.office import Office, editor_of, go_on, text_in
from server.web.admin.thing_form import ThingForm, started
from server.web.admin.words import WORDS
from server.web.house.house import language_of
from shared.vocabulary import OfficerId


class Things:
    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/admin/{kind}/new", self.new),
            Route("/admin/{kind}/new", self.add, methods=["POST"]),
            Route("/admin/{kind}/edit", self.edit),
            Route("/admin/{kind}/edit", self.keep, methods=["POST"]),
            Route("/admin/{kind}/remove", self.ask_to_remove),
            Route("/admin/{kind}/remove", self.remove, methods=["POST"]),
        ]

    # --- forms ---

    async def new(self, http: Request) -> Response:
        kind, editor = kind_in(http), editor_of(http)
        present = await self._office.present()
        if not may_add(editor, kind):
            raise HTTPException(403, "not_your_role")
        item = started(kind, editor.agency or http.query_params.get("agency"), present.tables)
        form = ThingForm(kind, item, present.tables, language_of(http), editor, is_new=True)
        return await self._form(http, kind, None, form, present, "")

    async def edit(self, http: Request) -> Response:
        kind, editor = kind_in(http), editor_of(http)
        identity = SITE.name if kind is SITE else http.query_params.get("id", "")
        present = await self._office.present()
        item = present.document.item(kind, identity)
        if item is None and kind is not SITE:
            raise HTTPException(404)
        if not may_see(editor, kind, item or {}):
            raise HTTPException(403, "not_yours")
        form = ThingForm(kind, item or {}, present.tables, language_of(http), editor, is_new=item is None)
        faults = await self._office.aside(present.mistakes)
        for one in of_thing(faults, kind, identity):
            if one.is_error and not one.may_wait:
                form.complain(one.field, one.language, said(one, present.tables, language_of(http)))
        return await self._form(http, kind, identity, form, present, fingerprint(item))

    async def add(self, http: Request) -> Response:
        return await self._take(http, None)

    async def keep(self, http: Request) -> Response:
        kind = kind_in(http)
        return await self._take(http, SITE.name if kind is SITE else http.query_params.get("id", ""))

    async def _take(self, http: Request, identity: str | None) -> Response:
        kind, editor, language = kind_in(http), editor_of(http), language_of(http)
        given = await read_form(http)
        present = await self._office.present()
        before = None if identity is None else present.document.item(kind, identity)
        if identity is None and not may_add(editor, kind):
            raise HTTPException(403, "not_your_role")
        if before is not None and not may_see(editor, kind, before):
            raise HTTPException(403, "not_yours")
        base: Item = dict(before or {})
        if editor.agency is not None and kind.field("agency"):
            base.setdefault("agency", editor.agency)
        form = ThingForm(kind, base, present.tables, language, editor, is_new=before is None, given=given)
        seen = text_in(given, "seen")
        act = text_in(given, "act")
        if act:
            form.change_order(act)
            return await self._form(http, kind, identity, form, present, seen)
        item = form.item()
        if item is None:
            return await self._form(http, kind, identity, form, present, seen, status=422)
        if identity is None and kind.identity not in item and kind is not COUNTER:
            put_value(item, kind.identity, suggested(kind, item, present.tables[kind.name]) or None)
        try:
            kept = await self._office.aside(self._office.desk.keep, kind, identity, seen, item, editor)
        except ThingMistakesError as error:
            unplaced = [
                words
                for one in error.mistakes
                if not form.complain(one.field, one.language, words := said(one, present.tables, language))
            ]
            return await self._form(http, kind, identity, form, present, seen, status=422, complaints=unplaced)
        except IdentityTakenError:
            words = WORDS["identity_taken"].in_(language)
            unplaced = [] if form.complain(kind.identity, "", words) else [words]
            return await self._form(http, kind, identity, form, present, seen, status=422, complaints=unplaced)
        except ChangedMeanwhileError as error:
            return await self._changed(http, kind, identity, form, error, item)
        except ForbiddenError:
            words = WORDS["not_yours"].in_(language)
            return await self._form(http, kind, identity, form, present, seen, status=403, complaints=[words])
        if kind is SITE:
            return go_on("/admin/site", "kept")
        if kind is OFFICER and identity is None:
            return go_on(f"/admin/officer/edit?id={quote(kept)}", "kept")
        agency = agency_of(kind, item) if kind in (SERVICE, COUNTER, OFFICER) and editor.agency is None else ""
        return go_on(f"/admin/{kind.name}?agency={quote(agency)}" if agency else f"/admin/{kind.name}", "kept")

    async def _changed(
        self,
        http: Request,
        kind: Kind,
        identity: str | None,
        form: ThingForm,
        error: ChangedMeanwhileError,
        mine: Item,
    ) -> Response:
        """What was filled in stays; kept once more it takes the place of what the other one kept."""
        present = await self._office.present()
        language, who = language_of(http), self._name(present, error.by)
        if error.item is None:
            complaint, theirs = WORDS["removed_meanwhile"].in_(language).format(who=who), []
        else:
            complaint = WORDS["changed_meanwhile"].in_(language).format(who=who)
            theirs = [
                (
                    field.label.in_(language),
                    told_value(field, value_of(error.item, field.key), present.tables, language),
                )
                for field in kind.fields
                if value_of(error.item, field.key) != value_of(mine, field.key)
            ]
        return await self._form(
            http,
            kind,
            identity,
            form,
            present,
            fingerprint(error.item),
            status=409,
            complaints=[complaint],
            theirs=theirs,
        )

    async def _form(
        self,
        http: Request,
        kind: Kind,
        identity: str | None,
        form: ThingForm,
        present: Present,
        seen: str,
        status: int = 200,
        complaints: Sequence[str] = (),
        theirs: Sequence[tuple[str, str]] = (),
    ) -> Response:
        language, editor = language_of(http), editor_of(http)
        item = None if identity is None else present.document.item(kind, identity)
        path = f"/admin/{kind.name}/new" if identity is None else f"/admin/{kind.name}/edit?id={quote(identity)}"
        if item is not None:
            headline = named(kind, identity or "", item, language)
        else:
            headline = WORDS["add"].in_(language).format(kind=in_a_sentence(kind, language))
        secrets = await self._secrets(OfficerId(identity or ""), present) if kind is OFFICER and item else None
        return await self._office.page(
            http,
            "thing.html",
            present,
            status,
            kind=kind.name,
            many=kind.many.in_(language),
            headline=WORDS["way_site"].in_(language) if kind is SITE else headline,
            identity=identity or "",
            action=path,
            seen=seen,
            thing=form,
            complaints=complaints,
            theirs=theirs,
            may_keep=item is None or may_change(editor, kind, item),
            may_remove=item is not None and kind is not SITE and may_change(editor, kind, item),
            secrets=secrets if self._may_give(editor, identity) else None,
            gives_passwords=editor.edits_all,
        )

    def _may_give(self, editor: Editor, identity: str | None) -> bool:
        officer = self._office.gate.catalogue().officers.get(OfficerId(identity or ""))
        return editor.edits_all or (officer is not None and may_give_pin(editor, officer))

    async def _secrets(self, officer: OfficerId, present: Present) -> Mapping[str, bool]:
        accounts, door = self._office.accounts, self._office.gate.door
        return {
            "published": officer in present.published.tables[OFFICER.name],
            "pin": await self._office.aside(door.has_pin, officer),
            "password": officer in await self._office.aside(accounts.has_password),
        }

    # --- removing ---

    async def ask_to_remove(self, http: Request) -> Response:
        kind, identity, present = kind_in(http), http.query_params.get("id", ""), await self._office.present()
        item = present.document.item(kind, identity)
        if item is None or kind is SITE:
            raise HTTPException(404)
        if not may_change(editor_of(http), kind, item):
            raise HTTPException(403, "not_yours")
        language, tables = language_of(http), present.tables
        going = going_with(tables, kind, identity)
        gone = {(one.name, name) for one, name in [(kind, identity), *going]}
        naming = {
            (reference.kind.name, reference.identity): reference
            for one, name in [(kind, identity), *going]
            for reference in references_to(tables, one, name)
            if (reference.kind.name, reference.identity) not in gone
        }
        return await self._office.page(
            http,
            "remove.html",
            present,
            kind=kind.name,
            many=kind.many.in_(language),
            name=named(kind, identity, item, language),
            identity=identity,
            seen=fingerprint(item),
            going=[with_kind(one, name, tables, language) for one, name in going],
            naming=[
                f"{with_kind(one.kind, one.identity, tables, language)} ({one.field.label.in_(language)})"
                for one in naming.values()
            ],
        )

    async def remove(self, http: Request) -> Response:
        kind, given = kind_in(http), await read_form(http)
        identity = text_in(given, "id")
        try:
            await self._office.aside(self._office.desk.remove, kind, identity, text_in(given, "seen"), editor_of(http))
        except (ChangedMeanwhileError, NoSuchThingError, DraftMovedError):
            return go_on(f"/admin/{kind.name}", "moved_on")
        except ForbiddenError:
            return go_on(f"/admin/{kind.name}", "not_yours")
        return go_on(f"/admin/{kind.name}", "removed")

    def _name(self, present: Present, officer: str) -> str:
        item = present.tables[OFFICER.name].get(officer)
        return str(item.get("name", officer)) if item else officer or "–"
