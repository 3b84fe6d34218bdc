"""Nothing needs a network once it is installed; a wheel holds what a checkout holds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_demo_runs_without_a_network(tmp_path):
    """The whole story runs in a network namespace that has no way out."""
    tool = shutil.which("unshare")
    probe = subprocess.run([tool, "-n", "-r", "true"], capture_output=True, check=False) if tool else None
    if probe is None or probe.returncode:
        pytest.skip("this machine does not allow network namespaces")
    command = [tool, "-n", "-r", "--", sys.executable, "-m", "anonshare", "demo", "demo", "--people", "150"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("refused (exit") == 3
    (opened,) = (tmp_path / "demo" / "desk" / "opened").glob("*.anonshare.zip")
    assert any((tmp_path / "demo" / "mail").glob("*.age"))
    verify = [sys.executable, "-m", "anonshare", "verify", str(opened), "--trust", "demo/desk/trust.dsse.json"]
    assert subprocess.run(verify, cwd=tmp_path, capture_output=True, check=False).returncode == 0


def test_the_wheel_holds_policies_and_data(tmp_path):
    """A wheel has the shelf, the data files, the template of pages, the model list and the marker of types."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-q",
        "-w",
        tmp_path,
        CHECKOUT,
    ]
    subprocess.run(command, check=True, env=os.environ | {"PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": ""})
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "policies/ngo-cases-to-police.yaml",
        "codes/data/countries.csv",
        "report/page.html.j2",
        "detection/models.json",
        "trust/words.txt",
        "py.typed",
        "bundle/FORMAT.md",
        "bundle/verify.html",
    ):
        assert f"anonshare/{name}" in names
    code = "import anonshare; print(anonshare.__file__, anonshare.shelf())"
    unpacked = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(unpacked)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(unpacked) in done.stdout
    assert "ngo-cases-to-police" in done.stdout
