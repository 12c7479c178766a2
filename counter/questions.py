"""Questions over the desk: what each one offers, and which command an answer becomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from counter.allowed import aside, parked, waiting
from counter.formats import clock
from counter.state import Ask, Desk, Question
from counter.words import say
from shared.protocol import commands as c
from shared.protocol.views import AsideItem, CounterItem, DeskServiceItem, WaitingItem
from shared.vocabulary import CallReason, CancelReason, LegState, Outcome, PauseReason, Words

_LISTS: Mapping[Ask, tuple[str, type[StrEnum]]] = {
    Ask.OUTCOME: ("outcome", Outcome),
    Ask.PAUSE: ("pause", PauseReason),
    Ask.CALL_REASON: ("call", CallReason),
    Ask.CANCEL_REASON: ("cancel", CancelReason),
}
TYPED = frozenset({Ask.NOTE, Ask.TRANSFER, Ask.ADD_STOP, Ask.TRANSFER_COUNTER, Ask.CALL_TICKET, Ask.CANCEL})
DIGITS = frozenset({*_LISTS, Ask.PAPERS, Ask.NEXT_PAUSE, Ask.PAUSE_STARTS, Ask.PAUSE_LASTS})
DONE = "done"  # the line that ends the choice of papers
CALL_OFF = "call_off"  # the line that takes the announced pause back
STARTS_IN = (5, 15, 30, 45, 60, 90, 120, 180)  # minutes; one digit each
LASTS = (5, 10, 15, 20, 30, 45, 60, 90)  # minutes
LONGEST_NOTE = 120  # what the wire takes
ANY_COUNTER = ""
_BACK = {
    Ask.TRANSFER_COUNTER: Ask.TRANSFER,
    Ask.PAPERS: Ask.OUTCOME,
    Ask.CALL_REASON: Ask.CALL_TICKET,
    Ask.CANCEL_REASON: Ask.CANCEL,
    Ask.PAUSE_STARTS: Ask.NEXT_PAUSE,
    Ask.PAUSE_LASTS: Ask.PAUSE_STARTS,
}


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a list; `why` says why it cannot be taken now."""

    id: str
    title: str
    detail: str = ""
    why: str = ""


def options(desk: Desk, question: Question) -> tuple[Option, ...]:
    """What can be answered, in the order shown."""
    match question.ask:
        case Ask.OUTCOME | Ask.PAUSE | Ask.CALL_REASON | Ask.CANCEL_REASON:
            prefix, kind = _LISTS[question.ask]
            return tuple(Option(value.value, say(f"{prefix}_{value.value}", desk.language)) for value in kind)
        case Ask.PAPERS:
            return _paper_options(desk, question)
        case Ask.NEXT_PAUSE:
            return _next_pause_options(desk)
        case Ask.PAUSE_STARTS:
            return _minutes(desk, "inMinutes", STARTS_IN)
        case Ask.PAUSE_LASTS:
            return _minutes(desk, "forMinutes", LASTS)
        case Ask.TRANSFER:
            return tuple(_service_option(desk, service) for service in _services(desk, question.query))
        case Ask.ADD_STOP:
            return tuple(_stop_option(desk, service) for service in _services(desk, question.query))
        case Ask.TRANSFER_COUNTER:
            return _counter_options(desk, question)
        case Ask.CALL_TICKET:
            return _tickets(desk, question.query, waiting(desk))
        case Ask.CANCEL:
            return _tickets(desk, question.query, (*waiting(desk), *parked(desk)), cancelling=True)
        case Ask.ASIDE:
            return tuple(_aside_option(desk, item) for item in aside(desk))
        case Ask.NOTE | Ask.SIGN_OUT | Ask.CLOSE | Ask.HELP:
            return ()


def answer(desk: Desk, question: Question, index: int) -> c.Command | Question | None:
    """What taking the line at `index` means: a command, a further question, or nothing."""
    match question.ask:
        case Ask.NOTE:
            return c.Park(leg=question.leg, note=question.query.strip())
        case Ask.SIGN_OUT:
            return c.SignOut()
        case Ask.CLOSE:
            return c.CloseCounter()
        case Ask.HELP:
            return None
        case _:
            offered = options(desk, question)
            if not 0 <= index < len(offered) or offered[index].why:
                return question
            return _taken(desk, question, offered[index].id)


