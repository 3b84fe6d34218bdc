"""Tables over hierarchies: what stays at home, and what two attackers make of what leaves."""

from __future__ import annotations

import math
from itertools import product

import highspy
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare import disclosure
from anonshare.disclosure.cells import MARGIN
from anonshare.disclosure.tabular.layout import SEVERAL
from anonshare.errors import DisclosureError, InputError
from tests.disclosure.cell_attack import ends

COUNTRY = [[c + r, r, "*"] for r in "NS" for c in "ab"]
SECTOR = [["x", "*"], ["y", "*"], ["z", "*"]]
ROWS = {"country": COUNTRY, "sector": SECTOR}


@st.composite
def records(draw):
    """A table of persons by country, sector and sex."""
    cells = list(product([row[0] for row in COUNTRY], [row[0] for row in SECTOR], ["f", "m"]))
    counts = draw(st.lists(st.integers(0, 9), min_size=len(cells), max_size=len(cells)))
    rows = [cell for cell, count in zip(cells, counts, strict=True) for _ in range(count)]
    return pd.DataFrame(rows or [cells[0]], columns=["country", "sector", "sex"])


def labels(name: str) -> dict[str, list[list[str]]]:
    return {name: [row[:-1] for row in ROWS[name]] for name in ROWS}


def counts(frame: pd.DataFrame, by: list[str]) -> dict[tuple[str, ...], int]:
    """The true counts of every cell, by another path."""
    whole = frame.assign(country_up=frame["country"].str[1])
    found: dict[tuple[str, ...], int] = {}
    levels = [[name, "country_up", None] if name == "country" else [name, None] for name in by]
    for chosen in product(*levels):
        shown = whole.assign(**{f"_{i}": whole[c] if c else MARGIN for i, c in enumerate(chosen)})
        found.update(shown.groupby([f"_{i}" for i in range(len(by))]).size().to_dict())
    return {key if isinstance(key, tuple) else (key,): n for key, n in found.items()}


@given(records(), st.integers(2, 5))
@settings(max_examples=20, deadline=None)
def test_neither_attacker_derives_a_suppressed_cell(frame, k):
    """What is small is suppressed, what is published is true, and each suppressed cell has two possible values or more."""
    by = ["country", "sector", "sex"]
    try:
        made = disclosure.protect_tables(
            disclosure.tabulate(frame, {"t": by}, hierarchies=ROWS), [disclosure.MinCount(k)]
        ).tables["t"]
    except DisclosureError as refused:
        assert refused.reason == "table"
        return
    true = counts(frame, by)
    assert {cell.key for cell in made.cells} == true.keys()
    for cell in made.cells:
        assert cell.value in {None, true[cell.key]}
        assert cell.value is None or cell.value >= k
    for key, (low, high) in ends(made.to_pandas(), labels("t")).items():
        assert low - 1e-6 <= true[key] <= high + 1e-6
        assert math.floor(min(high, 1e9) + 1e-6) - math.ceil(low - 1e-6) >= 1


@given(records())
@settings(max_examples=8, deadline=None)
def test_an_interval_reaches_the_least_count(frame):
    """With ``interval`` a small count could be one that would have been published, as far as anybody can tell."""
    try:
        tables = disclosure.protect_tables(
            disclosure.tabulate(frame, {"t": ["country", "sector"]}, hierarchies=ROWS),
            [disclosure.MinCount(4)],
            interval=True,
        )
    except DisclosureError as refused:
        assert refused.reason == "table"
        return
    true = counts(frame, ["country", "sector"])
    for key, (_, high) in ends(tables.tables["t"].to_pandas(), labels("t")).items():
        if true[key] < 4:
            assert high >= 4 - 1e-6


