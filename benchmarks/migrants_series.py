"""Ten releases of Missing Migrants: whether anybody stands alone when they are laid beside each other, and who waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from anonshare.codes.tables import hierarchy_of_rows
from anonshare.disclosure.coded_table import Roles
from anonshare.disclosure.models import KAnonymity
from anonshare.disclosure.series import Series
from benchmarks.migrants import DATA, KEYS

__all__ = ["run"]

K, RELEASES = 11, 10
SCHEDULES = {"300 + 25 a month": (300, 25), "1,000 + 80 a month": (1000, 80)}
QUARTERS = {
    month: f"Q{number // 3 + 1}"
    for number, month in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
}


def run() -> Iterator[str]:
    """Monthly and quarterly releases of two sizes."""
    if not DATA.is_file():
        yield "the public data sets are not beside this checkout"
        return
    frame = pd.read_csv(DATA, dtype=str)[["Web ID", *KEYS]].drop_duplicates("Web ID")
    roles = Roles(_hierarchies(frame), (), (), (), ("Web ID",))
    for name, (first, each) in SCHEDULES.items():
        for every, months in (("monthly", 1), ("quarterly", 3)):
            yield f"{name}, {every}: {_series(frame, roles, first, each * months)}"


def _series(frame: pd.DataFrame, roles: Roles, first: int, each: int) -> str:
    series = Series(roles, [KAnonymity(K)])
    seen: list[dict[str, int]] = []
    held, lost, cells, ages = [], [], [], Counter[int]()
    for number in range(RELEASES):
        made = series.release(frame.head(first + number * each))
        seen.append(dict(made.classes))
        held.append(made.held_share)
        lost.append(made.loss)
        ages.update(made.held)
        keys = made.table.select(KEYS)
        cells.append(1 - sum(column.null_count for column in keys.columns) / max(keys.num_rows * len(KEYS), 1))
    return (
        f"{_alone(seen)} persons below {K} in increments or intersections (asked 0); held {sum(held) / RELEASES:.1%} "
        f"(at most {max(held):.1%}, at most {max(ages, default=0)} releases), cells with a value {sum(cells) / RELEASES:.1%}, "
        f"loss {sum(lost) / RELEASES:.3f}"
    )


def _alone(seen: list[dict[str, int]]) -> int:
    """Persons whose path through any stretch of releases, or through two following ones, fewer than k share."""
    found: set[str] = set()
    everybody = sorted({who for release in seen for who in release})
    stretches = [seen[a:b] for a in range(len(seen)) for b in range(a + 1, len(seen) + 1)]
    for part in [*stretches, *map(list, pairwise(seen))]:
        paths = {who: tuple(release.get(who) for release in part) for who in everybody}
        counts = Counter(paths.values())
        found |= {who for who, path in paths.items() if any(step is not None for step in path) and counts[path] < K}
    return len(found)


def _hierarchies(frame: pd.DataFrame) -> dict[str, object]:
    found = {}
    for name in KEYS:
        values = sorted(frame[name].dropna().unique())
        rows = [[value, QUARTERS.get(value[:3], value)] if name == "Reported Month" else [value] for value in values]
        found[name] = hierarchy_of_rows(name, [[*row, "*"] for row in rows])
    return found