def _taken(desk: Desk, question: Question, taken: str) -> c.Command | Question | None:
    match question.ask:
        case Ask.OUTCOME:
            if taken == Outcome.PAPERS_INCOMPLETE and (lines := _requirements(desk)):
                return replace(question, ask=Ask.PAPERS, at=len(lines))
            return c.Finish(leg=question.leg, outcome=Outcome(taken))
        case Ask.PAPERS if taken == DONE:
            return c.Finish(leg=question.leg, outcome=Outcome.PAPERS_INCOMPLETE, missing=question.missing)
        case Ask.PAPERS:
            line = _requirements(desk)[int(taken)].id
            without = tuple(one for one in question.missing if one != line)
            return replace(question, missing=without if line in question.missing else (*question.missing, line))
        case Ask.PAUSE:
            return c.PauseCounter(reason=PauseReason(taken))
        case Ask.NEXT_PAUSE if taken == CALL_OFF:
            return c.CallOffPause()
        case Ask.NEXT_PAUSE:
            return replace(question, ask=Ask.PAUSE_STARTS, pause=PauseReason(taken), at=0)
        case Ask.PAUSE_STARTS:
            return replace(question, ask=Ask.PAUSE_LASTS, in_minutes=int(taken), at=0)
        case Ask.PAUSE_LASTS if question.pause is not None:
            return c.AnnouncePause(reason=question.pause, in_minutes=question.in_minutes, minutes=int(taken))
        case Ask.TRANSFER:
            return replace(question, ask=Ask.TRANSFER_COUNTER, service=taken, query="", at=0)
        case Ask.ADD_STOP:
            return c.AddStop(leg=question.leg, service=taken)
        case Ask.TRANSFER_COUNTER:
            return c.Transfer(leg=question.leg, service=question.service, counter=taken or None)
        case Ask.CALL_TICKET:
            return replace(_about(desk, question, taken), ask=Ask.CALL_REASON, at=0)
        case Ask.CANCEL:
            return replace(_about(desk, question, taken), ask=Ask.CANCEL_REASON, at=0)
        case Ask.CALL_REASON:
            in_hand = desk.hand.leg if desk.hand else None
            return c.CallTicket(leg=question.leg, reason=CallReason(taken), in_hand=in_hand)
        case Ask.CANCEL_REASON:
            return c.Cancel(visit=question.visit, reason=CancelReason(taken))
        case Ask.ASIDE:
            item = desk.table.get(f"aside:{taken}")
            if not isinstance(item, AsideItem):
                return None
            return c.Resume(leg=taken) if item.state is LegState.PARKED else c.Return(leg=taken)
        case _:
            return None


def back(question: Question) -> Question | None:
    """One step back: the question before, or the desk."""
    before = _BACK.get(question.ask)
    return None if before is None else replace(question, ask=before, query="", at=0, missing=())


def _requirements(desk: Desk) -> tuple[Words, ...]:
    return desk.hand.requirements if desk.hand is not None else ()


def _paper_options(desk: Desk, question: Question) -> tuple[Option, ...]:
    """The papers to mark, and last the line that finishes: the mark stands there, so that Enter alone is enough. The
    squares are letters of our typeface; a ballot box is not."""
    lines = [
        Option(str(at), f"{'■' if line.id in question.missing else '□'}  {line.in_(desk.language)}")
        for at, line in enumerate(_requirements(desk))
    ]
    word = "papersDone" if question.missing else "papersUnsaid"
    return (*lines, Option(DONE, say(word, desk.language, count=len(question.missing))))


def _next_pause_options(desk: Desk) -> tuple[Option, ...]:
    """Why the counter will pause; last, once a pause is announced, the line that calls it off."""
    reasons = tuple(Option(one.value, say(f"pause_{one.value}", desk.language)) for one in PauseReason)
    planned = desk.status.next_pause if desk.status is not None else None
    if planned is None:
        return reasons
    facts = {
        "reason": say(f"pause_{planned.reason.value}", desk.language).lower(),
        "time": clock(planned.starts_at, desk.time_zone, desk.language),
        "count": planned.minutes,
    }
    return (
        *reasons,
        Option(CALL_OFF, say("callOffPause", desk.language), say("announcedPause", desk.language, **facts)),
    )


def _minutes(desk: Desk, word: str, choices: Iterable[int]) -> tuple[Option, ...]:
    return tuple(Option(str(count), say(word, desk.language, count=count)) for count in choices)


def service_of(desk: Desk, service: str) -> DeskServiceItem | None:
    item = desk.table.get(f"service:{service}")
    return item if isinstance(item, DeskServiceItem) else None


def _about(desk: Desk, question: Question, leg: str) -> Question:
    item = desk.table.get(f"waiting:{leg}") or desk.table.get(f"aside:{leg}")
    if isinstance(item, WaitingItem | AsideItem):
        return replace(question, leg=leg, visit=item.visit, ticket=item.ticket)
    return question


