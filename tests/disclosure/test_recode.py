"""``disclosure.recode`` as people call it: frames in, a table with its recipe, losses and verdicts out, or a refusal."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare import disclosure as d
from anonshare.errors import DisclosureError, InputError
from tests.disclosure.adult import adult

LETTERS = [[a + b, a, "*"] for a in "xyz" for b in "xyz"]
KEY = b"fixed" * 4


def frames(least=1, most=14, values=("xx", "xy", "yx", "zz", None)):
    row = st.fixed_dictionaries(
        {"a": st.sampled_from(values), "b": st.sampled_from(values), "s": st.sampled_from(["1", "2", "3", None])}
    )
    return st.lists(row, min_size=least, max_size=most).map(lambda rows: pd.DataFrame(rows, dtype=object))


def made(frame, models, **more):
    return d.recode(frame, {"a": LETTERS, "b": LETTERS}, models, insensitive=("s",), order_key=KEY, **more)


def tried(frame, models, **more):
    """None where it is refused, which must never show a value."""
    try:
        return made(frame, models, **more)
    except DisclosureError as refused:
        assert not any(f"'{value}'" in f"{refused} {refused.hint}" for value in ("xx", "xy", "yx", "zz"))
        return None


def sizes(table, columns=("a", "b")) -> Counter:
    """An independent count: how often each combination of labels stands in what was released."""
    return Counter(zip(*(table.column(name).to_pylist() for name in columns), strict=True))


@given(frames(), st.integers(1, 4), st.sampled_from(["local", "global"]))
@settings(max_examples=60)
def test_what_is_released_holds_k(frame, k, method):
    """Every combination of labels in the table stands there k times; what fits no label is no value."""
    found = tried(frame, [d.KAnonymity(k)], method=method, suppression_limit=0.4 if method == "global" else 0.0)
    assert (found is None) <= (len(frame) < k or method == "global")
    if found is not None:
        assert min(sizes(found.table).values()) >= k
        assert found.met
        assert found.table.num_rows + found.suppressed_rows == len(frame)
        assert found.classes == len(sizes(found.table))
        assert found.suppressed_rows <= 0.4 * len(frame)


@given(frames(least=4), st.integers(1, 3), st.sampled_from([None, "who"]), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_the_source_leaves_no_trace(frame, k, unit, chance):
    """Rows in another order, under another index, give the same bytes under the same key, and the recipe takes them all."""
    frame = frame if unit is None else frame.assign(who=[f"p{n // 2}" for n in range(len(frame))])
    found = tried(frame, [d.KAnonymity(k)], unit=unit)
    order = chance.sample(range(len(frame)), len(frame))
    moved = frame.iloc[order].set_axis([f"i{n}" for n in order])
    other = tried(moved, [d.KAnonymity(k)], unit=unit)
    assert (found is None) == (other is None)
    if found is not None and other is not None:
        assert other.table.equals(found.table)
        assert other.loss.ncp == pytest.approx(found.loss.ncp)
        assert found.recipe.apply(moved, order_key=KEY).table.equals(found.table)
        assert found.to_pandas().index.tolist() == list(range(found.table.num_rows))


def test_who_came_first_is_not_seen():
    """Of seven persons alike some fill up the class of two others: which of them differs from key to key."""
    frame = pd.DataFrame({"a": ["xx"] * 7 + ["xy"] * 2, "s": [str(n) for n in range(9)]})
    coarse = set()
    for number in range(40):
        table = d.recode(
            frame, {"a": LETTERS}, [d.KAnonymity(3)], insensitive=("s",), order_key=bytes([number] * 16)
        ).table.to_pydict()
        coarse.add(frozenset(s for a, s in zip(table["a"], table["s"], strict=True) if a == "x" and int(s) < 7))
    assert len(coarse) > 3


@given(frames(least=3), st.integers(1, 3), st.sampled_from(["local", "global"]))
@settings(max_examples=60)
def test_a_recipe_on_its_own_table_is_the_recoding(frame, k, method):
    """Applied to the table that it was made from, also out of its JSON, a recipe gives the same bytes, and nobody is unfit."""
    found = tried(frame, [d.KAnonymity(k)], method=method, suppression_limit=0.5 if method == "global" else 0.0)
    if found is None:
        return
    for recipe in (found.recipe, d.Recipe.from_json(found.recipe.to_json())):
        again = recipe.apply(frame, order_key=KEY)
        assert again.table.equals(found.table)
        assert again.loss == found.loss
        if method == "local":
            assert again.unfit == {}


@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.sampled_from(["xx", "xy", "yx", "zz"])),
        min_size=3, max_size=24,
    ),
    st.integers(1, 3),
)  # fmt: skip
@settings(max_examples=80)
def test_a_recipe_of_persons_with_several_rows_is_exact_as_well(rows, k):
    """With a unit, persons keep the rows that they kept, and classes are of persons: the recipe repeats that."""
    frame = pd.DataFrame(rows, columns=["who", "a"]).astype(str)
    try:
        found = d.recode(frame, {"a": LETTERS}, [d.KAnonymity(k)], unit="who", order_key=KEY)
    except DisclosureError:
        return
    again = d.Recipe.from_json(found.recipe.to_json()).apply(frame, order_key=KEY)
    assert again.table.equals(found.table)
    assert again.unfit == {}


def test_three_persons_with_thirty_rows_each_never_pass():
    """Ninety equal rows of three persons do not hold k = 11, by either method."""
    frame = pd.DataFrame({"who": [str(n // 30) for n in range(90)], "a": "xx"})
    for method in ("local", "global"):
        with pytest.raises(DisclosureError, match=r"3 persons|k_anonymity"):
            d.recode(frame, {"a": LETTERS}, [d.KAnonymity(11)], unit="who", method=method)


def test_what_no_longer_fits_is_counted_and_stays():
    """Next month's rows go into the classes that there are; those who fit none, and are too few together, are told by reason."""
    frame = pd.DataFrame({"a": ["xx"] * 6 + ["yy"] * 6, "s": "1"})
    found = d.recode(frame, {"a": LETTERS}, [d.KAnonymity(5)], insensitive=("s",))
    assert set(found.table.column("a").to_pylist()) == {"xx", "yy"}
    new = pd.DataFrame({"a": ["xx"] * 7 + ["zz"] + ["yy"] * 3, "s": "1"})
    later = found.recipe.apply(new)
    assert later.table.column("a").to_pylist() == ["xx"] * 7
    assert later.unfit == {"no class of the recipe takes them": 1, "their class does not hold the models": 3}
    assert later.met


