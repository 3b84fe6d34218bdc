"""Missing Migrants, 2014-2020: the share of records and cells kept at k = 11 beside dropping the rows of small classes."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pandas as pd

import anonshare as an

CHECKOUT = Path(__file__).parents[1]
DATA = CHECKOUT.parent / "shared" / "data" / "records" / "missing_migrants_2014_2020.csv"
KEYS = ["Region of Incident", "Reported Year", "Reported Month", "Cause of Death"]


def run():
    if not DATA.is_file():
        yield "the public data sets are not beside this checkout"
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for _ in an.demo(root / "demo", people=120):
            pass
        office = an.Workspace.open(root / "demo" / "office", passphrase_file=root / "demo" / "passphrase")
        for name in ("missing-migrants.yaml", "months.csv"):
            shutil.copyfile(CHECKOUT / "tests" / "pipeline" / name, office.folder("policies") / name)
        rows, cells = an.plan(DATA, "missing-migrants", office).kept
    frame = pd.read_csv(DATA, dtype=str)
    dropped = (frame.groupby(KEYS, dropna=False)["Web ID"].transform("size") >= 11).mean()
    yield f"records kept {rows:.1%}, cells kept {cells:.1%}; dropping rows of small classes keeps {dropped:.1%}"
