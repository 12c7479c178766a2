"""Values with a grammar of their own: prefixes, counter numbers, roles, languages, time zones."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo, available_timezones

from server.app.catalogue_file.fields import Fields, shown
from server.app.catalogue_file.mistakes import Code, did_you_mean
from shared.vocabulary import Language, Role

# The other roles are devices'.
PEOPLE = (Role.OFFICER, Role.SUPERVISOR, Role.AGENCY_HEAD, Role.ADMINISTRATOR, Role.AUDITOR)
_PREFIX = re.compile(r"[A-Z]{1,3}")
_COUNTER_NUMBER = re.compile(r"[0-9]{1,3}[A-Z]?")  # what the voice can say
_INDONESIAN_TIME = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


def read_prefix(fields: Fields) -> str:
    prefix = fields.text("prefix", 40)
    if prefix and not _PREFIX.fullmatch(prefix):
        fields.error("prefix", Code.BAD_PREFIX, f'prefix: "{shown(prefix)}" is not one to three capital letters A to Z')
        return ""
    return prefix


def read_counter_number(fields: Fields) -> str:
    """What stands above the desk; 3 may be written without quotes."""
    given = fields.table.get("number")
    number = str(given) if isinstance(given, int) and not isinstance(given, bool) else None
    if number is None or not fields.has("number"):
        number = fields.text("number", 4)
    if number and not _COUNTER_NUMBER.fullmatch(number):
        message = f'number: "{shown(number)}" is not one to three digits, perhaps with a capital letter ("3", "12A")'
        fields.error("number", Code.BAD_NUMBER, message)
        return ""
    return number


def read_role(fields: Fields) -> Role:
    return fields.choice("role", PEOPLE, Role.OFFICER)


def read_languages(fields: Fields) -> tuple[Language, ...]:
    said = list(fields.texts("languages", 8))
    if len({code for _, code in said}) < len(said):
        fields.error("languages", Code.DUPLICATE, "languages: each is named once")
    if not said:
        fields.error("languages", Code.MISSING, 'languages: at least one of "id", "en" is expected')
        return tuple(Language)
    known = tuple(Language)
    return tuple(
        dict.fromkeys(fields.one_of(code, known, Language.INDONESIAN, "languages", place) for place, code in said)
    )


def read_time_zone(fields: Fields) -> str:
    name = fields.text("time_zone", 64)
    if not name or _is_time_zone(name):
        return name
    meant = _INDONESIAN_TIME.get(name.upper())
    hint = f'; write "{meant}"' if meant else did_you_mean(name, filter(_is_time_zone, available_timezones()))
    fields.error("time_zone", Code.UNKNOWN_TIME_ZONE, f'time_zone: unknown "{shown(name)}"{hint}')
    return "UTC"


def _is_time_zone(name: str) -> bool:
    if name != "UTC" and "/" not in name:
        return False  # "localtime" would be the machine's, "Factory" nobody's
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
