"""The composition root: the one module that knows every other, and puts the server together."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import uvicorn
from argon2 import PasswordHasher
from msgspec import structs
from starlette.routing import BaseRoute

from server.app.accounts import Accounts
from server.app.allowance import Rate
from server.app.bookings.verbs import BookingVerbs
from server.app.catalogue_file import read_catalogue
from server.app.days import TrustingLobbies, open_day, refuse_clock_behind
from server.app.dispatcher import Dispatcher
from server.app.engine import Catalogues, Engine
from server.app.figures import Figures
from server.app.hall import Hall
from server.app.hub import Hub
from server.app.identities import Ids, RandomIds
from server.app.islands import Islands
from server.app.norm_watch import NormWatch
from server.app.officers import SLOW, Door
from server.app.ports import CatalogueStore, LobbyStore
from server.app.publisher import Publisher
from server.app.retention import Kept
from server.app.seats import Seats
from server.app.shifts import FOREVER, Shifts
from server.app.surveys import Surveys
from server.app.verbs import Verbs
from server.caretaking import caretaker_of
from server.db.store import Store
from server.domain.catalogue import Catalogue, always_open
from server.net.application import Companion, application
from server.net.doorkeeper import Doorkeeper
from server.net.gate import Gate, Limits
from server.net.http import BoundedHttp
from server.net.listening import listen
from server.net.phone_socket import Phones
from server.net.protocol import DirectWebSocket
from server.net.writer import Writer
from server.other_systems import api_routes
from server.pages import all_pages
from server.reporting.desk import ReportDesk
from server.reporting.wire import Start
from server.retaining import clocks
from server.settings import ServerSettings, certificate_folder, pepper_of, trust_of
from server.tls.folder import CertificateFolder
from server.two_doors import TwoDoors
from server.web.house.house import House
from shared.vocabulary import Program

SHUTDOWN = 1  # seconds for connections to end by themselves
PING_INTERVAL, PING_TIMEOUT = 4.0, 4.0  # seconds; a frozen program is gone after eight

Clock = Callable[[], datetime]
REPORTS_AFTER = 60.0  # seconds after the start: a hall that opens has more urgent things to do
Pages = Callable[[House, Phones, Store, ReportDesk, Callable[[], Sequence[Kept]]], Sequence[BaseRoute]]


class NoCatalogueError(Exception):
    """Nothing was ever published: there is no hall to serve."""


def now() -> datetime:
    return datetime.now(UTC)


def build(
    settings: ServerSettings,
    store: Store,
    *,
    public_url: str,
    clock: Clock = now,
    ids: Ids | None = None,
    limits: Limits | None = None,
    pages: Pages = all_pages,
    care_of: str = "",
    in_clear: socket.socket | None = None,
    hasher: PasswordHasher = SLOW,
) -> uvicorn.Server:
    """A server that is ready to serve, and takes care of the database at the address `care_of`. With TLS, `in_clear` is
    the socket of the port without.

    Raises NoCatalogueError, CatalogueError, ClockBehindError, StorageError, CertificateError."""
    gate = gate_of(settings, store, public_url, clock, ids or RandomIds(), limits or limits_of(settings), hasher)
    phones = Phones(gate)
    accounts = Accounts(store.accounts, gate.catalogue, pepper_of(settings), *_sessions(settings), hasher)
    doorkeeper = Doorkeeper(gate, accounts)
    house = House(gate, doorkeeper)
    certificates = _certificates(settings, gate) if settings.tls else None
    desk = desk_of(settings, store.url)
    companions: list[Companion] = [desk]
    if care_of:
        companions.append(caretaker_of(settings, care_of, store, gate, desk, certificates))
    kept = partial(_kept, settings, store, gate)
    routes = [*pages(house, phones, store, desk, kept), *api_routes(settings, store, house, desk)]
    return TwoDoors(
        uvicorn.Config(
            application(gate, phones, routes, companions, doorkeeper, house.refused),
            http=BoundedHttp,
            ws=DirectWebSocket,
            forwarded_allow_ips=list(settings.proxies),
            ws_max_size=65_536,  # frames above our own limit still get a typed refusal, monsters do not
            ws_ping_interval=PING_INTERVAL,
            ws_ping_timeout=PING_TIMEOUT,
            ws_per_message_deflate=False,  # three times the memory per connection, for nothing on a LAN
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="on",
            timeout_graceful_shutdown=SHUTDOWN,
            ssl_context_factory=None if certificates is None else lambda _config, _default: certificates[1],
        ),
        in_clear,
        settings.request_seconds,
    )


def desk_of(settings: ServerSettings, url: str) -> ReportDesk:
    trust = trust_of(settings)
    start = Start(url, trust.shortest_service, trust.longest, settings.report_csv_separator, settings.report_ready)
    return ReportDesk(start, settings.report_seconds, ahead=REPORTS_AFTER if settings.report_ready else None)


def _certificates(settings: ServerSettings, gate: Gate) -> tuple[CertificateFolder, ssl.SSLContext]:
    """From here on only displays come in clear, and they only where the settings let them."""
    folder = certificate_folder(settings)
    folder.renew(gate.clock())
    held = folder.read()
    gate.authority = held.authority_pem
    gate.in_clear = frozenset({Program.DISPLAY}) if settings.plain_displays else frozenset()
    gate.figures.certificate_days = held.days_left(gate.clock())
    return folder, folder.context()


def gate_of(
    settings: ServerSettings,
    store: Store,
    public_url: str,
    clock: Clock,
    ids: Ids,
    limits: Limits,
    hasher: PasswordHasher,
) -> Gate:
    started = clock()
    lobbies: LobbyStore = TrustingLobbies(store.lobbies, clock) if settings.trust_clock else store.lobbies
    refuse_clock_behind(lobbies, started)
    catalogues = catalogues_of(store.catalogues, always=settings.always_open)
    lobby = open_day(lobbies, catalogues.read(started), started)
    hall, seats, figures = Hall(watching_since=started), Seats(), Figures()
    norms = NormWatch(hall)
    rate = Rate(settings.kiosk_burst, settings.kiosk_per_second)
    follow = f"{public_url}/v/"
    book_at = f"{settings.public_url.rstrip('/')}/book" if settings.public_url else ""
    islands = Islands(ids, follow, settings.island_block)
    bookings = BookingVerbs(
        store.bookings, ids, lambda key: f"{public_url}/b/{key}", lambda key: f"{public_url}/v/{key}"
    )
    verbs = Verbs(
        hall, seats, ids, lambda key: f"{follow}{key}", rate, {}, islands, norms, _shifts(settings), bookings=bookings
    )
    engine = Engine(
        lobbies,
        catalogues,
        Dispatcher(lobbies, verbs),
        Publisher(Hub(), hall, ids, lobby),
        hall,
        seats,
        norms,
        figures,
        lobby,
        started,
        also_tidied=[store.bookings.tidy],
    )
    return Gate(
        Writer(engine, clock, figures),
        store.access,
        Door(store.access, pepper_of(settings), hasher),
        ThreadPoolExecutor(max_workers=4, thread_name_prefix="aside"),
        clock,
        figures,
        limits,
        lambda: structs.replace(engine.site(), book_at=book_at),
        lambda: engine.catalogue,
        Surveys(store.surveys, lambda: engine.catalogue, clock),
        token_age=timedelta(days=settings.token_days),
        is_closed_today=engine.is_closed_by_hand,
        public_url=public_url,
        saw=store.sightings.saw,
    )


def _kept(settings: ServerSettings, store: Store, gate: Gate) -> Sequence[Kept]:
    return clocks(settings, store, gate.catalogue())


def _sessions(settings: ServerSettings) -> tuple[timedelta, timedelta]:
    return timedelta(minutes=settings.page_idle_minutes), timedelta(hours=settings.page_hours)


def _shifts(settings: ServerSettings) -> Shifts:
    idle = timedelta(minutes=settings.pin_idle_minutes) if settings.pin_idle_minutes else FOREVER
    return Shifts(idle, timedelta(hours=settings.pin_hours))


def limits_of(settings: ServerSettings) -> Limits:
    usual = Limits()
    given = {role: Rate(rate.burst, rate.per_second) for role, rate in settings.message_rates.items()}
    return replace(
        usual,
        rates=usual.rates | given,
        each_address=settings.connections_per_address,
        request_within=settings.request_seconds,
        proxies=frozenset(settings.proxies),
    )


def catalogues_of(store: CatalogueStore, *, always: bool) -> Catalogues:
    def read(at: datetime) -> Catalogue:
        versions = store.catalogue_versions()
        if not versions:
            raise NoCatalogueError("There is no catalogue yet: publish one with `loket-server catalogue import FILE`.")
        newest, earlier = versions[-1], [version.text for version in versions[:-1]]
        catalogue = read_catalogue(newest.text, version=newest.version, today=at.date(), earlier=earlier)
        return always_open(catalogue) if always else catalogue

    return Catalogues(store.newest_version, read)


def open_socket(settings: ServerSettings, in_clear: socket.socket | None = None) -> tuple[socket.socket, str]:
    """The listening socket and the address that phones are given. Raises ListenError."""
    listener = listen(settings.host, settings.port)
    port = listener.getsockname()[1]
    if settings.public_url:
        return listener, settings.public_url.rstrip("/")
    host = socket.gethostname() if settings.host in ("", "0.0.0.0", "::") else settings.host  # noqa: S104
    if settings.tls and in_clear is not None:
        return listener, f"http://{host}:{in_clear.getsockname()[1]}"
    return listener, f"{'https' if settings.tls else 'http'}://{host}:{port}"


def open_plain_socket(settings: ServerSettings) -> socket.socket | None:
    """The port without TLS beside the one with. Raises ListenError."""
    wanted = settings.tls and settings.plain_port is not None
    return listen(settings.host, settings.plain_port or 0) if wanted else None
