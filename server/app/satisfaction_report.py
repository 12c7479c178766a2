"""Reports of the satisfaction index: a period's answers, by site, agency, service and counter; too few are hidden."""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from server.app.satisfaction_sheet import GroupKind, Report, Sheet, sheet_index
from server.app.survey_ports import About, Asked, KeptAnswer, KeptRating, Month, SurveyStore
from server.domain.catalogue import Catalogue, Counter
from server.domain.satisfaction import Scores, index_of, is_respondent
from server.domain.survey_plan import required_sample
from shared.vocabulary import AgencyId, CounterId, ServiceId, Words

Group = tuple[GroupKind, str]
LONGEST_PERIOD = 36  # months


class BadPeriodError(Exception):
    """A period that ends before it begins, or that lasts too long."""


def report_of(
    store: SurveyStore, catalogue: Catalogue, first: Month, last: Month, agency: AgencyId | None = None
) -> Report:
    """Of the whole site, or of one agency alone. Raises BadPeriodError, StorageError."""
    refuse_period(first, last)
    answers = [answer for answer in store.answers(first, last) if agency in (None, answer.about.agency)]
    counted: defaultdict[Group, list[Scores]] = defaultdict(list)
    for answer in answers:
        if is_respondent(answer.scores):
            for group in _groups(answer.about):
                counted[group].append(answer.scores)
    asked, rules = store.asked(first, last), catalogue.site.survey_rules
    finished = _finished(asked)
    invited = _invited(asked, catalogue)
    sheets = [
        _sheet(group, name, of, counted[group], finished.get(group), invited[group], rules.hidden_below)
        for group, name, of in _everything(catalogue, counted.keys())
        if agency is None or of == agency
    ]
    return Report(
        site=catalogue.site.name,
        first=first,
        last=last,
        hidden_below=rules.hidden_below,
        sheets=tuple(sheets),
        channels=dict(sorted(Tally(answer.about.channel.value for answer in answers).items())),
        incomplete=sum(not is_respondent(answer.scores) for answer in answers),
    )


def for_the_public(report: Report) -> Report:
    """What may be published: no counter, behind which one officer sits, and nothing of groups without a result."""
    shown = (GroupKind.SITE, GroupKind.AGENCY, GroupKind.SERVICE)
    sheets = [sheet for sheet in report.sheets if sheet.kind in shown and sheet.index is not None]
    return msgspec.structs.replace(report, sheets=tuple(sheets))


def refuse_period(first: Month, last: Month) -> None:
    """Raises BadPeriodError."""
    try:
        start, end = (date.fromisoformat(f"{month}-01") for month in (first, last))
    except ValueError:
        raise BadPeriodError from None
    if not 0 <= (end.year - start.year) * 12 + end.month - start.month < LONGEST_PERIOD:
        raise BadPeriodError


def ratings_of(ratings: Iterable[KeptRating], hidden_below: int) -> Mapping[Group, Sequence[int]]:
    """How many gave 1, 2, 3 and 4 in each group that is large enough to show. Never part of the index."""
    found: defaultdict[Group, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for kept in ratings:
        for group in _groups_of(kept.agency, kept.service, kept.counter):
            found[group][kept.rating - 1] += kept.count
    return {group: counts for group, counts in found.items() if sum(counts) >= hidden_below}


def anonymous(answers: Sequence[KeptAnswer], hidden_below: int) -> list[KeptAnswer]:
    """The raw table: where a group is too small to be shown, its answers do not say that they are of it."""
    sizes = Tally(group for answer in answers for group in _groups(answer.about))

    def veiled(about: About) -> About:
        site, agency, service, counter = (sizes[group] >= hidden_below for group in _groups(about))
        known = agency and site
        return About(
            about.month,
            about.agency if known else AgencyId(""),
            about.service if known and service else ServiceId(""),
            about.counter if known and counter else CounterId(""),
            about.channel,
        )

    return [KeptAnswer(veiled(answer.about), answer.scores) for answer in answers]


def anonymous_ratings(ratings: Iterable[KeptRating], hidden_below: int) -> list[KeptRating]:
    """The same of the quick ratings; those whose counter or service is not said any more are added up."""
    given = list(ratings)
    sizes: Tally[Group] = Tally()
    for kept in given:
        for group in _groups_of(kept.agency, kept.service, kept.counter):
            sizes[group] += kept.count
    veiled: Tally[tuple[str, str, str, int]] = Tally()
    for kept in given:
        enough = [sizes[group] >= hidden_below for group in _groups_of(kept.agency, kept.service, kept.counter)]
        names = (kept.agency, kept.service, kept.counter)
        known = [name if enough[1] and large else "" for name, large in zip(names, enough[1:], strict=True)]
        veiled[known[0], known[1], known[2], kept.rating] += kept.count
    return [
        KeptRating(AgencyId(agency), ServiceId(service), CounterId(counter), rating, count)
        for (agency, service, counter, rating), count in sorted(veiled.items())
    ]


def _groups(about: About) -> tuple[Group, ...]:
    return _groups_of(about.agency, about.service, about.counter)


def _groups_of(agency: str, service: str, counter: str) -> tuple[Group, ...]:
    return (
        (GroupKind.SITE, ""),
        (GroupKind.AGENCY, agency),
        (GroupKind.SERVICE, service),
        (GroupKind.COUNTER, counter),
    )


def _finished(asked: Asked) -> dict[Group, int]:
    by_agency: dict[Group, int] = {(GroupKind.AGENCY, agency): count for agency, count in asked.finished.items()}
    return by_agency | {(GroupKind.SITE, ""): sum(by_agency.values())}


def _invited(asked: Asked, catalogue: Catalogue) -> Tally[Group]:
    invited: Tally[Group] = Tally()
    for (service, counter), count in asked.invited.items():
        for group in _groups_of(catalogue.service(service).agency, service, counter):
            invited[group] += count
    return invited


def _everything(catalogue: Catalogue, answered: Collection[Group]) -> list[tuple[Group, Words, str]]:
    """Every group that there is, with its name and its agency; of those that were removed, who has answers."""
    gone = [one for one in catalogue.removed_agencies.values() if (GroupKind.AGENCY, one.id) in answered]
    agencies = sorted((*catalogue.agencies.values(), *gone), key=lambda one: one.order)
    removed = [one for one in catalogue.removed.values() if (GroupKind.SERVICE, one.id) in answered]
    return [
        ((GroupKind.SITE, ""), catalogue.site.name, ""),
        *(((GroupKind.AGENCY, one.id), one.name, one.id) for one in agencies),
        *(((GroupKind.SERVICE, one.id), one.name, one.agency) for one in (*catalogue.services.values(), *removed)),
        *(((GroupKind.COUNTER, one.id), _counter_name(one), one.agency) for one in catalogue.counters.values()),
    ]


def _counter_name(counter: Counter) -> Words:
    return Words(f"Loket {counter.number}", f"Counter {counter.number}")


def _sheet(
    group: Group,
    name: Words,
    agency: str,
    counted: Sequence[Scores],
    finished: int | None,
    invited: int,
    hidden_below: int,
) -> Sheet:
    if finished is not None and finished < len(counted):
        finished = None  # the count of finished visits began after the first answers
    index = index_of(counted, finished) if len(counted) >= hidden_below else None
    return Sheet(
        kind=group[0],
        id=group[1],
        name=name,
        agency=agency,
        respondents=len(counted),
        index=None if index is None else sheet_index(index),
        invited=invited,
        finished=finished,
        required=None if finished is None else required_sample(finished),
    )
