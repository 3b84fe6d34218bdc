"""Real input: IOM's Missing Migrants Project, 2014-2020, from file to an ingested bundle.

The records are deaths. Nothing of them is printed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import anonshare as an

HERE = Path(__file__).parent
DATA = HERE.parents[1].parent / "shared" / "data" / "records" / "missing_migrants_2014_2020.csv"
SECRET = b"correct horse"


@pytest.fixture
def incidents():
    if not DATA.is_file():
        assert not os.environ.get("CI"), "the public data must be there in CI"
        pytest.skip("the public data sets are not beside this checkout")
    return DATA


def test_from_file_to_ingested_bundle(world, incidents):
    """6,339 incidents leave with k = 11: nearly all records, most cells; the agency recounts and ingests them."""
    policies = world.office.folder("policies")
    shutil.copyfile(HERE / "missing-migrants.yaml", policies / "missing-migrants.yaml")
    shutil.copyfile(HERE / "months.csv", policies / "months.csv")
    plan = an.plan(incidents, "missing-migrants", world.office)
    assert plan.met, [o.faults for o in plan.outcomes if not o.open]
    assert plan.first.rows_in == 6339
    rows, cells = plan.kept
    assert rows >= 0.989
    assert cells >= 0.72
    work = an.draft(plan)
    release = an.seal(work, world.approvals(work), world.root / "out")
    with an.verify(release.path, world.desk) as verified:
        report = an.audit(verified, world.desk)
        assert report.met, report.lines()
        assert an.ingest(verified, world.desk).rows["incidents"] == round(6339 * rows)
