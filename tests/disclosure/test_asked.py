"""What a caller asks for is checked before a row is read: a word that is misspelt never means the default."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from anonshare import disclosure as d
from anonshare.errors import DisclosureError

LETTERS = [[a + b, a, "*"] for a in "xyz" for b in "xyz"]
PLAIN = pd.DataFrame({"a": ["xx", "xx", "xy", "xy"], "s": ["1", "2", "1", "2"], "who": ["p", "q", "r", "t"]})
GOOD = {"insensitive": ("s",), "unit": "who"}
K = [d.KAnonymity(2)]


def test_the_same_call_without_a_fault_is_answered():
    """What every refusal below is a variation of."""
    assert d.recode(PLAIN, {"a": LETTERS}, K, **GOOD).met


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"method": "Global"}, "method is 'local' or 'global'"),
        ({"missing": "none"}, "missing is 'category'"),
        ({"output": "set"}, "output is 'labels'"),
        ({"suppression_limit": float("nan")}, "share from 0 to 1"),
        ({"suppression_limit": True}, "share from 0 to 1"),
        ({"suppression_limit": "0.1"}, "share from 0 to 1"),
        ({"time_limit": -1}, "time_limit"),
        ({"time_limit": float("nan")}, "time_limit"),
        ({"merge": 1}, "merge is True or False"),
        ({"merge": None}, "merge is True or False"),
        ({"merge": True, "method": "global"}, "merge looks again at the classes of a local recoding"),
        ({"order_key": b"short"}, "order_key"),
        ({"order_key": "x" * 32}, "order_key"),
        ({"unit": "a"}, "can have no other role"),
        ({"insensitive": ("s", "a")}, "key and insensitive"),
    ],
)
def test_what_is_no_parameter_is_refused(more, words):
    """Each fault has its own sentence."""
    with pytest.raises(DisclosureError, match=words):
        d.recode(PLAIN, {"a": LETTERS}, K, **{**GOOD, **more})


@pytest.mark.parametrize("models", [d.KAnonymity(2), "k_anonymity", [d.KAnonymity], [2], None])
def test_what_is_no_list_of_models_is_refused(models):
    """A model alone, its class, its name and a number are none."""
    with pytest.raises(DisclosureError, match="models is a list"):
        d.recode(PLAIN, {"a": LETTERS}, models, **GOOD)


@pytest.mark.parametrize(
    "made",
    [
        lambda: d.KAnonymity(2.5),
        lambda: d.KAnonymity(True),
        lambda: d.KAnonymity("2"),
        lambda: d.DistinctLDiversity("s", 1.5),
        lambda: d.EntropyLDiversity("s", float("inf")),
        lambda: d.EntropyLDiversity("s", float("nan")),
        lambda: d.RecursiveLDiversity("s", float("inf"), 2),
        lambda: d.RecursiveLDiversity("s", 2, 2.5),
        lambda: d.JointLDiversity(("a", "b"), 2.5),
        lambda: d.KMAnonymity("s", 2, 1.5),
        lambda: d.TCloseness("s", 0.2, "hierarchical", hierarchy=(("1", "*"), ("2",))),
    ],
)
def test_what_is_no_number_of_a_model_is_refused(made):
    """Half a person, a truth value and what is endless promise nothing."""
    with pytest.raises(DisclosureError):
        made()


def test_numbers_of_numpy_are_numbers():
    """A k out of a table of numpy's is one, and its recipe is written."""
    found = d.recode(PLAIN, {"a": LETTERS}, [d.KAnonymity(np.int64(2))], **GOOD)
    assert d.Recipe.from_json(found.recipe.to_json()).apply(PLAIN).met


def test_a_table_without_rows_is_refused():
    """Nobody can be hidden in it."""
    with pytest.raises(DisclosureError, match="no rows"):
        d.recode(PLAIN.iloc[:0], {"a": LETTERS}, K, **GOOD)


def test_a_column_under_the_name_of_two_is_refused():
    """Two columns are kept together under a name of their own, which a third must not have."""
    joint = d.JointLDiversity(("s", "u"), 2)
    frame = PLAIN.assign(**{"u": ["1", "2"] * 2, joint.column: "x"})
    with pytest.raises(DisclosureError, match="kept together"):
        d.recode(frame, {"a": LETTERS}, [d.KAnonymity(2), joint], unit="who", insensitive=(joint.column,))


def test_what_not_even_everybody_holds_is_refused_with_model_and_column():
    """Four persons of one value are not two-diverse in any classes."""
    with pytest.raises(DisclosureError, match=r"all 4 persons.*l_diversity over column 's'"):
        d.recode(PLAIN.assign(s="1"), {"a": LETTERS}, [*K, d.DistinctLDiversity("s", 2)], unit="who")


def test_a_value_that_everybody_holds_is_known():
    """Two persons of two rows each, who share one value beside others: who knows that they are there knows it."""
    rows = [("p", "1", "a"), ("p", "2", "b"), ("q", "1", "c"), ("q", "3", "d"), ("q", "4", "a"), ("p", "5", "c")]
    frame = pd.DataFrame(rows, columns=["who", "s", "u"]).assign(a="xx")
    with pytest.raises(DisclosureError, match="Not even all 2 persons"):
        d.recode(frame, {"a": LETTERS}, [d.KAnonymity(2), d.JointLDiversity(("s", "u"), 2)], unit="who")


def test_what_a_wildcard_promises_is_attested():
    """Whoever counts the table sees missing values as they are: k over values that may be anything is our word."""
    frame = PLAIN.assign(a=["xx", "xx", "xx", None])
    by_missing = {
        way: d.recode(frame, {"a": LETTERS}, K, **GOOD, missing=way).verdicts[0].evidence
        for way in ("category", "wildcard")
    }
    assert by_missing["category"] != "attested"
    assert by_missing["wildcard"] == "attested"


def test_trees_without_a_common_root_are_far_apart():
    """Closeness over a hierarchy of several roots charges what moves between them: all in one tree is not close to half."""
    forest = (("1", "low"), ("2", "low"), ("3", "high"), ("4", "high"))
    frame = pd.DataFrame({"a": ["xx"] * 4 + ["yy"] * 4, "s": ["1", "2"] * 2 + ["3", "4"] * 2})
    found = d.recode(frame, {"a": LETTERS}, [d.KAnonymity(2), d.TCloseness("s", 0.2, "hierarchical", hierarchy=forest)])
    assert set(found.table.column("a").to_pylist()) == {None}
