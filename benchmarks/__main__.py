"""Runs every benchmark and prints one line each; ``python -m benchmarks NAME`` runs one."""

from __future__ import annotations

import sys
from functools import partial

from benchmarks import (
    bundle,
    columns,
    corpus,
    detection,
    detection_memory,
    detection_speed,
    disclosure,
    disclosure_persons,
    disclosure_private,
    disclosure_tables,
    doors,
    identifiers,
    local_recoding,
    migrants,
    migrants_series,
    migrants_shown,
    startup,
    transforms,
    transforms_collisions,
)

ALL = {
    "startup": startup.run,
    "bundle": bundle.run,
    "corpus": corpus.run,
    "bundle-large": bundle.run_large,
    "detection": detection.run,
    **{f"detection-{name}": partial(detection.run_set, name) for name in detection.SETS},
    "detection-speed": detection_speed.run,
    "detection-memory": detection_memory.run,
    "detection-memory-smoke": detection_memory.run_smoke,
    "columns": columns.run,
    "identifiers": identifiers.run,
    "doors": doors.run,
    "recoding": local_recoding.run,
    "disclosure": disclosure.run,
    "disclosure-smoke": disclosure.run_smoke,
    "disclosure-large": disclosure.run_large,
    "disclosure-persons": disclosure_persons.run,
    "disclosure-private": disclosure_private.run,
    "disclosure-tables": disclosure_tables.run,
    "disclosure-tables-smoke": disclosure_tables.run_smoke,
    "migrants": migrants.run,
    "migrants-series": migrants_series.run,
    "migrants-shown": migrants_shown.run,
    "transforms": transforms.run,
    "transforms-smoke": transforms.run_smoke,
    "transforms-collisions": transforms_collisions.run,
}

APART = {f"detection-{name}" for name in detection.SETS} | {
    "detection-memory",
    "detection-memory-smoke",
    "disclosure-smoke",
    "disclosure-large",
    "disclosure-tables-smoke",
    "transforms-smoke",
    "transforms-collisions",
}
"""Run by name only: parts of another one, or long."""

if __name__ == "__main__":
    for name in sys.argv[1:] or (n for n in ALL if n not in APART):
        for line in ALL[name]():
            print(f"{name:10} {line}", flush=True)
