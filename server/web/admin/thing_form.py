"""A thing's form: made of the schema of its kind, filled from the draft, and read back into what the file says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData
from wtforms import BooleanField, Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from server.app.catalogue_editing.kinds import Field as Described
from server.app.catalogue_editing.kinds import Item, Kind, Shape, put_value, strings, value_of
from server.app.catalogue_editing.rights import Editor
from server.app.catalogue_editing.schema import COUNTER, OFFICER
from server.app.catalogue_editing.tables import Tables, name_of, services_of
from server.app.catalogue_editing.texts import IN_TWO_LANGUAGES, WrongTextError, text_of, value_from
from server.app.catalogue_editing.writing import copied
from server.app.catalogue_file.draft import WHOLE_AGENCY
from server.web.admin.words import WORDS, WRONG_TEXTS
from server.web.house.forms import HouseForm
from shared.vocabulary import Language, Role

_LINES = 5  # of a list in a form


class Ordered(Field):
    """Ids in an order that counts, each in a field of the same name."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = [value for value in valuelist if isinstance(value, str) and value]

    def _value(self) -> list[str]:
        return list(self.data or [])


class _Checks(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


@dataclass(frozen=True, slots=True)
class Shown:
    """One field of the schema in the form: in two languages it has two inputs."""

    described: Described
    inputs: Sequence[Any]
    hint: str
    style: str
    """input, check, checks or ordered."""


@dataclass(slots=True)
class Group:
    words: str
    shown: list[Shown] = field(default_factory=list)
    open: bool = False


def name_in_form(key: str, language: Language | None = None) -> str:
    base = key.replace(".", "__")
    return base if language is None else f"{base}__{language.value}"


class ThingForm:
    def __init__(
        self,
        kind: Kind,
        item: Mapping[str, object],
        tables: Tables,
        language: Language,
        editor: Editor,
        *,
        is_new: bool,
        given: FormData | None = None,
    ) -> None:
        self.kind, self.tables, self.language, self.editor = kind, tables, language, editor
        self.is_new = is_new
        self._before = copied(item)
        self.fields = [one for one in kind.fields if self._is_shown(one)]
        self.form: Any = self._class().in_(language, given, data=self._data(item))

    # --- what is shown ---

    def groups(self) -> list[Group]:
        """The fields under their headings; a heading with nothing said below it is folded."""
        groups: list[Group] = [Group("", open=True)]
        for one in self.fields:
            words = "" if one.group is None else one.group.in_(self.language)
            group = next((group for group in groups if group.words == words), None)
            if group is None:
                group = Group(words)
                groups.append(group)
            shown = self._shown(one)
            group.shown.append(shown)
            said = value_of(self._before, one.key) is not None or any(field.errors for field in shown.inputs)
            group.open = group.open or said
        return groups

    def names_of(self, described: Described) -> list[tuple[str, str]]:
        """What stands in an ordered list, with the words for each."""
        chosen = self.form[name_in_form(described.key)].data or []
        return [(one, name_of(self.tables, described.of, one).in_(self.language)) for one in chosen]

    def to_add(self, described: Described) -> list[tuple[str, list[tuple[str, str]]]]:
        """What may be added to it: by agency, the whole agency first."""
        chosen = set(self.form[name_in_form(described.key)].data or [])
        offered = []
        for agency in self._agencies():
            options = [
                (one, name_of(self.tables, "service", one).in_(self.language))
                for one in services_of(self.tables, agency)
            ]
            if self.kind is COUNTER:
                whole = f"{WHOLE_AGENCY}{agency}"
                options = [(whole, name_of(self.tables, "service", whole).in_(self.language)), *options]
            left = [(value, words) for value, words in options if value not in chosen]
            if left:
                offered.append((name_of(self.tables, "agency", agency).in_(self.language), left))
        return offered

    # --- what was filled in ---

    def change_order(self, act: str) -> None:
        """`profile:up:2`, `profile:remove:2`, `profile:add:0`: a button of an ordered list."""
        name, _, rest = act.partition(":")
        verb, _, at = rest.partition(":")
        if name not in self.form or not isinstance(self.form[name], Ordered) or not at.isdecimal():
            return
        chosen, place = self.form[name].data, int(at[:6])
        match verb:
            case "add":
                added = self.form.added.get(name, "")
                if added and added not in chosen:
                    chosen.append(added)
            case "up" | "down" if place < len(chosen):
                other = place + (-1 if verb == "up" else 1)
                if 0 <= other < len(chosen):
                    chosen[place], chosen[other] = chosen[other], chosen[place]
            case "remove" if place < len(chosen):
                del chosen[place]

    def item(self) -> Item | None:
        """What the file shall say; None when something was filled in that means nothing, and the form says what."""
        item = copied(self._before)
        sound = self.form.validate()
        for one in self.fields:
            try:
                self._put(item, one)
            except WrongTextError as error:
                self.complain(one.key, "", WRONG_TEXTS[error.wrong].in_(self.language))
                sound = False
        return item if sound else None

    def complain(self, key: str, language: str, words: str) -> bool:
        """At the field; False when the form does not show it."""
        names = [f"{name_in_form(key)}__{one}" for one in ([language] if language else [])]
        names += [name_in_form(key), *(name_in_form(key, one) for one in Language)]
        found = next((self.form[name] for name in names if name in self.form), None)
        if found is None:
            return False
        if words not in found.errors:
            found.errors = [*found.errors, words]
        return True

    # --- below ---

    def _is_shown(self, one: Described) -> bool:
        if one.key == self.kind.identity and one.shape is Shape.ID:
            return self.is_new and self.kind is not COUNTER
        if self.editor.role is Role.AGENCY_HEAD:
            return one.key != "agency" and not (self.kind is OFFICER and one.key == "role")
        return True

    def _shown(self, one: Described) -> Shown:
        match one.shape:
            case Shape.FLAG:
                style = "check"
            case Shape.CHOICES:
                style = "checks"
            case Shape.REFERENCES:
                style = "ordered"
            case _:
                style = "input"
        languages = Language if one.shape in IN_TWO_LANGUAGES else (None,)
        return Shown(
            one, [self.form[name_in_form(one.key, language)] for language in languages], self._hint(one), style
        )

    def _hint(self, one: Described) -> str:
        if one.key == self.kind.identity and one.shape is Shape.ID and self.kind.name != "hours":
            return WORDS["code_hint"].in_(self.language)
        said = "" if one.hint is None else one.hint.in_(self.language)
        if one.shape is Shape.NUMBER and one.usual is not None:
            usual = WORDS["usual_number"].in_(self.language).format(usual=one.usual)
            said = f"{said} {usual}".strip()
        return said

    def _class(self) -> type[HouseForm]:
        made: dict[str, Any] = {}
        for one in self.fields:
            if one.shape in IN_TWO_LANGUAGES:
                for language in Language:
                    label = f"{self._label(one)} ({WORDS[f'in_{language.value}'].in_(self.language)})"
                    made[name_in_form(one.key, language)] = self._text(one, label)
            else:
                made[name_in_form(one.key)] = self._input(one)
        return type("Thing", (_WithAdded,), made)

    def _label(self, one: Described) -> str:
        is_code = one.key == self.kind.identity and one.shape is Shape.ID and self.kind.name != "hours"
        mark = " *" if one.required and not is_code else ""
        return one.label.in_(self.language) + mark

    def _text(self, one: Described, label: str) -> Field:
        more: dict[str, Any] = {"render_kw": {"autocomplete": "off"}}
        if one.shape is Shape.WORDS_LIST:
            return TextAreaField(label, render_kw={"rows": _LINES})
        if one.shape is Shape.NUMBER:
            more["render_kw"] |= {"inputmode": "numeric", "class": "digits"}
        return StringField(label, **more)

    def _input(self, one: Described) -> Field:
        label = self._label(one)
        match one.shape:
            case Shape.FLAG:
                return BooleanField(label)
            case Shape.CHOICE:
                return SelectField(label, choices=dict(self._choices(one)), validate_choice=False)
            case Shape.CHOICES:
                options = {option.value: option.label.in_(self.language) for option in one.options}
                return _Checks(label, choices=options, validate_choice=False)
            case Shape.REFERENCE:
                return SelectField(label, choices=dict(self._references(one)), validate_choice=False)
            case Shape.REFERENCES:
                return Ordered(label)
            case Shape.DATE:
                return StringField(label, render_kw={"type": "date"})
            case _:
                return self._text(one, label)

    def _choices(self, one: Described) -> list[tuple[str, str]]:
        choices = [(option.value, option.label.in_(self.language)) for option in one.options]
        present = value_of(self._before, one.key)
        if isinstance(present, str) and present not in dict(choices):
            choices.append((present, present))
        if not one.required:
            usual = next((words for value, words in choices if value == one.usual), "–")
            choices.insert(0, ("", WORDS["as_usual"].in_(self.language).format(usual=usual)))
        return choices

    def _references(self, one: Described) -> list[tuple[str, str]]:
        known = [(thing, name_of(self.tables, one.of, thing).in_(self.language)) for thing in self.tables[one.of]]
        present = value_of(self._before, one.key)
        if isinstance(present, str) and present not in dict(known):
            known.append((present, present))
        empty = WORDS["choose" if one.required else ("as_above" if one.of == "hours" else "none")].in_(self.language)
        return [("", empty), *known]

    def _agencies(self) -> list[str]:
        return [self.editor.agency] if self.editor.agency is not None else list(self.tables["agency"])

    def _data(self, item: Mapping[str, object]) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for one in self.fields:
            value = value_of(item, one.key)
            if one.shape in IN_TWO_LANGUAGES:
                for language in Language:
                    data[name_in_form(one.key, language)] = text_of(one, value, language)
            elif one.shape is Shape.FLAG:
                data[name_in_form(one.key)] = bool(one.usual if value is None else value)
            elif one.shape is Shape.CHOICES:
                data[name_in_form(one.key)] = (
                    [option.value for option in one.options] if value is None else strings(value)
                )
            elif one.shape is Shape.REFERENCES:
                data[name_in_form(one.key)] = list(strings(value))
            else:
                data[name_in_form(one.key)] = text_of(one, value)
        return data

    def _put(self, item: Item, one: Described) -> None:
        """Raises WrongTextError."""
        if one.shape in IN_TWO_LANGUAGES:
            texts: dict[Language | None, str] = {
                language: self.form[name_in_form(one.key, language)].data or "" for language in Language
            }
            put_value(item, one.key, value_from(one, texts))
            return
        given, was = self.form[name_in_form(one.key)].data, value_of(self._before, one.key)
        value: object | None
        match one.shape:
            case Shape.FLAG:
                value = None if was is None and given == one.usual else given
                value = None if value is False and one.usual is False else value
            case Shape.CHOICES:
                every = [option.value for option in one.options]
                value = None if was is None and given == every else given
            case Shape.REFERENCES:
                value = given or ([] if one.required else None)
            case _:
                value = value_from(one, {None: given or ""})
                if one.key == "number" and str(was) == value:
                    value = was  # it may stand without quotes
        put_value(item, one.key, value)


class _WithAdded(HouseForm):
    """Remembers what was chosen beside a button that adds it."""

    added: dict[str, str]

    def process(self, formdata: Any = None, *more: Any, **given: Any) -> None:
        super().process(formdata, *more, **given)
        self.added = {
            name: str(formdata.get(f"{name}-add", "")) if formdata is not None else ""
            for name, one in self._fields.items()
            if isinstance(one, Ordered)
        }


def started(kind: Kind, agency: str | None, tables: Tables) -> Item:
    """What a new thing begins with."""
    item: Item = {}
    if agency and kind.field("agency") is not None:
        item["agency"] = agency
    if kind.name == "service":
        item["fee"] = {"id": "Gratis", "en": "Free"}
    if kind is COUNTER and agency:
        item["profile"] = [f"{WHOLE_AGENCY}{agency}"]
    if kind is COUNTER and len(tables["zone"]) == 1:
        item["zone"] = next(iter(tables["zone"]))
    return item
