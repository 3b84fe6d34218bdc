"""Global recoding (full-domain generalization): one level a column for everybody, rows suppressed up to a limit."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.beam_search import BeamSearch
from anonshare.disclosure.lattice_search import LatticeSearch
from anonshare.disclosure.node_counts import NodeCounter
from anonshare.disclosure.privacy_model import PrivacyModel
from anonshare.errors import DisclosureError
from anonshare.shapes import CodedRows, Progress, no_progress

__all__ = ["PROVABLE", "GlobalRecoding", "recode_globally"]

PROVABLE = 2_000_000
"""Nodes of a lattice up to which the best one is proven; larger ones are searched along a beam."""


@dataclass(frozen=True, slots=True)
class GlobalRecoding:
    """A level per column and the rows that leave (bool); ``loss`` is the NCP of all rows, a suppressed one counting 1.

    No levels have a smaller loss than ``bound``; where ``complete`` it is the loss itself. ``nodes`` were judged.
    """

    levels: tuple[int, ...]
    kept: np.ndarray = field(repr=False)
    loss: float
    bound: float
    complete: bool
    nodes: int

    @property
    def gap(self) -> float:
        """How much better another choice of levels could be at most."""
        return max(self.loss - self.bound, 0.0)


def recode_globally(
    rows: CodedRows,
    models: Sequence[PrivacyModel],
    sensitive: Mapping[str, np.ndarray],
    *,
    suppression_limit: float = 0.0,
    time_limit: float | None = None,
    progress: Progress = no_progress,
) -> GlobalRecoding:
    """The levels of least loss under which every class that leaves holds every model.

    At most the share ``suppression_limit`` of the rows is suppressed, all rows of a person together. ``time_limit`` in
    seconds ends the search with the best that was found and what is proven of it. Raises DisclosureError where not even
    the coarsest levels hold, naming the model and its column.
    """
    deadline = None if time_limit is None else time.monotonic() + time_limit
    counter = NodeCounter(rows, models, sensitive)
    sizes = [len(column.labels) for column in rows.columns]
    limit = math.floor(suppression_limit * rows.rows + 1e-9)
    monotone = all(model.monotone for model in models)
    progress("searching", 0, None)
    search: LatticeSearch | BeamSearch
    if math.prod(sizes) <= PROVABLE:
        search = LatticeSearch(counter, sizes, rows.rows, limit, monotone=monotone)
    else:
        search = BeamSearch(counter, sizes, rows.rows, limit)
    complete = search.run(deadline)
    if search.best is None and deadline is not None and time.monotonic() > deadline:
        raise DisclosureError(
            "No levels that hold the models were found within the time limit.",
            hint="Nothing was returned. Give it more time, or fewer columns.",
            reason="time-limit",
        )
    if search.best is None:
        raise _infeasible(counter, sizes, limit, rows.rows)
    progress("searching", search.nodes, search.nodes)
    loss = search.loss
    return GlobalRecoding(
        search.best, counter.kept(search.best), loss, loss if complete else search.bound, complete, search.nodes
    )


def _infeasible(counter: NodeCounter, sizes: Sequence[int], limit: int, rows: int) -> DisclosureError:
    model = counter.failing([size - 1 for size in sizes])
    what = "the models" if model is None else model.name
    over = "" if model is None or model.column is None else f" over column {model.column!r}"
    return DisclosureError(
        f"No levels hold {what}{over} with at most {limit} of {rows} rows suppressed.",
        hint="Lower the promise, raise suppression_limit, or wait for more records.",
        reason="infeasible",
    )
