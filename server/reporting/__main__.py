"""The reporting process. Started by the server, never by hand."""

from __future__ import annotations

import sys

from server.reporting.worker import main

if __name__ == "__main__":
    sys.exit(main())
