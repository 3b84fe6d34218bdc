"""Persons of several rows at the size of the largest table: k over their whole sets of rows; what it costs is stated."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.disclosure import OURS, adult, process

if TYPE_CHECKING:
    import pandas as pd


def run() -> Iterator[str]:
    """Persons of several rows: a million, with three million rows."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "persons.csv"
        _of_persons(1_000_000).to_csv(table, sep=";", index=False)
        yield _persons(table)


def _persons(table: Path) -> str:
    local = process(sys.executable, OURS, table, 5, 0, "local", table.with_suffix(".out"))
    return (
        f"1,000,000 persons of 1 to 5 rows, local k=5 by their whole sets of rows: NCP {local['ncp']:.4f}, "
        f"{local['gone']} rows given up, {local['s']:.1f} s, {local['mb']:.0f} MB (stated)"
    )


def _of_persons(persons: int, share: float = 0.15) -> pd.DataFrame:
    """People of 1 to 5 rows, three on average, who are as in Adult; in later rows work and occupation may be others."""
    whole, _ = adult()
    rng = np.random.default_rng(11)
    own = whole.iloc[rng.integers(0, len(whole), persons)].reset_index(drop=True)
    whose = np.repeat(np.arange(persons), rng.integers(1, 6, persons))
    made = own.iloc[whose].reset_index(drop=True)
    later = np.append(False, whose[1:] == whose[:-1])
    for name in ("workclass", "occupation"):
        drawn = later & (rng.random(len(made)) < share)
        made.loc[drawn, name] = whole[name].to_numpy()[rng.integers(0, len(whole), int(drawn.sum()))]
    return made.assign(who=whose.astype(str))
