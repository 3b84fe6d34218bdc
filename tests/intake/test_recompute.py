"""What an agency counts again from the rows of a bundle, by a path of its own."""

from __future__ import annotations

import pyarrow as pa
import pytest

from anonshare.disclosure.l_diversity import judge
from anonshare.intake.recompute import diverse_table


@pytest.mark.parametrize(("least", "met"), [(2, True), (3, False)])
def test_an_agency_reads_each_event_by_itself(least, met):
    """Persons of a class have four outcomes together, but two in each of their cases: three are not there."""
    rows = [(f"u{n}", place, f"{place[0]}{n % 2}") for n in range(6) for place in ("north", "south")]
    frame = pa.table([list(column) for column in zip(*rows, strict=True)], names=["unit", "place", "outcome"])
    verdict = judge(diverse_table(frame, ["place"], "unit", "outcome"), column="outcome", l=least)
    assert verdict.met is met
    assert verdict.found == "2"
