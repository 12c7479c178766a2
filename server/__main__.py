"""The command `loket-server`: run the server, publish a catalogue, introduce devices, set PINs."""

from __future__ import annotations

import sys

from server.cli.arguments import run_command
from server.cli.failing import EXPECTED, FAILED


def main() -> int:
    try:
        return run_command(sys.argv[1:])
    except EXPECTED as error:
        print(f"loket-server: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
