"""The folder of certificates: made once, renewed in time, its keys readable by the server's user alone."""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from server.tls.certificates import Key, Site, fingerprint, make_authority, make_leaf, names_of

RENEW_WITHIN = timedelta(days=90)  # a server that is started once a season still renews in time
WARN_WITHIN = timedelta(days=30)


class CertificateError(Exception):
    """One sentence for the administrator."""


@dataclass(frozen=True, slots=True)
class Certificates:
    """What the folder holds now."""

    authority: x509.Certificate
    leaf: x509.Certificate

    @property
    def authority_pem(self) -> str:
        return self.authority.public_bytes(Encoding.PEM).decode()

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.authority)

    @property
    def names(self) -> list[str]:
        return [str(name.value) for name in names_of(self.leaf)]

    @property
    def ends_at(self) -> datetime:
        return min(self.leaf.not_valid_after_utc, self.authority.not_valid_after_utc)

    def days_left(self, now: datetime) -> int:
        return (self.ends_at - now).days

    def is_ending(self, now: datetime) -> bool:
        return self.ends_at - now < WARN_WITHIN


class CertificateFolder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.authority = folder / "authority.pem"
        self._authority_key = folder / "authority.key"
        self._leaf = folder / "server.pem"

    def make(self, site: Site, now: datetime) -> Certificates:
        """An authority and a certificate. Raises CertificateError when there is one: devices trust that one."""
        if self.authority.exists():
            raise CertificateError(
                f"{self.folder} holds an authority already, and devices trust it: move it away to begin anew."
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        authority, key = make_authority(site, now)
        _write(self._authority_key, _key_bytes(key))
        _write(self.authority, authority.public_bytes(Encoding.PEM), mode=0o644)
        self.issue(authority, key, site.general_names(), now)
        return self.read()

    def read(self) -> Certificates:
        """Raises CertificateError."""
        try:
            return Certificates(_certificate(self.authority), _certificate(self._leaf))
        except FileNotFoundError:
            raise CertificateError(
                f"There is no certificate in {self.folder}: make one with `loket-server tls init`."
            ) from None
        except (OSError, ValueError) as error:
            raise CertificateError(f"The certificates in {self.folder} cannot be read: {error}.") from None

    def renew(self, now: datetime) -> bool:
        """A new certificate from the same authority when the old one ends soon. Whether there is a new one: not without
        the authority's key, which may be kept elsewhere. Raises CertificateError."""
        held = self.read()
        if held.leaf.not_valid_after_utc - now >= RENEW_WITHIN or not self._authority_key.exists():
            return False
        self.issue(held.authority, self.authority_key(), names_of(held.leaf), now)
        return True

    def context(self) -> ssl.SSLContext:
        """For a server. Raises CertificateError."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        self.load_into(context)
        return context

    def load_into(self, context: ssl.SSLContext) -> None:
        """Connections that are made from now on see what the folder holds now. Raises CertificateError."""
        try:
            context.load_cert_chain(self._leaf)
        except (OSError, ssl.SSLError) as error:
            raise CertificateError(f"The certificates in {self.folder} cannot be used: {error}.") from None

    def authority_key(self) -> Key:
        """Raises CertificateError."""
        try:
            key = load_pem_private_key(self._authority_key.read_bytes(), password=None)
        except (OSError, ValueError) as error:
            raise CertificateError(f"{self._authority_key} cannot be read: {error}.") from None
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise CertificateError(f"{self._authority_key} is not a key that `loket-server tls init` made.")
        return key

    def issue(self, authority: x509.Certificate, key: Key, names: list[x509.GeneralName], now: datetime) -> None:
        leaf, leaf_key = make_leaf(authority, key, names, now)
        """A new certificate for the server, in the place of the one there."""
        # One file for both: a power cut between two would leave halves that do not fit.
        _write(self._leaf, _key_bytes(leaf_key) + leaf.public_bytes(Encoding.PEM))


def _certificate(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def _key_bytes(key: Key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(file: Path, content: bytes, mode: int = 0o600) -> None:
    """Whole or not at all, and a key never readable by others for a moment."""
    beside = file.with_suffix(".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
