"""How the command line speaks."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from anonshare.errors import AnonshareError

__all__ = ["data", "done", "problem", "progress_bar", "remaining", "unexpected", "words"]

SHOWN_FAULTS = 30
QUIET, BETWEEN, MINUTE = 2.0, 0.5, 60
_DRAWN: set[str] = set()
"""Holds the step whose bar stands on the last line of the terminal: what is said next goes over it."""


def words(lines: Iterable[str] | str) -> None:
    """Words for people, on stderr."""
    _wipe()
    for line in [lines] if isinstance(lines, str) else lines:
        sys.stderr.write(line + "\n")


def data(value: Any, *, as_json: bool = False) -> None:
    """Data on stdout: lines, or one JSON object."""
    _wipe()
    if as_json:
        sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")
        return
    for line in [value] if isinstance(value, str) else value:
        sys.stdout.write(f"{line}\n")


def done(what: str, made: str | Path, *, as_json: bool) -> None:
    """What a verb made, on stdout: its path or text, or one object that says the same."""
    data({"done": "done/1", "verb": what, "made": str(made)} if as_json else str(made), as_json=as_json)


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
    """Progress on stderr with the time that is left, after two seconds, on a terminal alone."""
    begun = time.monotonic()
    steps: dict[str, float] = {}
    last = [0.0]

    def show(step: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        started = steps.setdefault(step, now)
        if sys.stderr.isatty() and now - begun > QUIET and now - last[0] > BETWEEN:
            last[0] = now
            share = f" of {total:,}, {remaining(done, total, now - started)}".rstrip(", ") if total else ""
            sys.stderr.write(f"\r\033[K{step}: {done:,}{share}")
            sys.stderr.flush()
            _DRAWN.add(step)

    return show


def _wipe() -> None:
    if _DRAWN:
        _DRAWN.clear()
        sys.stderr.write("\r\033[K")
        sys.stderr.flush()


def remaining(done: int, total: int | None, spent: float) -> str:
    """The time that is left of a step, in words; empty where nothing can be said."""
    if not total or not done or done >= total:
        return ""
    left = spent * (total - done) / done
    return f"about {left / 60:.0f} min left" if left >= MINUTE else f"about {left:.0f} s left"
