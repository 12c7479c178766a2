"""The keys of a day at the counter, once: buttons, help page, key handling and tests read this table.

The letters are mnemonic in Indonesian and stay the same in every language: fingers do not translate.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    """What one key does at the desk."""

    CALL_NEXT = "call_next"
    RECALL = "recall"
    SERVE = "serve"
    FINISH = "finish"
    MISSED = "missed"
    PARK = "park"
    TRANSFER = "transfer"
    ADD_STOP = "add_stop"
    CALL_TICKET = "call_ticket"
    ASIDE = "aside"
    CANCEL = "cancel"
    OPEN = "open"
    PAUSE = "pause"
    ANNOUNCE_PAUSE = "announce_pause"
    CLOSE = "close"
    SIGN_OUT = "sign_out"
    HELP = "help"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Binding:
    verb: Verb
    key: str
    """As Qt names it without its `Key_`: "Space", "U", "F1"."""
    word: str
    """Key of the words of its button in `counter.words`."""


BINDINGS: tuple[Binding, ...] = (
    Binding(Verb.CALL_NEXT, "Space", "callNext"),
    Binding(Verb.RECALL, "U", "recall"),  # Ulangi
    Binding(Verb.SERVE, "L", "serve"),  # Layani
    Binding(Verb.FINISH, "S", "finish"),  # Selesai
    Binding(Verb.MISSED, "H", "missed"),  # tidak Hadir
    Binding(Verb.PARK, "T", "park"),  # Tunda
    Binding(Verb.TRANSFER, "A", "transfer"),  # Alihkan
    Binding(Verb.ADD_STOP, "E", "addStop"),  # layanan Ekstra: T is taken
    Binding(Verb.CALL_TICKET, "N", "callTicket"),  # panggil Nomor
    Binding(Verb.ASIDE, "D", "aside"),  # Disisihkan
    Binding(Verb.CANCEL, "X", "cancel"),
    Binding(Verb.OPEN, "B", "open"),  # Buka
    Binding(Verb.PAUSE, "J", "pause"),  # Jeda
    Binding(Verb.ANNOUNCE_PAUSE, "R", "announcePause"),  # Rencana jeda
    Binding(Verb.CLOSE, "C", "close"),  # close: T and U of Tutup are taken, P would be expected to call
    Binding(Verb.SIGN_OUT, "K", "signOut"),  # Keluar
    Binding(Verb.HELP, "F1", "help"),
    Binding(Verb.LANGUAGE, "F2", "language"),
)

BY_KEY = {binding.key: binding for binding in BINDINGS}
BY_VERB = {binding.verb: binding for binding in BINDINGS}
