"""Every benchmark that is quick enough runs once on something small, so that none rots."""

from __future__ import annotations

import re

from benchmarks import bundle


def test_the_bundle_benchmark_measures():
    """Each of its own tools runs and tells a multiple, a speed and a memory."""
    lines = list(bundle.measured({"data/rows.csv": 1 << 20, "data/noise.bin": 1 << 18}, 1, all_peers=False))
    assert len(lines) == 5
    assert all(re.search(r"\d+\.\d\dx +[\d,]+ MB/s +\d+ MB", line) for line in lines)
