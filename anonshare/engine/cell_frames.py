"""Cells of a table as a frame of pandas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

__all__ = ["frame_of_cells"]


def frame_of_cells(names: Sequence[str], rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """A frame with these columns, whose cells stay the objects that they are: a missing value is None, a count an int."""
    return pd.DataFrame(list(rows), columns=list(names), dtype=object)
