"""The tablet's flow: state + event -> state + effects. Pure: time comes in, wishes go out.

    idle -> the slip, or its number -> nine questions -> a suggestion -> thanks
                                    -> one tap, for who was not invited

Only who is invited is asked the nine: nobody can choose to be. Whoever walks away has said nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kiosk.survey import events as e
from kiosk.survey.states import (
    Asking,
    Idle,
    Looking,
    Page,
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
from shared.protocol.opinions import LONGEST_OPINION, AnswerSurvey, FindVisit, RateService, VisitFound
from shared.survey_words import QUESTIONS, RATING
from shared.vocabulary import Denied, Element, ErrorCode, Language

ELEMENTS = tuple(Element)
SETTLE = 0.4  # seconds: a second tap of the same finger answers no second question
PATIENCE = 45.0  # seconds without a touch: whoever it was has left
PATIENCE_WRITING = 120.0
SHORTLY, THANKS = 9.0, 6.0  # seconds that a sentence stays
LONGEST_TICKET = 9
_TICKET = re.compile(r"([A-Z]{1,3})([0-9]{1,6})")

Step = tuple[Tablet, tuple[e.Effect, ...]]


def step(tablet: Tablet, event: e.Event, now: float) -> Step:
    """What becomes of the tablet. An event that means nothing on the present page changes nothing."""
    match event:
        case e.Connected(site=site):
            here = replace(tablet, site=site, connected=True)
            away = isinstance(tablet.page, Starting | Pairing | TurnedAway)
            return (_show(here, Idle(), now) if away else here), ()
        case e.ConnectionLost():
            lost = replace(tablet, connected=False)
            return (_show(lost, Starting(), now) if isinstance(tablet.page, Idle | Typing) else lost), ()
        case e.CodeShown(code=code):
            return _show(tablet, Pairing(code), now), ()
        case e.ServerRefused(code=refused):
            if refused is ErrorCode.OVERLOADED:
                return tablet, ()  # it will have time for us soon
            return _show(tablet, TurnedAway(refused), now), ()
        case e.VoiceKnown(can_speak=can_speak):
            return replace(tablet, can_speak=can_speak), ()
        case e.Asked(request=request):
            if isinstance(tablet.page, Looking | Sending):
                return replace(tablet, page=replace(tablet.page, request=request)), ()
            return tablet, ()
        case e.Replied():
            return _replied(tablet, event, now)
        case e.GivenUp(request=request):
            mine = isinstance(tablet.page, Looking | Sending) and tablet.page.request == request
            return (_say(tablet, "tryAgain", now) if mine else tablet), ()
        case e.Ticked():
            return _ticked(tablet, now)
        case e.SlipScanned(key=key):
            if isinstance(tablet.page, Idle | Typing | Said) and tablet.connected:
                return _look(tablet, key, typed=False, now=now)
            return tablet, ()
        case _:
            if now - tablet.shown_at < SETTLE and not isinstance(event, e.Type | e.Erase):
                return tablet, ()
            return _touched(replace(tablet, touched_at=now), event, now)


def _touched(tablet: Tablet, touch: e.Touch, now: float) -> Step:
    page = tablet.page
    match touch, page:
        case e.Begin(language=language), Idle() if tablet.connected:
            return _show(replace(tablet, language=language), Typing(), now), ()
        case e.StartOver(), _ if not isinstance(page, Starting | Pairing | TurnedAway | Sending):
            return _idle(tablet, now)
        case e.SwitchLanguage(), _:
            other = Language.ENGLISH if tablet.language is Language.INDONESIAN else Language.INDONESIAN
            return replace(tablet, language=other), (e.Hush(),)
        case e.Listen(), Asking() | Rating() | Writing() if tablet.can_speak:
            return tablet, (e.Speak(spoken(tablet), tablet.language),)
        case _, Typing():
            return _typed(tablet, touch, page, now)
        case _, Asking():
            return _answered(tablet, touch, page, now)
        case _, Writing():
            return _written(tablet, touch, page, now)
        case e.Score(score=score), Rating(visit=visit):
            return _show(tablet, Sending(page), now), (e.Hush(), e.Ask(RateService(visit=visit, rating=score)))
        case e.GoOn(), Said():
            return _idle(tablet, now)
    return tablet, ()


def _typed(tablet: Tablet, touch: e.Touch, page: Typing, now: float) -> Step:
    match touch:
        case e.Type(letter=letter) if letter.isalnum() and len(page.ticket) < LONGEST_TICKET:
            return replace(tablet, page=Typing(page.ticket + letter.upper())), ()
        case e.Erase():
            return replace(tablet, page=Typing(page.ticket[:-1])), ()
        case e.Clear():
            return replace(tablet, page=Typing()), ()
        case e.Back():
            return _idle(tablet, now)
        case e.GoOn() if (ticket := ticket_of(page.ticket)) is not None:
            return _look(tablet, ticket, typed=True, now=now)
    return tablet, ()


def _answered(tablet: Tablet, touch: e.Touch, page: Asking, now: float) -> Step:
    element = ELEMENTS[page.at]
    match touch:
        case e.Score(score=score):
            return _next(tablet, replace(page, scores={**page.scores, element: score}), now)
        case e.Skip():
            kept = {known: score for known, score in page.scores.items() if known is not element}
            return _next(tablet, replace(page, scores=kept), now)
        case e.Back() if page.at:
            return _show(tablet, replace(page, at=page.at - 1), now), (e.Hush(),)
    return tablet, ()


def _next(tablet: Tablet, page: Asking, now: float) -> Step:
    last = page.at == len(ELEMENTS) - 1
    return _show(tablet, Writing(page) if last else replace(page, at=page.at + 1), now), (e.Hush(),)


def _written(tablet: Tablet, touch: e.Touch, page: Writing, now: float) -> Step:
    text = page.asking.text
    match touch:
        case e.Type(letter=letter) if len(text) < LONGEST_OPINION:
            text += letter if text and not text.endswith(". ") else letter.upper()
        case e.Erase():
            text = text[:-1]
        case e.Clear():
            text = ""
        case e.Back():
            return _show(tablet, page.asking, now), (e.Hush(),)
        case e.GoOn():
            asking = page.asking
            command = AnswerSurvey(visit=asking.visit, scores=dict(asking.scores), text=asking.text.strip())
            return _show(tablet, Sending(page), now), (e.Hush(), e.Ask(command))
        case _:
            return tablet, ()
    return replace(tablet, page=Writing(replace(page.asking, text=text))), ()


def _replied(tablet: Tablet, reply: e.Replied, now: float) -> Step:
    page = tablet.page
    if not isinstance(page, Looking | Sending) or page.request != reply.request:
        return tablet, ()
    if isinstance(page, Sending):
        return _say(tablet, "thanks" if reply.refusal is None else "tryAgain", now), ()
    match reply.result:
        case VisitFound(denied=None) as found:
            return _show(replace(tablet, language=_language(tablet, page, found)), Asking(page.visit, found), now), ()
        case VisitFound(denied=Denied.NOT_INVITED, may_rate=True) as found:
            return _show(replace(tablet, language=_language(tablet, page, found)), Rating(page.visit, found), now), ()
        case VisitFound(denied=denied):
            return _say(tablet, "notFinished" if denied is Denied.NOT_FINISHED else "already", now), ()
    refusal = reply.refusal
    if refusal is not None and refusal.code is ErrorCode.UNKNOWN_VISIT:
        return (_show(tablet, Typing(unknown=True), now) if page.typed else _say(tablet, "unknown", now)), ()
    not_yet = refusal is not None and refusal.code is ErrorCode.NOT_ASKED
    return _say(tablet, "notFinished" if not_yet else "tryAgain", now), ()


def _language(tablet: Tablet, page: Looking, found: VisitFound) -> Language:
    """Whoever typed has chosen a language here; whoever showed a slip, at the kiosk."""
    return tablet.language if page.typed else found.language


def _ticked(tablet: Tablet, now: float) -> Step:
    match tablet.page:
        case Said(until=until):
            return _idle(tablet, now) if now >= until else (tablet, ())
        case Asking() | Rating() | Typing() | Writing():
            patience = PATIENCE_WRITING if isinstance(tablet.page, Writing) else PATIENCE
            gone = now - max(tablet.touched_at, tablet.shown_at) > patience
            return _idle(tablet, now) if gone else (tablet, ())
    return tablet, ()


def spoken(tablet: Tablet) -> str:
    """What the page says when it is read aloud."""
    match tablet.page:
        case Asking(at=at):
            return QUESTIONS[ELEMENTS[at]].read_aloud(tablet.language)
        case Rating():
            return RATING.read_aloud(tablet.language)
        case Writing():
            return WORDS["textSpoken"].in_(tablet.language)
    return ""


def ticket_of(typed: str) -> str | None:
    """`A042` and `A42` are A-042 on the paper; None while it is no number yet."""
    found = _TICKET.fullmatch(typed)
    return f"{found[1]}-{int(found[2]):03d}" if found and int(found[2]) else None


def _look(tablet: Tablet, visit: str, *, typed: bool, now: float) -> Step:
    return _show(tablet, Looking(visit, typed), now), (e.Ask(FindVisit(visit=visit)),)


def _say(tablet: Tablet, key: str, now: float) -> Tablet:
    happy = key == "thanks"
    return _show(tablet, Said(key, now + (THANKS if happy else SHORTLY), happy), now)


def _idle(tablet: Tablet, now: float) -> Step:
    rest = Idle() if tablet.connected else Starting()
    return _show(replace(tablet, language=Language.INDONESIAN), rest, now), (e.Hush(),)


def _show(tablet: Tablet, page: Page, now: float) -> Tablet:
    return replace(tablet, page=page, shown_at=now)
