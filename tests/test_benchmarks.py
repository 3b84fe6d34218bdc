"""Every benchmark that is quick enough runs once on something small, so that none rots."""

from __future__ import annotations

import re

from benchmarks import bundle, transforms, transforms_collisions


def test_the_bundle_benchmark_measures():
    """Each of its own tools runs and tells a multiple, a speed and a memory."""
    lines = list(bundle.measured({"data/rows.csv": 1 << 20, "data/noise.bin": 1 << 18}, 1, all_peers=False))
    assert len(lines) == 5
    assert all(re.search(r"\d+\.\d\dx +[\d,]+ MB/s +\d+ MB", line) for line in lines)


def test_the_benchmark_of_tokens_measures():
    """Each of its ways and each peer that needs no environment of its own tells a speed and a multiple."""
    *lines, last = transforms.run_smoke()
    assert len(lines) == 8
    assert all(re.search(r"[\d,]+ rows/s +\d+\.\d\dx the time", line) for line in lines)
    assert "for many values at once" in last


def test_the_benchmark_of_collisions_measures():
    """It counts none in little."""
    (line,) = transforms_collisions.run_smoke()
    assert line.startswith("100,000 tokens: 0 pairs")
