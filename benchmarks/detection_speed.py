"""Detection's CPU time beside stock Presidio's: one process, the two in turns, the median of the ratios.

Timing on a shared machine is a ratio; the rates are printed for scale only.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from benchmarks.detection_sets import DATA, SETS
from benchmarks.detection_systems import ours, stock
from benchmarks.notes_made import streamed

__all__ = ["ratio", "run"]

ROUNDS = 5
ASKED = 2.2
LEAST, MOST = 200, 450


def ratio(texts: Sequence[str], rounds: int = ROUNDS) -> tuple[float, float, float]:
    """(how many times faster than stock, our texts a second, stock's), medians over ``rounds`` in turns."""
    ours(texts[:8])
    stock(texts[:8])
    pairs = []
    for number in range(rounds):
        order: list[Callable[[], float]] = [lambda: _cpu(ours, texts), lambda: _cpu(stock, texts)]
        first, second = (run_one() for run_one in (order if number % 2 == 0 else reversed(order)))
        pairs.append((first, second) if number % 2 == 0 else (second, first))
    mine, theirs = (statistics.median(p[i] for p in pairs) for i in (0, 1))
    return statistics.median(s / o for o, s in pairs), len(texts) / mine, len(texts) / theirs


def _cpu(find: Callable[..., Any], texts: Sequence[str]) -> float:
    start = time.process_time()
    find(texts)
    return time.process_time() - start


def run() -> Iterator[str]:
    """Court paragraphs, case notes and informal notes."""
    sets: dict[str, list[str]] = {"case notes": list(SETS["cases"]().texts[:300])}
    made = list(streamed(1500, seed=21))
    sets["notes from templates"] = [note.text for note in made[:300]]
    sets["informal notes"] = [note.text for note in made if note.text[0].islower()][:200]
    if DATA.is_dir():
        pieces = [p for text in SETS["tab"]().texts for p in text.split("\n\n") if LEAST <= len(p) <= MOST]
        sets["court paragraphs"] = pieces[:: max(1, len(pieces) // 300)][:300]
    for name, texts in sets.items():
        times, mine, theirs = ratio(texts)
        mean = sum(map(len, texts)) / len(texts)
        yield (
            f"{name} ({len(texts)}, mean {mean:.0f} characters): {times:.2f}x stock Presidio (asked {ASKED}), "
            f"{mine:.0f} against {theirs:.0f} a second of CPU"
        )
