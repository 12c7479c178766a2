"""What a change strikes: the open bookings that another catalogue would call off, told before it is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.app.bookings.ports import BookingStore
from server.app.catalogue_file import CatalogueError
from server.domain.called_off import Struck, struck
from server.domain.catalogue import Catalogue
from server.web.admin.office import Office
from server.web.admin.words import WORDS
from shared import dates
from shared.vocabulary import Language

MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class ToldStruck:
    headline: str
    lines: Sequence[str]
    more: str = ""


class Striking:
    def __init__(self, office: Office, bookings: BookingStore) -> None:
        self._office = office
        self._bookings = bookings

    async def of(self, text: str, language: Language) -> ToldStruck | None:
        """None where the text calls nothing off, or is no catalogue (yet)."""
        try:
            after = await self._office.aside(self._office.desk.as_published, text)
        except CatalogueError:
            return None
        now, before = self._office.gate.clock(), self._office.gate.catalogue()
        promises = await self._office.aside(self._bookings.promised, now)
        return told(await self._office.aside(struck, promises, before, after), before, language)


def told(found: Sequence[Struck], before: Catalogue, language: Language) -> ToldStruck | None:
    if not found:
        return None
    count = sum(one.count for one in found)
    headline = WORDS["strikes_one" if count == 1 else "strikes"].in_(language).format(count=count)
    lines = [
        WORDS[f"strikes_{one.why.value}"]
        .in_(language)
        .format(
            count=one.count,
            service=before.service(one.service).name.in_(language),
            day=f"{dates.weekday(one.day, language)}, {dates.day_and_month(one.day, language)}",
        )
        for one in found[:MOST_LINES]
    ]
    left = len(found) - len(lines)
    return ToldStruck(headline, lines, WORDS["strikes_more"].in_(language).format(count=left) if left else "")
