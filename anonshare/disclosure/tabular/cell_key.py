"""Cell-key noise: the same persons give the same noise, in whatever table and release they are counted together.

Every person has a permanent secret number; the sum of those in a cell decides its noise (Fraser and Wooton 2005, Thompson,
Broadfoot and Elazar 2013). So asking again tells nothing, and no two tables can be averaged. It is no differential
privacy, and cells do not add up: a difference of noisy cells is a noisy difference.

The noise of a count is the distribution of largest entropy with mean 0 and a given variance on the values that are allowed:
at most ``largest`` away, never below zero, never a published count that is itself too small (Giessing 2016).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.cells import Key
from anonshare.disclosure.tabular.counting import Tabulated
from anonshare.errors import DisclosureError

__all__ = ["NoiseTable", "NoisyTable", "noise_table", "noisy_tables", "record_keys"]

_ROUNDS = 200
_EXACT = 1e-10


@dataclass(frozen=True, slots=True)
class NoiseTable:
    """``steps[n]`` are the cumulative probabilities of the noise of a count of ``n``, from ``-largest`` to ``largest``.

    The last row is that of all larger counts.
    """

    largest: int
    steps: np.ndarray = field(repr=False)

    def noise(self, counts: np.ndarray, uniform: np.ndarray) -> np.ndarray:
        """Int64 noise for counts, by numbers of [0, 1)."""
        row = np.minimum(counts, len(self.steps) - 1)
        return np.asarray((uniform[:, None] >= self.steps[row]).sum(axis=1) - self.largest, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class NoisyTable:
    """A table as it leaves: every cell has noise, and none is suppressed."""

    by: tuple[str, ...]
    cells: Mapping[Key, int] = field(repr=False)


def noise_table(largest: int = 5, variance: float = 2.0, small: int = 0) -> NoiseTable:
    """The noise of all counts: at most ``largest`` away, of this ``variance`` where that is possible, unbiased.

    No count from 1 to ``small`` comes out. A zero stays a zero. Raises DisclosureError for numbers that allow no noise.
    """
    if not 1 <= largest <= 50 or not 0 < variance <= largest**2 or not 0 <= small < largest:
        raise DisclosureError(
            "Noise needs a largest value of 1 to 50, a variance above 0 and at most its square, and small counts below it.",
            reason="parameters",
        )
    rows = [_of_zero(largest), *(_row(n, largest, variance, small) for n in range(1, largest + small + 2))]
    return NoiseTable(largest, np.cumsum(np.stack(rows), axis=1)[:, :-1])


def record_keys(secret: bytes, people: Sequence[str]) -> np.ndarray:
    """Uint64 per person: his number under the permanent ``secret``, outside all epochs of keys."""
    if len(secret) < 16:
        raise DisclosureError("The secret of the noise has at least 16 bytes.", reason="parameters")
    key = hashlib.blake2b(secret, digest_size=32, person=b"cell keys").digest()
    digests = [hashlib.blake2b(who.encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest() for who in people]
    return np.frombuffer(b"".join(digests), dtype="<u8")


def noisy_tables(tabulated: Tabulated, secret: bytes, noise: NoiseTable) -> dict[str, NoisyTable]:
    """All tables with noise, counts only. They are never to stand beside the same cells suppressed."""
    if tabulated.amounts is not None:
        raise DisclosureError("Cell-key noise is for counts.", hint="Count persons, or suppress.", reason="parameters")
    keys = record_keys(secret, tabulated.people)
    found = {}
    for name, own in tabulated.layouts.items():
        counts, sums = np.zeros(len(own.keys) + 1, np.int64), np.zeros(len(own.keys) + 1, np.uint64)
        for column in own.covering.T:
            np.add.at(counts, column, 1)
            np.add.at(sums, column, keys)
        # sums of uniform numbers modulo 2**64 are uniform; the top 53 bits are what a float64 holds
        uniform = (sums >> np.uint64(11)).astype(np.float64) / 2.0**53
        values = counts + noise.noise(counts, uniform)
        found[name] = NoisyTable(own.by, dict(zip(own.keys, values[:-1].tolist(), strict=True)))
    return found


def _of_zero(largest: int) -> np.ndarray:
    row = np.zeros(2 * largest + 1)
    row[largest] = 1.0
    return row


def _row(count: int, largest: int, variance: float, small: int) -> np.ndarray:
    """The probabilities of noise from -largest to largest for a count."""
    noise = np.arange(-largest, largest + 1)
    result = count + noise
    allowed = (result == 0) | (result > small)
    row = np.zeros(len(noise))
    row[allowed] = _most_even(noise[allowed].astype(np.float64), variance)
    return row


def _most_even(values: np.ndarray, variance: float) -> np.ndarray:
    """The distribution on ``values`` of largest entropy with mean 0 and this variance; only the mean where both cannot be."""
    for wanted in (np.array([0.0, variance]), np.array([0.0])):
        features = np.stack([values, values**2])[: len(wanted)]
        found = _solve(features, wanted)
        if found is not None:
            return found
    raise DisclosureError(
        "There is no unbiased noise on these values.", hint="Allow larger noise.", reason="parameters"
    )


def _solve(features: np.ndarray, wanted: np.ndarray) -> np.ndarray | None:
    """Newton's method on the dual of the entropy, with steps halved until they help."""
    weights = np.zeros(len(wanted))
    chances, worth = _chances(features, weights, wanted)
    for _ in range(_ROUNDS):
        miss = features @ chances - wanted
        if np.abs(miss).max() < _EXACT:
            return chances
        spread = (features * chances) @ features.T - np.outer(features @ chances, features @ chances)
        step = np.linalg.lstsq(spread, miss, rcond=1e-12)[0]
        length = 1.0
        while length > 1e-12:
            tried, better = _chances(features, weights - length * step, wanted)
            if better <= worth:
                break
            length /= 2
        else:
            return None
        weights, chances, worth = weights - length * step, tried, better
    return None


def _chances(features: np.ndarray, weights: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, float]:
    powers = weights @ features
    top = powers.max()
    parts = np.exp(powers - top)
    return parts / parts.sum(), float(top + np.log(parts.sum()) - weights @ wanted)
