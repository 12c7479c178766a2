"""What each page of the tablet shows: a function of the state. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.survey.flow import ELEMENTS, ticket_of
from kiosk.survey.states import (
    Asking,
    Idle,
    Looking,
    Pairing,
    Rating,
    Said,
    Sending,
    Starting,
    Tablet,
    TurnedAway,
    Typing,
    Writing,
)
from kiosk.survey.words import WORDS
from shared.protocol.opinions import VisitFound
from shared.survey_words import QUESTIONS, RATING, Question
from shared.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Screen:
    page: str
    site: str = ""
    title: str = ""
    hint: str = ""
    subject: str = ""
    step: str = ""
    share: float = 0.0
    """How much of the way is done, 0 to 1."""
    answers: tuple[str, ...] = ()
    chosen: int = 0
    ticket: str = ""
    text: str = ""
    code: str = ""
    happy: bool = False
    can_go_on: bool = False
    can_go_back: bool = False
    can_skip: bool = False
    can_listen: bool = False
    can_stop: bool = False


def screen(tablet: Tablet) -> Screen:
    language = tablet.language
    shown = _screen(tablet, language)
    site = "" if tablet.site is None else tablet.site.name.in_(language)
    return replace(shown, site=site, can_listen=shown.can_listen and tablet.can_speak)


def _screen(tablet: Tablet, language: Language) -> Screen:
    match tablet.page:
        case Starting():
            return Screen("said", title=_w("wait", language), hint=_w("away", language))
        case TurnedAway(code=code):
            return Screen("said", title=_w("turnedAway", language), hint=code.value)
        case Pairing(code=code):
            return Screen("pairing", title=_w("pairingTitle", language), hint=_w("pairingHint", language), code=code)
        case Idle():
            return Screen("idle")
        case Typing(ticket=ticket, unknown=unknown):
            return Screen(
                "ticket",
                title=_w("ticketTitle", language),
                hint=_w("ticketUnknown" if unknown else "ticketHint", language),
                ticket=ticket,
                can_go_on=ticket_of(ticket) is not None,
                can_go_back=True,
            )
        case Looking() | Sending():
            return Screen("said", title=_w("wait", language))
        case Asking(found=found, at=at, scores=scores):
            asked = _question(QUESTIONS[ELEMENTS[at]], found, language)
            step = _w("step", language).format(at=at + 1, count=len(ELEMENTS))
            chosen = scores.get(ELEMENTS[at], 0)
            hint = _w("anonymous", language) if at == 0 else ""
            return replace(
                asked,
                step=step,
                share=at / len(ELEMENTS),
                chosen=chosen,
                hint=hint,
                can_go_back=at > 0,
                can_skip=True,
            )
        case Writing(asking=asking):
            return Screen(
                "text",
                title=_w("text", language),
                hint=_w("textHint", language),
                step=_w("lastStep", language),
                share=1.0,
                text=asking.text,
                can_go_back=True,
                can_go_on=True,
                can_listen=True,
                can_stop=True,
            )
        case Rating(found=found):
            return replace(_question(RATING, found, language), hint=_w("notInvited", language))
        case Said(key=key, happy=happy):
            hint = _w("thanksHint", language) if happy else ""
            return Screen("said", title=_w(key, language), hint=hint, happy=happy, can_go_on=True)


def _question(question: Question, found: VisitFound, language: Language) -> Screen:
    return Screen(
        "question",
        title=question.asks.in_(language),
        subject=f"{found.service.in_(language)} · {_w('counter', language)} {found.counter}",
        answers=tuple(answer.in_(language) for answer in question.answers),
        can_listen=True,
        can_stop=True,
    )


def _w(key: str, language: Language) -> str:
    return WORDS[key].in_(language)
