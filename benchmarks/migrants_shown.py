"""Missing Migrants through ``disclosure.recode``: what stays of records and cells, on whom the loss falls, and the next year."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from anonshare import disclosure as d
from benchmarks.migrants import DATA, KEYS

__all__ = ["run"]

K = 11
GENDER = "of whom"
SEASONS = {month: f"Q{n // 3 + 1}" for n, month in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())}
KEY = bytes(range(32))
"""The order of rows and ties: the same figures in every run."""


def run() -> Iterator[str]:
    """The bars of k = 11 over region, year, month and cause; loss by subgroup; a recipe on the year that follows."""
    if not DATA.is_file():
        yield "the public data sets are not beside this checkout"
        return
    frame = _records()
    found = _recoded(frame, KEYS)
    yield f"local: {_kept(frame, found, KEYS)} (asked 98.9 % and 72.1 %); dropping small classes keeps {_dropped(frame):.1%}"
    wide = _recoded(frame, KEYS, "global")
    yield f"global, at most 5 % of records suppressed: {_kept(frame, wide, KEYS)}"
    for column in (GENDER, "Region of Incident"):
        yield from _subgroups(found, column)
    yield from _next_year(frame)


def _records() -> pd.DataFrame:
    frame = pd.read_csv(DATA, dtype=str)
    women, men = (pd.to_numeric(frame[name]).fillna(0) > 0 for name in ("Number of Females", "Number of Males"))
    told = {(True, True): "women and men", (True, False): "women", (False, True): "men", (False, False): "not told"}
    return frame[KEYS].assign(**{GENDER: [told[pair] for pair in zip(women, men, strict=True)]})


def _recoded(
    frame: pd.DataFrame, keys: list[str], method: str = "local", domain: pd.DataFrame | None = None
) -> d.Recoding:
    """``domain`` has every value that may come, of which the hierarchies are made; by default the table."""
    rows = {}
    for name in keys:
        values = sorted((frame if domain is None else domain)[name].dropna().unique())
        middle = {value: [SEASONS[value[:3]]] if name == "Reported Month" else [] for value in values}
        rows[name] = [[value, *middle[value], "*"] for value in values]
    own = frame[[*keys, GENDER]]
    limit = 0.05 if method == "global" else 0.0
    return d.recode(
        own, rows, [d.KAnonymity(K)], method=method, suppression_limit=limit, insensitive=(GENDER,), order_key=KEY
    )


def _kept(frame: pd.DataFrame, found: d.Recoding, keys: list[str]) -> str:
    """A kept cell had a value and is not the root, of all cells that had one."""
    had = int(frame[keys].notna().sum().sum())
    left = sum(found.table.num_rows - found.table.column(name).null_count for name in keys)
    return f"records {found.table.num_rows / len(frame):.1%}, cells {left / had:.1%}, NCP {found.loss.ncp:.3f}"


def _dropped(frame: pd.DataFrame) -> float:
    sizes = frame.groupby(KEYS, dropna=False)[GENDER].transform("size")
    return float((sizes >= K).mean())


def _subgroups(found: d.Recoding, column: str) -> Iterator[str]:
    for name, loss in sorted(found.loss_by(column).items(), key=lambda pair: -pair[1].rows):
        yield f"    {column} {name}: {loss.rows} rows, NCP {loss.ncp:.3f}, {loss.suppressed} suppressed"


def _next_year(frame: pd.DataFrame) -> Iterator[str]:
    """A recipe of 2018 on 2019, and one of all years before on it; the year itself is no column of theirs."""
    keys = [name for name in KEYS if name != "Reported Year"]
    year = frame["Reported Year"]
    new = frame[year == "2019"][[*keys, GENDER]]
    yield f"2019 recoded by itself: {_kept(new, _recoded(new, keys, domain=frame), keys)}"
    for name, old in (("2018", frame[year == "2018"]), ("2014 to 2018", frame[year < "2019"])):
        recipe = _recoded(old, keys, domain=frame).recipe
        later = recipe.apply(new, order_key=KEY)
        yield f"    under the recipe of {name}: {_kept(new, later, keys)}; {sum(later.unfit.values())} records fit no class"
