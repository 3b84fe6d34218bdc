"""Every benchmark that is quick enough runs once on something small, so that none rots."""

from __future__ import annotations

import re

import pytest

from benchmarks import (
    bundle,
    disclosure,
    disclosure_tables,
    local_recoding,
    migrants_series,
    migrants_shown,
    transforms,
    transforms_collisions,
)

needs_public_data = pytest.mark.skipif(
    not local_recoding.ADULT.is_dir(), reason="the public data sets are not beside this checkout"
)


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


@needs_public_data
def test_the_benchmark_of_disclosure_control_measures():
    """It proves an optimum on a tenth, and counts rare combinations."""
    first, second = disclosure.run_smoke()
    assert "gap 0" in first
    assert "33132" in second


@needs_public_data
def test_the_benchmark_of_tables_measures():
    """Table A of the reference loses no more cells than with GaussSuppression, and gives no suppressed one away."""
    first, _ = disclosure_tables.run_smoke()
    found = re.search(r"(\d+) others suppressed \(GaussSuppression (\d+)\).* (\d+) with them", first)
    assert found
    ours, peer, derived = map(int, found.groups())
    assert ours <= peer
    assert derived == 0


def test_the_benchmark_of_a_series_measures(monkeypatch):
    """Nobody stands alone in two releases."""
    monkeypatch.setattr(migrants_series, "RELEASES", 2)
    monkeypatch.setattr(migrants_series, "SCHEDULES", {"few": (200, 20)})
    assert all(": 0 persons below 11" in line for line in migrants_series.run())


@needs_public_data
def test_the_benchmark_of_missing_migrants_measures():
    """More than asked is kept, the loss of each subgroup is told, and a recipe takes nearly all of the year that follows."""
    first, *others = migrants_shown.run()
    assert "records 100.0%" in first
    assert sum("NCP" in line and "rows" in line for line in others) > 10
    assert sum("under the recipe of" in line for line in others) == 2
