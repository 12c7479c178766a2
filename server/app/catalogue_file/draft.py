"""The draft: everything the tables of a catalogue file say, each value checked by itself and every name looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import TypeVar

from server.app.catalogue_file.booking import read_booking
from server.app.catalogue_file.calling import read_calling, read_can_serve
from server.app.catalogue_file.days import DifferentDays, read_country, read_hours
from server.app.catalogue_file.fields import Fields, kind_of, shown
from server.app.catalogue_file.lines import Path
from server.app.catalogue_file.mistakes import Code, Findings
from server.app.catalogue_file.norms import read_norms
from server.app.catalogue_file.ordering import order_services
from server.app.catalogue_file.survey import read_survey, read_survey_rules
from server.app.catalogue_file.values import read_counter_number, read_languages, read_prefix, read_role, read_time_zone
from server.domain.calling_order import CallingOrder
from server.domain.catalogue import Agency, Counter, Officer, Service, Site, Zone
from server.domain.hours import Hours
from server.domain.norms import Norms
from shared.protocol.values import MOST_STOPS
from shared.vocabulary import (
    AgencyId,
    CounterId,
    Language,
    OfficerId,
    ServiceId,
    SiteId,
    Words,
    ZoneId,
)

# Characters that fit: the kiosk's tiles and the slip of 58 mm wrap a name twice, a board's line not at all.
NAME, SHORT_NAME, LONG_TEXT, TICKER, KEYWORDS = 80, 24, 160, 240, 240
MAX_REQUIREMENTS = 12
MAX_WALKING_SECONDS, USUAL_WALKING_SECONDS = 900, 60
MAX_STANDARD_MINUTES = 480
MAX_DAILY_QUOTA = 9999
MAX_HELPING_MINUTES, USUAL_HELPING_MINUTES = 240, 10
USUAL_STOPS = 5
MAX_HELPS_BELOW, USUAL_HELPS_BELOW = 100, 3
SOUND_ALIKE = ("BCDEGPT",)  # over a loudspeaker, in Indonesian; a site that hears otherwise says so
WHOLE_AGENCY = "agency:"

Key = TypeVar("Key", bound=str)
Value = TypeVar("Value")


@dataclass(slots=True)
class Draft:
    findings: Findings
    site: Site = field(default_factory=lambda: Site(SiteId(""), Words("", ""), "UTC"))
    country: str = ""
    collective_leave: bool = True
    days: DifferentDays = field(default_factory=DifferentDays)
    sound_alike: tuple[str, ...] = SOUND_ALIKE
    hours: dict[str, Hours] = field(default_factory=dict)
    zones: dict[ZoneId, Zone] = field(default_factory=dict)
    agencies: dict[AgencyId, Agency] = field(default_factory=dict)
    services: dict[ServiceId, Service] = field(default_factory=dict)
    counters: dict[CounterId, Counter] = field(default_factory=dict)
    officers: dict[OfficerId, Officer] = field(default_factory=dict)
    desks: list[Counter] = field(default_factory=list)
    """All counters, also those whose number is wrong: one mistake shall not make others of what they serve."""
    places: dict[tuple[str, str], Path] = field(default_factory=dict)
    """Where each thing stands, by its section and id."""
    after: dict[ServiceId, list[tuple[Path, str]]] = field(default_factory=dict)
    """What services name to be done before them, as written and where: they may stand further down in the file."""
    own_prefix: set[ServiceId] = field(default_factory=set)
    """Services that write their prefix themselves; the others have their agency's."""

    def place(self, section: str, identity: str, *keys: str) -> Path:
        return (*self.places[section, identity], *keys)


def read_draft(tables: Mapping[str, object], findings: Findings) -> Draft:
    """Read every section, in the order in which they name each other."""
    return _Sections(tables, findings).read()


