"""Arguments: from the command line to the command."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from server import doctor
from server.app.api.keys import KEY_ROLES
from server.bootstrap import now
from server.cli import (
    audit_command,
    backup_command,
    catalogue_command,
    devices_command,
    forecasts_command,
    keys_command,
    numbers_command,
    officers_command,
    person_command,
    reports_command,
    tls_command,
    why_command,
)
from server.cli.failing import CommandError
from server.cli.run_command import run
from server.cli.saying import who_types
from server.db.address import parse_address
from server.db.store import open_beside
from server.settings import ServerSettings, certificate_folder, database_url, pepper_of
from shared.program import LOG_LEVELS, read_settings

_ANY_FILE = "sqlite:///any"


def run_command(words: Sequence[str]) -> int:
    arguments = _parser().parse_args(words)
    if parse_address(getattr(arguments, "database", None) or _ANY_FILE).url.password:
        raise CommandError(
            "A password on the command line can be read by every user of this machine (ps): write the address into the"
            " settings file, or the password into ~/.pgpass."
        )
    settings = read_settings(
        ServerSettings,
        file=arguments.settings,
        environment=os.environ,
        given={name: getattr(arguments, name, None) for name in ServerSettings.__struct_fields__},
    )
    match (arguments.command or "run", getattr(arguments, "action", None)):
        case ("run", _):
            return run(settings, getattr(arguments, "catalogue", None))
        case ("doctor", _):
            return doctor.main(settings)
        case ("tls", "init"):
            return tls_command.make(certificate_folder(settings), arguments.name, arguments.ip, now())
        case ("tls", _):
            return tls_command.show(certificate_folder(settings), now())
        case ("backup", _):
            return backup_command.backup(settings, arguments.file, now())
        case ("restore", _):
            return backup_command.restore(settings, arguments.file)
        case ("catalogue", "check"):
            return catalogue_command.check_file(arguments.file)
    with open_beside(database_url(settings), by=who_types()) as store:
        match (arguments.command, getattr(arguments, "action", None)):
            case ("audit", "verify"):
                return audit_command.verify(store, arguments.head)
            case ("audit", _):
                return audit_command.export(store)
            case ("catalogue", "import"):
                return catalogue_command.import_file(store.catalogues, arguments.file, now())
            case ("catalogue", _):
                return catalogue_command.show(store.catalogues)
            case ("devices", "pending"):
                return devices_command.list_pending(store.access, now())
            case ("devices", "approve"):
                return devices_command.approve(
                    store, arguments.code, arguments.name, arguments.zone, _authority(settings), now()
                )
            case ("devices", "revoke"):
                return devices_command.revoke(store.access, arguments.device, now())
            case ("devices", _):
                return devices_command.list_devices(store.access)
            case ("keys", "create"):
                return keys_command.create(
                    store,
                    arguments.name,
                    arguments.role,
                    arguments.agency,
                    arguments.officer,
                    arguments.counter,
                    arguments.days,
                    now(),
                    who_types(),
                )
            case ("keys", "revoke"):
                return keys_command.revoke(store, arguments.key, now())
            case ("keys", _):
                return keys_command.list_keys(store, now())
            case ("numbers", _):
                return numbers_command.show(store, arguments.date, now())
            case ("forecasts", _):
                return forecasts_command.show(store, arguments.date, arguments.days, now())
            case ("reports", _):
                return reports_command.rebuild(store, settings, arguments.first, arguments.last, now())
            case ("why", _):
                return why_command.show(store, arguments.ticket, arguments.date, now())
            case ("person", "export"):
                return person_command.export(store)
            case ("person", _):
                return person_command.erase(store, now())
            case ("officers", "set-pin"):
                return officers_command.set_pin(store, arguments.officer, pepper_of(settings), now())
            case ("officers", "set-password"):
                return officers_command.set_password(store, arguments.officer, pepper_of(settings), now())
            case _:
                return officers_command.list_officers(store, now())


def _authority(settings: ServerSettings) -> str:
    return certificate_folder(settings).read().fingerprint if settings.tls else ""


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--settings", type=Path, metavar="FILE", help="a TOML file with settings")
    common.add_argument("--database", metavar="URL", help="sqlite:///FILE or postgresql://USER@HOST/NAME")
    common.add_argument("--state", metavar="FOLDER", help="where the database is kept when no URL is given")

    parser = argparse.ArgumentParser(prog="loket-server", description="The server of a queue system for service halls.")
    parser.set_defaults(command=None, settings=None)
    commands = parser.add_subparsers(dest="command", title="commands")

    serve = commands.add_parser("run", parents=[common], help="serve the hall (the default)")
    serve.add_argument("--host", help="the address to listen on")
    serve.add_argument("--port", type=int, help="the port to listen on; 0 takes a free one")
    serve.add_argument("--tls", action="store_true", default=None, help="serve wss and https (see `tls init`)")
    serve.add_argument("--plain-port", type=int, help="a second port without TLS, for phones")
    serve.add_argument("--public-url", help="what phones can reach, as http(s)://host[:port]")
    serve.add_argument("--catalogue", type=Path, metavar="FILE", help="publish this file if nothing was published yet")
    serve.add_argument("--log-level", choices=LOG_LEVELS)
    serve.add_argument("--always-open", action="store_true", default=None, help="no closing times: for demonstrations")

    catalogue = commands.add_parser("catalogue", help="check, publish or show the catalogue")
    actions = catalogue.add_subparsers(dest="action", required=True)
    for name, words in (("check", "name every mistake of a file"), ("import", "publish a file, also while serving")):
        actions.add_parser(name, parents=[common], help=words).add_argument("file", type=Path)
    actions.add_parser("show", parents=[common], help="print the published file")

    devices = commands.add_parser("devices", help="introduce and revoke devices")
    actions = devices.add_subparsers(dest="action", required=True)
    actions.add_parser("list", parents=[common], help="all that were ever approved")
    actions.add_parser("pending", parents=[common], help="those that show a code now")
    approve = actions.add_parser("approve", parents=[common], help="approve the code on a device's screen")
    approve.add_argument("code", help="as it stands on the screen, with what is behind the dash")
    approve.add_argument("--name", required=True, help='what staff call it: "Kiosk 1"')
    approve.add_argument("--zone", help="id of the zone where it stands")
    actions.add_parser("revoke", parents=[common], help="never let it in again").add_argument("device", metavar="ID")

    officers = commands.add_parser("officers", help="officers and their PINs")
    actions = officers.add_subparsers(dest="action", required=True)
    actions.add_parser("list", parents=[common], help="all of the catalogue")
    for name, words in (("set-pin", "ask for a PIN and keep it"), ("set-password", "the same for the pages")):
        actions.add_parser(name, parents=[common], help=words).add_argument("officer", metavar="ID")

    keys = commands.add_parser("keys", help="keys with which other systems use the API")
    actions = keys.add_subparsers(dest="action", required=True)
    actions.add_parser("list", parents=[common], help="all that were ever made")
    make = actions.add_parser("create", parents=[common], help="make a key, and print it once")
    make.add_argument("--name", required=True, help='what it is for: "Website of the regency"')
    make.add_argument("--role", required=True, choices=[role.value for role in KEY_ROLES])
    make.add_argument("--agency", metavar="ID", help="of this agency alone; otherwise the whole site")
    make.add_argument("--officer", metavar="ID", help="the officer that it works for, at --counter")
    make.add_argument("--counter", metavar="ID", help="the counter that it works at")
    make.add_argument("--days", type=int, metavar="N", help="good for so long; otherwise until it is revoked")
    actions.add_parser("revoke", parents=[common], help="never let it in again").add_argument("key", metavar="ID")

    person = commands.add_parser("person", help="one person's data, by phone number or key (which are asked for)")
    actions = person.add_subparsers(dest="action", required=True)
    actions.add_parser("export", parents=[common], help="everything that is kept of them, as JSON")
    actions.add_parser("erase", parents=[common], help="erase it; statistics stay as they are")

    numbers = commands.add_parser("numbers", parents=[common], help="a day's numbers, and why some are nobody's")
    numbers.add_argument("date", nargs="?", metavar="DATE", help="as 2026-11-23; today when it is left out")

    why = commands.add_parser("why", parents=[common], help="what happened to a number, and who went before it")
    why.add_argument("ticket", metavar="TICKET", help="as A-042")
    why.add_argument("--date", metavar="DATE", help="as 2026-11-23; today when it is left out")

    told = commands.add_parser("forecasts", parents=[common], help="how true the minutes were that visitors were told")
    told.add_argument("--date", metavar="DATE", help="the last day, as 2026-11-23; today when it is left out")
    told.add_argument("--days", type=int, default=1, metavar="N", help="so many days, up to that one")

    reports = commands.add_parser("reports", help="the figures of days that are over")
    actions = reports.add_subparsers(dest="action", required=True)
    rebuild = actions.add_parser("rebuild", parents=[common], help="add days up that are not yet, also while serving")
    rebuild.add_argument("--from", dest="first", metavar="DATE", help="from this day on also those that are")
    rebuild.add_argument("--to", dest="last", metavar="DATE", help="up to this day; yesterday when it is left out")

    backup = commands.add_parser("backup", parents=[common], help="a copy of everything, also while serving")
    backup.add_argument("file", type=Path, nargs="?", help="where to; otherwise into the backup folder")
    restore = commands.add_parser("restore", parents=[common], help="make the database anew from a backup")
    restore.add_argument("file", type=Path)

    tls = commands.add_parser("tls", help="the hall's own certificate authority, for wss:// and https://")
    actions = tls.add_subparsers(dest="action", required=True)
    init = actions.add_parser("init", parents=[common], help="make the authority and the server's certificate")
    init.add_argument("--name", action="append", default=[], help="a name of the server; more than once for several")
    init.add_argument("--ip", action="append", default=[], help="an address of the server; more than once for several")
    actions.add_parser("show", parents=[common], help="names, dates and the fingerprint that screens show")

    audit = commands.add_parser("audit", help="the log of decisions, chained by hashes")
    actions = audit.add_subparsers(dest="action", required=True)
    verify = actions.add_parser("verify", parents=[common], help="name the first entry that was changed")
    verify.add_argument("--head", metavar="HASH", help="one that was written down: it must still be there")
    actions.add_parser("export", parents=[common], help="one line of JSON for each entry")

    commands.add_parser("doctor", parents=[common], help="say what this machine lacks")
    return parser
