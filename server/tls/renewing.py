"""Renewing: looks after the certificate while the server runs, so that no hall stands still for a forgotten date."""

from __future__ import annotations

import ssl
from collections.abc import Mapping

import structlog

from server.app.alarms import Alarm
from server.app.figures import Figures
from server.care.caretaker import Moment
from server.tls.folder import CertificateError, CertificateFolder

EVERY = 3600.0  # seconds between two looks at the date

log = structlog.get_logger()


class Renewing:
    """A duty of the caretaker."""

    def __init__(self, folder: CertificateFolder, context: ssl.SSLContext, figures: Figures) -> None:
        self._folder = folder
        self._context = context
        self._figures = figures
        self._looked_at = -EVERY

    def look(self, at: Moment) -> Mapping[Alarm, bool]:
        """Renew when it is time; an alarm when nobody did."""
        if at.tick - self._looked_at < EVERY:
            return {}
        self._looked_at = at.tick
        try:
            if self._folder.renew(at.now):
                self._folder.load_into(self._context)
                log.info("certificate_renewed")
            held = self._folder.read()
        except CertificateError as error:
            log.error("certificate", error=str(error))
            return {Alarm.CERTIFICATE_ENDS: True}
        self._figures.certificate_days = held.days_left(at.now)
        return {Alarm.CERTIFICATE_ENDS: held.is_ending(at.now)}
