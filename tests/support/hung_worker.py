"""A printing worker whose USB driver hangs: python -m tests.support.hung_worker ADDRESS PROFILE JOURNAL.

The line can be opened, is well, and a slip written to it never comes back, whatever signal but SIGKILL comes.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from kiosk.printing.addresses import Place
from kiosk.printing.journal import Journal
from kiosk.printing.settings import read_settings
from kiosk.printing.status import FENCE
from kiosk.printing.worker import work

_QUESTION = 3  # bytes of DLE EOT n


class HungLine:
    can_answer = True

    def __init__(self, _: Place) -> None:
        self._answer = b""
        self._nobody_writes_here, self._kept_open = os.pipe()

    def write(self, data: bytes) -> None:
        if len(data) > _QUESTION:
            while True:
                os.read(self._nobody_writes_here, 1)
        self._answer = b"\0" if data == FENCE else b"\x12"

    def read(self, timeout: float) -> bytes:
        answer, self._answer = self._answer, b""
        return answer

    def close(self) -> None: ...


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.exit(work(read_settings(sys.argv[1], sys.argv[2]), Journal(Path(sys.argv[3])), HungLine))
