"""`./run replay`: a recorded day done again, and its price in minutes under another rule."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from server.app.ports import StorageError
from server.db.address import parse_address
from server.db.copying import copy_sqlite
from server.db.store import Store, open_beside, open_store
from server.domain.outlook import waited_for_first_call
from server.simulation.recording import NothingRecordedError, Recording, read_recording
from server.simulation.reliving import relive
from server.simulation.replaying import replay
from server.simulation.rules import OWN, RULES, following
from server.simulation.running import run
from server.simulation.scoring import EVERYBODY, Score, score, waits_of
from server.simulation.table import price_table
from shared.vocabulary import Priority

SHOWN = 10  # differences; more of them say no more


class Report(msgspec.Struct, frozen=True):
    """What --json writes."""

    date: str
    facts: int
    verbs: int
    differences: list[str]
    scores: list[Score]
    """As it was, relived under the site's own rules, relived under the other."""


def main() -> int:
    wanted = _arguments()
    try:
        with TemporaryDirectory(prefix="loket-replay-") as folder, _opened(wanted.database, Path(folder)) as store:
            recording = read_recording(store, wanted.date)
    except (StorageError, NothingRecordedError) as error:
        print(f"replay: {error}", file=sys.stderr)
        return 2
    done = replay(recording)
    print(f"{recording.date}: {len(recording.facts):,} facts, {done.verbs:,} verbs, {len(recording.legs):,} legs")
    if done.differences:
        print(f"NOT the same day: {len(done.differences)} differences", *done.differences[:SHOWN], sep="\n  ")
    else:
        print("Done again under the unchanged rules, the day comes out exactly as it was.")
    scores = _scores(recording, wanted.rule)
    print("\nMinutes from arrival to the first call. Where the day is done again (`own` is its own rule), counters")
    print("call as soon as they are free: compare these rows with each other, not with the day as it was.\n")
    print(price_table(scores))
    if wanted.json:
        report = Report(str(recording.date), len(recording.facts), done.verbs, done.differences, scores)
        wanted.json.write_bytes(msgspec.json.format(msgspec.json.encode(report)))
    return 1 if done.differences else 0


def _scores(recording: Recording, rule: str) -> list[Score]:
    day = relive(recording)
    own = score(OWN, [run(day, following(None), recording.lessons)])
    scores = [_as_it_was(recording), own]
    if rule != OWN:
        scores.append(score(rule, [run(day, RULES[rule], recording.lessons)]))
    return scores


def _as_it_was(recording: Recording) -> Score:
    groups: dict[str, list[float]] = {EVERYBODY: [], **{priority.value: [] for priority in Priority}}
    for visit in recording.stored.visits:
        waited = waited_for_first_call(visit.legs[0])
        if waited is not None:
            groups[EVERYBODY].append(waited)
            groups[visit.priority.value].append(waited)
    waits = {name: found for name, minutes in groups.items() if (found := waits_of(minutes)) is not None}
    never = sum(visit.legs[0].first_called_at is None for visit in recording.stored.visits)
    return Score("as it was", 1, waits, None, never, 0, 0.0, 0.0)


def _opened(database: str, folder: Path) -> Store:
    """A copy of a file in `folder`: opening a backup would change it, and one that has changed is not restored."""
    url = _url(database)
    address = parse_address(url)
    if not address.is_sqlite:
        return open_beside(url, up_to_date=False)
    copy = folder / "day.sqlite"
    copy_sqlite(address, copy)
    return open_store(f"sqlite:///{copy}")


def _url(database: str) -> str:
    """Raises NothingRecordedError for a file that is not there: opening it would make an empty one."""
    if "://" in database:
        return database
    if not Path(database).is_file():
        raise NothingRecordedError(f"There is no database file {database}.")
    return f"sqlite:///{Path(database).absolute()}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run replay", description=__doc__)
    parser.add_argument("database", help="an SQLite file, or a database URL; a copy or a backup is best")
    parser.add_argument("--date", type=date.fromisoformat, help="YYYY-MM-DD; the newest recorded day unless given")
    parser.add_argument("--rule", choices=(OWN, *RULES), default="first_come", help="the rule to compare with")
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
