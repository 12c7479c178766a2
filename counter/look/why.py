"""Why this visitor and nobody else: one line below the number in hand. Pure."""

from __future__ import annotations

from counter.formats import clock
from counter.words import say
from shared.protocol.views import WhyCalled
from shared.vocabulary import Language, PassedReason


def why_line(why: WhyCalled | None, language: Language, time_zone: str) -> str:
    """ "Prioritas: dihitung 20 menit lebih awal. Mendahului A-040, A-041 (datang lebih dulu)." """
    if why is None:
        return ""
    booked = "" if why.booked_for is None else clock(why.booked_for, time_zone, language)
    parts = [_ground(why, booked, language)]
    if why.passed_over:
        reasons = ", ".join(
            say(f"passed_{reason.value}", language, count=why.passed[reason])
            for reason in PassedReason
            if reason in why.passed
        )
        first = ", ".join(why.first) + (" …" if why.passed_over > len(why.first) else "")
        parts.append(say("whyPassed", language, tickets=first, reasons=reasons))
    return " ".join(parts)


def _ground(why: WhyCalled, booked: str, language: Language) -> str:
    if why.rule == "by_ticket":
        given = "" if why.reason is None else say(f"call_{why.reason.value}", language)
        return say("whyByTicketFor", language, reason=given) if given else say("whyByTicket", language)
    if why.helping:
        return say("whyHelping", language, minutes=why.helping)
    if why.rule == "strict_priority" and why.head_start:
        return say("whyStrict", language)
    if why.head_start:
        return say("whyHeadStart", language, minutes=why.head_start)
    return say("whyBooked", language, time=booked) if booked else say("whyNext", language)
