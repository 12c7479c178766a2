"""Pages of the catalogue's things: lists, forms, the question before one is removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
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
from server.app.catalogue_editing.kinds import Field, Item, Kind, Shape, put_value, value_of
from server.app.catalogue_editing.naming import suggested
from server.app.catalogue_editing.placing import Placed, of_thing
from server.app.catalogue_editing.ports import DraftMovedError
from server.app.catalogue_editing.references import going_with, references_to
from server.app.catalogue_editing.rights import ForbiddenError, may_add, may_change, may_see
from server.app.catalogue_editing.schema import COUNTER, HOLIDAY, HOURS, KINDS, OFFICER, SERVICE, SITE, SPECIAL_DAY
from server.app.catalogue_editing.tables import Tables, agency_of, name_of, title_of
from server.app.catalogue_editing.telling import told_value
from server.web.admin.mistake_words import said
from server.web.admin.office import Office, editor_of, go_on, text_in
from server.web.admin.thing_form import ThingForm, started
from server.web.admin.words import WORDS
from server.web.house.house import language_of
from shared.vocabulary import Language, OfficerId

_ON_A_PAGE = 40
_LISTED = {  # what a list shows of each thing, besides its name
    "agency": ("short_name", "prefix", "hours"),
    "service": ("agency", "standard_minutes", "prefix"),
    "counter": ("zone", "agency", "profile"),
    "zone": ("walking_seconds",),
    "hours": ("monday", "friday", "saturday"),
    "holiday": ("name",),
    "special_day": ("name", "spans", "usual", "closed"),
    "officer": ("role", "agency"),
}


@dataclass(frozen=True, slots=True)
class Line:
    identity: str
    href: str
    name: str
    cells: Sequence[str]
    may_change: bool
    is_first: bool
    is_last: bool
    faults: int


class Things:
    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/admin/{kind}", self.show),
            Route("/admin/{kind}/new", self.new),
            Route("/admin/{kind}/new", self.add, methods=["POST"]),
            Route("/admin/{kind}/edit", self.edit),
            Route("/admin/{kind}/edit", self.keep, methods=["POST"]),
            Route("/admin/{kind}/remove", self.ask_to_remove),
            Route("/admin/{kind}/remove", self.remove, methods=["POST"]),
            Route("/admin/{kind}/move", self.move, methods=["POST"]),
        ]

    # --- lists ---

    async def show(self, http: Request) -> Response:
        kind = _kind(http)
        if kind is SITE:
            return await self.edit(http)
        present = await self._office.present()
        kinds = [HOURS, HOLIDAY, SPECIAL_DAY] if kind in (HOURS, HOLIDAY, SPECIAL_DAY) else [kind]
        faults = await self._office.aside(present.mistakes)
        lists = [self._listed(http, one, present, faults) for one in kinds]
        return await self._office.page(http, "list.html", present, lists=lists, kind=kind.name)

    def _listed(self, http: Request, kind: Kind, present: Present, faults: Sequence[Placed]) -> Mapping[str, Any]:
        language, editor, tables = language_of(http), editor_of(http), present.tables
        wanted, agency = http.query_params.get("q", "").strip(), http.query_params.get("agency", "")
        shown = [
            (identity, item)
            for identity, item in tables[kind.name].items()
            if may_see(editor, kind, item)
            and (not agency or agency_of(kind, item) == agency)
            and (not wanted or _matches(kind, identity, item, wanted))
        ]
        pages = max(1, -(-len(shown) // _ON_A_PAGE))
        number = min(max(1, _number(http.query_params.get("page", ""), 1)), pages)
        on_page = shown[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]
        order = [identity for identity, _ in shown]
        fields = [field for key in _LISTED[kind.name] if (field := kind.field(key)) is not None]
        lines = []
        for identity, item in on_page:
            beside = [one for one in order if agency_of(kind, tables[kind.name][one]) == agency_of(kind, item)]
            beside = order if kind.name == "agency" else beside
            lines.append(
                Line(
                    identity,
                    f"/admin/{kind.name}/edit?id={quote(identity)}",
                    _named(kind, identity, item, language),
                    [_cell(field, item, tables, language) for field in fields],
                    may_change(editor, kind, item),
                    identity == beside[0],
                    identity == beside[-1],
                    sum(one.is_error for one in of_thing(faults, kind, identity)),
                )
            )
        return {
            "kind": kind.name,
            "many": kind.many.in_(language),
            "add": WORDS["add"].in_(language).format(kind=_in_a_sentence(kind, language)),
            "may_add": may_add(editor, kind),
            "headings": [kind.one.in_(language), *(field.label.in_(language) for field in fields)],
            "ordered": kind.ordered and not wanted and editor.edits_all,
            "lines": lines,
            "count": len(shown),
            "searchable": len(tables[kind.name]) > 10,
            "agencies": self._agencies(present, language) if kind.field("agency") and editor.agency is None else [],
            "agency": agency,
            "q": wanted,
            "page": number,
            "pages": pages,
        }

    def _agencies(self, present: Present, language: Language) -> Sequence[tuple[str, str]]:
        return [(one, name_of(present.tables, "agency", one).in_(language)) for one in present.tables["agency"]]

    # --- forms ---

    async def new(self, http: Request) -> Response:
        kind, editor = _kind(http), editor_of(http)
        present = await self._office.present()
        if not may_add(editor, kind):
            raise HTTPException(403, "not_your_role")
        item = started(kind, editor.agency or http.query_params.get("agency"), present.tables)
        form = ThingForm(kind, item, present.tables, language_of(http), editor, is_new=True)
        return await self._form(http, kind, None, form, present, "")

    async def edit(self, http: Request) -> Response:
        kind, editor = _kind(http), editor_of(http)
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
        kind = _kind(http)
        return await self._take(http, SITE.name if kind is SITE else http.query_params.get("id", ""))

    async def _take(self, http: Request, identity: str | None) -> Response:
        kind, editor, language = _kind(http), editor_of(http), language_of(http)
        given = await http.form()
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
            headline = _named(kind, identity or "", item, language)
        else:
            headline = WORDS["add"].in_(language).format(kind=_in_a_sentence(kind, language))
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
            secrets=secrets if editor.edits_all else None,
        )

    async def _secrets(self, officer: OfficerId, present: Present) -> Mapping[str, bool]:
        accounts, door = self._office.accounts, self._office.gate.door
        return {
            "published": officer in present.published.tables[OFFICER.name],
            "pin": await self._office.aside(door.has_pin, officer),
            "password": officer in await self._office.aside(accounts.has_password),
        }

    # --- removing and moving ---

    async def ask_to_remove(self, http: Request) -> Response:
        kind, identity, present = _kind(http), http.query_params.get("id", ""), await self._office.present()
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
            name=_named(kind, identity, item, language),
            identity=identity,
            seen=fingerprint(item),
            going=[_with_kind(one, name, tables, language) for one, name in going],
            naming=[
                f"{_with_kind(one.kind, one.identity, tables, language)} ({one.field.label.in_(language)})"
                for one in naming.values()
            ],
        )

    async def remove(self, http: Request) -> Response:
        kind, given = _kind(http), await http.form()
        identity = text_in(given, "id")
        try:
            await self._office.aside(self._office.desk.remove, kind, identity, text_in(given, "seen"), editor_of(http))
        except (ChangedMeanwhileError, NoSuchThingError, DraftMovedError):
            return go_on(f"/admin/{kind.name}", "moved_on")
        except ForbiddenError:
            return go_on(f"/admin/{kind.name}", "not_yours")
        return go_on(f"/admin/{kind.name}", "removed")

    async def move(self, http: Request) -> Response:
        kind, given = _kind(http), await http.form()
        identity, way = text_in(given, "id"), text_in(given, "way")
        back = f"/admin/{kind.name}?page={_number(text_in(given, 'page'), 1)}&agency={quote(text_in(given, 'agency'))}"
        desk, editor = self._office.desk, editor_of(http)
        try:
            await self._office.aside(lambda: desk.move(kind, identity, editor, up=way == "up"))
        except (NoSuchThingError, DraftMovedError):
            return go_on(back, "moved_on")
        except ForbiddenError:
            return go_on(back, "not_yours")
        return go_on(f"{back}&focus={quote(f'{way}-{identity}')}#line-{quote(identity)}")

    def _name(self, present: Present, officer: str) -> str:
        item = present.tables[OFFICER.name].get(officer)
        return str(item.get("name", officer)) if item else officer or "–"


def _kind(http: Request) -> Kind:
    kind = KINDS.get(http.path_params["kind"])
    if kind is None:
        raise HTTPException(404)
    return kind


def _named(kind: Kind, identity: str, item: Mapping[str, object], language: Language) -> str:
    field = kind.field(kind.identity)
    if field is not None and field.shape is Shape.DATE:
        return told_value(field, item.get(field.key), {}, language)
    return title_of(kind, identity, item).in_(language)


def _cell(field: Field, item: Mapping[str, object], tables: Tables, language: Language) -> str:
    """A value in a list: what is left out is what stands above it, or nothing."""
    value = value_of(item, field.key)
    if field.key == "agency" and value is not None:
        return str(tables["agency"].get(str(value), {}).get("short_name", value))
    if value is None and field.key == "prefix":
        value = tables["agency"].get(str(item.get("agency")), {}).get("prefix")
    if value is None and field.usual is None and field.shape is not Shape.SPANS:
        return "–"
    return told_value(field, value, tables, language)


def _with_kind(kind: Kind, identity: str, tables: Tables, language: Language) -> str:
    word, name = kind.one.in_(language), _named(kind, identity, tables[kind.name].get(identity, {}), language)
    return name if name.startswith(word) else f"{word}: {name}"


def _in_a_sentence(kind: Kind, language: Language) -> str:
    return kind.one.in_(language).lower()


def _matches(kind: Kind, identity: str, item: Mapping[str, object], wanted: str) -> bool:
    title = title_of(kind, identity, item)
    words = f"{identity} {title.id} {title.en} {item.get('keywords', '')} {item.get('short_name', '')}".casefold()
    return all(part in words for part in wanted.casefold().split())


def _number(text: str, otherwise: int) -> int:
    return int(text[:6]) if text.isdecimal() else otherwise
