"""Forms: WTForms that complain in the language of whoever fills them in."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData, UploadFile
from wtforms import Form
from wtforms.meta import DefaultMeta

from server.web.house.words import FORM_COMPLAINTS
from shared.vocabulary import Language


class HouseForm(Form):
    """`MyForm.in_(language, formdata, obj=...)`. Its pages show it with the macro `field` of macros.html."""

    class Meta(DefaultMeta):
        language: Language = Language.INDONESIAN

        def get_translations(self, form: Any) -> _Complaints:  # noqa: ARG002
            return _Complaints(self.language)

    @classmethod
    def in_(cls, language: Language, formdata: FormData | None = None, **given: Any) -> Any:
        """Of the class that it is called on; `formdata` None: as it is shown first."""
        if formdata is not None:
            formdata = FormData([(name, _in_one_spelling(value)) for name, value in formdata.multi_items()])
        return cls(formdata, meta={"language": language}, **given)


def _in_one_spelling(value: str | UploadFile) -> str | UploadFile:
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


class _Complaints:
    """What WTForms asks for its sentences."""

    def __init__(self, language: Language) -> None:
        self._known: Mapping[str, str] = FORM_COMPLAINTS if language is Language.INDONESIAN else {}

    def gettext(self, text: str) -> str:
        return self._known.get(text, text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)