class _Sections:
    def __init__(self, tables: Mapping[str, object], findings: Findings) -> None:
        self._root = Fields(tables, (), findings, "the file")
        self._findings = findings
        self._languages: tuple[Language, ...] = tuple(Language)
        self._draft = Draft(findings)
        self._site_hours = ""
        self._agency_hours: dict[str, str] = {}
        self._agency_prefix: dict[str, str] = {}
        self._numbers: dict[str, CounterId] = {}

    def read(self) -> Draft:
        self._hours()
        self._site()
        for fields in self._tables("holiday", required=False):
            self._draft.days.read_holiday(fields)
            fields.done()
        for fields in self._tables("special_day", required=False):
            self._draft.days.read_special_day(fields)
            fields.done()
        for section, read in (
            ("zone", self._zone),
            ("agency", self._agency),
            ("service", self._service),
            ("counter", self._counter),
            ("officer", self._officer),
        ):
            for fields in self._tables(section):
                read(fields)
                fields.done()
            if section == "service":
                order_services(self._draft)
        self._root.done()
        return self._draft

    # --- sections ---

    def _hours(self) -> None:
        templates = self._root.table.get("hours")
        if not self._root.has("hours") or not isinstance(templates, dict):
            self._root.error("hours", Code.MISSING, "[hours.NAME] is missing: at least one template of opening hours")
            return
        for name, table in templates.items():
            if isinstance(table, dict):
                fields = Fields(table, ("hours", name), self._findings, f"hours {shown(name)}")
                self._draft.hours[name] = read_hours(fields)
                fields.done()
            else:
                self._root.note(("hours", name), Code.WRONG_TYPE, f"hours: {shown(name)} is {kind_of(table)}, no table")

    def _site(self) -> None:
        table = self._root.table.get("site")
        if not self._root.has("site") or not isinstance(table, dict):
            self._root.error("site", Code.MISSING, "[site] is missing")
            return
        fields = Fields(table, ("site",), self._findings, "site")
        if fields.has("languages"):
            self._languages = fields.languages = read_languages(fields)
        self._draft.site = Site(
            id=SiteId(fields.id()),
            name=fields.words("name", NAME),
            time_zone=read_time_zone(fields),
            languages=self._languages,
            ticker=fields.words_list("ticker", TICKER, at_most=20),
            calling=read_calling(fields, CallingOrder()),
            norms=read_norms(fields, Norms()),
            most_stops=fields.number("most_stops", 1, MOST_STOPS, default=USUAL_STOPS),
            ticket_text=fields.words("ticket_text", LONG_TEXT) if fields.has("ticket_text") else None,
            survey=read_survey(fields, None, rules=True),
            survey_rules=read_survey_rules(fields),
        )
        self._draft.country = read_country(fields)
        self._draft.collective_leave = fields.flag("collective_leave", default=True)
        self._site_hours = self._hours_name(fields)
        if fields.has("sound_alike"):
            self._draft.sound_alike = tuple(letters for _, letters in fields.texts("sound_alike", 26))
        fields.done()

    def _zone(self, fields: Fields) -> None:
        zone = Zone(
            id=ZoneId(fields.id()),
            name=fields.words("name", NAME),
            walking_seconds=fields.number("walking_seconds", 0, MAX_WALKING_SECONDS, default=USUAL_WALKING_SECONDS),
            ticker=fields.words_list("ticker", TICKER, at_most=20),
        )
        self._add("zone", self._draft.zones, zone.id, zone, fields)

    def _agency(self, fields: Fields) -> None:
        agency = Agency(
            id=AgencyId(fields.id()),
            name=fields.words("name", NAME),
            short_name=fields.text("short_name", SHORT_NAME),
            order=len(self._draft.agencies),
            calling=read_calling(fields, self._draft.site.calling) if fields.has("calling") else None,
            survey=read_survey(fields, self._draft.site.survey) if fields.has("survey") else None,
            norms=read_norms(fields, self._draft.site.norms) if fields.has("norms") else None,
        )
        self._agency_hours[agency.id] = self._hours_name(fields)
        if fields.has("prefix"):
            self._agency_prefix[agency.id] = read_prefix(fields)
        self._add("agency", self._draft.agencies, agency.id, agency, fields)

    def _calling_of(self, agency: str) -> CallingOrder:
        known = self._draft.agencies.get(AgencyId(agency))
        return self._draft.site.calling if known is None or known.calling is None else known.calling

    def _service(self, fields: Fields) -> None:
        agency = fields.reference("agency", self._draft.agencies, Code.UNKNOWN_AGENCY)
        identity = fields.id()
        if identity.startswith(WHOLE_AGENCY):
            fields.error("id", Code.BAD_ID, f'id: may not begin with "{WHOLE_AGENCY}", which means a whole agency')
        prefix = self._agency_prefix.get(agency, "")
        if fields.has("prefix") or agency not in self._agency_prefix:
            prefix = read_prefix(fields)
            self._draft.own_prefix.add(ServiceId(identity))
        service = Service(
            id=ServiceId(identity),
            agency=AgencyId(agency),
            name=fields.words("name", NAME),
            prefix=prefix,
            requirements=fields.words_list("requirements", LONG_TEXT, at_most=MAX_REQUIREMENTS),
            fee=fields.words("fee", NAME),
            standard_minutes=fields.number("standard_minutes", 1, MAX_STANDARD_MINUTES),
            hours=self._hours_of(fields, agency),
            order=len(self._draft.services),
            daily_quota=fields.number("daily_quota", 1, MAX_DAILY_QUOTA) if fields.has("daily_quota") else None,
            keywords=fields.text("keywords", KEYWORDS, required=False),
            booking=read_booking(fields, self._calling_of(agency)),
        )
        named = list(fields.texts("after", 64, required=False))
        self._draft.after[service.id] = [((*fields.path, *place), text) for place, text in named]
        self._add("service", self._draft.services, service.id, service, fields)

    def _counter(self, fields: Fields) -> None:
        number = read_counter_number(fields)
        fields.label = f"counter {number}" if number else fields.label
        counter = Counter(
            id=CounterId(fields.id() if fields.has("id") else f"counter-{number}"),
            number=number,
            zone=ZoneId(fields.reference("zone", self._draft.zones, Code.UNKNOWN_ZONE)),
            agency=AgencyId(fields.reference("agency", self._draft.agencies, Code.UNKNOWN_AGENCY)),
            profile=self._services(fields, "profile"),
            helps=self._services(fields, "helps", required=False),
            helping_minutes=fields.number("helping_minutes", 0, MAX_HELPING_MINUTES, default=USUAL_HELPING_MINUTES),
            helps_below=fields.number("helps_below", 1, MAX_HELPS_BELOW, default=USUAL_HELPS_BELOW),
            can_serve=read_can_serve(fields),
        )
        self._refuse_helping_itself(counter, fields)
        self._draft.desks.append(counter)
        if number and number in self._numbers:
            other = self._line("counter", self._numbers[number])
            fields.error("number", Code.DUPLICATE, f"number: {number} stands on line {other} already", value=number)
        elif number:
            self._numbers[number] = counter.id
            self._add("counter", self._draft.counters, counter.id, counter, fields)

    def _officer(self, fields: Fields) -> None:
        agency = None
        if fields.has("agency"):
            agency = AgencyId(fields.reference("agency", self._draft.agencies, Code.UNKNOWN_AGENCY))
        officer = Officer(OfficerId(fields.id()), fields.text("name", NAME), read_role(fields), agency)
        self._add("officer", self._draft.officers, officer.id, officer, fields)

    # --- parts ---

    def _services(self, fields: Fields, key: str, *, required: bool = True) -> tuple[ServiceId, ...]:
        """Services in order; "agency:ID" adds those of the agency that were not named before it."""
        if not required and not fields.has(key):
            return ()
        services, agencies = self._draft.services, self._draft.agencies
        profile: dict[ServiceId, None] = {}
        said = set()
        for place, item in fields.texts(key, 80):
            if item in said:
                fields.note(place, Code.DUPLICATE, f'{key}: "{shown(item)}" is named twice')
            said.add(item)
            if item.startswith(WHOLE_AGENCY):
                agency = fields.resolve(item.removeprefix(WHOLE_AGENCY), agencies, Code.UNKNOWN_AGENCY, key, place)
                profile.update(dict.fromkeys(service.id for service in services.values() if service.agency == agency))
            elif service_id := fields.resolve(item, services, Code.UNKNOWN_SERVICE, key, place):
                profile[ServiceId(service_id)] = None
        if required and fields.table.get(key) == []:
            fields.error(key, Code.NO_SERVICE, f"{key}: a counter serves at least one service")
        return tuple(profile)

    def _refuse_helping_itself(self, counter: Counter, fields: Fields) -> None:
        """What is in the profile is no help; a whole agency may be named all the same."""
        for place, item in fields.texts("helps", 80) if counter.helps else ():
            if item in counter.profile:
                fields.note(place, Code.DUPLICATE, f'helps: "{shown(item)}" is of its own profile')
        for key in ("helping_minutes", "helps_below"):
            if fields.has(key) and not counter.helps:
                fields.error(key, Code.BAD_VALUE, f'{key}: means nothing without "helps"')

    def _hours_name(self, fields: Fields) -> str:
        """A template's name, or "" when the table leaves it to what stands above it."""
        return fields.reference("hours", self._draft.hours, Code.UNKNOWN_HOURS) if fields.has("hours") else ""

    def _hours_of(self, fields: Fields, agency: str) -> Hours:
        named = self._hours_name(fields) or self._agency_hours.get(agency) or self._site_hours
        if not named and not fields.has("hours"):
            message = '"hours" is missing; its agency and [site] name none either'
            fields.note((), Code.MISSING, message, field="hours")
        return self._draft.hours.get(named, Hours({}))

    def _tables(self, section: str, *, required: bool = True) -> Iterator[Fields]:
        """The `[[section]]` tables of the file."""
        tables = self._root.table.get(section, [])
        self._root.has(section)
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._root.error(section, Code.WRONG_TYPE, f"{section}: is written as [[{section}]], in two brackets")
            return
        if required and not tables:
            self._root.error(section, Code.MISSING, f"[[{section}]] is missing: a site has at least one")
        for index, table in enumerate(tables):
            identity = table.get("id", table.get("number", index + 1))
            label = f'{section} "{shown(identity)}"' if isinstance(identity, str) else f"{section} {index + 1}"
            yield Fields(table, (section, index), self._findings, label, self._languages)

    def _add(
        self, section: str, things: MutableMapping[Key, Value], identity: Key, thing: Value, fields: Fields
    ) -> None:
        if not identity:
            return
        if identity in things:
            other = self._line(section, identity)
            fields.error("id", Code.DUPLICATE, f"id: stands on line {other} already", value=identity)
            return
        things[identity] = thing
        self._draft.places[section, identity] = fields.path

    def _line(self, section: str, identity: str) -> int:
        return self._findings.line(self._draft.place(section, identity))
