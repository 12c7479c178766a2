"""The display program: a board for one zone, and its voice."""

from shared.lean import import_structlog

import_structlog()
