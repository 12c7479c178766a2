"""Reading aloud: one worker thread that speaks the last text it was given, by the engine in this process."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from shared.log import get_log
from shared.vocabulary import Language

if TYPE_CHECKING:
    from shared.voice.engine import Engine
    from shared.voice.sinks import Sink

log = get_log("voice")


class Reader:
    """`tell` is called in the worker thread, once: whether there is a voice and something to hear it with."""

    def __init__(
        self, make_engine: Callable[[], Engine], make_sink: Callable[[], Sink], tell: Callable[[bool], None]
    ) -> None:
        self._make_engine = make_engine
        self._make_sink = make_sink
        self._tell = tell
        self._work: queue.SimpleQueue[tuple[str, Language] | None] = queue.SimpleQueue()
        self._enough = threading.Event()
        """Set: what is being said is broken off."""
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def say(self, text: str, language: Language) -> None:
        """This, and nothing that was asked for before."""
        self._enough.set()
        self._work.put((text, language))

    def hush(self) -> None:
        self._enough.set()
        self._work.put(None)

    def stop(self) -> None:
        self._ending = True
        self._enough.set()
        self._work.put(None)
        if self._thread.is_alive():
            self._thread.join(3)

    def _run(self) -> None:
        try:
            sink, engine = self._make_sink(), self._make_engine()
            sink.probe()
        except Exception as error:  # noqa: BLE001 - the edge of the thread: without a voice the tablet is silent
            log.warning("no voice", reason=str(error) or type(error).__name__)
            self._tell(False)
            return
        self._tell(True)
        while not self._ending:
            job = self._newest()
            if job is None:
                continue
            self._enough.clear()
            try:
                sink.play(engine.speak(*job), self._enough)
            except Exception as error:  # noqa: BLE001 - as above: one text less, and the next is tried
                log.warning("not read aloud", reason=str(error) or type(error).__name__)
        sink.close()

    def _newest(self) -> tuple[str, Language] | None:
        job = self._work.get()
        while not self._work.empty():
            job = self._work.get()
        return job


def engine() -> Engine:
    from shared.voice.engine import Engine  # in the reader's thread: the window is shown meanwhile

    return Engine()


def device_sink() -> Sink:
    from shared.voice.sinks import DeviceSink

    return DeviceSink()
