"""The counter program: officers call, serve and send on."""

from shared.lean import import_structlog

import_structlog()