def test_every_model_holds_by_the_count_of_what_left():
    """l-diversity, entropy, recursive diversity and closeness are met in the table, and cost more than k alone."""
    frame, hierarchies = adult()
    keys = {name: rows for name, rows in hierarchies.items() if name != "occupation"}
    k = d.KAnonymity(5)
    alone = d.recode(frame.drop(columns="occupation"), keys, [k]).loss.ncp
    for model in (
        d.DistinctLDiversity("occupation", 5),
        d.EntropyLDiversity("occupation", 4),
        d.RecursiveLDiversity("occupation", 3, 3),
        d.TCloseness("occupation", 0.5),
    ):
        found = d.recode(frame, keys, [k, model])
        assert found.met
        assert found.suppressed_rows == 0
        assert alone < found.loss.ncp < 1


def test_local_recoding_of_adult_is_finer_than_what_is_asked():
    """The loss on Adult is below 0.076 at k = 5 and below 0.128 at k = 11, and nobody is suppressed."""
    frame, hierarchies = adult()
    for k, most in ((5, 0.076), (11, 0.128)):
        found = d.recode(frame, hierarchies, [d.KAnonymity(k)])
        assert found.loss.ncp <= most
        assert found.suppressed_rows == 0
        assert min(sizes(found.table, frame.columns).values()) >= k
        assert found.loss.average_class_size == pytest.approx(len(frame) / found.classes)
        assert set(found.loss.columns) == set(frame.columns)
        assert found.gap is None


