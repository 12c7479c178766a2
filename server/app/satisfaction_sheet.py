"""Sheets: the index of one group of respondents with all that is printed about it, as it is shown and as it is kept.

Every figure is text that was rounded once, so that a published sheet says the same for ever, whatever becomes of the
program. Decimal points here; a page writes them in its own language.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from server.domain.satisfaction import PRINTED_WEIGHTS, TO_HUNDRED, Index, band_of, printed, round_half_up
from shared.vocabulary import Words

METHOD = "permenpan-rb-14-2017/exact-ninths/half-up/respondent-5-of-9/t-95-fpc"
"""How the figures of a sheet came about; another word whenever that changes."""


class GroupKind(StrEnum):
    SITE = "site"
    AGENCY = "agency"
    SERVICE = "service"
    COUNTER = "counter"


class SheetElement(msgspec.Struct, frozen=True):
    code: str
    answered: int
    points: int
    mean: str
    """NRR with three decimals."""
    index: str
    """NRR x 25."""
    band: str


class SheetIndex(msgspec.Struct, frozen=True):
    exact: str
    short: str
    """With the printed weight 0.11."""
    long: str
    """With the printed weight 0.111."""
    band: str
    elements: tuple[SheetElement, ...]
    low: str = ""
    """The 95 % confidence range; empty for one respondent alone."""
    high: str = ""


class Sheet(msgspec.Struct, frozen=True):
    kind: GroupKind
    id: str
    name: Words
    agency: str
    """Its agency's id; empty for the site."""
    respondents: int
    index: SheetIndex | None
    """None while there are too few respondents, or a whole element without a score."""
    invited: int = 0
    finished: int | None = None
    """Visits that finished, where that is counted: for an agency and the site."""
    required: int | None = None
    """Respondents that Krejcie & Morgan require of them."""


class Report(msgspec.Struct, frozen=True):
    """A period's results: what the pages show, and what publishing keeps."""

    site: Words
    first: str
    last: str
    hidden_below: int
    sheets: tuple[Sheet, ...]
    """Site, agencies, services and counters, each in the order of the catalogue."""
    channels: dict[str, int]
    incomplete: int
    """Answers with fewer than five scores, which do not count."""
    method: str = METHOD

    def sheet(self, kind: GroupKind, identity: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if (sheet.kind, sheet.id) == (kind, identity)), None)

    def of(self, kind: GroupKind) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.kind is kind]


def sheet_index(index: Index) -> SheetIndex:
    short, long = PRINTED_WEIGHTS
    margin = index.margin
    return SheetIndex(
        exact=printed(index.exact),
        short=printed(index.with_weight(short)),
        long=printed(index.with_weight(long)),
        band=index.band.value,
        elements=tuple(
            SheetElement(
                code=element.value,
                answered=result.answered,
                points=result.points,
                mean=printed(result.mean, 3),
                index=printed(result.mean * TO_HUNDRED),
                band=band_of(round_half_up(result.mean * TO_HUNDRED)).value,
            )
            for element, result in index.elements.items()
        ),
        low="" if margin is None else f"{margin.low:.2f}",
        high="" if margin is None else f"{margin.high:.2f}",
    )