def least_hidden(frame: pd.DataFrame, by: list[str], k: int) -> int | None:
    """The fewest cells beside the small ones that must be hidden so that two tables exist for each: an integer programme."""
    true = counts(frame, by)
    keys = sorted(true)
    place = {key: i for i, key in enumerate(keys)}
    inner = [key for key in keys if MARGIN not in key and key[0] in {row[0] for row in COUNTRY}]
    covered = {key: [] for key in keys}
    for key in inner:
        for up in product((key[0], key[0][1], MARGIN), *((label, MARGIN) for label in key[1:])):
            covered[up].append(key)
    small = [key for key in keys if true[key] < k]
    big = float(max(true.values()))
    highs = highspy.Highs.__base__()
    highs.setOptionValue("output_flag", False)
    size = len(keys)
    highs.addVars(size, np.array([float(key in small) for key in keys]), np.ones(size))
    highs.changeColsCost(size, np.arange(size, dtype=np.int32), np.ones(size))
    highs.changeColsIntegrality(size, np.arange(size, dtype=np.int32), np.ones(size, dtype=np.uint8))

    def row(low, high, columns, values):
        highs.addRow(low, high, len(columns), np.array(columns, dtype=np.int32), np.array(values, dtype=float))

    def world(target):
        # another table of whole numbers: inner changes, bound to zero wherever a cell is published; one more or less here
        start = highs.getNumCol()
        lower = np.array([1.0 - true[key] for key in inner])
        highs.addVars(len(inner) + 1, np.append(lower, 0.0), np.append(np.full(len(inner), big), 1.0))
        whole = np.arange(start, start + len(inner) + 1, dtype=np.int32)
        highs.changeColsIntegrality(len(whole), whole, np.ones(len(whole), dtype=np.uint8))
        at = {key: start + i for i, key in enumerate(inner)}
        for key in keys:
            own = [at[one] for one in covered[key]]
            row(-np.inf, 0.0, [*own, place[key]], [*[1.0] * len(own), -big])
            row(-np.inf, 0.0, [*own, place[key]], [*[-1.0] * len(own), -big])
        own, side = [at[one] for one in covered[target]], start + len(inner)
        return own, side

    for target in small:
        own, side = world(target)
        # the side says which: one more at least, or one fewer
        row(1.0 - 2 * big, np.inf, [*own, side], [*[1.0] * len(own), -2 * big])
        row(-np.inf, -1.0, [*own, side], [*[1.0] * len(own), -2 * big])
    highs.setOptionValue("time_limit", 20.0)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return round(highs.getInfo().objective_function_value) - len(small)


def test_hardly_more_is_hidden_than_the_optimum():
    """Over small tables never fewer cells are hidden than an integer programme needs, and in all at most a third more."""
    rng, found, best = np.random.default_rng(4), 0, 0
    cells = list(product([row[0] for row in COUNTRY], ["x", "y", "z"]))
    for _ in range(6):
        rows = [cell for cell in cells for _ in range(int(rng.integers(0, 12)))]
        frame = pd.DataFrame(rows, columns=["country", "sector"])
        optimum = least_hidden(frame, ["country", "sector"], 4)
        told = disclosure.tabulate(frame, {"t": ["country", "sector"]}, hierarchies=ROWS)
        made = disclosure.protect_tables(told, [disclosure.MinCount(4)]).tables["t"]
        assert optimum is not None
        assert made.secondary >= optimum
        found, best = found + made.secondary, best + optimum
    assert best > 0
    assert found <= best * 4 / 3


def test_tables_together_are_one_system():
    """What one table publishes gives nothing of another away: kinds of persons are bound by both."""
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({n: rng.choice(list(v), 300, p=w) for n, v, w in (
        ("country", ["aN", "bN", "aS", "bS"], [0.5, 0.3, 0.15, 0.05]),
        ("sector", ["x", "y", "z"], [0.6, 0.35, 0.05]),
        ("sex", ["f", "m"], [0.8, 0.2]),
    )})  # fmt: skip
    both = {"one": ["country", "sector"], "two": ["country", "sex"]}
    made = disclosure.protect_tables(disclosure.tabulate(frame, both, hierarchies=ROWS), [disclosure.MinCount(5)])
    margins = {}
    for released in made.tables.values():
        for cell in released.cells:
            if cell.key[1] == MARGIN:
                margins.setdefault(cell.key[0], set()).add(cell.value)
    # the same persons stand in both tables: hidden in one and published in the other would be published
    assert all(len(values) == 1 for values in margins.values())


def test_an_increment_below_the_least_count_stays_at_home():
    """Two new persons in a cell that both releases would publish: the cell, or what shows them, is suppressed."""
    frame = pd.DataFrame({"who": range(60), "sector": ["x"] * 30 + ["y"] * 30, "sex": (["f"] * 15 + ["m"] * 15) * 2})
    more = pd.concat([frame, pd.DataFrame({"who": [60, 61], "sector": ["x", "x"], "sex": ["f", "f"]})])
    tables = {"t": ["sector", "sex"]}
    first = disclosure.protect_tables(disclosure.tabulate(frame, tables, unit="who"), [disclosure.MinCount(5)])
    second = disclosure.protect_tables(
        disclosure.tabulate(more, tables, unit="who"), [disclosure.MinCount(5)], earlier=[first.memory]
    )
    before = {cell.key: cell.value for cell in first.tables["t"].cells}
    for cell in second.tables["t"].cells:
        if cell.value is not None and before[cell.key] is not None:
            assert abs(cell.value - before[cell.key]) in {0, *range(5, 100)}
    again = disclosure.EarlierTables.from_json(first.memory.to_json())
    assert again == first.memory


