"""Adult with ARX's hierarchies, as frames and rows of labels, where the public data lie beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "disclosure" / "adult"


def adult() -> tuple[pd.DataFrame, dict[str, list[list[str]]]]:
    if not FOLDER.is_dir():
        if os.environ.get("CI"):
            raise AssertionError("the public data sets are not beside this checkout")
        pytest.skip("the public data sets are not beside this checkout")
    frame = pd.read_csv(FOLDER / "adult.csv", sep=";", dtype=str)
    rows = {
        name: [line.split(";") for line in (FOLDER / f"adult_hierarchy_{name}.csv").read_text("utf-8").splitlines()]
        for name in frame.columns
    }
    return frame, rows
