"""Tables with totals: cells that stay at home, what an attacker still derives, and how long it takes; beside GaussSuppression.

GaussSuppression 1.2.3 is R: its patterns for the two tables are in the data set, with the seconds that it took.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pandas as pd

from anonshare import disclosure
from anonshare.disclosure.tabular.attack import Limits, attack
from anonshare.disclosure.tabular.needs import Needs
from anonshare.disclosure.tabular.system import CellSystem, system_of
from benchmarks.disclosure import ADULT, adult

DATA = ADULT.parent
PEER = {"A": (49, 1.4), "B": (442, 8.6)}
BY = {"A": ["cty", "occ"], "B": ["cty", "edu", "sex"]}
LEVELS = {"cty": ["cty", "reg"], "occ": ["occ", "og"], "edu": ["edu", "e1", "e2"]}
FOUR = ["native-country", "education", "occupation", "sex"]
K = 5


def run() -> Iterator[str]:
    """The two reference tables, an interval, and a table of four dimensions."""
    frame = pd.read_csv(DATA / "tables_input_rows.csv.gz")
    rows = {name: frame[levels].drop_duplicates().to_numpy().tolist() for name, levels in LEVELS.items()}
    for name in ("A", "B"):
        yield from _reference(name, frame, rows)
    yield _four()


def run_smoke() -> Iterator[str]:
    """Table A alone."""
    frame = pd.read_csv(DATA / "tables_input_rows.csv.gz")
    rows = {name: frame[levels].drop_duplicates().to_numpy().tolist() for name, levels in LEVELS.items()}
    yield from _reference("A", frame, rows)


def _reference(name: str, frame: pd.DataFrame, rows: dict[str, list[list[str]]]) -> Iterator[str]:
    told = disclosure.tabulate(frame, {name: BY[name]}, hierarchies=rows)
    start = time.perf_counter()
    made = disclosure.protect_tables(told, [disclosure.MinCount(K)]).tables[name]
    seconds = time.perf_counter() - start
    own = told.layouts[name]
    system = system_of(len(own.keys), [own.covering], told.weights)
    value = {cell.key: cell.value for cell in made.cells}
    small = system.per_column(np.array([system.totals[system.of[i]] < K for i in range(len(own.keys))]))
    hidden = system.per_column(np.array([value[key] is None for key in own.keys]))
    before, _ = _derived(system, small)
    after, audit = _derived(system, hidden)
    other, peer = PEER[name]
    yield (
        f"table {name}: {made.primary} small cells, {made.secondary} others suppressed (GaussSuppression {other}), "
        f"{seconds:.1f} s ({peer}); an attacker derives {before} columns without the others, {after} with them "
        f"(asked without our knowledge: {audit:.1f} s)"
    )
    start = time.perf_counter()
    wide = disclosure.protect_tables(told, [disclosure.MinCount(K)], interval=True).tables[name]
    yield (
        f"table {name}, every small count could be {K} or more: {wide.secondary - made.secondary} further cells, "
        f"{time.perf_counter() - start:.1f} s"
    )


def _derived(system: CellSystem, hidden: np.ndarray) -> tuple[int, float]:
    """Hidden columns of which one value alone is possible, to somebody who has the published ones; and the seconds."""
    most = np.full(system.kinds, 4.0 * system.totals.max())
    far = np.full(system.columns, 1 << 60)
    needs = Needs(np.ones(system.columns, dtype=np.int64), -far, far)
    start = time.perf_counter()
    found = attack(system, hidden, Limits(np.ones(system.kinds), most, np.ones(system.columns)), needs)
    return len(found.exposed), time.perf_counter() - start


def _four() -> str:
    frame, hierarchies = adult()
    told = disclosure.tabulate(frame, {"four": FOUR}, hierarchies={name: hierarchies[name] for name in FOUR})
    start = time.perf_counter()
    made = disclosure.protect_tables(told, [disclosure.MinCount(K)]).tables["four"]
    return (
        f"Adult, {' x '.join(FOUR)}: {len(made.cells):,} cells, {made.primary:,} small, {made.secondary:,} others "
        f"suppressed, {time.perf_counter() - start:.1f} s (asked 60; GaussSuppression did not finish such a table in 130 s)"
    )