def test_the_loss_of_subgroups_is_told():
    """Men and women lose what their own rows lose, and the mean over all rows is the loss."""
    frame, hierarchies = adult()
    found = d.recode(frame, hierarchies, [d.KAnonymity(5)])
    parts = found.loss_by("sex")
    assert sum(part.rows for part in parts.values()) == len(frame)
    assert sum(part.rows * part.ncp for part in parts.values()) / len(frame) == pytest.approx(found.loss.ncp)
    with pytest.raises(DisclosureError, match="no column"):
        found.loss_by("shoe")


def test_sets_are_finer_than_labels_and_hold_the_same():
    """Values beside each other stand for their class: every combination still stands there k times."""
    frame, hierarchies = adult()
    found = d.recode(frame, hierarchies, [d.KAnonymity(5)], output="sets", order_key=KEY)
    assert min(sizes(found.table, frame.columns).values()) >= 5
    assert any("|" in str(text) for text in found.table.column("age").to_pylist())
    plain = d.recode(frame, hierarchies, [d.KAnonymity(5)], order_key=KEY)
    assert found.loss.ncp < plain.loss.ncp
    assert found.recipe.apply(frame, order_key=KEY).table.equals(found.table)


def test_a_missing_value_in_three_modes():
    """As a category it needs a class of its own, as a wildcard it joins others, forbidden it is refused by its column."""
    frame = pd.DataFrame({"a": ["xx"] * 9 + [None], "s": "1"})
    with_class = d.recode(frame, {"a": LETTERS}, [d.KAnonymity(2)], insensitive=("s",))
    assert Counter(with_class.table.column("a").to_pylist()) == {"xx": 8, None: 2}
    joined = d.recode(frame, {"a": LETTERS}, [d.KAnonymity(2)], insensitive=("s",), missing="wildcard")
    assert Counter(joined.table.column("a").to_pylist()) == {"xx": 9, None: 1}
    assert joined.met
    with pytest.raises(DisclosureError, match=r"'a' has no value in 1 row"):
        d.recode(frame, {"a": LETTERS}, [d.KAnonymity(2)], insensitive=("s",), missing="forbidden")


@given(frames(least=3), st.integers(2, 3))
@settings(max_examples=60)
def test_wildcards_hold_by_counting_what_may_be_alike(frame, k):
    """Under wildcards every row is compatible with k rows of the table, itself among them."""
    found = tried(frame, [d.KAnonymity(k)], missing="wildcard")
    if found is None:
        return
    rows = list(zip(*(found.table.column(name).to_pylist() for name in ("a", "b")), strict=True))
    for row in rows:
        alike = sum(all(x is None or y is None or x == y for x, y in zip(row, other, strict=True)) for other in rows)
        assert alike >= k


def test_what_the_adversary_knows_is_a_key():
    """A column without a hierarchy that he knows leaves as it is or not at all, and k counts over it."""
    frame = pd.DataFrame({"a": ["xx"] * 8, "seen": ["1"] * 5 + ["2"] * 3})
    found = d.recode(frame, {"a": LETTERS}, [d.KAnonymity(4)], known_to_adversary=("seen",))
    assert Counter(found.table.column("seen").to_pylist()) in ({"1": 4, None: 4}, {None: 8})
    assert min(sizes(found.table, ("a", "seen")).values()) >= 4


def test_global_recoding_proves_its_gap():
    """With a proof the gap is 0; with no time there is an answer and a gap."""
    frame, hierarchies = adult()
    part = frame.head(2000)
    done = d.recode(part, hierarchies, [d.KAnonymity(5)], method="global", suppression_limit=0.05)
    assert done.gap == 0
    hasty = d.recode(part, hierarchies, [d.KAnonymity(5)], method="global", suppression_limit=0.05, time_limit=0)
    assert hasty.gap >= hasty.loss.ncp - done.loss.ncp - 1e-12
    quick = d.recode(part, hierarchies, [d.KAnonymity(5)], time_limit=0)
    assert quick.met


def test_a_large_average_class_is_found_by_halving():
    """A model over all classes together is held with classes that are no larger than they must be, about."""
    frame, hierarchies = adult()
    found = d.recode(frame, hierarchies, [d.AverageRisk(0.05)])
    assert found.met
    assert found.classes / len(frame) <= 0.05
    assert found.classes / len(frame) > 0.03


