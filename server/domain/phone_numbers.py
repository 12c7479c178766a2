"""Phone numbers: however somebody writes one, it becomes the same (E.164). Without a country it is Indonesia's."""

from __future__ import annotations

import re

from server.domain.errors import RefusedError
from shared.vocabulary import ErrorCode

HOME = "+62"
_BETWEEN = re.compile(r"[(). /-]")
_SHORTEST, _LONGEST = 8, 15  # digits with the country's: Indonesia's fixed lines have 9 and more, E.164 ends at 15


def normalised(written: str) -> str:
    """`0812-3456-7890`, `62 812 3456 7890` and `+62 81234567890` are one number. Refuses with BAD_PHONE."""
    number = _BETWEEN.sub("", written)
    if number.startswith("00"):
        number = "+" + number[2:]
    elif number.startswith("0"):
        number = HOME + number[1:]
    elif number.startswith("8"):  # the leading 0 is often left out
        number = HOME + number
    elif number.startswith("62"):
        number = "+" + number
    if number.startswith(HOME):
        number = HOME + number.removeprefix(HOME).lstrip("0")  # +62 (0)812 ...
    if not re.fullmatch(rf"\+[1-9][0-9]{{{_SHORTEST - 1},{_LONGEST - 1}}}", number):
        raise RefusedError(ErrorCode.BAD_PHONE)
    return number
