"""Trust: which certificate authority a program believes when it speaks wss:// with the server.

One that the administrator gave it; else the one it was introduced with, kept beside the token; else the system's. A
program that was never introduced and meets an authority that nobody told it of asks the server for it, and believes it
provisionally: the end of its fingerprint stands behind the code on the screen, and the server refuses an approval with
the fingerprint of somebody else's.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from shared.qt.device_keys import DeviceKeys
from shared.vocabulary import ErrorCode

if TYPE_CHECKING:
    import ssl

SHOWN = 8  # characters of a fingerprint on a screen
_PATIENCE = 4.0  # seconds
_LARGEST = 65_536  # bytes; a certificate has about one thousand
_NOT_YET_VALID, _EXPIRED = 9, 10  # of OpenSSL: X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED


class Trust:
    """Used by the link's thread alone."""

    def __init__(self, server: str, keys: DeviceKeys, given: Path | None) -> None:
        self._server = urlsplit(server)
        self._keys = keys
        self._given = given
        self._provisional = ""

    def context(self) -> ssl.SSLContext | None:
        """For the next connection; None without TLS. Raises OSError when the given file is none."""
        if self._server.scheme != "wss":
            return None
        import ssl

        if self._given is not None:
            return ssl.create_default_context(cafile=str(self._given))
        known = self._keys.authority() or self._provisional
        return ssl.create_default_context(cadata=known or None)

    @property
    def fingerprint(self) -> str:
        """The end of the provisional authority's; empty while there is none."""
        if not self._provisional:
            return ""
        import hashlib
        import ssl

        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(self._provisional)).hexdigest().upper()[-SHOWN:]

    def doubt(self, error: ssl.SSLCertVerificationError) -> ErrorCode | None:
        """The server's certificate was not believed. None: another try may go better; otherwise what to tell people."""
        if error.verify_code in (_NOT_YET_VALID, _EXPIRED):
            return ErrorCode.CERTIFICATE_EXPIRED
        if self._given is None and not self._keys.authority() and not self._keys.token():  # or a stranger gets it
            before, self._provisional = self._provisional, self._asked()
            if self._provisional and self._provisional != before:
                return None
        return ErrorCode.CERTIFICATE_UNKNOWN

    def introduced(self) -> None:
        """An administrator has approved us over this authority: from now on no other is believed. Raises OSError."""
        if self._provisional:
            self._keys.keep_authority(self._provisional)
            self._provisional = ""

    def _asked(self) -> str:
        """The authority that the server says it has. Nothing is believed yet: the next connection is checked by it."""
        import ssl
        import urllib.request
        from urllib.error import URLError

        unchecked = ssl.create_default_context()
        unchecked.check_hostname = False
        unchecked.verify_mode = ssl.CERT_NONE
        try:
            with urllib.request.urlopen(
                f"https://{self._server.netloc}/authority.pem", timeout=_PATIENCE, context=unchecked
            ) as answer:
                pem: str = answer.read(_LARGEST).decode("ascii")
            ssl.PEM_cert_to_DER_cert(pem)
        except (URLError, OSError, ValueError):
            return ""
        return pem
