"""The steps of the survey: one element a screen, then a text. All that was answered travels with the form. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from server.domain.satisfaction import ELEMENTS, HIGHEST, LOWEST
from shared.vocabulary import Element

LAST = len(ELEMENTS)  # the step of the text, after the nine
_SCORES = {str(score): score for score in range(LOWEST, HIGHEST + 1)}


@dataclass(frozen=True, slots=True)
class Answering:
    at: int = 0
    scores: Mapping[Element, int] = field(default_factory=dict)
    text: str = ""
    sent: bool = False

    @property
    def element(self) -> Element | None:
        """None at the text."""
        return ELEMENTS[self.at] if self.at < LAST else None

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The fields that bring this state along with the next touch."""
        given = [(element.value, str(score)) for element, score in self.scores.items()]
        return [("at", str(self.at)), *given] + ([("text", self.text)] if self.element is not None else [])


def answering(form: Mapping[str, str]) -> Answering:
    """The state that a form brings along, then what was touched. Whatever makes no sense is left out."""
    at = form.get("at", "0")
    scores = {element: _SCORES[form[element]] for element in ELEMENTS if form.get(element) in _SCORES}
    now = Answering(min(int(at), LAST) if at.isdecimal() and len(at) < 3 else 0, scores, form.get("text", ""))
    return _touched(now, form.get("go", ""), _SCORES.get(form.get("score", "")))


def _touched(now: Answering, go: str, score: int | None) -> Answering:
    element = now.element
    if go == "send":
        return replace(now, sent=True)
    if go == "back":
        return replace(now, at=max(0, now.at - 1))
    if element is None:
        return now
    if go == "skip":
        return replace(now, at=now.at + 1, scores={e: s for e, s in now.scores.items() if e is not element})
    if score is not None:
        return replace(now, at=now.at + 1, scores={**now.scores, element: score})
    return now
