"""Lists of the catalogue's things, to be searched and put in order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.app.catalogue_editing.desk import (
    Present,
)
from server.app.catalogue_editing.document import NoSuchThingError
from server.app.catalogue_editing.kinds import Field, Kind, Shape, value_of
from server.app.catalogue_editing.placing import Placed, of_thing
from server.app.catalogue_editing.ports import DraftMovedError
from server.app.catalogue_editing.rights import ForbiddenError, may_add, may_see
from server.app.catalogue_editing.schema import HOLIDAY, HOURS, SITE, SPECIAL_DAY
from server.app.catalogue_editing.tables import Tables, agency_of, name_of, title_of
from server.app.catalogue_editing.telling import told_value
from server.net.forms import read_form
from server.web.admin.called import in_a_sentence, kind_in, named, number_in
from server.web.admin.office import Office, editor_of, go_on, text_in
from server.web.admin.words import WORDS
from server.web.house.house import language_of
from shared.vocabulary import Language

Page = Callable[[Request], Awaitable[Response]]
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
    is_first: bool
    is_last: bool
    faults: int


class Lists:
    def __init__(self, office: Office, only_one: Page) -> None:
        """`only_one`: the page of a kind of which there is one thing."""
        self._office = office
        self._only_one = only_one

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/admin/{kind}", self.show),
            Route("/admin/{kind}/move", self.move, methods=["POST"]),
        ]

    async def show(self, http: Request) -> Response:
        kind = kind_in(http)
        if kind is SITE:
            return await self._only_one(http)
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
        number = min(max(1, number_in(http.query_params.get("page", ""), 1)), pages)
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
                    named(kind, identity, item, language),
                    [_cell(field, item, tables, language) for field in fields],
                    identity == beside[0],
                    identity == beside[-1],
                    sum(one.is_error for one in of_thing(faults, kind, identity)),
                )
            )
        return {
            "kind": kind.name,
            "many": kind.many.in_(language),
            "add": WORDS["add"].in_(language).format(kind=in_a_sentence(kind, language)),
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

    async def move(self, http: Request) -> Response:
        kind, given = kind_in(http), await read_form(http)
        identity, way = text_in(given, "id"), text_in(given, "way")
        back = (
            f"/admin/{kind.name}?page={number_in(text_in(given, 'page'), 1)}&agency={quote(text_in(given, 'agency'))}"
        )
        desk, editor = self._office.desk, editor_of(http)
        try:
            await self._office.aside(lambda: desk.move(kind, identity, editor, up=way == "up"))
        except (NoSuchThingError, DraftMovedError):
            return go_on(back, "moved_on")
        except ForbiddenError:
            return go_on(back, "not_yours")
        return go_on(f"{back}&focus={quote(f'{way}-{identity}')}#line-{quote(identity)}")


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


def _matches(kind: Kind, identity: str, item: Mapping[str, object], wanted: str) -> bool:
    title = title_of(kind, identity, item)
    words = f"{identity} {title.id} {title.en} {item.get('keywords', '')} {item.get('short_name', '')}".casefold()
    return all(part in words for part in wanted.casefold().split())
