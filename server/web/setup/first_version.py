"""The first version: what was answered in the setup becomes the text of the hall's catalogue file. Pure."""

from __future__ import annotations

from collections.abc import Callable

from server.app.catalogue_editing.beginning import WEEKDAYS, FirstPerson, begun, by_hand, week_of
from server.app.catalogue_editing.document import Document, rewritten
from server.app.catalogue_editing.tables import Tables
from server.app.catalogue_editing.writing import whole
from server.web.admin.exchange import Taken, text_in_file
from server.web.setup import answers as a
from server.web.setup.answers import Answers
from shared.vocabulary import Language, Words

_ZONE = Words("Ruang layanan", "Service hall")
_FREE = Words("Gratis", "Free")
# Stands in for who is asked only later, so that a file can be checked as a whole.
_SOMEBODY = FirstPerson("first-administrator", "Administrator")


def first_version(answers: Answers, sample: Callable[[], str]) -> str:
    """The sample's or the file's own text with its comments, or one of what was answered."""
    person = FirstPerson(answers.person["officer"], answers.person["name"])
    if answers.way == "hand":
        return whole(_begun(answers, _offered(answers), person))
    base = Document(sample() if answers.way == "sample" else answers.file)
    officers = {one: item for one, item in base.tables["officer"].items() if one != _SOMEBODY.officer}
    return rewritten(base, _begun(answers, {**base.tables, "officer": officers}, person)).text


def read_file(answers: Answers, content: bytes, language: Language) -> Taken:
    """Checked with the answers over it: a spreadsheet of services alone needs no hall of its own."""
    return text_in_file(content, Document(""), language, over=lambda tables: _begun(answers, tables, _SOMEBODY))


def take_hours_of(answers: Answers, tables: Tables) -> None:
    """Those of the file, unless somebody said others already."""
    week = week_of(tables)
    if week is not None and not answers.hours_said:
        said = {day: ", ".join(week.spans[day]) for day in WEEKDAYS}
        answers.hours = {**said, "friday_break": "-".join(week.friday_break)}


def _offered(answers: Answers) -> Tables:
    languages = a.LANGUAGES[answers.hall["languages"]]
    words = {
        name: {language.value: said.in_(language) for language in languages}
        for name, said in (("zone", _ZONE), ("fee", _FREE))
    }
    return by_hand(a.agencies_of(answers.agencies, languages), words["zone"], words["fee"])


def _begun(answers: Answers, offer: Tables, person: FirstPerson) -> Tables:
    return begun(offer, a.hall_of(answers.hall), a.week_of_answers(answers.hours), person)
