"""Reading: from the text of a catalogue file to the catalogue, or to its mistakes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from server.app.catalogue_file.checks import check_whole
from server.app.catalogue_file.days import holidays_of
from server.app.catalogue_file.draft import Draft, read_draft
from server.app.catalogue_file.lines import scan
from server.app.catalogue_file.mistakes import CatalogueError, Code, Findings, Mistake, Severity
from server.domain.catalogue import Catalogue, Counter, Service
from shared.vocabulary import CounterId, ServiceId

MAX_CHARACTERS = 4_000_000  # fifty times a hall of 150 services
_IN_OTHER_WORDS = {  # what tomllib says and a writer may not understand
    "Illegal character '\\n'": "a text has no closing quote on its line",
    "Cannot overwrite a value": "this key was said before",
    "Cannot declare": "this table was said before",
}
_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def check(text: str) -> list[Mistake]:
    """Every mistake of the file, errors and warnings, by line."""
    try:
        draft = _draft(text)
    except CatalogueError as error:
        return list(error.mistakes)
    check_whole(draft)
    return draft.findings.sorted()


def read_catalogue(text: str, *, version: int, today: date, earlier: Sequence[str] = ()) -> Catalogue:
    """The catalogue that the text describes. Raises CatalogueError when it has errors; warnings are let pass.

    `earlier` are the texts published before, oldest first: their services that are no more become `removed`.
    `today` says for which years the country's holidays are looked up: this one and the next two.
    """
    draft = _draft(text)
    check_whole(draft)
    errors = [mistake for mistake in draft.findings.sorted() if mistake.severity is Severity.ERROR]
    if errors:
        raise CatalogueError(errors)
    calendar = holidays_of(draft.country, collective_leave=draft.collective_leave, today=today)
    catalogue = Catalogue(
        version=version,
        site=draft.site,
        calendar=draft.days.over(calendar),
        zones=MappingProxyType(draft.zones),
        agencies=MappingProxyType(draft.agencies),
        services=MappingProxyType(draft.services),
        counters=MappingProxyType(draft.counters),
        officers=MappingProxyType(draft.officers),
    )
    for old in reversed(earlier):
        catalogue = _serving_out(catalogue, _draft(old))
    return catalogue


def _serving_out(catalogue: Catalogue, old: Draft) -> Catalogue:
    """Keep the services of an older version that nothing newer knows, and find who calls their last visitors."""
    removed = {
        service.id: service
        for service in old.services.values()
        if service.id not in catalogue.services and service.id not in catalogue.removed
    }
    if not removed:
        return catalogue
    agencies = {
        service.agency: old.agencies[service.agency]
        for service in removed.values()
        if service.agency in old.agencies and service.agency not in catalogue.agencies
    }
    return replace(
        catalogue,
        removed=MappingProxyType({**catalogue.removed, **removed}),
        removed_agencies=MappingProxyType({**agencies, **catalogue.removed_agencies}),
        counters=MappingProxyType(_with_last_visitors(catalogue.counters, removed, old)),
    )


def _with_last_visitors(
    counters: Mapping[CounterId, Counter], removed: Mapping[ServiceId, Service], old: Draft
) -> dict[CounterId, Counter]:
    """Removed services go to the counters that served them; where none is left, the lobby finds others."""
    extended = dict(counters)
    for counter in old.counters.values():
        last = tuple(service for service in counter.profile if service in removed)
        if last and counter.id in counters:
            heir = counters[counter.id]
            extended[counter.id] = replace(heir, profile=(*heir.profile, *last))
    return extended


def _draft(text: str) -> Draft:
    """Raises CatalogueError when the text is no TOML at all."""
    text = text.removeprefix("\ufeff")  # some editors begin a file with it
    if len(text) > MAX_CHARACTERS:
        raise _no_draft(1, Code.TOO_LARGE, f"the file has {len(text)} characters; at most {MAX_CHARACTERS} are read")
    try:
        tables = tomllib.loads(text)
    except RecursionError:
        raise _no_draft(1, Code.NOT_TOML, "brackets are nested too deeply") from None
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        where = _WHERE.search(str(error))
        line = int(where[1]) if where and where[1] else text.rstrip().count("\n") + 1 if where else 1
        said = _WHERE.sub("", str(error))
        meant = next((f"{words} ({said})" for start, words in _IN_OTHER_WORDS.items() if said.startswith(start)), said)
        raise _no_draft(line, Code.NOT_TOML, f"this is not TOML: {meant}") from None
    return read_draft(tables, Findings(scan(text)))


def _no_draft(line: int, code: Code, message: str) -> CatalogueError:
    return CatalogueError([Mistake(line, Severity.ERROR, code, message)])