def test_frames_of_all_libraries_give_one_table():
    """pandas, Arrow and Polars, text or categories: the same table under the same key, and the source is not changed."""
    import polars as pl

    frame = pd.DataFrame({"a": ["xx"] * 4 + ["yy"] * 4, "s": "1"})
    before = frame.copy(deep=True)
    given_ = [frame, pa.Table.from_pandas(frame), pl.from_pandas(frame), frame.astype("category")]
    tables = [
        d.recode(one, {"a": LETTERS}, [d.KAnonymity(3)], insensitive=("s",), order_key=KEY).table for one in given_
    ]
    assert all(table.equals(tables[0]) for table in tables)
    assert all(pa.types.is_string(field.type) for field in tables[0].schema)
    pd.testing.assert_frame_equal(frame, before)


PLAIN = pd.DataFrame({"a": ["xx"] * 4, "s": "1"})
WRONG = {
    "a column without a role": (lambda: d.recode(PLAIN, {"a": LETTERS}, [d.KAnonymity(2)]), "'s' has no role"),
    "a column that is not there": (
        lambda: d.recode(PLAIN, {"a": LETTERS, "q": LETTERS}, [d.KAnonymity(2)], insensitive=("s",)),
        "no column 'q'",
    ),
    "a hierarchy that lacks a value": (
        lambda: d.recode(PLAIN, {"a": LETTERS[1:]}, [d.KAnonymity(2)], insensitive=("s",)),
        "'a' lacks 1 of its values",
    ),
    "more than there are": (
        lambda: d.recode(PLAIN, {"a": LETTERS}, [d.KAnonymity(5)], insensitive=("s",)),
        "fewer than k = 5",
    ),
    "no model": (lambda: d.recode(PLAIN, {"a": LETTERS}, [], insensitive=("s",)), "No model"),
    "no share": (
        lambda: d.recode(PLAIN, {"a": LETTERS}, [d.KAnonymity(2)], insensitive=("s",), suppression_limit=2),
        "share from 0 to 1",
    ),
    "a key that is sensitive": (
        lambda: d.recode(PLAIN, {"a": LETTERS, "s": [["1", "*"]]}, [d.DistinctLDiversity("s", 2)]),
        "key and sensitive",
    ),
    "a promise that no class can hold": (
        lambda: d.recode(PLAIN, {"a": LETTERS}, [d.KAnonymity(2), d.DistinctLDiversity("s", 2)]),
        "l that is promised|l_diversity",
    ),
    "the same, globally": (
        lambda: d.recode(PLAIN, {"a": LETTERS}, [d.DistinctLDiversity("s", 2)], method="global"),
        "l_diversity over column 's'",
    ),
    "two columns of one name": (
        lambda: d.recode(pa.table([["xx"], ["xx"]], names=["a", "a"]), {"a": LETTERS}, [d.KAnonymity(1)]),
        "same name",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_bad_calls_are_refused_by_name(what):
    """The refusal names the column or the model, and shows no value."""
    call, words = WRONG[what]
    with pytest.raises(DisclosureError, match=words) as refused:
        call()
    assert "xx" not in str(refused.value)


@pytest.mark.parametrize("data", [b"", b"{}", b'{"recipe": "recipe/2"}', b"[1]", b"\xff", b'{"recipe": ["recipe/1"]}'])
def test_what_is_no_recipe_is_refused(data):
    """Bytes that are no recipe of this version are none."""
    with pytest.raises(DisclosureError, match="no recipe"):
        d.Recipe.from_json(data)


def test_what_is_no_frame_is_refused():
    """A list is no table, and a hierarchy in which a label has two parents is none."""
    with pytest.raises(InputError, match="neither a file nor a frame"):
        d.recode([1], {"a": LETTERS}, [d.KAnonymity(1)])
    with pytest.raises(InputError, match="two coarser"):
        d.recode(PLAIN, {"a": [["xx", "x", "1"], ["xy", "x", "2"]]}, [d.KAnonymity(1)], insensitive=("s",))
