"""docs/promises.md: its two tables, made from the figures of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from tests.support.promises.figures import Figure
from tests.support.promises.table import FAULTS, PROMISES

_BEGIN: Final = "<!-- {}: written by ./run promises -->"
_END: Final = "<!-- end -->"
UNMEASURED: Final = "no test; see below"


def rewrite(page: str, figures: Sequence[Figure], heading: str) -> str:
    """The page with both tables made anew. `heading` says when and on what the figures were taken."""
    page = _replace(page, "run", heading)
    page = _replace(
        page, "promises", _table("Promise", PROMISES, {name: _of_promise(figures, name) for name in PROMISES})
    )
    return _replace(page, "faults", _table("Fault", FAULTS, {name: _of_fault(figures, name) for name in FAULTS}))


def _of_promise(figures: Iterable[Figure], name: str) -> list[Figure]:
    return [found for found in figures if found.promise == name]


def _of_fault(figures: Iterable[Figure], name: str) -> list[Figure]:
    unique = {(found.test, found.sentence): found for found in figures if found.fault == name}
    return list(unique.values())


def _table(kind: str, texts: Mapping[str, str], found: Mapping[str, Sequence[Figure]]) -> str:
    rows = [f"| | {kind} | Last figure | Test |", "|---|---|---|---|"]
    for name, text in texts.items():
        sentences = "<br>".join(dict.fromkeys(one.sentence for one in found[name])) or UNMEASURED
        tests = "<br>".join(dict.fromkeys(_short(one.test) for one in found[name]))
        rows.append(f"| {name} | {text} | {sentences} | {tests} |")
    return "\n".join(rows)


def _short(test: str) -> str:
    """tests/faults/test_f02_kill.py::test_a_name[150] as `test_f02_kill.py` `test_a_name`."""
    path, _, name = test.partition("::")
    return f"`{path.rpartition('/')[2]}` `{name.partition('[')[0]}`"


def _replace(page: str, name: str, body: str) -> str:
    begin = _BEGIN.format(name)
    head, _, rest = page.partition(begin)
    _, end, tail = rest.partition(_END)
    assert end, f"the page has no place for {name}"
    return f"{head}{begin}\n\n{body}\n\n{end}{tail}"
