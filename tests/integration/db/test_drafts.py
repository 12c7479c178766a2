"""The draft of a catalogue on both databases: shared, never lost to another's, published with who and why."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from server.app.catalogue_editing.desk import (
    CatalogueDesk,
    ChangedMeanwhileError,
    IdentityTakenError,
    NobodyLeftError,
    ThingMistakesError,
    fingerprint,
)
from server.app.catalogue_editing.document import NoSuchThingError
from server.app.catalogue_editing.kinds import Item
from server.app.catalogue_editing.ports import NO_DRAFT, Draft, DraftMovedError, OutdatedError
from server.app.catalogue_editing.rights import Editor, ForbiddenError
from server.app.catalogue_editing.schema import AGENCY, COUNTER, OFFICER, SERVICE, ZONE
from server.app.catalogue_editing.writing import copied
from server.app.catalogue_file import CatalogueError
from server.db import Store
from shared.vocabulary import Role
from tests.support.builders import NINE

SAMPLE = Path("server/sample/mpp-badung-sample.toml").read_text(encoding="utf-8")
RINA, BUDI = Editor("rina", Role.ADMINISTRATOR), Editor("budi", Role.ADMINISTRATOR)
HEAD = Editor("head", Role.AGENCY_HEAD, "dukcapil")


@pytest.fixture
def desk(store: Store) -> CatalogueDesk:
    store.catalogues.publish_catalogue(SAMPLE, NINE)
    return CatalogueDesk(store.drafts, lambda: NINE)


def change(desk: CatalogueDesk, editor: Editor, minutes: int, service: str = "kk-ubah") -> None:
    item = desk.present().tables["service"][service]
    desk.keep(SERVICE, service, fingerprint(item), copied(item) | {"standard_minutes": minutes}, editor)


def test_a_change_is_a_draft_until_somebody_publishes_it(store: Store, desk: CatalogueDesk) -> None:
    change(desk, RINA, 12)
    assert store.catalogues.newest_version() == 1
    seen = desk.present()
    assert [change.identity for change in seen.changes()] == ["kk-ubah"]
    assert seen.draft is not None
    assert seen.draft.by == "rina"
    assert desk.publish(seen.digest, seen.newest, "Lebih lama", BUDI).version == 2
    assert desk.present().draft is None
    newest = desk.versions()[0]
    assert (newest.number, newest.by, newest.note, newest.reverts_to) == (2, "budi", "Lebih lama", None)
    assert desk.versions()[1].by == ""
    entry = list(store.audit.entries())[-1]
    assert (entry.what, entry.actor, json.loads(entry.after)["changes"]) == ("catalogue_published", "budi", 1)
    assert not store.audit.verify().broken


def test_two_people_change_two_things_and_neither_is_lost(desk: CatalogueDesk) -> None:
    one, other = (desk.present().tables["service"][name] for name in ("kk-ubah", "ktp-cetak"))
    desk.keep(SERVICE, "kk-ubah", fingerprint(one), copied(one) | {"standard_minutes": 12}, RINA)
    desk.keep(SERVICE, "ktp-cetak", fingerprint(other), copied(other) | {"standard_minutes": 7}, BUDI)
    assert len(desk.present().changes()) == 2


def test_every_edit_of_the_draft_is_in_the_audit_log_without_its_words(store: Store, desk: CatalogueDesk) -> None:
    change(desk, RINA, 12)
    item = desk.present().tables["service"]["kk-ubah"]
    desk.move(SERVICE, "kk-ubah", BUDI, up=False)
    desk.remove(SERVICE, "kk-ubah", fingerprint(item), RINA)
    edits = [entry for entry in store.audit.entries() if entry.what == "draft_changed"]
    first, moved, *_, removed = edits
    assert (first.actor, first.subject, first.after) == (
        "rina",
        "service kk-ubah",
        '{"fields":"standard_minutes","how":"changed"}',
    )
    assert (moved.actor, moved.after) == ("budi", '{"how":"reordered"}')
    assert {(one.subject, one.after) for one in edits} >= {("service kk-ubah", '{"how":"removed"}')}
    assert removed.actor == "rina"
    assert not store.audit.verify().broken


def test_who_changes_the_same_thing_later_is_told(desk: CatalogueDesk) -> None:
    item = desk.present().tables["service"]["kk-ubah"]
    change(desk, RINA, 12)
    with pytest.raises(ChangedMeanwhileError) as told:
        desk.keep(SERVICE, "kk-ubah", fingerprint(item), copied(item) | {"standard_minutes": 9}, BUDI)
    assert told.value.by == "rina"
    assert told.value.item is not None
    assert told.value.item["standard_minutes"] == 12


def test_nobody_publishes_what_was_not_shown(desk: CatalogueDesk) -> None:
    change(desk, RINA, 12)
    seen = desk.present()
    change(desk, BUDI, 9)
    with pytest.raises(DraftMovedError):
        desk.publish(seen.digest, seen.newest, "", RINA)


def test_a_version_from_elsewhere_is_not_overwritten_unseen(store: Store, desk: CatalogueDesk) -> None:
    change(desk, RINA, 12)
    store.catalogues.publish_catalogue(SAMPLE + "\n", NINE)
    seen = desk.present()
    assert seen.is_outdated
    with pytest.raises(OutdatedError):
        desk.publish(seen.digest, 1, "", RINA)
    assert desk.publish(seen.digest, seen.newest, "", RINA).version == 3


def test_an_older_version_is_published_again_and_the_draft_stays(desk: CatalogueDesk) -> None:
    change(desk, RINA, 12)
    seen = desk.present()
    desk.publish(seen.digest, seen.newest, "", RINA)
    change(desk, RINA, 14)
    desk.revert(1, 2, "Salah", BUDI)
    assert desk.versions()[0].reverts_to == 1
    assert desk.text_of(3) == SAMPLE
    assert desk.present().draft is not None
    assert desk.difference_between(2, 3)[0][0].identity == "kk-ubah"
    with pytest.raises(NoSuchThingError):
        desk.revert(9, 3, "", BUDI)


def test_mistakes_are_named_and_nothing_is_kept(desk: CatalogueDesk) -> None:
    with pytest.raises(ThingMistakesError) as told:
        change(desk, RINA, 0)
    assert [one.field for one in told.value.mistakes] == ["standard_minutes"]
    assert desk.present().draft is None


def test_what_is_unfinished_is_kept_and_not_published(desk: CatalogueDesk) -> None:
    agency = {"id": "new", "name": {"id": "Baru", "en": "New"}, "short_name": "Baru", "prefix": "QQ"}
    assert desk.keep(AGENCY, None, "", dict(agency), RINA) == "new"
    with pytest.raises(IdentityTakenError):
        desk.keep(AGENCY, None, "", dict(agency), RINA)
    seen = desk.present()
    assert {one.identity for one in seen.mistakes() if one.is_error} == {"new"}
    with pytest.raises(CatalogueError):
        desk.publish(seen.digest, seen.newest, "", RINA)
    desk.discard(seen.digest, RINA)
    assert desk.present().draft is None


def test_a_whole_file_takes_the_place_of_the_draft_that_was_seen(desk: CatalogueDesk) -> None:
    change(desk, RINA, 12)
    with pytest.raises(DraftMovedError):
        desk.take_over(SAMPLE, NO_DRAFT, BUDI)
    desk.take_over(SAMPLE, desk.present().digest, BUDI)
    assert desk.present().changes() == []
    with pytest.raises(CatalogueError):
        desk.take_over("[site]\n", desk.present().digest, BUDI)


def test_somebody_stays_who_can_set_everything_up(desk: CatalogueDesk) -> None:
    present = desk.present()
    chiefs = [name for name, item in present.tables["officer"].items() if item.get("role") == "administrator"]
    for name in chiefs:
        desk.remove(OFFICER, name, fingerprint(present.tables["officer"][name]), RINA)
    assert chiefs
    seen = desk.present()
    with pytest.raises(NobodyLeftError):
        desk.publish(seen.digest, seen.newest, "", RINA)


def test_the_head_of_an_agency_changes_what_is_the_agencys_own(desk: CatalogueDesk) -> None:
    change(desk, HEAD, 12)
    others = next(name for name, item in desk.present().tables["service"].items() if item["agency"] != "dukcapil")
    counter = desk.present().tables["counter"]["counter-1"]
    with pytest.raises(ForbiddenError):
        change(desk, HEAD, 12, others)
    items: tuple[Item, ...] = (
        copied(counter) | {"profile": ["agency:dukcapil", others]},
        copied(counter) | {"agency": str(desk.present().tables["service"][others]["agency"])},
    )
    for item in items:
        with pytest.raises(ForbiddenError):
            desk.keep(COUNTER, "counter-1", fingerprint(counter), item, HEAD)
    chief: Item = {"id": "x", "name": "X", "agency": "dukcapil", "role": "administrator"}
    zone: Item = {"id": "z", "name": {"id": "Z", "en": "Z"}}
    for kind, item in ((ZONE, zone), (OFFICER, chief)):
        with pytest.raises(ForbiddenError):
            desk.keep(kind, None, "", dict(item), HEAD)
    seen = desk.present()
    for refused in (lambda: desk.publish(seen.digest, 1, "", HEAD), lambda: desk.discard(seen.digest, HEAD)):
        with pytest.raises(ForbiddenError):
            refused()


def test_the_text_of_a_draft_comes_back_to_the_letter(store: Store) -> None:
    draft = Draft("# ᬅ — ünï\r\n", 0, "rina", datetime.fromisoformat("2026-11-23T01:02:03.000004+00:00"))
    store.drafts.save_draft(draft, NO_DRAFT, [])
    assert store.drafts.draft() == draft
