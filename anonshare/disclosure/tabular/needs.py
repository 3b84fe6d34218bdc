"""How uncertain a hidden cell must stay: how far apart its possible values are, and which of them must be possible."""

from __future__ import annotations

from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np

__all__ = ["Needs", "Possible"]

_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Needs:
    """Int64 per column: the possible values are ``width`` apart, one is ``high`` or more, one ``low`` or less."""

    width: np.ndarray = field(repr=False)
    high: np.ndarray = field(repr=False)
    low: np.ndarray = field(repr=False)


class Possible:
    """The least and largest value that was seen to be possible for each column, float64."""

    def __init__(self, columns: int) -> None:
        self.lower, self.upper = np.full(columns, np.inf), np.full(columns, -np.inf)

    def see(self, values: np.ndarray) -> None:
        """A possible table, by the value of each column."""
        np.minimum(self.lower, values, out=self.lower)
        np.maximum(self.upper, values, out=self.upper)

    def open(self, hidden: np.ndarray, needs: Needs) -> np.ndarray:
        """The hidden columns that are not seen to be uncertain enough; only whole values count."""
        high, low = np.floor(self.upper + _SLACK), np.ceil(self.lower - _SLACK)
        enough = (high - low >= needs.width) & (high >= needs.high) & (low <= needs.low)
        return np.flatnonzero(hidden & ~enough)
