"""The kiosk program: it gives visitors their number."""

from shared.lean import import_structlog

import_structlog()
