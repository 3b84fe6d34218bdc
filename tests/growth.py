"""How the time of some work grows with its size, however busy the machine is and however slow."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LINEAR = 1.6
"""Powers below this are linear: a step and its logarithm stay well below, a square is two."""
TIMES = 4
ATTEMPTS = 5


def growth(work: Callable[[T], object], make: Callable[[int], T], size: int) -> float:
    """The power of the size that the CPU time of ``work`` grows by: one where it is linear, two where it is quadratic.

    ``make`` builds what is worked on. What disturbs a measurement only adds to it, so least times are compared; the
    first attempt that looks linear ends it.
    """
    small, large = make(size), make(TIMES * size)
    # the first of all pays for what is compiled and loaded once, which would make any growth look small
    short, long = seconds(work, small), math.inf
    power = math.inf
    for _ in range(ATTEMPTS):
        short, long = min(short, seconds(work, small)), min(long, seconds(work, large))
        power = math.log(long / short, TIMES)
        if power < LINEAR:
            break
    return power


def seconds(work: Callable[[T], object], on: T) -> float:
    """The CPU time of this process for the work, without garbage of others that a collection would meet."""
    collects = gc.isenabled()
    gc.disable()
    try:
        start = time.process_time()
        work(on)
        return max(time.process_time() - start, 1e-9)
    finally:
        if collects:
            gc.enable()
