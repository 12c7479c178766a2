"""What a question over the desk shows, and the sign-in page."""

from __future__ import annotations

from dataclasses import dataclass

from counter import signing_in
from counter.keys import BINDINGS
from counter.look.hand import key_text
from counter.questions import DIGITS, TYPED, options, service_name
from counter.state import Ask, Desk, Entry, Question, SigningIn
from counter.words import say
from shared.protocol.views import CounterItem


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list; `mark` is the key or digit that takes it."""

    title: str
    detail: str = ""
    mark: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class QuestionCard:
    shown: bool = False
    ask: str = ""
    choosing: bool = False
    """There is a list to choose from."""
    table: bool = False
    """The lines are the table of keys."""
    title: str = ""
    hint: str = ""
    keys: str = ""
    typing: bool = False
    query: str = ""
    placeholder: str = ""
    none: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class SignInPage:
    entry: str = ""
    counter: str = ""
    """What was chosen; "" while it is not."""
    officer: str = ""
    choosing: bool = False
    query: str = ""
    placeholder: str = ""
    hint: str = ""
    keys: str = ""
    pin_length: int = 0
    lines: tuple[Line, ...] = ()
    busy: bool = False
    taking: bool = False
    taking_title: str = ""
    taking_body: str = ""


_TITLES = {
    Ask.OUTCOME: "askOutcome",
    Ask.PAPERS: "askPapers",
    Ask.PAUSE: "askPause",
    Ask.NEXT_PAUSE: "askNextPause",
    Ask.PAUSE_STARTS: "askPauseStarts",
    Ask.PAUSE_LASTS: "askPauseLasts",
    Ask.NOTE: "askNote",
    Ask.TRANSFER: "askTransfer",
    Ask.ADD_STOP: "askAddStop",
    Ask.TRANSFER_COUNTER: "askTransferCounter",
    Ask.CALL_TICKET: "askCallTicket",
    Ask.CALL_REASON: "askCallReason",
    Ask.CANCEL: "askCancel",
    Ask.CANCEL_REASON: "askCancelReason",
    Ask.ASIDE: "askAside",
    Ask.SIGN_OUT: "askSignOut",
    Ask.CLOSE: "askClose",
    Ask.HELP: "helpTitle",
}
_HINTS = {
    Ask.NOTE: "askNoteHint",
    Ask.NEXT_PAUSE: "askNextPauseHint",
    Ask.SIGN_OUT: "askSignOutHint",
    Ask.CLOSE: "askCloseHint",
    Ask.HELP: "helpHint",
}

_TYPED = {
    Ask.NOTE: "typeNote",
    Ask.TRANSFER_COUNTER: "typeCounter",
    Ask.CALL_TICKET: "typeTicket",
    Ask.CANCEL: "typeTicket",
}
_PLACEHOLDERS = {Entry.COUNTER: "typeCounter", Entry.OFFICER: "typeOfficer", Entry.PIN: "typePin"}
_WITHOUT_LINES = frozenset({Ask.NOTE, Ask.SIGN_OUT, Ask.CLOSE})


def question_card(desk: Desk) -> QuestionCard:
    question = desk.question
    if question is None:
        return QuestionCard()
    language = desk.language
    lines = _help(desk) if question.ask is Ask.HELP else _lines(desk, question)
    choosing = bool(lines) and question.ask is not Ask.HELP
    nothing = not lines and question.ask not in _WITHOUT_LINES
    title = say(
        _TITLES[question.ask],
        language,
        ticket=question.ticket,
        service=service_name(desk, question.service),
        number=desk.status.number if desk.status is not None else "",
    )
    return QuestionCard(
        shown=True,
        ask=question.ask.value,
        choosing=choosing,
        table=question.ask is Ask.HELP,
        title=title,
        hint=say(_HINTS[question.ask], language) if question.ask in _HINTS else "",
        keys=say(_keys(question.ask), language),
        typing=question.ask in TYPED,
        query=question.query,
        placeholder=say(_TYPED.get(question.ask, "typeSearch"), language),
        none=say("noMatch", language) if nothing else "",
        lines=lines,
    )


def marked_line(desk: Desk) -> int:
    """Which line of the list is marked: of the question, else of the sign-in page."""
    if desk.question is not None:
        return desk.question.at
    return signing_in.picker(desk.place).at if isinstance(desk.place, SigningIn) else 0


def sign_in_page(desk: Desk) -> SignInPage:
    page = desk.place
    if not isinstance(page, SigningIn):
        return SignInPage()
    language = desk.language
    counter = desk.counters.get(f"counter:{page.counter}")
    number = counter.number if isinstance(counter, CounterItem) else ""
    officer = getattr(desk.counters.get(f"officer:{page.officer}"), "name", page.officer)
    name = page.taken_by or say("someone", language)
    lines = tuple(Line(choice.title, choice.detail) for choice in signing_in.choices(desk, page))
    return SignInPage(
        entry=page.entry.value,
        counter=say("counterNumber", language, number=number) if number else "",
        officer=officer,
        choosing=page.entry is not Entry.PIN,
        placeholder=say(_PLACEHOLDERS[page.entry], language),
        keys=say("signInKeysPin" if page.entry is Entry.PIN else "signInKeys", language),
        hint=_sign_in_hint(desk, page, lines),
        query="" if page.entry is Entry.PIN else signing_in.picker(page).query,
        pin_length=len(page.pin),
        lines=lines,
        busy=desk.asked is not None,
        taking=page.taken_by is not None,
        taking_title=say("takeOverTitle", language, number=number),
        taking_body=say("takeOverBody", language, name=name),
    )


def _sign_in_hint(desk: Desk, page: SigningIn, lines: tuple[Line, ...]) -> str:
    if desk.asked is not None:
        return say("signingIn", desk.language)
    return "" if lines or page.entry is Entry.PIN else say("noMatch", desk.language)


def _keys(ask: Ask) -> str:
    """The line that says which keys answer the question."""
    match ask:
        case Ask.NOTE:
            return "menuKeysNote"
        case Ask.SIGN_OUT | Ask.CLOSE:
            return "menuKeysConfirm"
        case Ask.HELP:
            return "menuKeysHelp"
        case Ask.PAPERS:
            return "menuKeysPapers"
        case _ if ask in DIGITS:
            return "menuKeysDigits"
        case _:
            return "menuKeysType" if ask in TYPED else "menuKeys"


def _lines(desk: Desk, question: Question) -> tuple[Line, ...]:
    numbered = question.ask in DIGITS
    return tuple(
        Line(option.title, option.detail, str(number) if numbered else "", option.why)
        for number, option in enumerate(options(desk, question), start=1)
    )


def _help(desk: Desk) -> tuple[Line, ...]:
    return tuple(
        Line(say(binding.word, desk.language), mark=key_text(binding.key, desk.language)) for binding in BINDINGS
    )
