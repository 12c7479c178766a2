"""`./run plant [WORD ...]`: plant each bug, or those whose names hold a word, and print who caught it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.planted.bugs import BUGS, Bug
from tests.planted.planting import Garden, Result, Verdict

AT_ONCE = 2  # copies of the tree, each with one bug


def main(words: Sequence[str]) -> int:
    bugs = [bug for bug in BUGS if not words or any(word in bug.name for word in words)]
    if not bugs:  # also --help
        print(__doc__, "No bug has that in its name. There are:", *(f"  {bug.name}" for bug in BUGS), sep="\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="loket-planted-") as folder:
        gardens: SimpleQueue[Garden] = SimpleQueue()
        for number in range(AT_ONCE):
            gardens.put(Garden(Path(folder) / str(number)))
        sound = gardens.get()
        if trouble := sound.is_sound(bugs):
            print(f"A test fails without any bug:\n{trouble}")
            return 2
        gardens.put(sound)

        def try_out(bug: Bug) -> Result:
            garden = gardens.get()
            try:
                return garden.try_out(bug)
            finally:
                gardens.put(garden)

        print(f"{'bug':<66} {'caught by':<72} seconds")
        with ThreadPoolExecutor(AT_ONCE) as gardeners:
            results = [_tell(result) for result in gardeners.map(try_out, bugs)]
    missed = [result for result in results if result.verdict is not Verdict.CAUGHT]
    print(f"{len(results) - len(missed)} of {len(results)} planted bugs caught")
    for result in missed:
        print(f"\n{result.bug.name}: {result.verdict.value}\n{result.words}")
    return 1 if missed else 0


def _tell(result: Result) -> Result:
    print(f"{result.bug.name:<66} {_by(result):<72} {result.seconds:7.1f}", flush=True)
    return result


def _by(result: Result) -> str:
    return _short(result.bug) if result.verdict is Verdict.CAUGHT else result.verdict.value


def _short(bug: Bug) -> str:
    file, _, name = bug.caught_by.partition("::")
    return (name or file.rpartition("/")[2])[:72]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
