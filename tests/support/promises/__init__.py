"""What Loket promises under which fault, and the figures that the fault tests leave behind (docs/promises.md)."""

from tests.support.promises.figures import Figure, RecordFigure, read_figures, recorder_for
from tests.support.promises.table import FAULTS, PROMISES

__all__ = ["FAULTS", "PROMISES", "Figure", "RecordFigure", "read_figures", "recorder_for"]
