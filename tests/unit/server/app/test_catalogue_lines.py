"""The scanner tells the line of every value, whatever way of writing TOML was chosen."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import count
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from server.app.catalogue_file.lines import Path, scan

# What a careless scanner trips over. {} becomes the number by which a value finds its line.
WRITTEN = [
    "{}",
    "1_{}.5",
    '"{} # [x] = {{ }} \\" \\\\"',
    "'{} \\'",
    '"""{} ]] "" \\""" \n [no.table] \n key = 1"""',
    "'''{} \\\n[[none]]\n''''",
    '"""{}"""""',
]
BLANKS = [" ", "", "\t"]
KEYS = ["a", "b-c", "_9", '"q # = ] x"', "'. .'", '"\\u00e9"']
ENDS = ["\n", " # [[x]] = 'it\n", "\r\n", '\n\n# "\n']

Choice = TypeVar("Choice")


class _Writer:
    """Draws a document in which every value bears its own number."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._numbers = count(1000)

    def document(self) -> str:
        lines = [self.assignments("top", self.pick([0, 1, 2]))]
        for index in range(self.pick([0, 1, 2, 4])):
            name = self.pick(["t", '"t. ]"'])
            lines.append(f"[[ {name} ]]{self.pick(ENDS)}{self.assignments('k', self.pick([0, 1, 3]))}")
            if self.pick([True, False]):
                lines.append(f"[{name}.inner{self.pick(['', '. deep'])}]\n{self.assignments('i', 1)}")
            if self.pick([True, False]):
                lines.append(f"[[{name}.many]]\n{self.assignments('m', 1)}[[{name}.many]]\n{self.assignments('m', 1)}")
            lines.append(f"[single{index}]{self.pick(ENDS)}{self.assignments('s', 1)}")
        return "".join(lines)

    def assignments(self, stem: str, how_many: int) -> str:
        return "".join(f"{self.key(stem, i)}={self.value(2)}{self.pick(ENDS)}" for i in range(how_many))

    def key(self, stem: str, index: int) -> str:
        """Unlike its neighbours, perhaps dotted."""
        return f"{stem}{index}" + "".join(f"{self.pick(BLANKS)}.{self.pick(KEYS)}" for _ in range(self.pick([0, 1, 2])))

    def value(self, depth: int) -> str:
        kind = self.pick(["scalar", "array", "table"]) if depth else "scalar"
        if kind == "array":
            between = self.pick([",", " ,\n", ", # ] \n\n", "\n,"])
            items = between.join(self.value(depth - 1) for _ in range(self.pick([0, 1, 3])))
            return f"[{self.pick(['', ' # [', ''])}\n{items}{self.pick(['', chr(10)])}]"
        if kind == "table":
            items = ", ".join(f"{self.key('n', i)} = {self.value(depth - 1)}" for i in range(self.pick([0, 1, 3])))
            return f"{{{items}}}"
        return self.pick(WRITTEN).format(next(self._numbers))

    def pick(self, choices: list[Choice]) -> Choice:
        return self._draw(st.sampled_from(choices))


@st.composite
def documents(draw: st.DrawFn) -> str:
    return _Writer(draw).document()


@given(documents())
def test_every_value_stands_on_the_line_that_the_scanner_tells(text: str) -> None:
    lines, numbers = scan(text), text.split("\n")
    for path, value in _leaves(tomllib.loads(text)):
        number = _number(value)
        assert str(number) in numbers[lines.of(path) - 1], (path, lines.of(path))


def test_a_missing_key_is_reported_at_its_table() -> None:
    text = '# a comment\n\n[[service]]\nid = "x"\n\n[[service]] # second\n'
    assert scan(text).of(("service", 1, "fee")) == 6
    assert scan(text).of(("agency", 0)) == 1


def test_parts_of_a_table_in_one_line_and_of_a_list_in_many_have_their_own_lines() -> None:
    text = 'name = { id = "x", en = "y" }\nlist = [\n  "a", # [[\n\n  { en = "b" },\n]\nlast = 1\n'
    lines = scan(text)
    paths: list[Path] = [("name", "en"), ("list", 0), ("list", 1, "en"), ("last",)]
    assert [lines.of(path) for path in paths] == [1, 3, 5, 7]


def _leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*path, index))
    else:
        yield path, value


def _number(value: object) -> int:
    if isinstance(value, float):
        return int(value) % 10_000
    found = re.match(r"\d+", str(value))
    assert found
    return int(found[0])
