"""The `calling` table of a site or an agency, and what a counter says about helping out and needs."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from server.app.catalogue_file.booking import EARLIEST, LATEST
from server.app.catalogue_file.fields import Fields, kind_of, shown
from server.app.catalogue_file.mistakes import Code, did_you_mean
from server.domain.calling import RULES, CallingRule, HeadStart
from server.domain.calling_order import RESTRICTING, CallingOrder
from shared.vocabulary import Need

_HEAD_START_KEYS = ("head_start_percent", "head_start_least", "head_start_most")
_LONGEST_HEAD_START = 240  # minutes; more is strict priority by another name


def read_calling(fields: Fields, otherwise: CallingOrder) -> CallingOrder:
    """The table's own settings, and `otherwise` for what it leaves out."""
    if not fields.has("calling"):
        return otherwise
    table = fields.table["calling"]
    if not isinstance(table, dict):
        fields.error("calling", Code.WRONG_TYPE, f"calling: a table is expected, not {kind_of(table)}")
        return otherwise
    inner = Fields(table, (*fields.path, "calling"), fields.findings, f"{fields.label}, calling", fields.languages)
    read = CallingOrder(
        rule=_rule(inner, otherwise.rule),
        recalls=inner.number("recalls", 0, 20, default=otherwise.recalls),
        recall_gap=_seconds(inner, "recall_gap_seconds", 300, otherwise.recall_gap),
        grace=_seconds(inner, "grace_seconds", 900, otherwise.grace),
        slow_walk=inner.number("slow_walk_percent", 100, 500, default=round(otherwise.slow_walk * 100)) / 100,
        returns=inner.number("returns", 0, 5, default=otherwise.returns),
        return_after=inner.number("return_after", 1, 50, default=otherwise.return_after),
        give_way=inner.number("give_way", 0, 50, default=otherwise.give_way),
        booked_grace=_minutes(inner, "booked_grace", LATEST, otherwise.booked_grace),
        check_in_before=_minutes(inner, "check_in_before", EARLIEST, otherwise.check_in_before),
    )
    inner.done()
    return read


def _rule(fields: Fields, otherwise: CallingRule) -> CallingRule:
    name = fields.text("rule", 40, required=False) or otherwise.name
    if name not in RULES:
        known = ", ".join(RULES)
        message = f'rule: "{shown(name)}" is none of {known}{did_you_mean(name, RULES)}'
        fields.error("rule", Code.BAD_VALUE, message)
        name = otherwise.name
    rule = otherwise if name == otherwise.name else RULES[name]
    if isinstance(rule, HeadStart):
        return _head_start(fields, rule)
    for key in _HEAD_START_KEYS:
        if fields.has(key):
            fields.error(key, Code.BAD_VALUE, f'{key}: means nothing to the rule "{name}"')
    return rule


def _head_start(fields: Fields, otherwise: HeadStart) -> HeadStart:
    share = otherwise.share
    if fields.has("head_start_percent"):  # two thirds are no whole percentage, so the usual share is left alone
        share = Fraction(fields.number("head_start_percent", 0, 100), 100)
    minute = timedelta(minutes=1)
    least = fields.number("head_start_least", 0, _LONGEST_HEAD_START, default=otherwise.least // minute)
    most = fields.number("head_start_most", 0, _LONGEST_HEAD_START, default=otherwise.most // minute)
    if least > most:
        message = f"head_start_least: {least} minutes are more than head_start_most, {most}"
        fields.error("head_start_least", Code.BAD_VALUE, message)
        return otherwise
    return HeadStart(share, least * minute, most * minute)


def read_can_serve(fields: Fields) -> frozenset[Need]:
    """The needs that the counter has what they ask for; all of them when the file says nothing."""
    if not fields.has("can_serve"):
        return RESTRICTING
    known = sorted(RESTRICTING)
    return frozenset(
        fields.one_of(word, known, known[0], "can_serve", place) for place, word in fields.texts("can_serve", 40)
    )


def _minutes(fields: Fields, key: str, most: int, otherwise: timedelta) -> timedelta:
    return timedelta(minutes=fields.number(key, 0, most, default=otherwise // timedelta(minutes=1)))


def _seconds(fields: Fields, key: str, most: int, otherwise: timedelta) -> timedelta:
    return timedelta(seconds=fields.number(key, 0, most, default=otherwise // timedelta(seconds=1)))
