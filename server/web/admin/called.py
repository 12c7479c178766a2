"""What a thing is called on a page, and which kind an address means."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request

from server.app.catalogue_editing.kinds import Kind, Shape
from server.app.catalogue_editing.schema import KINDS
from server.app.catalogue_editing.tables import Tables, title_of
from server.app.catalogue_editing.telling import told_value
from shared.vocabulary import Language


def kind_in(http: Request) -> Kind:
    kind = KINDS.get(http.path_params["kind"])
    if kind is None:
        raise HTTPException(404)
    return kind


def named(kind: Kind, identity: str, item: Mapping[str, object], language: Language) -> str:
    field = kind.field(kind.identity)
    if field is not None and field.shape is Shape.DATE:
        return told_value(field, item.get(field.key), {}, language)
    return title_of(kind, identity, item).in_(language)


def with_kind(kind: Kind, identity: str, tables: Tables, language: Language) -> str:
    word, name = kind.one.in_(language), named(kind, identity, tables[kind.name].get(identity, {}), language)
    return name if name.startswith(word) else f"{word}: {name}"


def in_a_sentence(kind: Kind, language: Language) -> str:
    return kind.one.in_(language).lower()


def number_in(text: str, otherwise: int) -> int:
    return int(text[:6]) if text.isdecimal() else otherwise
