"""Settings of the counter program: a TOML file, LOKET_* in the environment, or the command line."""

from __future__ import annotations

from shared.program import WindowSettings, WindowSize
from shared.vocabulary import Language


class CounterSettings(WindowSettings, frozen=True, forbid_unknown_fields=True):
    window: WindowSize = "1366x768"
    counter: str = ""
    """Id of the counter that stands marked at the first start; later it is the last one used here."""
    language: Language = Language.INDONESIAN
