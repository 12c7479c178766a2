"""The basket: several services for one number. Pure."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.catalogue_view import gives_numbers
from kiosk.pages import Step, show
from kiosk.states import ChoosingAgency, ChoosingService, Kiosk, ReadingService


def wanted(kiosk: Kiosk, service: str) -> tuple[str, ...]:
    """All services of the number that would be taken now. Alone, the kiosk gives numbers for one."""
    if kiosk.alone:
        return (service,)
    return tuple(dict.fromkeys((*kiosk.basket, service)))


def may_add(kiosk: Kiosk, service: str) -> bool:
    """Whether a further service may be chosen besides this one."""
    most = kiosk.site.most_stops if kiosk.site is not None else 1
    takes = gives_numbers(kiosk.catalogue.line(service))
    return takes and not kiosk.alone and len(wanted(kiosk, service)) < most


def add(kiosk: Kiosk, page: ReadingService, now: float) -> Step:
    if not may_add(kiosk, page.service):
        return kiosk, ()
    return show(replace(kiosk, basket=wanted(kiosk, page.service)), ChoosingAgency(), now), ()


def look(kiosk: Kiosk, now: float) -> Step:
    """The last one chosen is read again; whoever goes back from there has put it away."""
    *others, last = kiosk.basket
    item = kiosk.catalogue.service(last)
    kiosk = replace(kiosk, basket=tuple(others))
    if item is None:
        return kiosk, ()
    return show(kiosk, ReadingService(last, ChoosingService(item.agency, ChoosingAgency())), now), ()
