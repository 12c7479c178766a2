"""Certificates: an authority that can vouch for this site's names alone, and the server's certificate from it."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_LIFE = timedelta(days=3650)  # devices are given it once; ten years outlive them
LEAF_LIFE = timedelta(days=396)  # browsers and others refuse more than 398
EARLIER = timedelta(days=1)  # the clock of a device may be behind ours
FINGERPRINT_SHOWN = 8  # characters that a screen shows: enough against a stranger who must match them by trying

Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Site:
    """What programs may call the server."""

    names: tuple[str, ...]
    addresses: tuple[str, ...]

    def general_names(self) -> list[x509.GeneralName]:
        addresses = [x509.IPAddress(ipaddress.ip_address(address)) for address in self.addresses]
        return [*(x509.DNSName(name) for name in self.names), *addresses]

    def constraints(self) -> list[x509.GeneralName]:
        networks = [x509.IPAddress(ipaddress.ip_network(address)) for address in self.addresses]
        return [*(x509.DNSName(name) for name in self.names), *networks]


def make_authority(site: Site, now: datetime) -> tuple[x509.Certificate, Key]:
    """Name constraints: whoever steals its key can pretend to be this hall's server, and nobody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _named("Loket authority")
    constraints = site.constraints()
    # A kind of name without a permitted one is free of constraints; so a kind that the site lacks is shut off whole.
    excluded: list[x509.GeneralName] = [] if site.names else [x509.DNSName("")]
    if not any(":" in address for address in site.addresses):
        excluded.append(x509.IPAddress(ipaddress.ip_network("::/0")))
    if not any(":" not in address for address in site.addresses):
        excluded.append(x509.IPAddress(ipaddress.ip_network("0.0.0.0/0")))
    certificate = (
        _begun(name, name, key, now, AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(constraints, excluded or None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return certificate, key


def make_leaf(
    authority: x509.Certificate, authority_key: Key, site: Sequence[x509.GeneralName], now: datetime
) -> tuple[x509.Certificate, Key]:
    """The server's own certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    own = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    certificate = (
        _begun(_named("Loket server"), authority.subject, key, now, LEAF_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(site), critical=False)
        .add_extension(own, critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    return certificate, key


def fingerprint(authority: x509.Certificate) -> str:
    """SHA-256 in capital hexadecimal digits."""
    return authority.fingerprint(hashes.SHA256()).hex().upper()


def fingerprint_of(pem: str) -> str:
    return fingerprint(x509.load_pem_x509_certificate(pem.encode()))


def names_of(leaf: x509.Certificate) -> list[x509.GeneralName]:
    return list(leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value)


def _begun(subject: x509.Name, issuer: x509.Name, key: Key, now: datetime, life: timedelta) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
