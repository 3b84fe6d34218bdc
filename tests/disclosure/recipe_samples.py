"""Real recipes of all kinds, the tables they are applied to, and ways to spoil their JSON."""

from __future__ import annotations

import json
from functools import cache

import pandas as pd
from hypothesis import strategies as st

from anonshare import disclosure as d

LETTERS = [[a + b, a, "*"] for a in "xyz" for b in "xyz"]
KEY = b"fixed" * 4
FOREST = (("1", "low"), ("2", "low"), ("3", "high"))

EVENTS = pd.DataFrame(
    [
        (f"p{n % 9}", ["xx", "xy", "yx", "zz", None][n * 7 % 5], ["xx", "xy", "yy"][n % 3], f"k{n % 2}", str(n % 3 + 1))
        for n in range(31)
    ],
    columns=["who", "a", "b", "known", "s"],
    dtype=object,
)
PERSONS = pd.DataFrame(
    [
        (["xx", "xy", "yx", "zz"][n * 5 % 4], str(18 + n % 7), "abcab"[: n % 3] + ";" + "cde"[n % 3], str(n % 3 + 1), n % 2)
        for n in range(24)
    ],
    columns=["a", "age", "items", "s", "t"],
    dtype=object,
)  # fmt: skip
# with k = 2 two of them stay behind under the root, and fit two other classes
MOVERS = pd.DataFrame(
    [("xx", "xx")] * 3 + [("xy", "xx")] * 2 + [("zz", "xx")] * 2 + [("zz", "yy")], columns=["a", "b"], dtype=object
)
PLACES = [["xx", "x", "*"], ["xy", "x", "*"], ["zz", "z", "*"]]
MADE = {
    "events": lambda: d.recode(
        EVENTS,
        {"a": LETTERS, "b": LETTERS},
        [d.KAnonymity(2), d.DistinctLDiversity("s", 2)],
        unit="who",
        known_to_adversary=("known",),
        order_key=KEY,
    ),
    "sets": lambda: d.recode(
        PERSONS,
        {"a": LETTERS, "age": "ctdc_age"},
        [d.KAnonymity(2), d.EntropyLDiversity("s", 1.2), d.TCloseness("t", 0.9, "ordered"), d.AverageRisk(0.4)],
        insensitive=("items",),
        output="sets",
        missing="wildcard",
        order_key=KEY,
    ),
    "items": lambda: d.recode(
        PERSONS,
        {"a": LETTERS, "age": "age_5"},
        [d.KMAnonymity("items", 3, 2), d.JointLDiversity(("s", "t"), 2), d.ProsecutorRisk(0.5)],
        order_key=KEY,
    ),
    "moves": lambda: d.recode(
        MOVERS, {"a": PLACES, "b": [["xx", "*"], ["yy", "*"]]}, [d.KAnonymity(2)], merge=True, order_key=KEY
    ),
    "global": lambda: d.recode(
        PERSONS,
        {"a": LETTERS},
        [
            d.KAnonymity(3),
            d.RecursiveLDiversity("s", 3, 2),
            d.TCloseness("s", 0.9, "hierarchical", hierarchy=FOREST),
            d.MarketerRisk(0.9, 1000),
        ],
        known_to_adversary=("t",),
        insensitive=("items", "age"),
        method="global",
        suppression_limit=0.3,
        missing="forbidden",
        order_key=KEY,
    ),
}
TABLES = {name: {"events": EVENTS, "moves": MOVERS}.get(name, PERSONS) for name in MADE}


@cache
def told(name: str) -> bytes:
    """The JSON of a recipe."""
    return MADE[name]().recipe.to_json()


def tables(name: str) -> list[pd.DataFrame]:
    """The table that the recipe was made of, parts of it, none of it, and one in which people have moved."""
    own = TABLES[name]
    moved = own.assign(a=own["a"].to_numpy()[::-1])
    if "who" in own:
        moved = moved.assign(who=[f"q{n * n % 5}" for n in range(len(own))])
    return [own, own.head(7), own.head(0), moved]


PLAIN = [
    None, True, False, 0, 1, 2, 3, -1, 127, 128, 1 << 40, 10**30, 0.0, 1.0, 1.5, -0.5, 1e308, 1e-320, float("inf"),
    float("nan"), "", "x", "xx", " xx", "1", "a", "s", "\ud800", "local", "global", "un_region", "age_10", "2024-02-30",
    "20240101", "0001-01-01", "9999-12-31", "00" * 32, "zz" * 32,
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(PLAIN),
    st.integers(-3, 12),
    st.recursive(
        st.sampled_from(PLAIN),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["model", "x", "of"]), inner, max_size=2),
        max_leaves=4,
    ),
)  # fmt: skip


def places(value, path=()):
    """The way to every value inside of a JSON value."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*path, key))


def at(value, path):
    """The value at the end of a way."""
    for key in path:
        value = value[key]
    return value


def nudged(draw, old):
    """A value that is nearly the same."""
    if isinstance(old, bool) or not isinstance(old, (int, float)):
        return draw(VALUES)
    return old + draw(st.sampled_from([-2, -1, 1, 2, 3]))


def spoiled(draw, raw, path):
    """One change at one place, in place: another value, one from elsewhere, one less, one twice, two changed over."""
    holder, key = at(raw, path[:-1]), path[-1]
    kind = draw(st.sampled_from(["value", "near", "near", "elsewhere", "less", "twice", "turned"]))
    if kind == "value":
        holder[key] = draw(VALUES)
    elif kind == "near":
        holder[key] = nudged(draw, holder[key])
    elif kind == "elsewhere":
        holder[key] = json.loads(json.dumps(at(raw, draw(st.sampled_from(list(places(raw)))))))
    elif kind == "less":
        del holder[key]
    elif kind == "twice" and isinstance(holder, list):
        holder.insert(draw(st.integers(0, len(holder))), holder[key])
    elif isinstance(holder, list):
        holder.reverse()


@st.composite
def mutations(draw, raw):
    """The JSON with one to three faults; they may turn out to be none."""
    raw = json.loads(raw)
    for _ in range(draw(st.integers(1, 3))):
        ways = [path for path in places(raw) if path]
        # a place is chosen by its top first: else nearly all would be labels
        top = draw(st.sampled_from(sorted({path[0] for path in ways})))
        spoiled(draw, raw, draw(st.sampled_from([path for path in ways if path[0] == top])))
    return json.dumps(raw).encode()
