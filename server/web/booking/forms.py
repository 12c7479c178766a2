"""The form about the visitor: nothing in it has to be filled in."""

from __future__ import annotations

from wtforms import StringField, validators

from server.web.booking.words import REFUSALS, WORDS
from server.web.house.forms import HouseForm
from shared.protocol.values import SHOWN
from shared.vocabulary import ErrorCode, Language

LONGEST_NAME, LONGEST_PHONE = 60, 24


def about_you_form(language: Language) -> type[HouseForm]:
    class AboutYou(HouseForm):
        name = StringField(
            WORDS["name"].in_(language),
            [validators.Length(max=LONGEST_NAME), validators.Regexp(f"^{SHOWN}*$")],
            render_kw={"autocomplete": "name", "maxlength": LONGEST_NAME},
        )
        phone = StringField(
            WORDS["phone"].in_(language),
            [
                validators.Length(max=LONGEST_PHONE),
                validators.Regexp(r"^[0-9+(). /-]*$", message=REFUSALS[ErrorCode.BAD_PHONE].in_(language)),
            ],
            render_kw={"autocomplete": "tel", "inputmode": "tel", "maxlength": LONGEST_PHONE},
        )

    return AboutYou
