"""``python -m anonshare`` and the command ``anonshare``."""

from __future__ import annotations

import sys

from anonshare.cli.app import run

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run())


if __name__ == "__main__":
    main()
