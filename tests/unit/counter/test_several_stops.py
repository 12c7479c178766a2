"""A number with several services at the counter: the path is seen, and one key adds a service."""

from __future__ import annotations

from counter.allowed import someone_to_call
from counter.keys import Verb
from counter.look.hand import hand
from counter.look.lists import waiting_rows
from counter.questions import answer, options
from counter.state import Ask, Question
from shared.protocol import commands as c
from shared.protocol.values import Stop
from shared.vocabulary import LegState, Words
from tests.unit.counter.builders import NOW, at_desk, in_hand, waits

ZONE_B = (Words("Zona B", "Zone B"),)


def a_stop(service: str, name: str, state: LegState) -> Stop:
    return Stop(service=service, name=Words(name, name), agency=Words("", ""), zones=ZONE_B, state=state)


PATH = (
    a_stop("ktp", "KTP", LegState.SERVING),
    a_stop("kk", "Kartu Keluarga", LegState.BOOKED),
    a_stop("akta", "Akta", LegState.SERVED),
)


def test_the_card_says_what_is_next_and_what_is_done() -> None:
    desk = at_desk(in_hand(LegState.SERVING, stops=PATH))
    assert hand(desk, NOW).path == "Berikutnya: Kartu Keluarga (Zona B)  ·  Sudah selesai: Akta"
    assert hand(at_desk(in_hand()), NOW).path == ""


def test_the_line_says_for_what_else_somebody_waits() -> None:
    (row,) = waiting_rows(at_desk(waits("A-043", 3, blocked="elsewhere", also=("kk",))), NOW)
    assert row.greyed
    assert row.why.endswith("Juga menunggu: Kartu Keluarga")


def test_a_service_is_added_to_the_number_in_hand() -> None:
    desk = at_desk(in_hand(LegState.SERVING))
    question = Question(Ask.ADD_STOP, leg="hand", ticket="A-042", query="kartu keluarga")
    offered = [option.id for option in options(desk, question)]
    assert answer(desk, question, offered.index("kk")) == c.AddStop(leg="hand", service="kk")


def test_what_is_on_the_number_already_cannot_be_added() -> None:
    desk = at_desk(in_hand(LegState.SERVING, stops=PATH))
    why = {option.id: option.why for option in options(desk, Question(Ask.ADD_STOP, leg="hand"))}
    assert why["ktp"] == why["kk"] == "sudah pada nomor ini"


def test_the_next_stop_of_the_visitor_in_hand_can_be_called_from_here() -> None:
    own = waits("A-042", 3, visit="v-hand", blocked="elsewhere")
    assert someone_to_call(at_desk(in_hand(LegState.SERVING), own, waiting=1))
    assert not someone_to_call(at_desk(in_hand(LegState.SERVING), waits("A-043", 3, blocked="elsewhere"), waiting=1))


def test_adding_has_a_key_of_its_own() -> None:
    assert Verb.ADD_STOP.value == "add_stop"
