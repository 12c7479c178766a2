"""The tablet on a stage: the real window and view model, a link, a voice and a clock that the test plays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import shiboken6

from kiosk.survey_viewmodel import SurveyViewModel
from shared.protocol.opinions import VisitFound
from shared.qt.launch import make_application
from shared.vocabulary import Denied, Language, Words
from tests.support.kiosk_stage import ROOT, Window

SURVEY_MAIN = ROOT / "kiosk" / "survey" / "qml" / "Main.qml"


class FakeReader:
    """Keeps what is to be read aloud."""

    def __init__(self, tell: Callable[[bool], None]) -> None:
        self.tell = tell
        self.said: list[tuple[str, Language]] = []

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def say(self, text: str, language: Language) -> None:
        self.said.append((text, language))

    def hush(self) -> None: ...


def a_visit(denied: Denied | None = None, language: Language = Language.INDONESIAN) -> VisitFound:
    service = Words("Perekaman KTP-el", "Identity card")
    may_rate = denied is not Denied.ALREADY
    return VisitFound(language=language, service=service, counter="3", denied=denied, may_rate=may_rate)


class SurveyStage(Window[SurveyViewModel]):
    def __init__(self, size: tuple[int, int]) -> None:
        self.reader: FakeReader | None = None
        super().__init__(size, SURVEY_MAIN)

    def play(self) -> SurveyViewModel:
        def reader(tell: Callable[[bool], None]) -> FakeReader:
            self.reader = FakeReader(tell)
            return self.reader

        return SurveyViewModel(self.link, reader, lambda: self.seconds)

    @property
    def page(self) -> str:
        return type(self.model.tablet.page).__name__

    def picture(self, file: Path) -> None:
        self.settle()
        self.window.grabWindow().save(str(file))


@contextmanager
def tablet_on_stage(size: tuple[int, int]) -> Iterator[SurveyStage]:
    make_application("loket-kiosk-test")
    stage = SurveyStage(size)
    try:
        yield stage
    finally:
        stage.model.stop()
        stage.window.hide()
        shiboken6.delete(stage.engine)  # before the view model: QML must not read what is gone
