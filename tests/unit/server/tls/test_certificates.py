"""The hall's own authority: it vouches for this site alone, its keys are its own, and nobody has to remember a date."""

from __future__ import annotations

import socket
import ssl
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from server.app.alarms import Alarm
from server.app.figures import Figures
from server.care.caretaker import Moment
from server.tls.certificates import LEAF_LIFE, Key, Site, make_leaf
from server.tls.folder import RENEW_WITHIN, WARN_WITHIN, CertificateError, CertificateFolder
from server.tls.renewing import Renewing

NOW = datetime.now(UTC)
HALL = Site(("hall.example", "localhost"), ("127.0.0.1", "192.168.1.10"))


@pytest.fixture
def folder(tmp_path: Path) -> CertificateFolder:
    made = CertificateFolder(tmp_path / "tls")
    made.make(HALL, NOW)
    return made


def greets(context: ssl.SSLContext, authority: Path, name: str) -> str:
    """What a program says that knows the authority and connects to that name; "" when it believes the server."""
    here, there = socket.socketpair()

    def serve() -> None:
        try:
            with context.wrap_socket(there, server_side=True) as served:
                served.recv(1)
        except OSError:
            there.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with ssl.create_default_context(cafile=str(authority)).wrap_socket(here, server_hostname=name) as believed:
            believed.send(b".")
            return ""
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    finally:
        here.close()
        thread.join(60)


@pytest.mark.parametrize("name", ["hall.example", "localhost", "127.0.0.1", "192.168.1.10"])
def test_a_program_that_knows_the_authority_believes_the_server(folder: CertificateFolder, name: str) -> None:
    assert greets(folder.context(), folder.authority, name) == ""


@pytest.mark.parametrize("name", ["bank.example", "192.168.1.11"])
def test_the_servers_certificate_is_for_its_names_alone(folder: CertificateFolder, name: str) -> None:
    assert "match" in greets(folder.context(), folder.authority, name)


@pytest.mark.parametrize("name", ["bank.example", "10.1.2.3"])
def test_not_even_the_authoritys_key_makes_another_sites_certificate(
    folder: CertificateFolder, tmp_path: Path, name: str
) -> None:
    thief = Site((name,), ()) if name[0].isalpha() else Site((), (name,))
    leaf, key = make_leaf(folder.read().authority, folder.authority_key(), thief.general_names(), NOW)
    stolen = tmp_path / "stolen.pem"
    stolen.write_bytes(_pem(key) + leaf.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(stolen)
    assert "permitted subtree violation" in greets(context, folder.authority, name)


def test_a_certificate_that_ended_is_not_believed(tmp_path: Path) -> None:
    old = CertificateFolder(tmp_path / "old")
    old.make(HALL, NOW - LEAF_LIFE - timedelta(hours=1))
    assert "expired" in greets(old.context(), old.authority, "localhost")


def test_keys_are_readable_by_the_servers_user_alone_and_the_authority_by_all(folder: CertificateFolder) -> None:
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.folder.iterdir()}
    assert modes == {"authority.key": 0o600, "server.pem": 0o600, "authority.pem": 0o644}


def test_no_certificate_lasts_longer_than_programs_accept(folder: CertificateFolder) -> None:
    leaf = folder.read().leaf
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= timedelta(days=397)


def test_an_authority_that_devices_trust_is_not_overwritten(folder: CertificateFolder) -> None:
    with pytest.raises(CertificateError, match="devices trust it"):
        folder.make(HALL, NOW)


def test_it_is_renewed_in_time_by_the_same_authority_and_connections_see_it_at_once(folder: CertificateFolder) -> None:
    context, figures, before = folder.context(), Figures(), folder.read()
    duty = Renewing(folder, context, figures)
    soon = NOW + LEAF_LIFE - RENEW_WITHIN + timedelta(hours=1)
    assert duty.look(Moment(NOW, 0.0)) == {Alarm.CERTIFICATE_ENDS: False}
    assert folder.read() == before
    assert duty.look(Moment(soon, 4000.0)) == {Alarm.CERTIFICATE_ENDS: False}
    after = folder.read()
    assert (after.authority, after.names) == (before.authority, before.names)
    assert after.leaf.serial_number != before.leaf.serial_number
    assert figures.certificate_days >= LEAF_LIFE.days - 1
    # Its first day is in the future of this test's clock, so the program's complaint names the new one.
    assert "not yet valid" in greets(context, folder.authority, "localhost")


def test_without_the_authoritys_key_there_is_an_alarm_a_month_before_the_end(folder: CertificateFolder) -> None:
    (folder.folder / "authority.key").unlink()
    duty = Renewing(folder, folder.context(), Figures())
    ends = folder.read().ends_at
    assert duty.look(Moment(ends - WARN_WITHIN - timedelta(days=1), 0.0)) == {Alarm.CERTIFICATE_ENDS: False}
    assert duty.look(Moment(ends - WARN_WITHIN + timedelta(days=1), 4000.0)) == {Alarm.CERTIFICATE_ENDS: True}


@pytest.mark.parametrize("damage", ["missing", "garbage"])
def test_what_cannot_be_used_is_one_sentence(folder: CertificateFolder, damage: str) -> None:
    leaf = folder.folder / "server.pem"
    leaf.unlink() if damage == "missing" else leaf.write_text("garbage")
    with pytest.raises(CertificateError):
        folder.read()


def _pem(key: Key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def test_the_authority_names_what_it_may_vouch_for(folder: CertificateFolder) -> None:
    constraints = folder.read().authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert constraints.critical
    assert constraints.value.permitted_subtrees is not None
    assert {str(name.value) for name in constraints.value.permitted_subtrees} == {
        "hall.example",
        "localhost",
        "127.0.0.1/32",
        "192.168.1.10/32",
    }
