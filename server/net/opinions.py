"""Opinions: what the tablet beside the exit asks is answered here, beside the writer, and not stored as a request."""

from __future__ import annotations

from typing import assert_never

from server.app.ports import StorageError
from server.app.survey_ports import VisitToAsk
from server.app.surveys import Surveys
from server.domain.errors import RefusedError
from server.net.gate import Gate
from shared.protocol.messages import Reply
from shared.protocol.opinions import AnswerSurvey, FindVisit, RateService, Told, VisitFound
from shared.protocol.replies import Done, Refusal, Result
from shared.vocabulary import Channel, Denied, ErrorCode, RequestId

SHORTEST_KEY = 16  # characters; a ticket's number is shorter


async def answer(gate: Gate, request: RequestId, command: Told) -> Reply:
    try:
        return Reply(id=request, result=await gate.aside(_answered, gate.surveys, command))
    except RefusedError as error:
        return Reply(id=request, refusal=Refusal(error.code, dict(error.facts)))
    except StorageError:
        return Reply(id=request, refusal=Refusal(ErrorCode.STORAGE_UNAVAILABLE))


def _answered(surveys: Surveys, command: Told) -> Result:
    visit = _shown(surveys, command.visit)
    match command:
        case FindVisit():
            return _found(surveys, visit)
        case AnswerSurvey(scores=scores, text=text):
            denied = surveys.answer(visit, Channel.TABLET, scores, text)
            if denied not in (None, Denied.ALREADY):  # repeated, it does nothing new
                raise RefusedError(ErrorCode.NOT_ASKED, why=denied.value)
        case RateService(rating=rating):
            surveys.rate(visit, Channel.TABLET, rating)
        case _:
            assert_never(command)
    return Done()


def _found(surveys: Surveys, visit: VisitToAsk) -> VisitFound:
    denied = surveys.denial(visit)
    if not visit.served:
        raise RefusedError(ErrorCode.NOT_ASKED, why=Denied.NOT_FINISHED.value)
    subject = surveys.subject(visit)
    return VisitFound(
        language=visit.language,
        service=subject.service,
        counter=subject.counter,
        denied=denied,
        may_rate=surveys.may_rate(visit),
    )


def _shown(surveys: Surveys, shown: str) -> VisitToAsk:
    """Refuses with UNKNOWN_VISIT."""
    visit = surveys.by_key(shown) if len(shown) >= SHORTEST_KEY else surveys.by_ticket(shown)
    if visit is None:
        raise RefusedError(ErrorCode.UNKNOWN_VISIT)
    return visit
