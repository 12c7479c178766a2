"""The counter's window with real keys: what an officer presses, what is sent, what is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import counter
from counter.counter_viewmodel import CounterViewModel
from counter.keys import BY_VERB, Verb
from counter.state import Desk
from shared.notices import Lost, PairingCode, TurnedAway
from shared.protocol import commands as c
from shared.protocol.replies import Called, Done
from shared.protocol.values import NextPause
from shared.protocol.views import DeliveryItem, Item, WhyCalled
from shared.qt.launch import make_application, make_engine, show_window
from shared.vocabulary import (
    CounterState,
    ErrorCode,
    Language,
    LegState,
    Need,
    Outcome,
    PassedReason,
    PauseReason,
    Priority,
    ReceiptStep,
    Words,
)
from tests.support.fake_link import FakeLink
from tests.unit.counter.builders import (
    NOW,
    STREAM,
    counters_table,
    desk_table,
    in_hand,
    live,
    set_aside,
    signed_in,
    table_of,
    waits,
)

QML = Path(counter.__file__).parent / "qml" / "Main.qml"
SERVING = in_hand(LegState.SERVING)


@dataclass
class Pc:
    """A counter PC: its window, its keys, and the server that the test plays."""

    window: QQuickWindow
    model: CounterViewModel
    link: FakeLink
    chimes: list[str]
    remembered: list[tuple[str, Language]]
    warnings: list[str] = field(default_factory=list)

    @property
    def sent(self) -> list[c.Command]:
        return [command for _, command in self.link.sent]

    def press(self, *keys: Qt.Key | Verb) -> None:
        for key in keys:
            QTest.keyClick(self.window, Qt.Key[f"Key_{BY_VERB[key].key}"] if isinstance(key, Verb) else key)

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClick(self.window, Qt.Key.Key_Return if letter == "\n" else Qt.Key(ord(letter.upper())))

    def show(self, *items: Item, **desk: object) -> None:
        self.link.say(table_of(STREAM, desk_table(*items, **desk)))

    def sign_in(self) -> None:
        self.link.say(live())
        self.link.say(table_of("counters", counters_table()))
        self.type("3\nsatu\n1234\n")
        self.link.answer(signed_in())
        self.link.sent.clear()
        self.show()

    def items(self, name: str) -> list[QQuickItem]:
        """What is visible under this objectName, once the lists have laid themselves out."""
        self.window.grabWindow()
        return list(_visible(self.window.contentItem(), name))

    def texts(self, name: str) -> list[str]:
        """Texts of all visible items of this objectName."""
        return [str(item.property("text")) for item in self.items(name)]

    def text(self, name: str) -> str:
        (text,) = self.texts(name)
        return text

    def seen(self, name: str) -> bool:
        return bool(self.items(name))

    def click(self, name: str) -> None:
        (item,) = self.items(name)
        middle = item.mapToScene(item.boundingRect().center()).toPoint()
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, pos=QPoint(middle.x(), middle.y()))


def _visible(item: QQuickItem, name: str) -> Iterator[QQuickItem]:
    if not item.isVisible():
        return
    if item.objectName() == name:
        yield item
    for child in item.childItems():
        yield from _visible(child, name)


@pytest.fixture
def pc(qtbot: QtBot) -> Iterator[Pc]:
    application = make_application("counter-test")
    link = FakeLink(NOW)
    chimes: list[str] = []
    remembered: list[tuple[str, Language]] = []
    model = CounterViewModel(
        link,
        desk=Desk(),
        chime=lambda: chimes.append("chime"),
        remember=lambda counter, language: remembered.append((counter, language)),
    )
    engine: QQmlApplicationEngine = make_engine(QML, model)
    warnings: list[str] = []
    engine.warnings.connect(lambda found: warnings.extend(warning.toString() for warning in found))
    window = show_window(engine, "1366x768")
    qtbot.waitUntil(lambda: window.isExposed(), timeout=60_000)
    yield Pc(window, model, link, chimes, remembered, warnings)
    window.close()
    engine.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.processEvents()
    assert warnings == []


def test_an_officer_signs_in_from_the_keyboard(pc: Pc) -> None:
    pc.link.say(live())
    pc.link.say(table_of("counters", counters_table()))
    pc.type("3\nsatu\n1234")
    assert pc.text("signIn-counter") == "Loket 3"
    assert pc.text("signIn-officer") == "Petugas Satu"
    assert pc.text("signIn-pin") == "●●●●"
    pc.press(Qt.Key.Key_Return)
    assert pc.sent == [c.SignIn(officer="o1", pin="1234", counter="c3")]
    pc.link.answer(signed_in())
    pc.show()
    assert pc.text("counterNumber") == "Loket 3"
    assert pc.link.subscribed == ["counters", STREAM]
    assert pc.remembered == [("c3", Language.INDONESIAN)]


def test_a_whole_visit_from_the_keyboard(pc: Pc) -> None:
    pc.sign_in()
    pc.show(state=CounterState.CLOSED)
    pc.press(Verb.OPEN)
    pc.link.answer(Done())
    pc.show(waits("A-042", 30), waits("A-043", 20))
    assert pc.text("handEmpty") == "Berikutnya A-042"
    pc.press(Verb.CALL_NEXT)
    pc.show(in_hand(), waits("A-043", 20))
    pc.link.answer(Called(leg="hand", ticket="A-042"))
    assert pc.text("handTicket") == "A-042"
    pc.press(Verb.RECALL)
    pc.link.answer(Done())
    pc.press(Verb.SERVE)
    pc.show(SERVING, waits("A-043", 20))
    pc.link.answer(Done())
    assert pc.text("handState") == "DILAYANI"
    pc.press(Verb.FINISH)
    assert pc.text("questionTitle") == "Bagaimana pelayanan A-042 berakhir?"
    pc.type("2")
    pc.show(waits("A-043", 20))
    pc.link.answer(Done())
    assert not pc.seen("question")
    assert pc.sent == [
        c.OpenCounter(),
        c.CallNext(in_hand=None),
        c.Recall(leg="hand"),
        c.Serve(leg="hand"),
        c.Finish(leg="hand", outcome=Outcome.PAPERS_INCOMPLETE),
    ]


def test_missing_papers_are_marked_by_digits_and_go_with_the_finish(pc: Pc) -> None:
    papers = (Words("Kartu Keluarga asli", "Original family card"), Words("Surat kehilangan", "Police report"))
    pc.sign_in()
    pc.show(in_hand(LegState.SERVING, requirements=papers))
    pc.press(Verb.FINISH)
    pc.type("2")
    assert pc.text("questionTitle") == "Berkas mana yang belum lengkap?"
    pc.type("2")
    titles = ["□  Kartu Keluarga asli", "■  Surat kehilangan", "Selesai: 1 berkas kurang"]
    assert pc.texts("optionTitle") == titles
    pc.type("\n")
    missing = ("Surat kehilangan",)
    assert pc.sent == [c.Finish(leg="hand", outcome=Outcome.PAPERS_INCOMPLETE, missing=missing)]


def test_a_double_press_sends_one_command(pc: Pc) -> None:
    pc.sign_in()
    pc.show(waits("A-042", 30), waits("A-043", 20))
    pc.press(Verb.CALL_NEXT, Verb.CALL_NEXT)
    assert pc.sent == [c.CallNext(in_hand=None)]
    pc.show(in_hand(), waits("A-043", 20))
    pc.link.answer(Called(leg="hand", ticket="A-042"))
    pc.press(Verb.CALL_NEXT)
    assert len(pc.sent) == 1
    assert pc.text("message") == "Layani (L) atau tidak hadir (H) dulu"


def test_a_key_held_down_calls_once(pc: Pc) -> None:
    from PySide6.QtGui import QKeyEvent

    pc.sign_in()
    pc.show(SERVING, waits("A-043", 20))
    pc.press(Verb.CALL_NEXT)
    pc.link.answer(Called(leg="A-043", ticket="A-043"))
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", autorep=True, count=1)
    QCoreApplication.sendEvent(pc.window, held)
    assert len(pc.sent) == 1


def test_missed_parked_and_back(pc: Pc) -> None:
    pc.sign_in()
    pc.show(in_hand())
    pc.press(Verb.MISSED)
    pc.link.answer(Done())
    pc.press(Verb.PARK)
    pc.type("foto\n")
    pc.show(set_aside("A-031", LegState.PARKED, note="foto"), set_aside("A-036", LegState.MISSED))
    pc.link.answer(Done())
    assert pc.texts("asideTicket") == ["A-031", "A-036"]
    pc.press(Verb.ASIDE, Qt.Key.Key_Return)
    pc.link.answer(Done())
    pc.press(Verb.ASIDE, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert pc.sent == [
        c.MarkMissed(leg="hand"),
        c.Park(leg="hand", note="foto"),
        c.Resume(leg="A-031"),
        c.Return(leg="A-036"),
    ]


def test_transfer_by_typing(pc: Pc) -> None:
    pc.sign_in()
    pc.show(SERVING)
    pc.press(Verb.TRANSFER)
    pc.type("keluarga")
    assert pc.text("typed") == "keluarga"
    assert pc.texts("optionTitle") == ["Kartu Keluarga"]
    pc.type("\n")
    assert pc.text("questionTitle") == "Alihkan A-042 ke Kartu Keluarga: loket mana?"
    pc.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert pc.sent == [c.Transfer(leg="hand", service="kk", counter="c2")]


def test_the_card_says_why_this_one_and_before_whom(pc: Pc) -> None:
    pc.sign_in()
    why = WhyCalled(
        rule="head_start",
        head_start=20,
        passed_over=4,
        passed={PassedReason.HEAD_START: 3, PassedReason.NEEDS: 1},
        first=("A-038", "A-040", "A-041"),
    )
    receipt = DeliveryItem(display="TV 1", leg="hand", step=ReceiptStep.SPOKEN, after=1100, shown_after=400)
    pc.show(in_hand(priority=Priority.PRIORITY, needs=(Need.ELDERLY,), why=why), receipt, waits("A-043", 4))
    assert pc.text("handWhy") == (
        "Prioritas: dihitung 20 menit lebih awal. "
        "Melewati A-038, A-040, A-041 …: 3 datang lebih dulu, 1 perlu loket khusus."
    )
    (line,) = pc.items("handWhy")
    receipts = pc.items("receipt")
    bottom = line.mapToScene(line.boundingRect().bottomLeft()).y()
    assert all(bottom <= item.mapToScene(item.boundingRect().topLeft()).y() for item in receipts)


def test_a_counter_that_may_help_out_can_call_with_nobody_of_its_own(pc: Pc) -> None:
    pc.sign_in()
    pc.show(helping=2)
    assert pc.text("handEmpty") == "2 menunggu layanan lain"
    pc.press(Verb.CALL_NEXT)
    assert pc.sent == [c.CallNext()]


def test_pause_and_open_again(pc: Pc) -> None:
    pc.sign_in()
    pc.press(Verb.PAUSE)
    pc.type("2")
    pc.show(state=CounterState.PAUSED, pause_reason=PauseReason.PRAYER)
    pc.link.answer(Done())
    assert pc.text("counterState") == "Jeda: ibadah"
    assert pc.text("handEmpty") == "Loket sedang jeda"
    pc.press(Verb.OPEN)
    assert pc.sent == [c.PauseCounter(reason=PauseReason.PRAYER), c.OpenCounter()]


def test_a_pause_is_announced_by_keys_alone_and_stands_in_the_header(pc: Pc) -> None:
    pc.sign_in()
    pc.show(SERVING)
    pc.press(Verb.ANNOUNCE_PAUSE)
    assert len(pc.texts("optionTitle")) == len(PauseReason)
    pc.type("346")
    pc.link.answer(Done())
    assert pc.sent == [c.AnnouncePause(reason=PauseReason.MEAL, in_minutes=45, minutes=45)]
    pc.show(SERVING, next_pause=NextPause(PauseReason.MEAL, NOW + timedelta(minutes=45), 45))
    assert pc.text("counterSince").endswith("jeda 11.27")


def test_every_verb_is_also_a_button_that_shows_its_key(pc: Pc) -> None:
    pc.sign_in()
    pc.show(in_hand(), waits("A-043", 4))
    for verb in set(Verb) - {Verb.OPEN}:
        assert pc.seen(f"verb-{BY_VERB[verb].word}"), verb
    pc.click("verb-recall")
    assert pc.sent == [c.Recall(leg="hand")]
    pc.show(state=CounterState.CLOSED)
    assert pc.seen("verb-open")


def test_a_line_of_a_question_can_be_clicked(pc: Pc) -> None:
    pc.sign_in()
    pc.show(SERVING)
    pc.click("verb-finish")
    pc.click("option-2")
    assert pc.sent == [c.Finish(leg="hand", outcome=Outcome.REFERRED)]


def test_being_taken_over_is_seen_and_heard(pc: Pc) -> None:
    pc.sign_in()
    pc.show(SERVING)
    pc.link.say(TurnedAway(ErrorCode.TAKEN_OVER, {"officer": "o2"}))
    pc.link.say(Lost(0.0))
    assert pc.text("noticeTitle") == "Loket 3 diambil alih"
    assert pc.chimes == ["chime"]
    assert pc.link.subscribed == ["counters"]
    pc.link.say(live())
    pc.press(Qt.Key.Key_Return)
    assert pc.text("signInTitle") == "Masuk ke loket"
    assert pc.sent == []


def test_a_used_counter_is_offered_for_taking_over(pc: Pc) -> None:
    pc.link.say(live())
    pc.link.say(table_of("counters", counters_table(c3="o2")))
    pc.type("3\nsatu\n1234\n")
    pc.link.refuse(ErrorCode.COUNTER_TAKEN, officer="o2")
    assert pc.seen("takeOver")
    assert pc.text("takeOverTitle") == "Loket 3 sedang dipakai"
    assert pc.chimes == ["chime"]
    pc.press(Qt.Key.Key_Return)
    assert pc.sent[-1] == c.SignIn(officer="o1", pin="1234", counter="c3", take_over=True)


def test_lost_and_back(pc: Pc) -> None:
    pc.sign_in()
    pc.show(SERVING, waits("A-043", 4))
    pc.link.say(Lost(0.0))
    assert pc.text("connection") == "Terputus"
    assert pc.texts("waitingTicket") == ["A-043"]
    pc.press(Verb.CALL_NEXT)
    assert pc.sent == []
    pc.link.say(live())
    assert pc.sent == [c.SignIn(officer="o1", pin="1234", counter="c3")]
    pc.link.answer(signed_in())
    assert pc.text("connection") == "Terhubung"
    pc.press(Verb.CALL_NEXT)
    assert pc.sent[-1] == c.CallNext(in_hand="hand")


def test_the_seconds_run(pc: Pc, qtbot: QtBot) -> None:
    pc.sign_in()
    pc.show(SERVING)
    assert pc.text("handTimer") == "02:15"
    pc.link.now = NOW + timedelta(seconds=10)
    qtbot.waitUntil(lambda: pc.text("handTimer") == "02:25", timeout=60_000)


def test_the_waiting_list_keeps_its_rows_when_one_is_called(pc: Pc) -> None:
    pc.sign_in()
    pc.show(*[waits(f"A-{number:03d}", 60 - number, order=number) for number in range(30)])
    kept = pc.items("waitingTicket")[1]
    pc.show(in_hand(), *[waits(f"A-{number:03d}", 60 - number, order=number) for number in range(1, 30)])
    assert pc.items("waitingTicket")[0] is kept


def test_the_arrows_scroll_the_waiting_list(pc: Pc) -> None:
    pc.sign_in()
    pc.show(*[waits(f"A-{number:03d}", 60 - number, order=number) for number in range(40)])
    (view,) = pc.items("waitingList")
    pc.press(Qt.Key.Key_PageDown)
    assert view.property("contentY") > 0
    pc.press(Qt.Key.Key_PageUp)
    assert view.property("contentY") == 0


def test_the_language_switches_at_once(pc: Pc) -> None:
    pc.sign_in()
    pc.press(Verb.LANGUAGE)
    assert pc.text("counterNumber") == "Counter 3"
    assert pc.remembered[-1] == ("c3", Language.ENGLISH)


def test_an_unknown_program_shows_its_code(pc: Pc) -> None:
    pc.link.say(PairingCode("7KQ-42M", 600))
    assert pc.text("pairingCode") == "7KQ-42M"


def test_a_slow_answer_is_shown_as_on_its_way(pc: Pc, qtbot: QtBot) -> None:
    pc.sign_in()
    pc.show(waits("A-043", 4))
    pc.press(Verb.CALL_NEXT)
    assert not pc.seen("busy")
    qtbot.waitUntil(lambda: pc.seen("busy"), timeout=60_000)
    pc.link.answer(Called(leg="A-043", ticket="A-043"))
    assert not pc.seen("busy")


@pytest.mark.parametrize(("width", "height"), [(1024, 700), (1366, 768), (1920, 1080)])
def test_no_button_is_cut_off_at_any_size(pc: Pc, width: int, height: int) -> None:
    pc.sign_in()
    pc.show(in_hand(), waits("A-043", 4))
    pc.window.resize(width, height)
    QCoreApplication.processEvents()
    for language in Language:
        for verb in set(Verb) - {Verb.OPEN}:
            (button,) = pc.items(f"verb-{BY_VERB[verb].word}")
            corner = button.mapToScene(button.boundingRect().bottomRight())
            assert corner.x() <= width, (verb, language)
            assert corner.y() <= height, (verb, language)
            assert button.width() >= button.implicitWidth(), (verb, language)
        pc.press(Verb.LANGUAGE)
