"""Counts under differential privacy: what the noise will be is known before a record is read, and before budget is spent."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any, Literal

from anonshare.disclosure.arrays import np
from anonshare.disclosure.cells import Key
from anonshare.disclosure.coded_table import coded_columns
from anonshare.disclosure.private.bounding import bounded
from anonshare.disclosure.private.mechanisms import Mechanism, Sensitivity, checked, gaussian, laplace
from anonshare.engine.frames import frame_batches, frame_names, own_frame
from anonshare.errors import DisclosureError

__all__ = ["NoisePlan", "PrivateTable", "dp_plan"]

MOST_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class PrivateTable:
    """A table as it leaves: counts with noise, none below zero. With unknown keys it has only those above the threshold."""

    by: tuple[str, ...]
    cells: Mapping[Key, int] = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoisePlan:
    """``mechanism`` tells scale, mean error, threshold, epsilon and delta, from parameters and keys alone.

    ``release`` spends them: each call draws anew, and counts against the budget of every person once more.
    """

    tables: Mapping[str, tuple[str, ...]]
    unit: tuple[str, ...]
    cells_per_person: int
    mechanism: Mechanism
    keys: Mapping[str, tuple[str, ...]] | None = field(repr=False)

    def release(self, table: Any, *, secret: bytes) -> dict[str, PrivateTable]:
        """Count a frame (pandas, Arrow, Polars) and add the noise; ``secret`` (16 bytes or more) chooses the bounding sample.

        A row with a value that the public keys do not have, or with none, is in no cell of that table.
        """
        if len(secret) < 16:
            raise DisclosureError("The secret of the sample has at least 16 bytes.", reason="parameters")
        own = own_frame(table)
        there = [str(name) for name in frame_names(own)]
        wanted = list(dict.fromkeys(name for by in self.tables.values() for name in by))
        for name in (*wanted, *self.unit):
            if there.count(name) != 1:
                raise DisclosureError(f"The table has no single column {name!r}.", reason="column")
        codes, vocabulary, person, people = coded_columns(frame_batches(own, there), wanted, self.unit)
        told = {
            name: self._counts(by, {n: codes[n] for n in by}, vocabulary, person, people or (), secret)
            for name, by in self.tables.items()
        }
        noisy = iter(self.mechanism.release([count for counts in told.values() for count in counts.values()]))
        found = {}
        for name, counts in told.items():
            cells = {key: next(noisy) for key in counts}
            least = self.mechanism.threshold
            shown = cells if least is None else {key: n for key, n in cells.items() if n >= least}
            # in the order of the labels: that of appearance would tell who came first
            ordered = sorted(shown.items(), key=lambda one: [label or "" for label in one[0]])
            found[name] = PrivateTable(self.tables[name], {key: max(n, 0) for key, n in ordered})
        return found

    def _counts(
        self,
        by: Sequence[str],
        codes: Mapping[str, np.ndarray],
        vocabulary: Mapping[str, tuple[str | None, ...]],
        person: np.ndarray,
        people: Sequence[str],
        secret: bytes,
    ) -> dict[Key, int]:
        """Distinct persons per cell of their bounded sample; every public cell, or those that occur."""
        texts = [vocabulary[name] for name in by]
        allowed = np.ones(len(person), dtype=np.bool_)
        for name, text in zip(by, texts, strict=True):
            public = None if self.keys is None else set(self.keys[name])
            good = np.array([one is not None and (public is None or one in public) for one in text], dtype=np.bool_)
            allowed &= good[codes[name]]
        stacked = np.stack([codes[name][allowed] for name in by], axis=1).astype(np.int64)
        rows, cell = np.unique(stacked, axis=0, return_inverse=True)
        labels = [tuple(text[c] for text, c in zip(texts, row, strict=True)) for row in rows.tolist()]
        names = [json.dumps([list(by), list(label)]) for label in labels]
        pairs = bounded(person[allowed], cell.ravel(), people, names, self.cells_per_person, secret)
        counts = np.bincount(pairs[:, 1], minlength=len(labels)).tolist() if len(pairs) else [0] * len(labels)
        found: dict[Key, int] = {} if self.keys is None else dict.fromkeys(product(*(self.keys[n] for n in by)), 0)
        found.update({label: n for label, n in zip(labels, counts, strict=True) if n})
        return found


def dp_plan(
    tables: Mapping[str, Sequence[str]],
    *,
    unit: str | Sequence[str],
    epsilon: float,
    delta: float = 1e-6,
    cells_per_person: int = 1,
    keys: Mapping[str, Sequence[str]] | None = None,
    mechanism: Literal["gaussian", "laplace"] = "gaussian",
) -> NoisePlan:
    """Plan counts of persons in ``tables`` (name -> columns) with ``epsilon`` and ``delta`` for all of them together.

    The unit of privacy is the person whom ``unit`` names, with all his rows; of each table he counts in at most
    ``cells_per_person`` cells. ``keys`` are the values of each column as they are known to everybody, never taken from the
    data; without them only cells above a threshold leave, for which ``delta`` answers. Raises DisclosureError for a
    budget that is none (Dwork and Roth 2014; thresholds: Wilson et al. 2020).
    """
    checked(epsilon, delta)
    _check(tables, cells_per_person, keys, delta, mechanism)
    sensitivity = Sensitivity(cells_per_person * len(tables))
    make = gaussian if mechanism == "gaussian" else laplace
    public = None if keys is None else {name: tuple(map(str, values)) for name, values in keys.items()}
    return NoisePlan(
        tables={name: tuple(by) for name, by in tables.items()},
        unit=(unit,) if isinstance(unit, str) else tuple(unit),
        cells_per_person=cells_per_person,
        mechanism=make(sensitivity, float(epsilon), float(delta), unknown=keys is None),
        keys=public,
    )


def _check(
    tables: Mapping[str, Sequence[str]],
    cells: object,
    keys: Mapping[str, Sequence[str]] | None,
    delta: float,
    mechanism: str,
) -> None:
    if not tables or any(isinstance(by, str) or not by or len(set(by)) < len(by) for by in tables.values()):
        raise DisclosureError("A table has a name and some different columns.", reason="parameters")
    if not isinstance(cells, int) or isinstance(cells, bool) or cells < 1:
        raise DisclosureError("A person counts in a whole number of cells, at least 1.", reason="parameters")
    if mechanism not in {"gaussian", "laplace"}:
        raise DisclosureError("The noise is gaussian or laplace.", reason="parameters")
    if delta == 0 and (mechanism == "gaussian" or keys is None):
        raise DisclosureError(
            "Without delta there is Laplace noise over public keys alone.",
            hint='Give keys and mechanism="laplace", or a delta.',
            reason="parameters",
        )
    if keys is None:
        return
    for name in {name for by in tables.values() for name in by}:
        values = keys.get(name)
        if values is None or isinstance(values, str) or not values or len(set(values)) < len(values):
            raise DisclosureError(f"Column {name!r} has no keys, each once.", reason="parameters")
    if sum(prod(len(keys[name]) for name in by) for by in tables.values()) > MOST_CELLS:
        raise DisclosureError(
            "The public keys make too many cells.", hint="Use fewer columns a table.", reason="parameters"
        )
