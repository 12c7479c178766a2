"""A visitor before the kiosk, without a screen: say what happens, read what became of it."""

from __future__ import annotations

from datetime import UTC, datetime

from kiosk import events
from kiosk.effects import Ask, Effect, Print, Report
from kiosk.events import Event
from kiosk.flow import step
from kiosk.patience import SETTLE
from kiosk.states import Kiosk
from shared.protocol.commands import IssueTicket, ReportPrint, ReportPrinter
from shared.protocol.messages import SiteInfo
from shared.protocol.replies import Issued, Refusal
from shared.protocol.values import Fact, Minutes
from shared.protocol.views import AgencyItem, Item, LineItem, ServiceItem
from shared.vocabulary import ErrorCode, Language, RequestId, Words

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
SITE = SiteInfo(
    id="hall",
    name=Words("Aula", "Hall"),
    time_zone="Asia/Makassar",
    languages=(Language.INDONESIAN, Language.ENGLISH),
    most_stops=2,
)


def a_table(*, closed: str = "", used_up: str = "") -> dict[str, Item]:
    """Two agencies: civil registration with `ktp` and `kk`, immigration with `paspor`."""
    names = {"ktp": ("Perekaman KTP-el", "Identity card"), "kk": ("Kartu Keluarga", "Family card")}
    table: dict[str, Item] = {
        "agency:dukcapil": AgencyItem(
            id="dukcapil", name=Words("Dinas Kependudukan", "Civil Registration"), short_name="Dukcapil", order=1
        ),
        "agency:imigrasi": AgencyItem(
            id="imigrasi", name=Words("Kantor Imigrasi", "Immigration Office"), short_name="Imigrasi", order=2
        ),
    }
    owners = {"ktp": "dukcapil", "kk": "dukcapil", "paspor": "imigrasi"}
    for order, (service, agency) in enumerate(owners.items()):
        indonesian, english = names.get(service, ("Paspor baru", "New passport"))
        table[f"service:{service}"] = ServiceItem(
            id=service,
            agency=agency,
            name=Words(indonesian, english),
            prefix="A",
            requirements=(),
            fee=Words("Gratis", "Free"),
            standard_minutes=10,
            order=order,
        )
        table[f"line:{service}"] = LineItem(
            service=service,
            open=service != closed,
            waiting=3,
            minutes=Minutes(10, 15, 25),
            quota_left=0 if service == used_up else None,
        )
    return table


class Walk:
    """The kiosk in a hall that is open; `now` is its clock, `effects` all that it wanted so far."""

    def __init__(self, table: dict[str, Item] | None = None) -> None:
        self.kiosk = Kiosk()
        self.now = 100.0
        self.effects: list[Effect] = []
        self.happen(events.Connected(SITE), events.CatalogueChanged(a_table() if table is None else table))

    @property
    def page(self) -> str:
        return type(self.kiosk.page).__name__

    def happen(self, *happened: Event) -> None:
        """Events at this very moment."""
        for event in happened:
            self.kiosk, effects = step(self.kiosk, event, self.now)
            self.effects += effects

    def choose(self, *choices: Event) -> None:
        """Touches, a second apart: enough for any page to settle."""
        for choice in choices:
            self.now += max(1.0, SETTLE)
            self.happen(events.Touched(), choice)

    def wait(self, seconds: float) -> None:
        """Time passes in ticks, as it does."""
        end = self.now + seconds
        while self.now < end:
            self.now = min(end, self.now + 0.25)
            self.happen(events.Ticked())

    def to_service(self, service: str = "ktp", language: Language = Language.INDONESIAN) -> None:
        agency = "imigrasi" if service == "paspor" else "dukcapil"
        self.choose(events.Start(language), events.ChooseAgency(agency), events.ChooseService(service))

    def ask(self, service: str = "ktp") -> None:
        """Up to the request for the number, which is now on its way."""
        self.to_service(service)
        self.choose(events.TakeNumber())
        self.happen(events.Asked(RequestId("r1")))

    def take(self, ticket: str = "A-042", service: str = "ktp") -> None:
        """Up to the printing."""
        self.ask(service)
        self.answer(ticket)

    def answer(self, ticket: str = "A-042", request: str = "r1") -> None:
        self.happen(events.Replied(RequestId(request), issued(ticket), None))

    def refuse(self, code: ErrorCode, **facts: Fact) -> None:
        self.happen(events.Replied(RequestId("r1"), None, Refusal(code, facts)))

    def forget_effects(self) -> None:
        self.effects.clear()

    @property
    def asked(self) -> list[IssueTicket]:
        return [effect.command for effect in self.effects if isinstance(effect, Ask)]

    @property
    def printed(self) -> list[tuple[str, int]]:
        return [(e.ticket.issued.ticket, e.copy) for e in self.effects if isinstance(e, Print)]

    @property
    def reported(self) -> list[ReportPrint | ReportPrinter]:
        return [effect.command for effect in self.effects if isinstance(effect, Report)]


def issued(ticket: str) -> Issued:
    return Issued(
        visit=f"v-{ticket}",
        leg=f"l-{ticket}",
        ticket=ticket,
        ahead=3,
        minutes=Minutes(10, 15, 25),
        key="k" * 22,
        url="http://hall/v/" + "k" * 22,
        issued_at=NOW,
    )


def without(table: dict[str, Item], *services: str) -> dict[str, Item]:
    return {key: item for key, item in table.items() if key.partition(":")[2] not in services}
