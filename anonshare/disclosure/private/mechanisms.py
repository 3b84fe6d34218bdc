"""OpenDP behind a short face: integers, exact samplers, secure randomness; and what it proves of them.

No noise is drawn here by other means: floating-point samplers leak through the gaps between their values (Mironov 2012).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from anonshare.errors import DisclosureError, MissingExtra

__all__ = ["Mechanism", "Sensitivity", "checked", "gaussian", "laplace"]

_STEPS = 60


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """By how much one person changes counts: at most ``cells`` of them, each by at most one."""

    cells: int

    @property
    def l2(self) -> float:
        """The Euclidean length of the change."""
        return math.sqrt(self.cells)


@dataclass(frozen=True, slots=True)
class Mechanism:
    """Noise of a ``scale`` (of Laplace: b; of Gauss: sigma); no count below ``threshold`` is published, None: all are."""

    kind: Literal["laplace", "gaussian"]
    scale: float
    threshold: int | None
    epsilon: float
    delta: float

    @property
    def mean_error(self) -> float:
        """The mean of the absolute error of a count, by the noise alone."""
        return self.scale if self.kind == "laplace" else self.scale * math.sqrt(2 / math.pi)

    def release(self, counts: Sequence[int]) -> list[int]:
        """The counts with noise, fresh at each call."""
        dp = _opendp()
        space = dp.vector_domain(dp.atom_domain(T=int)), _distance(dp, self.kind)
        make = dp.m.make_laplace if self.kind == "laplace" else dp.m.make_gaussian
        noisy: list[int] = make(*space, scale=self.scale)(list(counts)) if counts else []
        return noisy


def laplace(sensitivity: Sensitivity, epsilon: float, delta: float, *, unknown: bool) -> Mechanism:
    """Discrete Laplace noise for pure differential privacy; ``unknown`` keys take all of ``delta``."""
    dp = _opendp()
    space = dp.vector_domain(dp.atom_domain(T=int)), _distance(dp, "laplace")
    scale = _least(
        sensitivity.cells / 40,
        lambda s: float(dp.m.make_laplace(*space, scale=s).map(d_in=sensitivity.cells)) <= epsilon,
    )
    threshold = _threshold("laplace", scale, sensitivity, delta) if unknown else None
    return Mechanism("laplace", scale, threshold, epsilon, delta if unknown else 0.0)


def gaussian(sensitivity: Sensitivity, epsilon: float, delta: float, *, unknown: bool) -> Mechanism:
    """Discrete Gaussian noise; of ``delta`` unknown keys take half."""
    dp = _opendp()
    space = dp.vector_domain(dp.atom_domain(T=int)), _distance(dp, "gaussian")
    own = delta / 2 if unknown else delta

    def enough(scale: float) -> bool:
        proven = dp.c.make_zCDP_to_approxDP(dp.m.make_gaussian(*space, scale=scale))
        # rounded upwards: the square root of the number of cells is no float
        return float(proven.map(d_in=math.nextafter(sensitivity.l2, math.inf)).epsilon(delta=own)) <= epsilon

    scale = _least(sensitivity.l2 / 5, enough)
    threshold = _threshold("gaussian", scale, sensitivity, delta / 2) if unknown else None
    return Mechanism("gaussian", scale, threshold, epsilon, delta)


def _threshold(kind: str, scale: float, sensitivity: Sensitivity, delta: float) -> int:
    """The least count that is published so that a cell of one person alone shows up with a chance of ``delta`` at most."""
    dp = _opendp()
    domain = dp.map_domain(dp.atom_domain(T=str), dp.atom_domain(T=int))
    reach = dp.absolute_distance(T=float)
    cells = sensitivity.cells

    def proven(threshold: int) -> float:
        if kind == "laplace":
            metric = dp.l01inf_distance(dp.absolute_distance(T=int))
            made = dp.m.make_laplace_threshold(domain, metric, scale=scale, threshold=threshold)
            return float(made.map(d_in=(cells, cells, 1))[1])
        made = dp.m.make_gaussian_threshold(domain, dp.l02inf_distance(reach), scale=scale, threshold=threshold)
        return float(made.map(d_in=(cells, math.nextafter(sensitivity.l2, math.inf), 1.0))[1])

    high = 2
    while proven(high) > delta:
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if proven(middle) <= delta else (middle, high)
    return high


def _least(start: float, enough: Callable[[float], bool]) -> float:
    """The least scale that is enough, to one in ten thousand upwards; ``start`` is below it for every epsilon that is allowed."""
    high = start
    while not enough(high):
        high *= 2
    low = high / 2
    for _ in range(_STEPS):
        if high / low < 1.0001:
            break
        middle = math.sqrt(low * high)
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _distance(dp: Any, kind: str) -> Any:
    return dp.l1_distance(T=int) if kind == "laplace" else dp.l2_distance(T=float)


def _opendp() -> Any:
    try:
        import opendp.prelude as dp
    except ImportError:
        raise MissingExtra("Differential privacy", "share") from None
    dp.enable_features("contrib")
    return dp


def checked(epsilon: object, delta: object) -> None:
    """Raise DisclosureError for a budget that is none."""
    numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in (epsilon, delta))
    if not numbers or not 0 < float(epsilon) <= 20 or not 0 <= float(delta) <= 1e-6:  # type: ignore[arg-type]  # they are numbers
        raise DisclosureError(
            "A budget has an epsilon above 0 and at most 20, and a delta of at most 0.000001.",
            hint="epsilon=1, delta=1e-6",
            reason="parameters",
        )
