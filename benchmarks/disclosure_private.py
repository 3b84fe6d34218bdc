"""Differential privacy on Adult: all combinations of one to three columns at epsilon 4, and how long noise takes.

pac-synth 0.0.8, which is no longer built, gave on the same combinations: mean absolute error 10.4, 14.6 % of what it
published invented, 56.6 % of the true combinations suppressed (44 s).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import combinations
from math import prod

import numpy as np

from anonshare.disclosure.private import dp_combinations
from anonshare.disclosure.private.mechanisms import Sensitivity, laplace
from anonshare.disclosure.tabular.cell_key import noise_table
from benchmarks.disclosure import adult

SECRET = b"benchmark secret of the sample"


def run() -> Iterator[str]:
    """Errors and inventions at epsilon 4; seconds of 100,000 counts."""
    frame, _ = adult()
    frame["age"] = (frame["age"].astype(int) // 10 * 10).astype(str)
    keys = {name: sorted(frame[name].unique()) for name in frame}
    plan = dp_combinations(list(keys), keys=keys, unit="who", epsilon=4.0)
    start = time.perf_counter()
    made = plan.release(frame.assign(who=np.arange(len(frame)).astype(str)), secret=SECRET)
    seconds = time.perf_counter() - start
    published = invented = shown = there = 0
    error = 0.0
    for by in (by for n in (1, 2, 3) for by in combinations(keys, n)):
        true = frame.groupby(list(by)).size().to_dict()
        counts = {key if isinstance(key, tuple) else (key,): n for key, n in true.items()}
        found = made[by].cells
        published, there = published + len(found), there + len(counts)
        invented += sum(key not in counts for key in found)
        shown += sum(key in counts for key in found)
        error += sum(abs(n - counts.get(key, 0)) for key, n in found.items())
    cells = sum(prod(len(keys[name]) for name in by) for n in (1, 2, 3) for by in combinations(keys, n))
    yield (
        f"Adult, {there:,} combinations in {cells:,} cells, epsilon 4, delta 1e-6: mean absolute error "
        f"{error / published:.1f} (pac-synth 10.4), {invented / published:.1%} invented (14.6 %), "
        f"{1 - shown / there:.1%} suppressed (56.6 %), {seconds:.1f} s"
    )
    mechanism = laplace(Sensitivity(1), 1.0, 0.0, unknown=False)
    start = time.perf_counter()
    mechanism.release([7] * 100_000)
    exact = time.perf_counter() - start
    start = time.perf_counter()
    rng = np.random.default_rng(1)
    noise_table().noise(rng.integers(0, 100, 100_000), rng.random(100_000))
    yield f"100,000 counts: discrete Laplace {exact:.2f} s, cell-key noise {time.perf_counter() - start:.2f} s (asked 1 s)"
