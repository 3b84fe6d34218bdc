"""Complementary suppression: which cells stay at home beside the small ones, so that an attacker derives none of them.

Exact elimination says which cells can be published; moves prove at once that most hidden ones could have other values; of
the rest a linear programme decides, and where it finds one exposed, the cheapest cell on the attacker's path is hidden
as well. Ways of growing care are tried; the first, with the fewest hidden cells, is only for systems that are small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.tabular.attack import Limits, attack
from anonshare.disclosure.tabular.moves import Floor, along, climb
from anonshare.disclosure.tabular.needs import Needs, Possible
from anonshare.disclosure.tabular.rank import publishable
from anonshare.disclosure.tabular.system import CellSystem
from anonshare.errors import DisclosureError

__all__ = ["Suppressed", "Task", "suppress"]

SMALL = 1_000
"""Kinds up to which linear programmes over the whole system are cheap."""

_CARE = 8
"""How much more than needed a kind must be able to lose, at most."""

_ROUNDS = 40
_PATHS = 25
"""Exposed cells a round whose paths are cut together."""

_MANY = 60
"""Open cells beyond which a large system is protected with more care instead of being asked cell by cell."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """``published`` and ``hidden`` bool per column, and the ``possible`` values that prove it."""

    published: np.ndarray = field(repr=False)
    hidden: np.ndarray = field(repr=False)
    possible: Possible = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Way:
    """How much a kind must be able to lose to be solved for, and of how many sums over others a programme decides."""

    needed: int
    questions: int


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be hidden (``primary``), what may be published (``open``), what was before (``must``); bool per column.

    ``limits`` and ``needs`` say what the attacker knows and how uncertain he must stay, ``price`` float per column what
    hiding it costs. What is neither primary nor open is no cell of any table and is not protected.
    """

    system: CellSystem
    primary: np.ndarray = field(repr=False)
    open: np.ndarray = field(repr=False)
    must: np.ndarray = field(repr=False)
    limits: Limits = field(repr=False)
    needs: Needs = field(repr=False)
    price: np.ndarray = field(repr=False)


def suppress(task: Task) -> Suppressed:
    """Few columns that stay hidden so that every hidden one is as uncertain as it must be.

    Raises DisclosureError where no way protects all.
    """
    step = max(1, int(task.needs.width.max(initial=1)))
    small = task.system.kinds <= SMALL
    ways = [_Way(step, 150), _Way(step, 0)] if small else []
    for way in [*ways, *(_Way(more, 0) for more in range(step + 1, step + 1 + _CARE))]:
        if (found := _try(task, way)) is not None:
            return found
    raise DisclosureError(
        "The tables cannot be protected: a small count follows from what must be published.",
        hint="Use fewer columns or coarser categories.",
        reason="table",
    )


def _try(task: Task, way: _Way) -> Suppressed | None:
    """One way, repaired where it left cells exposed; None where that did not come to an end."""
    system, price = task.system, task.price
    spare = system.weights - task.limits.least.astype(np.int64)
    candidate = task.open & ~task.primary & ~task.must
    wanted = np.flatnonzero(candidate)[np.argsort(-price[candidate], kind="stable")].tolist()
    must = np.flatnonzero(task.must).tolist()
    made = publishable(system, task.primary, wanted, spare, needed=way.needed, questions=way.questions, must=must)
    shown, possible = made.columns, Possible(system.columns)
    hidden = (task.primary | task.open) & ~shown
    possible.see(system.totals.astype(np.float64))
    least, listed = task.limits.least.astype(np.int64), task.limits.listed.astype(np.int64)
    floor = Floor(system.weights, least, system.totals, listed)
    along(system, made.moves, floor, possible)
    if system.kinds <= SMALL and len(possible.open(hidden, task.needs)):
        climb(system, made.moves, floor, possible, hidden, task.needs)
    if system.kinds > SMALL and len(possible.open(hidden, task.needs)) > _MANY:
        return None
    for _ in range(_ROUNDS):
        told = attack(
            system,
            hidden,
            task.limits,
            task.needs,
            published=shown,
            point=system.weights,
            possible=possible,
            most=_PATHS,
        )
        if not told.exposed:
            return Suppressed(shown, hidden, possible)
        cut = _cut(told.exposed.values(), price, set(must))
        if cut is None:
            return None
        shown[cut], hidden[cut] = False, True
    return None


def _cut(paths: Iterable[tuple[int, ...]], price: np.ndarray, known: set[int]) -> list[int] | None:
    """Columns on every one of the paths, the cheapest for what they cut; None where one has none that can be hidden."""
    waiting = [frozenset(path) - known for path in paths]
    if not all(waiting):
        return None
    found = []
    while waiting:
        hits = Counter(column for path in waiting for column in path)
        best = max(hits, key=lambda column: (hits[column] / price[column], -column))
        found.append(best)
        waiting = [path for path in waiting if best not in path]
    return found
