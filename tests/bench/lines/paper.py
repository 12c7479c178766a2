"""Paper: the bytes of a slip, as text and QR code, and drawn dot by dot where the printer lacks the letters."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from kiosk.printing.escpos import render
from kiosk.printing.profiles import find_profile
from kiosk.printing.slip import Slip, layout
from shared.protocol.values import Minutes
from shared.vocabulary import Language
from tests.bench.bench import Bench
from tests.bench.figures import Line, median, percentile

PROFILE = "80mm"  # prints QR codes by itself, as most do


async def slips(bench: Bench) -> list[Line]:
    """On a kiosk the spooler's own process does this; the touch screen never waits for it."""
    ordinary = _slip("Dinas Kependudukan dan Pencatatan Sipil", "Perekaman KTP elektronik")
    # In Balinese and Arabic letters, which no ESC/POS printer has: every line is drawn where this machine has a font.
    foreign = _slip("ᬤᬶᬦᬲ᭄ ᬓᬧᬾᬦ᭄ᬤᬸᬤᬸᬓᬦ᭄", "خدمة الهوية", site="ᬫᬮ᭄ ᬧᬮᬬᬦᬦ᭄")
    times = bench.choose(200, 50)
    return [
        _line("slip: text and QR code", _measure(ordinary, times, slow_line=True), 2),
        _line("slip: with a drawn number", _measure(ordinary, times), 45),
        _line("slip: with drawn letters", _measure(foreign, times), 45),
    ]


def _measure(slip: Slip, times: int, *, slow_line: bool = False) -> list[float]:
    profile = find_profile(PROFILE)
    render(layout(slip, profile.paper), profile, slow_line=slow_line)  # the first one loads libraries and fonts
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        render(layout(slip, profile.paper), profile, slow_line=slow_line)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def _slip(agency: str, service: str, site: str = "Mal Pelayanan Publik") -> Slip:
    return Slip(
        site=site,
        agency=agency,
        service=service,
        ticket="A-042",
        ahead=5,
        minutes=Minutes(low=10, high=15),
        issued_at=datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
        time_zone="Asia/Makassar",
        language=Language.INDONESIAN,
        url="https://mpp.example/v/4f9a2c71d0e8b3a6",
    )


def _line(name: str, taken: list[float], bound: float) -> Line:
    middle = median(taken)
    return Line(name, middle, percentile(taken, 0.99), "ms", goal=f"<= {bound:g} ms", met=middle <= bound)
