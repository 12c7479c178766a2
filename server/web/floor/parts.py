"""The parts of the live page, each by the id of its element. A part that says the same as before is not drawn again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from server.web.floor import showing
from server.web.floor.words import WORDS
from shared.protocol.views import Table
from shared.vocabulary import Language


class Render(Protocol):
    def __call__(self, template: str, **values: object) -> str: ...


class Parts:
    """Of one page in one browser."""

    def __init__(self, render: Render, language: Language, clock: Callable[[], datetime], *, has_devices: bool) -> None:
        self._render = render
        self._language = language
        self._clock = clock
        self._has_devices = has_devices
        self._drawn: dict[str, tuple[object, str]] = {}

    def of(self, table: Table) -> Mapping[str, str]:
        now = self._clock()
        parts: dict[str, object] = {
            "totals": showing.totals(table),
            "alerts": showing.alerts(table, self._language, WORDS),
            "bulletins": showing.bulletins(table),
        }
        cards = showing.cards(table, self._language, now)
        parts |= {f"agency-{agency}": card for agency, card in cards.items()}
        if self._has_devices:
            parts["devices"] = showing.devices(table)
        parts["structure"] = " ".join(sorted(cards))
        return {name: self._draw(name, value) for name, value in parts.items()}

    def _draw(self, name: str, value: object) -> str:
        before, html = self._drawn.get(name, (None, ""))
        if before is None or before != value:
            html = self._render(f"part_{name.partition('-')[0]}.html", value=value)
            self._drawn[name] = value, html
        return html
