"""The hierarchies that a policy names as its own: four kinds, each checked when the policy is read."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from pydantic import ValidationError

from anonshare.codes.hierarchies import BUILTIN
from anonshare.pipeline.hierarchies import Hierarchies
from anonshare.policy.hierarchy_source import HierarchySource

INTERVALS = [{"from": 0, "to": 12, "label": "child"}, {"from": 13, "label": "older"}]


def source(**keys) -> HierarchySource:
    return HierarchySource.model_validate(keys, strict=False)


def test_each_kind_is_found_by_its_name(tmp_path):
    """A file, bands, intervals and a population floor become hierarchies; other names are those of the field."""
    (tmp_path / "own.csv").write_text("a;x;*\nb;x;*\n")
    own = {
        "file": source(file="own.csv"),
        "cut": source(bands=[1, 5]),
        "ages": source(intervals=INTERVALS),
        "towns": source(population_floor=50_000),
    }
    found = Hierarchies(SimpleNamespace(hierarchies=own), tmp_path, date(2026, 6, 1))
    assert found.named("file").path("a") == ("a", "x")
    assert found.named("cut").path("3")[0] == "1-4"
    assert [found.named("ages").path(age) for age in ("12", "99", "-1")] == [("child",), ("older",), None]
    assert found.named("towns").path("Aiud")[0] == "Alba, ROU"
    assert [found.named(name).name for name in BUILTIN] == list(BUILTIN)
    assert found.named("minor_adult", date(2000, 1, 1)).path("1990-01-01") == ("0-17",)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({}, "name a file, bands, intervals or a population floor"),
        ({"file": "secret.csv", "bands": [1, 2]}, "name a file"),
        ({"intervals": []}, "at least one interval"),
        ({"intervals": [{"from": 0, "to": 5, "label": "secret"}, {"from": 5, "label": "b"}]}, "intervals 1 and 2 overlap"),
        ({"intervals": [{"from": 0, "to": 5, "label": ""}]}, "label"),
        ({"intervals": [{"low": 0, "label": "secret"}]}, "intervals.0.low"),
        ({"population_floor": 10}, "population_floor"),
    ],
)  # fmt: skip
def test_what_is_no_hierarchy(keys, words):
    """None or two kinds, unsound intervals and a floor below the list's own are refused without the given words."""
    with pytest.raises(ValidationError, match=words) as error:
        source(**keys)
    assert "secret" not in str(error.value)
