"""The command `loket-server`: run the server, publish a catalogue, introduce devices, set PINs."""

from __future__ import annotations

import os
import sys

from shared.lean import import_structlog

import_structlog()  # before the modules below, which import it as it comes: with rich

from server.cli.arguments import run_command  # noqa: E402
from server.cli.failing import EXPECTED, FAILED  # noqa: E402

NOT_FOR_OTHERS = 0o027  # keys, hashes of PINs and follow-up keys are in the database, and in every backup of it


def main() -> int:
    os.umask(os.umask(NOT_FOR_OTHERS) | NOT_FOR_OTHERS)
    try:
        return run_command(sys.argv[1:])
    except EXPECTED as error:
        print(f"loket-server: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our lines has read enough (`| head`)
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - Python flushes it once more at its end
        return 0


if __name__ == "__main__":
    sys.exit(main())