def test_everybody_is_in_one_category():
    """A person of several sectors is in one category of the dimension, so that totals are sums."""
    frame = pd.DataFrame({"who": [1, 1, 2, 3], "sector": ["x", "y", "x", "y"]})
    told = {
        how: disclosure.tabulate(frame, {"t": ["sector"]}, unit="who", several=how)
        for how in ("several", "first", "last")
    }
    found = {how: sorted(map(str, one.layouts["t"].keys)) for how, one in told.items()}
    assert found["several"] == sorted(map(str, [("x",), ("y",), (SEVERAL,), (MARGIN,)]))
    assert found["first"] == sorted(map(str, [("x",), ("y",), (MARGIN,)]))
    assert [own.layouts["t"].covering[:, 0].tolist() for own in (told["first"], told["last"])] != []


def amounts(rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["sector", "firm", "paid"])


def test_dominance_and_p_percent():
    """A cell that one firm nearly fills is suppressed by either rule, one of equals by neither."""
    rows = [("x", "a", "900"), ("x", "b", "50"), ("x", "c", "50"), *(("y", f, "100.5") for f in "abcdefgh")]
    rows += [("z", f, "70") for f in "abcdefgh"]
    told = disclosure.tabulate(amounts(rows), {"t": ["sector"]}, amount="paid", contributor="firm")
    for rule in (disclosure.Dominance(1, 80), disclosure.PPercent(20), disclosure.MinContributors(4)):
        made = disclosure.protect_tables(told, [rule]).tables["t"]
        status = {cell.key[0]: cell.status for cell in made.cells}
        assert status["x"] == "suppressed"
        assert made.primary == 1
        assert made.secondary >= 1


@pytest.mark.parametrize("paid", ["-1", "NaN", "a lot", "inf"])
def test_amounts_that_are_none_are_refused(paid):
    """Negative weights, NaN, infinity and text are refused without being repeated."""
    with pytest.raises((DisclosureError, InputError)) as refused:
        disclosure.tabulate(amounts([("x", "a", paid), ("y", "a", "1")]), {"t": ["sector"]}, amount="paid")
    assert "'paid'" in str(refused.value)
    assert "a lot" not in str(refused.value)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([["aN", "N", "*"], ["bN", "N", "*"]], "lacks a value"),
        ([["aN", "N", "*"], ["bN", "N", "x", "*"], ["aS", "S", "*"], ["bS", "S", "*"]], "levels|length|labels"),
        (
            [["aN", "N", "1", "*"], ["bN", "N", "2", "*"], ["aS", "S", "1", "*"], ["bS", "S", "1", "*"]],
            "two coarser ones",
        ),
        ([["aN", MARGIN, "*"], ["bN", "N", "*"], ["aS", "S", "*"], ["bS", "S", "*"]], "as a label"),
    ],
)
def test_hierarchies_that_do_not_add_up_are_refused(rows, problem):
    """A missing value, rows of several lengths, a label below two others, the mark of all together."""
    frame = pd.DataFrame({"country": ["aN", "bN", "aS", "bS"]})
    with pytest.raises((DisclosureError, InputError), match=problem):
        disclosure.tabulate(frame, {"t": ["country"]}, hierarchies={"country": rows})


def test_what_nothing_can_protect_is_refused():
    """One small group in a table of one cell, beside a published total before: refused, nothing is returned."""
    frame = pd.DataFrame({"sex": ["f"] * 3})
    made = disclosure.protect_tables(disclosure.tabulate(frame, {"t": ["sex"]}), [disclosure.MinCount(5)])
    assert {cell.status for cell in made.tables["t"].cells} == {"suppressed"}
    big = pd.DataFrame({"who": range(6), "sex": ["f"] * 6})
    first = disclosure.protect_tables(disclosure.tabulate(big, {"t": ["sex"]}, unit="who"), [disclosure.MinCount(5)])
    few = big.head(3)
    second = disclosure.protect_tables(
        disclosure.tabulate(few, {"t": ["sex"]}, unit="who"), [disclosure.MinCount(5)], earlier=[first.memory]
    )
    assert {cell.status for cell in second.tables["t"].cells} == {"suppressed"}


@pytest.mark.parametrize("data", [b"", b"[]", b'{"tables": "tables/2"}', b'{"tables": "tables/1", "keys": [], "people": [["a", [3]]], "published": [], "inner": []}'])  # fmt: skip
def test_a_memory_that_is_none_is_refused(data):
    """What was not written by to_json is refused in one sentence."""
    with pytest.raises(DisclosureError, match="not what tables remember"):
        disclosure.EarlierTables.from_json(data)


def test_no_repr_shows_a_cell():
    """Neither what was counted nor what leaves shows a label, a count or a person when it is printed."""
    frame = pd.DataFrame({"who": ["Ana"] * 3 + ["Eva"] * 9, "sector": ["farm"] * 12})
    told = disclosure.tabulate(frame, {"t": ["sector"]}, unit="who")
    made = disclosure.protect_tables(told, [disclosure.MinCount(2)])
    assert not any(word in repr(told) + repr(made) for word in ("Ana", "Eva", "farm", "12"))
