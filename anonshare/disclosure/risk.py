"""Re-identification risk of a table, from the sizes of its classes of persons alone; no recoding is involved.

Names are the field's (El Emam and Dankar 2008; ARX, sdcMicro): the prosecutor knows that somebody is in the table, the
journalist does not, the marketer wants as many as he can get.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from anonshare.errors import DisclosureError

__all__ = ["Risk", "class_sizes", "risk_of"]

SMALL_SAMPLE = 0.1
"""Up to this share of the population Pitman's estimate of population uniques is taken, else Zayatz's (Dankar 2012)."""


@dataclass(frozen=True, slots=True)
class Risk:
    """Probabilities between 0 and 1. ``at_risk`` is the share of persons whose prosecutor risk is above ``threshold``.

    ``unique`` is the share of persons who are alone in their class. With a population: ``journalist`` the highest and
    ``marketer`` the mean risk there, and ``population_unique`` the estimated share of persons who are alone in it too.
    """

    persons: int
    classes: int
    highest: float
    average: float
    threshold: float
    at_risk: float
    unique: float
    journalist: float | None = None
    marketer: float | None = None
    population_unique: float | None = None


def class_sizes(columns: Sequence[Sequence[str | None]], unit: Sequence[str] | None = None) -> Counter[int]:
    """Size of a class -> how many classes have it, counted from released cells in plain Python.

    ``columns`` are the key columns; ``unit`` tells whose each row is (each row is a person without it). Persons are
    alike where the sorted rows of both are. It shares no line with any search, so that it can judge one.
    """
    rows = list(zip(*columns, strict=True)) if columns else [()] * len(unit or ())
    whose = range(len(rows)) if unit is None else unit
    persons: dict[object, list[tuple[str | None, ...]]] = {}
    for who, row in zip(whose, rows, strict=True):
        persons.setdefault(who, []).append(row)
    signatures = Counter(tuple(sorted(own, key=_order)) for own in persons.values())
    return Counter(signatures.values())


def risk_of(sizes: Mapping[int, int], *, threshold: float = 0.05, population: int | None = None) -> Risk:
    """The risk of classes: ``sizes`` maps a size to the number of classes that have it.

    ``population`` is the number of persons of whom these are a sample. Raises DisclosureError where nobody is left, or
    the population is smaller than the table.
    """
    persons = sum(size * count for size, count in sizes.items())
    classes = sum(sizes.values())
    if not persons:
        raise DisclosureError("No person is left, so no risk can be told.", reason="parameters")
    if population is not None and population < persons:
        raise DisclosureError("The population is smaller than the table.", reason="parameters")
    fraction = None if population is None else persons / population
    smallest = min(size for size, count in sizes.items() if count)
    return Risk(
        persons=persons,
        classes=classes,
        highest=1 / smallest,
        average=classes / persons,
        threshold=threshold,
        at_risk=sum(size * count for size, count in sizes.items() if 1 / size > threshold) / persons,
        unique=sizes.get(1, 0) / persons,
        journalist=None if fraction is None else fraction / smallest,
        marketer=None if fraction is None else fraction * classes / persons,
        population_unique=None if population is None else _population_unique(sizes, persons, population),
    )


def _population_unique(sizes: Mapping[int, int], persons: int, population: int) -> float | None:
    """Of the population, the share of persons who are alone in their class (Dankar et al. 2012 choose the estimator)."""
    if not sizes.get(1):
        return 0.0
    if persons == population:
        return sizes[1] / persons
    pitman = _pitman(sizes, persons, population) if persons / population <= SMALL_SAMPLE else None
    return _zayatz(sizes, persons, population) if pitman is None else pitman


def _zayatz(sizes: Mapping[int, int], persons: int, population: int) -> float:
    """Zayatz 1991: classes of the population are taken to be as large as those of the sample.

    P(unique there | unique here) by Bayes, with hypergeometric chances of drawing one of i persons.
    """
    classes = sum(sizes.values())
    drawn = {i: _one_of(i, persons, population) for i in sizes}
    whole = sum(count / classes * drawn[i] for i, count in sizes.items())
    return sizes[1] / persons * (sizes[1] / classes * drawn[1] / whole) if whole else 0.0


def _one_of(size: int, persons: int, population: int) -> float:
    """The chance that a sample holds exactly one of ``size`` persons of the population."""
    if population - size < persons - 1:
        return 0.0
    told = math.log(size) + _choose(population - size, persons - 1) - _choose(population, persons)
    return math.exp(told)


def _choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _pitman(sizes: Mapping[int, int], persons: int, population: int) -> float | None:
    """Hoshino 2001: Pitman's sampling formula with his moment estimates; None where they do not exist."""
    n, u, one, two = persons, sum(sizes.values()), sizes.get(1, 0), sizes.get(2, 0)
    if not two:
        return None
    c = one * (one - 1) / two
    below = 2 * one * u + one * c - n * c
    if not below:
        return None
    theta = (n * u * c - one * (n - 1) * (2 * u + c)) / below
    alpha = (theta * (one - n) + (n - 1) * one) / (n * u)
    if not (0 < alpha < 1 and theta > -alpha):
        return None
    log = math.lgamma(theta + 1) - math.lgamma(theta + alpha) + alpha * math.log(population)
    return min(math.exp(log) / population, 1.0)


def _order(row: Iterable[str | None]) -> tuple[tuple[bool, str], ...]:
    return tuple((cell is not None, cell or "") for cell in row)
