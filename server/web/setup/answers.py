"""The answers of the first setup: read from its forms, kept until the hall is made, wrong ones with their complaint."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.app.catalogue_editing.beginning import WEEKDAYS, FirstAgency, FirstService, Hall, Week
from server.app.catalogue_editing.schema import HOURS
from server.app.catalogue_editing.texts import value_from
from server.app.catalogue_file.draft import MAX_STANDARD_MINUTES, NAME, SHORT_NAME
from server.web.setup.words import WORDS
from shared.vocabulary import Language

MOST_AGENCIES, MOST_COUNTERS = 40, 60
USUAL_MINUTES = 10
ZONES = (("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT"))
LANGUAGES: Mapping[str, tuple[Language, ...]] = {
    "both": (Language.INDONESIAN, Language.ENGLISH),
    "only_id": (Language.INDONESIAN,),
    "only_en": (Language.ENGLISH,),
}
_SPAN = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)-(([01]?\d|2[0-3]):([0-5]\d)|24:00)")
_OFFICER = re.compile(r"[A-Za-z0-9._-]{1,64}")

Texts = dict[str, str]
Complaints = dict[str, str]


@dataclass(slots=True)
class Answers:
    """Everything as it was typed, so that no step loses anything."""

    hall: Texts = field(
        default_factory=lambda: {"name_id": "", "name_en": "", "time_zone": "Asia/Jakarta", "languages": "both"}
    )
    way: str = "hand"
    agencies: list[Texts] = field(default_factory=lambda: [empty_agency()])
    hours: Texts = field(default_factory=lambda: usual_hours())
    hours_said: bool = False
    person: Texts = field(default_factory=lambda: {"name": "", "officer": "admin"})
    file_name: str = ""
    file: str = ""
    """The text that was read of it, with a person of ours in it."""
    done: set[str] = field(default_factory=set)


def empty_agency() -> Texts:
    return {"name": "", "name_en": "", "short": "", "services": "", "counters": "2"}


def usual_hours() -> Texts:
    return {**dict.fromkeys(WEEKDAYS[:5], "08:00-15:00"), "saturday": "", "sunday": "", "friday_break": "11:30-13:00"}


def text(form: Mapping[str, Any], key: str) -> str:
    value = form.get(key, "")
    return value.strip() if isinstance(value, str) else ""


# --- hall ---


def check_hall(given: Texts, language: Language) -> Complaints:
    wrong: Complaints = {}
    if given["languages"] not in LANGUAGES:
        wrong["languages"] = WORDS["needs_this"].in_(language)
    if given["time_zone"] not in dict(ZONES):
        wrong["time_zone"] = WORDS["needs_this"].in_(language)
    first = "name_en" if given["languages"] == "only_en" else "name_id"
    if not given[first]:
        wrong[first] = WORDS["needs_this"].in_(language)
    for key in ("name_id", "name_en"):
        if len(given[key]) > NAME:
            wrong[key] = WORDS["too_long"].in_(language).format(limit=NAME)
    return wrong


def hall_of(given: Texts) -> Hall:
    languages = LANGUAGES[given["languages"]]
    return Hall(_in(languages, given["name_id"], given["name_en"]), given["time_zone"], languages)


# --- agencies ---


def check_agencies(given: list[Texts], language: Language) -> Complaints:
    """By `field-index`; those that are wholly empty are left out."""
    wrong: Complaints = {}
    filled = [(index, one) for index, one in enumerate(given) if is_filled(one)]
    if not filled:
        wrong["name-0"] = WORDS["needs_agency"].in_(language)
    for index, one in filled:
        for key, limit in (("name", NAME), ("short", SHORT_NAME), ("name_en", NAME)):
            if not one[key] and key != "name_en":
                wrong[f"{key}-{index}"] = WORDS["needs_this"].in_(language)
            elif len(one[key]) > limit:
                wrong[f"{key}-{index}"] = WORDS["too_long"].in_(language).format(limit=limit)
        counters = one["counters"]
        if not counters.isdecimal() or len(counters) > 4 or not 1 <= int(counters) <= MOST_COUNTERS:
            wrong[f"counters-{index}"] = WORDS["wrong_counters"].in_(language)
        if complaint := _wrong_services(one["services"], language):
            wrong[f"services-{index}"] = complaint
    return wrong


def agencies_of(given: list[Texts], languages: tuple[Language, ...]) -> list[FirstAgency]:
    return [
        FirstAgency(
            _in(languages, one["name"], one["name_en"]),
            one["short"],
            [
                FirstService(_in(languages, name, english), minutes or USUAL_MINUTES)
                for name, minutes, english in map(_service, _lines(one["services"]))
            ],
            int(one["counters"]),
        )
        for one in given
        if is_filled(one)
    ]


def is_filled(one: Texts) -> bool:
    return any(one[key] for key in ("name", "name_en", "short", "services"))


def _wrong_services(said: str, language: Language) -> str:
    lines = _lines(said)
    if not lines:
        return WORDS["needs_services"].in_(language)
    for number, line in enumerate(lines, start=1):
        name, minutes, english = _service(line)
        if minutes is None or not 1 <= minutes <= MAX_STANDARD_MINUTES:
            return WORDS["wrong_minutes"].in_(language).format(line=number)
        if max(len(name), len(english)) > NAME:
            return WORDS["too_long"].in_(language).format(limit=NAME)
    return ""


def _lines(said: str) -> list[str]:
    return [line.strip() for line in said.splitlines() if line.strip()]


def _service(line: str) -> tuple[str, int | None, str]:
    """`Cetak KTP; 10; Printing of an identity card`; minutes that are no number are None."""
    name, *rest = (part.strip() for part in line.split(";"))
    minutes = rest[0] if rest and rest[0] else str(USUAL_MINUTES)
    return name, int(minutes[:6]) if minutes.isdecimal() else None, rest[1] if len(rest) > 1 else ""


# --- hours ---


def check_hours(given: Texts, language: Language) -> Complaints:
    wrong: Complaints = {}
    for key, said in given.items():
        spans = said.replace(" ", "").replace("–", "-").split(",") if said else []
        times = [span.split("-") for span in spans if _SPAN.fullmatch(span)]
        flat = [_padded(time) for pair in times for time in pair]
        if len(times) < len(spans) or sorted(set(flat)) != flat or (key == "friday_break" and len(spans) > 1):
            wrong[key] = WORDS["wrong_spans"].in_(language)
    if not wrong and not any(given[day] for day in WEEKDAYS):
        wrong["monday"] = WORDS["never_open"].in_(language)
    return wrong


def week_of_answers(given: Texts) -> Week:
    def said(key: str) -> list[str]:
        described = HOURS.field(key)
        assert described is not None
        value = value_from(described, {None: given[key].replace(" ", "").replace(",", ", ")})
        return [str(one) for one in value] if isinstance(value, list) else []

    return Week({day: said(day) for day in WEEKDAYS}, said("friday_break"))


def _padded(time: str) -> str:
    return time.rjust(5, "0")


# --- person ---


def check_person(given: Texts, language: Language) -> Complaints:
    wrong = {key: WORDS["needs_this"].in_(language) for key in ("name", "officer") if not given[key]}
    if given["officer"] and not _OFFICER.fullmatch(given["officer"]):
        wrong["officer"] = WORDS["bad_code"].in_(language)
    if len(given["name"]) > NAME:
        wrong["name"] = WORDS["too_long"].in_(language).format(limit=NAME)
    return wrong


def _in(languages: tuple[Language, ...], indonesian: str, english: str) -> dict[str, str]:
    """What is said in one language only stands in for the other."""
    words = {Language.INDONESIAN: indonesian or english, Language.ENGLISH: english or indonesian}
    return {language.value: words[language] for language in languages}
