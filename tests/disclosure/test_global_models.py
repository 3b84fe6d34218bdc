"""Global recoding under each model against all levels, tried one by one with a judge of its own."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare import disclosure as d
from anonshare.errors import DisclosureError

LETTERS = [[a + b, a, "*"] for a in "xyz" for b in "xyz"]
LOST = (0, 2 / 8, 1)
MODELS = st.sampled_from(
    [d.EntropyLDiversity("s", 1.8), d.RecursiveLDiversity("s", 1.5, 2), d.TCloseness("s", 0.3), d.ProsecutorRisk(0.4)]
)


@given(
    st.lists(st.tuples(st.sampled_from(["xx", "xy", "yx", "zz"]), st.sampled_from("123")), min_size=2, max_size=12),
    MODELS,
)
@settings(max_examples=60)
def test_global_recoding_under_each_model_is_the_least_of_all_levels(rows, model):
    """By trying all levels: no uniform recoding under which the model holds loses less, and none is missed."""
    frame = pd.DataFrame(rows, columns=["a", "s"])
    frame["b"] = frame["a"].to_numpy()[::-1]
    label = {row[0]: row for row in LETTERS}
    good = []
    for a, b in itertools.product(range(3), repeat=2):
        coarse = frame.assign(a=[label[v][a] for v in frame["a"]], b=[label[v][b] for v in frame["b"]])
        if _holds(coarse, model):
            good.append((LOST[a] + LOST[b]) / 2)
    try:
        spare = () if model.column else ("s",)
        found = d.recode(frame, {"a": LETTERS, "b": LETTERS}, [model], method="global", insensitive=spare)
    except DisclosureError:
        assert not good
        return
    assert found.gap == 0
    assert found.loss.ncp == pytest.approx(min(good))


def _holds(frame, model) -> bool:
    values = sorted(set(frame["s"]))
    table = {key: [int((group["s"] == value).sum()) for value in values] for key, group in frame.groupby(["a", "b"])}
    return all(_class_holds(counts, [int((frame["s"] == v).sum()) for v in values], model) for counts in table.values())


def _class_holds(counts, whole, model) -> bool:
    size, everybody = sum(counts), sum(whole)
    if isinstance(model, d.ProsecutorRisk):
        return 1 / size <= model.at_most + 1e-9
    if isinstance(model, d.TCloseness):
        return sum(abs(c / size - w / everybody) for c, w in zip(counts, whole, strict=True)) / 2 <= model.t + 1e-9
    shares = [c / size for c in counts if c]
    if isinstance(model, d.EntropyLDiversity):
        return -sum(p * np.log(p) for p in shares) >= np.log(model.l) - 1e-9
    most, *rest = sorted(counts, reverse=True)
    return most < model.c * sum(rest[model.l - 2 :])


@pytest.mark.parametrize("method", ["local", "global"])
def test_a_journalist_risk_is_held_by_larger_classes(method):
    """Of a hundred persons in four hundred, a risk of one in twenty asks for classes of five."""
    frame = pd.DataFrame({"a": [f"{n % 50:02}" for n in range(100)]})
    tree = [[f"{n:02}", f"{n // 10}", f"{n // 20}-", "*"] for n in range(50)]
    found = d.recode(frame, {"a": tree}, [d.JournalistRisk(0.05, 400)], method=method)
    assert found.met
    sizes = frame.groupby(found.to_pandas()["a"].fillna("").to_numpy()).size()
    assert 5 <= sizes.min() <= 20
