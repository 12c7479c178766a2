"""Which page stands: to show one, to go idle, to leave one whose subject is gone. Pure."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from kiosk.effects import Effect
from kiosk.states import (
    AskingAgain,
    AskingPriority,
    Choosing,
    ChoosingAgency,
    ChoosingService,
    Disconnected,
    Idle,
    Kiosk,
    OfferingOtherDays,
    Page,
    ReadingService,
    Searching,
)
from shared.vocabulary import Language

BRIEF_LOSS = 3.0  # a connection that is back by then was never missed

Step = tuple[Kiosk, tuple[Effect, ...]]


def show(kiosk: Kiosk, page: Page, now: float) -> Kiosk:
    return replace(kiosk, page=page, shown_at=now)


def go_idle(kiosk: Kiosk, now: float) -> Kiosk:
    """The next visitor finds the kiosk as every visitor does."""
    page = Disconnected(None) if is_gone(kiosk, now) and not kiosk.can_go_on else Idle()
    return show(replace(kiosk, language=Language.INDONESIAN, large=False, basket=()), page, now)


def is_gone(kiosk: Kiosk, now: float) -> bool:
    """Whether the server is away for longer than it would be missed."""
    return kiosk.lost_at is not None and now - kiosk.lost_at >= BRIEF_LOSS


def checked(kiosk: Kiosk, now: float) -> Kiosk:
    """A page whose agency or service left the catalogue goes back to the agencies."""
    if any(kiosk.catalogue.service(service) is None for service in kiosk.basket):
        kiosk = replace(kiosk, basket=tuple(one for one in kiosk.basket if kiosk.catalogue.service(one)))
    if isinstance(kiosk.page, Choosing) and not _stands(kiosk, kiosk.page):
        return show(kiosk, ChoosingAgency(), now)
    return kiosk


def _stands(kiosk: Kiosk, page: Choosing) -> bool:
    match page:
        case ChoosingAgency():
            return True
        case ChoosingService(agency=agency):
            return bool(kiosk.catalogue.services_of(agency))
        case ReadingService(service=service, came_from=before):
            return kiosk.catalogue.service(service) is not None and _stands(kiosk, before)
        case (
            Searching(came_from=before)
            | AskingPriority(came_from=before)
            | AskingAgain(came_from=before)
            | OfferingOtherDays(came_from=before)
        ):
            return _stands(kiosk, before)
        case _ as unknown:
            assert_never(unknown)
