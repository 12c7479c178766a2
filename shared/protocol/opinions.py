"""What the tablet beside the exit asks: whether this visitor is invited to the survey, and what they say.

These are answered beside the writer and not kept as requests: of what somebody answered nothing stays but the answer.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from shared.protocol.values import Asked, Message
from shared.vocabulary import Denied, Element, Language, Words

LONGEST_OPINION = 500  # characters of a suggestion
ShownVisit = Annotated[
    str, Meta(pattern=r"^([A-Za-z0-9_-]{16,64}|[A-Z]{1,3}-[0-9]{1,6})\Z")
]  # a slip's key, or its number
Score = Annotated[int, Meta(ge=1, le=4)]
Opinion = Annotated[str, Meta(max_length=LONGEST_OPINION)]


class FindVisit(Asked, tag="find_visit"):
    """Whose slip is this? Refused (UNKNOWN_VISIT). Answered by `VisitFound`."""

    visit: ShownVisit


class AnswerSurvey(Asked, tag="answer_survey"):
    """What an invited visitor says; an element that was skipped is left out. A second answer of the same visit changes
    nothing, and is answered the same. Refused (UNKNOWN_VISIT; NOT_ASKED, fact `why`)."""

    visit: ShownVisit
    scores: Annotated[dict[Element, Score], Meta(max_length=len(Element))]
    text: Opinion = ""


class RateService(Asked, tag="rate_service"):
    """One tap about the officer, of anybody who was served: never part of the index. Refused (UNKNOWN_VISIT)."""

    visit: ShownVisit
    rating: Score


Told = FindVisit | AnswerSurvey | RateService


class VisitFound(Message, tag="visit_found"):
    """What the visitor may be asked, and about what."""

    language: Language
    service: Words
    counter: str
    denied: Denied | None = None
    """Why the nine questions are not put to this visitor; None: they are."""
    may_rate: bool = False
