"""What people read at the four programs: the hall's views, shown by each program's own pure models, without windows."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from counter.look.hand import Hand as HandCard
from counter.look.hand import hand
from counter.look.lists import WaitingRow, aside_rows, waiting_rows
from counter.state import AtDesk, Credentials, Desk, Link
from counter.state import Line as LinkLine
from display import board
from kiosk import events
from kiosk.screen_values import MessageScreen, OtherDaysScreen, Shape, Surroundings
from kiosk.screens import screen
from server.app.views.board_view import board_view
from server.app.views.desk_view import desk_view
from server.app.views.kiosk_view import kiosk_view
from server.app.views.minutes import minutes_of
from server.app.views.visit_view import visit_view
from server.web.phone.showing import Shown, showing
from shared.protocol.replies import Placed, Refusal
from shared.protocol.views import VisitItem
from shared.vocabulary import CounterId, Language, RequestId, ServiceId, ZoneId
from tests.support.hall import Hall, Ticket
from tests.unit.kiosk.walking import Walk

KEY = "k" * 22
ASKED = RequestId("back")


class Screens:
    """Of a hall as it is now; each look draws anew."""

    def __init__(self, hall: Hall, language: Language = Language.ENGLISH) -> None:
        self.hall = hall
        self.language = language

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.hall.catalogue.site.time_zone)

    def display(self, zone: ZoneId) -> list[tuple[Ticket, str, bool]]:
        """Ticket, counter, and whether the visitor is still expected there; the newest call first."""
        lobby = self.hall.lobby
        legs = [leg for visit in lobby.visits.values() for leg in visit.legs]
        calls = [
            leg.id
            for leg in legs
            if leg.called_at is not None and leg.counter and lobby.catalogue.counters[leg.counter].zone == zone
        ]
        table = board_view(lobby, lobby.catalogue.zones[zone], calls, self.hall.now)
        return [(row.ticket, row.counter, row.standing) for row in board.read(table).rows]

    def phone(self, ticket: Ticket) -> Shown:
        item = visit_view(self.hall.lobby, self.hall.visit(ticket), self.hall.now)["visit"]
        assert isinstance(item, VisitItem)
        return showing(item, self.language, self.zone)

    def card(self, counter: CounterId) -> HandCard:
        """Who is in hand at a counter, and why."""
        return hand(self._desk(counter), self.hall.now)

    def line(self, counter: CounterId) -> list[WaitingRow]:
        return list(waiting_rows(self._desk(counter), self.hall.now))

    def aside(self, counter: CounterId) -> list[Ticket]:
        return [row.ticket for row in aside_rows(self._desk(counter))]

    def kiosk_reads_the_slip(self, ticket: Ticket) -> str:
        """A slip is held before the scanner: what the kiosk says then, title and text, in Indonesian."""
        walk = self._kiosk()
        walk.happen(events.SlipScanned(KEY), events.Asked(ASKED))
        refused = self.hall.refusal(lambda: self.hall.comes_back(ticket))
        if refused is None:
            leg = self.hall.leg(ticket)
            minutes = minutes_of(self.hall.lobby.estimate_of(leg.id, self.hall.now))
            walk.happen(
                events.Replied(ASKED, Placed(ticket=ticket, ahead=self.hall.ahead(ticket), minutes=minutes), None)
            )
        else:
            walk.happen(events.Replied(ASKED, None, Refusal(refused)))
        shown = self._shown(walk)
        assert isinstance(shown, MessageScreen)
        return f"{shown.title} {shown.text}"

    def kiosk_is_asked_for(self, service: ServiceId) -> OtherDaysScreen | None:
        """What is offered in place of a number; None where it is given."""
        walk = self._kiosk()
        agency = self.hall.catalogue.services[service].agency
        walk.choose(events.Start(self.language), events.ChooseAgency(agency), events.ChooseService(service))
        walk.choose(events.TakeNumber())
        shown = self._shown(walk)
        return shown if isinstance(shown, OtherDaysScreen) else None

    def _kiosk(self) -> Walk:
        return Walk(dict(kiosk_view(self.hall.lobby, self.hall.now)))

    def _shown(self, walk: Walk) -> object:
        return screen(walk.kiosk, Surroundings(self.hall.now, self.zone, Shape.PORTRAIT), walk.now)

    def _desk(self, counter: CounterId) -> Desk:
        site = self.hall.catalogue.site
        return Desk(
            link=Link(LinkLine.LIVE),
            place=AtDesk(Credentials("o1", counter, "1234"), f"desk:{counter}"),
            table=desk_view(self.hall.lobby, self.hall.catalogue.counters[counter], {}, {}),
            site=site.name,
            time_zone=site.time_zone,
            language=self.language,
        )
