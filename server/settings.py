"""What an administrator can set: on the command line, as LOKET_* in the environment, or in a TOML file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from server.domain.reports.trust import SECOND, Trust
from server.tls.folder import CertificateFolder
from shared.program import PORT, LogLevel, SettingsError, state_folder
from shared.vocabulary import Role

SHORTEST_PEPPER = 16  # bytes


SQLITE = "sqlite:///"


class MessageRate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many messages one connection may send at once, and how many a second for long."""

    burst: Annotated[int, Meta(ge=1)]
    per_second: Annotated[float, Meta(gt=0)]


class ServerSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    database: str = ""
    """URL: sqlite:///FILE or postgresql://USER@HOST/NAME; empty: an SQLite file in `state`."""
    host: str = "0.0.0.0"  # noqa: S104 - the programs of a hall are on other machines
    port: int = PORT
    public_url: str = ""
    """What phones can reach: `http(s)://host[:port]`; empty: this machine's name and port."""
    state: str = ""
    """Folder for what must survive; empty: the user's state folder."""
    log_level: LogLevel = "info"
    always_open: bool = False
    """No closing times, no holidays: for demonstrations."""
    kiosk_burst: Annotated[int, Meta(ge=1)] = 4
    """Numbers that one kiosk gives at once."""
    kiosk_per_second: Annotated[float, Meta(gt=0)] = 0.2
    """Numbers that one kiosk gives for long; nobody reads, chooses and confirms faster."""
    island_block: Annotated[int, Meta(ge=0, le=200)] = 30
    """Numbers of each series that every kiosk holds to go on without the server; 0: kiosks do not."""
    tls: bool = False
    """Serve https and wss on `port`, with the certificate that `loket-server tls init` made."""
    tls_folder: str = ""
    """Where it is; empty: `tls` in the state folder."""
    plain_port: Annotated[int, Meta(ge=0, le=65535)] | None = None
    """A second port without TLS: for phones, which do not know the hall's authority."""
    plain_displays: bool = False
    """Displays may come in clear, too: they only read, and only numbers."""
    pepper_file: str = ""
    """File with a secret that seasons PINs before they are hashed; kept outside the database and its backups."""
    pin_idle_minutes: Annotated[int, Meta(ge=0)] = 15
    """A counter without anybody in hand and without a command for so long asks for the PIN again; 0: it never does."""
    pin_hours: Annotated[float, Meta(gt=0)] = 12.0
    """No sign-in lasts longer; every one ends with the day."""
    page_idle_minutes: Annotated[int, Meta(ge=1)] = 30
    """Whoever signed in to the pages and opens none for so long signs in again."""
    page_hours: Annotated[float, Meta(gt=0)] = 12.0
    """No such session lasts longer."""
    api_burst: Annotated[int, Meta(ge=1)] = 100
    """Requests that one API key may send at once."""
    api_per_second: Annotated[float, Meta(gt=0)] = 20.0
    """Requests that one API key may send for long."""
    token_days: Annotated[float, Meta(gt=0)] = 30.0
    """A device whose token is older gets another one when it connects."""
    trust_clock: bool = False
    """Start although something was written down later than now: the clock was ahead then, and is right now."""
    backup_folder: str = ""
    """Where backups are kept, best on another disk; empty: `backups` beside the SQLite file, or in the state folder."""
    backup_minutes: Annotated[int, Meta(ge=0)] = 5
    """Between two backups, so at most so much is ever lost; 0: none are made. A large database takes longer."""
    backup_leaves_mb: Annotated[int, Meta(ge=0)] = 256
    """A backup that would leave less free space than this is not made; an alarm says so."""
    disk_reserve_mb: Annotated[int, Meta(ge=0)] = 64
    """Kept beside an SQLite file and given up when the disk is full, so that the hall goes on; 0: no reserve."""
    disk_low_mb: Annotated[int, Meta(ge=0)] = 2048
    """With less free space, or less than a tenth of the disk if that is less, there is an alarm."""
    backups_kept_days: Annotated[int, Meta(ge=1)] = 7
    """Of each day the last one; of the last day one an hour, of the last hour all."""
    connections_per_address: Annotated[int, Meta(ge=0)] = 256
    """Connections of one address that are neither an introduced device nor a visitor's phone; 0: no limit."""
    request_seconds: Annotated[float, Meta(gt=0)] = 10.0
    """A request that has not arrived whole by then is cut off."""
    proxies: tuple[str, ...] = ()
    """Addresses of reverse proxies: they are believed whom they forward, and not limited as an address."""
    report_shortest_seconds: Annotated[int, Meta(ge=0)] = 10
    """Reports leave out, and count apart, who was served in less: the key was pressed to get on."""
    report_longest_hours: Annotated[float, Meta(gt=0)] = 4.0
    """Reports leave out, and count apart, who walked or was served for longer: somebody forgot to end it."""
    report_seconds: Annotated[float, Meta(gt=0)] = 60.0
    """A report that takes longer is given up."""
    report_ready: bool = True
    """The process that makes reports is started a minute after the server, and stays."""
    report_csv_separator: Literal[";", ","] = ";"
    """Between the cells of a CSV file: what the hall's spreadsheet program expects in its language."""
    retention: dict[str, int] = {}
    """Days by class of data, where other than usual; in the file: `retention.audit = 3653`. See docs/retention.md."""
    message_rates: dict[Role, MessageRate] = {}
    """Where a role needs other limits; in the file: `message_rates.kiosk = { burst = 40, per_second = 5 }`."""


def backup_folder(settings: ServerSettings) -> Path:
    if settings.backup_folder:
        return Path(settings.backup_folder)
    if settings.database.startswith(SQLITE):
        return Path(settings.database.removeprefix(SQLITE)).absolute().parent / "backups"
    return state_folder(settings.state, "server") / "backups"


def trust_of(settings: ServerSettings) -> Trust:
    """Which times the reports believe."""
    return Trust(settings.report_shortest_seconds * SECOND, round(settings.report_longest_hours * 3600) * SECOND)


def certificate_folder(settings: ServerSettings) -> CertificateFolder:
    folder = Path(settings.tls_folder) if settings.tls_folder else state_folder(settings.state, "server") / "tls"
    return CertificateFolder(folder)


def database_url(settings: ServerSettings) -> str:
    if settings.database:
        return settings.database
    folder = state_folder(settings.state, "server")
    folder.mkdir(parents=True, exist_ok=True)
    return f"{SQLITE}{Path(folder).absolute() / 'loket.sqlite'}"


def pepper_of(settings: ServerSettings) -> bytes:
    """Empty when none is set. Raises SettingsError."""
    if not settings.pepper_file:
        return b""
    file = Path(settings.pepper_file)
    try:
        pepper = file.read_bytes().strip()
        if file.stat().st_mode & 0o077:
            raise SettingsError(f"{file} can be read by others: chmod 600 it.")
    except OSError as error:
        raise SettingsError(f"The pepper {file} cannot be read: {error.strerror}.") from None
    if len(pepper) < SHORTEST_PEPPER:
        raise SettingsError(f"The pepper in {file} is shorter than {SHORTEST_PEPPER} bytes.")
    return pepper
