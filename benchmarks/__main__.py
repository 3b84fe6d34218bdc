"""Runs every benchmark and prints one line each; ``python -m benchmarks NAME`` runs one."""

from __future__ import annotations

import sys

from benchmarks import bundle, corpus, detection, doors, local_recoding, migrants, startup

ALL = {
    "startup": startup.run,
    "bundle": bundle.run,
    "corpus": corpus.run,
    "bundle-large": bundle.run_large,
    "detection": detection.run,
    "doors": doors.run,
    "recoding": local_recoding.run,
    "migrants": migrants.run,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or ALL:
        for line in ALL[name]():
            print(f"{name:10} {line}")
