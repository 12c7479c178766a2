"""Type-ahead search: a few typed letters to the services they may mean, best first.

Every typed word must begin a word of the service's names, keywords or agency; one slip of the finger is forgiven
in words of five letters and more. Letters are compared without case and accents.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from enum import IntEnum

from msgspec import Struct

from shared.protocol.views import AgencyItem, ServiceItem

FORGIVING_FROM = 5  # letters: in a shorter word, one slip makes another word
SLIP = 10  # a slip ranks below every exact match, whatever its place

# What people say before what they want.
_INDONESIAN = "saya mau ingin hendak minta tolong bikin buat membuat urus mengurus daftar untuk yang di ke dan atau"
_ENGLISH = "i want need to get make apply for a an the my"
FILLERS = frozenset(f"{_INDONESIAN} {_ENGLISH}".split())


class Place(IntEnum):
    """Where a word was found; the smaller, the better."""

    NAME_START = 0
    NAME = 1
    KEYWORD = 2
    AGENCY = 3


class Index(Struct, frozen=True):
    words: tuple[str, ...]
    """Every word of the catalogue, sorted."""
    places: Mapping[str, Mapping[str, Place]]
    """Word -> service -> its best place."""
    order: Mapping[str, int]
    names: Mapping[str, tuple[str, ...]]


def build_index(agencies: Iterable[AgencyItem], services: Iterable[ServiceItem]) -> Index:
    agency_words = {a.id: (*words_of(a.name.id), *words_of(a.name.en), *words_of(a.short_name)) for a in agencies}
    places: dict[str, dict[str, Place]] = {}
    order: dict[str, int] = {}
    names: dict[str, tuple[str, ...]] = {}

    def note(word: str, service: str, place: Place) -> None:
        known = places.setdefault(word, {})
        known[service] = min(known.get(service, place), place)

    for position, service in enumerate(services):
        order[service.id] = position
        in_languages = (words_of(service.name.id), words_of(service.name.en))
        names[service.id] = tuple(" ".join(name) for name in in_languages)
        for name in in_languages:
            for at, word in enumerate(name):
                note(word, service.id, Place.NAME_START if at == 0 else Place.NAME)
        for word in words_of(service.keywords):
            note(word, service.id, Place.KEYWORD)
        for word in agency_words.get(service.agency, ()):
            note(word, service.id, Place.AGENCY)
    return Index(tuple(sorted(places)), places, order, names)


def search(index: Index, query: str, limit: int) -> tuple[str, ...]:
    """The ids of the services that `query` may mean, best first; none for an empty query."""
    typed = words_of(query)
    found = _services_with_all(index, typed)
    if not found:  # "saya mau bikin ktp": what people say before what they want is forgiven, not looked for
        typed = tuple(word for word in typed if word not in FILLERS)
        found = _services_with_all(index, typed)
    phrase = " ".join(typed)

    def rank(service: str) -> tuple[bool, int, int]:
        starts = any(name.startswith(phrase) for name in index.names[service])
        return (not starts, found[service], index.order[service])

    return tuple(sorted(found, key=rank)[:limit])


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as the search compares them: letters and digits, folded."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    plain = (c for c in folded if not unicodedata.combining(c))
    return tuple("".join(c if c.isalnum() else " " for c in plain).split())


def _services_with_all(index: Index, typed: tuple[str, ...]) -> dict[str, int]:
    """Service -> cost, of those that have every typed word."""
    if not typed:
        return {}
    found = [_services_with(index, word) for word in typed]
    in_all = set(found[0]).intersection(*found[1:])
    return {service: sum(hits[service] for hits in found) for service in in_all}


def _services_with(index: Index, typed: str) -> dict[str, int]:
    """Service -> cost of its best word for the typed one."""
    hits: dict[str, int] = {}
    exact = _beginning_with(index.words, typed)
    words, extra = (exact, 0) if exact else (_almost_beginning_with(index.words, typed), SLIP)
    for word in words:
        for service, place in index.places[word].items():
            hits[service] = min(hits.get(service, place + extra), place + extra)
    return hits


def _beginning_with(words: tuple[str, ...], typed: str) -> tuple[str, ...]:
    first = bisect_left(words, typed)
    last = bisect_left(words, typed + "\U0010ffff", lo=first)
    return words[first:last]


def _almost_beginning_with(words: tuple[str, ...], typed: str) -> tuple[str, ...]:
    if len(typed) < FORGIVING_FROM:
        return ()
    return tuple(word for word in words if len(word) >= len(typed) - 1 and is_one_slip_from_a_beginning(typed, word))


def is_one_slip_from_a_beginning(typed: str, word: str) -> bool:
    """Whether a letter added, left out, replaced, or swapped with its neighbour makes `typed` begin `word`."""
    at = 0
    while at < len(typed) and at < len(word) and typed[at] == word[at]:
        at += 1
    rest = typed[at:]
    if not rest:
        return True
    return (
        word.startswith(rest[1:], at)  # a letter too many
        or word.startswith(rest, at + 1)  # a letter left out
        or (at < len(word) and word.startswith(rest[1:], at + 1))  # another letter
        or (len(rest) >= 2 and word.startswith(rest[1] + rest[0] + rest[2:], at))  # two letters swapped
    )