def _services(desk: Desk, query: str) -> list[DeskServiceItem]:
    """Services that all typed words are found in; those whose name begins with what was typed come first."""
    typed = query.casefold().split()
    found = []
    for item in desk.table.values():
        if not isinstance(item, DeskServiceItem):
            continue
        names = f"{item.prefix} {item.name.id} {item.name.en} {item.agency_name.id} {item.agency_name.en}".casefold()
        if all(word in names for word in typed):
            name = item.name.in_(desk.language).casefold()
            begins = bool(typed) and any(word.startswith(typed[0]) for word in name.split())
            found.append((not begins, item.agency_name.in_(desk.language), name, item.id, item))
    return [entry[-1] for entry in sorted(found, key=lambda entry: entry[:-1])]


def _service_option(desk: Desk, service: DeskServiceItem) -> Option:
    numbers = ", ".join(service.counters)
    counters = say("countersNow", desk.language, numbers=numbers) if numbers else say("noCounterNow", desk.language)
    detail = f"{service.agency_name.in_(desk.language)}  ·  {counters}"
    nowhere = _is_of_hand(desk, service) and not _others(desk, service)
    why = say("alreadyHere", desk.language) if nowhere else ""
    return Option(service.id, service.name.in_(desk.language), detail, why)


def _stop_option(desk: Desk, service: DeskServiceItem) -> Option:
    option = _service_option(desk, service)
    on_number = desk.hand is not None and (
        service.id == desk.hand.service or any(s.service == service.id and s.state.is_open for s in desk.hand.stops)
    )
    return replace(option, why=say("stopThere", desk.language) if on_number else "")


def _counter_options(desk: Desk, question: Question) -> tuple[Option, ...]:
    service = service_of(desk, question.service)
    if service is None:
        return ()
    typed = question.query.strip()
    by_number = {item.number: item for item in desk.counters.values() if isinstance(item, CounterItem)}
    offered = []
    # A typed number marks its counter at once; a leg of this very service can only go to another counter.
    if not typed and not _is_of_hand(desk, service):
        offered.append(Option(ANY_COUNTER, say("anyCounter", desk.language), say("anyCounterHint", desk.language)))
    for number in _others(desk, service) if _is_of_hand(desk, service) else service.counters:
        if (counter := by_number.get(number)) is not None and number.startswith(typed):
            name = say("counterNumber", desk.language, number=number)
            offered.append(Option(counter.id, name, officer_name(desk, counter.officer)))
    return tuple(offered)


def _is_of_hand(desk: Desk, service: DeskServiceItem) -> bool:
    return desk.hand is not None and desk.hand.service == service.id


def _others(desk: Desk, service: DeskServiceItem) -> tuple[str, ...]:
    """Counters of the service besides this one."""
    mine = desk.status.number if desk.status is not None else ""
    return tuple(number for number in service.counters if number != mine)


def officer_name(desk: Desk, officer: str | None) -> str:
    """The name behind an officer's id, "" when it is not known."""
    item = desk.counters.get(f"officer:{officer}")
    return getattr(item, "name", "") if officer else ""


def _tickets(
    desk: Desk, query: str, items: Iterable[WaitingItem | AsideItem], *, cancelling: bool = False
) -> tuple[Option, ...]:
    return tuple(
        Option(
            item.leg,
            item.ticket,
            service_name(desk, item.service),
            "" if cancelling else blocked_word(desk, getattr(item, "blocked", None)),
        )
        for item in items
        if ticket_matches(item.ticket, query)
    )


def ticket_matches(ticket: str, query: str) -> bool:
    """Whether what was typed means the ticket: "a-042", "A42" and "42" all find A-042."""
    series, _, number = ticket.casefold().partition("-")
    typed = query.casefold().replace("-", "").replace(" ", "")
    plain = number.lstrip("0")
    return any(typed in form for form in (series + number, series + plain, number))


def blocked_word(desk: Desk, blocked: str | None) -> str:
    if blocked is None:
        return ""
    known = blocked in ("elsewhere", "other_counter")
    return say(f"blocked_{blocked}" if known else "blocked_unknown", desk.language)


def service_name(desk: Desk, service: str) -> str:
    item = service_of(desk, service)
    return item.name.in_(desk.language) if item is not None else service


def _aside_option(desk: Desk, item: AsideItem) -> Option:
    parked_here = item.state is LegState.PARKED
    at = clock(item.since, desk.time_zone, desk.language)
    state = say("asideParked" if parked_here else "asideMissed", desk.language, time=at)
    what = say("resumeDetail" if parked_here else "returnDetail", desk.language)
    busy = parked_here and desk.hand is not None
    return Option(
        item.leg,
        f"{item.ticket}  ·  {what}",
        "  ·  ".join(part for part in (state, service_name(desk, item.service), item.note) if part),
        say("resumeLater", desk.language) if busy else "",
    )
