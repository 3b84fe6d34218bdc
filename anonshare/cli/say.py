"""How the command line speaks."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from anonshare.errors import AnonshareError

__all__ = ["data", "problem", "progress_bar", "unexpected", "words"]

SHOWN_FAULTS = 30


def words(lines: Iterable[str] | str) -> None:
    """Words for people, on stderr."""
    for line in [lines] if isinstance(lines, str) else lines:
        sys.stderr.write(line + "\n")


def data(value: Any, *, as_json: bool = False) -> None:
    """Data on stdout: lines, or one JSON object."""
    if as_json:
        sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")
        return
    for line in [value] if isinstance(value, str) else value:
        sys.stdout.write(f"{line}\n")


def problem(error: AnonshareError) -> None:
    """What is wrong, each finding, what to do."""
    words(f"anonshare: {error.message}")
    if len(error.faults) > 1 or (error.faults and str(error.faults[0]) not in error.message):
        for fault in error.faults[:SHOWN_FAULTS]:
            words(f"  - {fault}" + (f" ({fault.remedy})" if fault.remedy else ""))
        if len(error.faults) > SHOWN_FAULTS:
            words(f"  ... and {len(error.faults) - SHOWN_FAULTS} more")
    if error.hint:
        words(f"  {error.hint}")


def unexpected(error: BaseException) -> None:
    """An error that is a fault of ours: where it is, never what it says (its message may hold the value of a cell)."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "unknown place"
    words(f"anonshare: an error of the program itself ({type(error).__name__} at {place}); nothing was released.")
    words("  Please report this line; it holds none of your data.")


def progress_bar() -> Callable[[str, int, int | None], None]:
    """Progress on stderr after two seconds, on a terminal alone."""
    started, last = time.monotonic(), [0.0]

    def show(step: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if sys.stderr.isatty() and now - started > 2 and now - last[0] > 0.5:
            last[0] = now
            share = f" {100 * done // total}%" if total else ""
            sys.stderr.write(f"\r{step}: {done:,}{share}   ")

    return show
