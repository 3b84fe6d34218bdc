"""On a base install verifying works, and everything else names the part that it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from anonshare.errors import MissingExtra
from anonshare.registry import Registry, guests

BLOCKED = [
    "pandas",
    "numpy",
    "pyarrow",
    "narwhals",
    "spacy",
    "presidio_analyzer",
    "presidio_anonymizer",
    "phonenumbers",
    "stdnum",
    "py3langid",
    "jinja2",
    "highspy",
    "opendp",
]
BLOCKER = f"""
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {BLOCKED!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Blocker())
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A demo that was made, and a Python in which only the base packages can be imported."""
    root = tmp_path_factory.mktemp("base")
    subprocess.run(
        [sys.executable, "-m", "anonshare", "demo", "demo", "--people", "150"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    (root / "blocked").mkdir()
    (root / "blocked" / "sitecustomize.py").write_text(BLOCKER)
    environment = os.environ | {"PYTHONPATH": str(root / "blocked"), "ANONSHARE_KEY_PASSPHRASE_FILE": "demo/passphrase"}

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "anonshare", *map(str, arguments)]
        return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)

    return root, run


def test_verifying_and_approving_need_the_base_alone(base):
    """Verify (opened and sealed), inspect and approve run without any of the heavy packages."""
    root, run = base
    (opened,) = (root / "demo" / "desk" / "opened").glob("*.zip")
    (sealed,) = (root / "demo" / "mail").glob("*.age")
    (request,) = (root / "demo" / "mail").glob("*.approval.zip")
    for arguments in (
        ("verify", opened, "--trust", "demo/desk/trust.dsse.json"),
        ("verify", sealed, "--home", "demo/desk"),
        ("inspect", opened, "--home", "demo/desk"),
        ("approve", request, "--key", "demo/data-officer/officer.key", "--yes"),
        ("trust", "show", "--home", "demo/office"),
    ):
        done = run(*arguments)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (("plan", "demo/office-records/cases.csv", "-p", "ngo-cases-to-police", "--home", "demo/office"), "share"),
        (("audit", "BUNDLE", "--home", "demo/desk"), "agency"),
        (("ingest", "BUNDLE", "--home", "demo/desk"), "agency"),
        (("demo", "other"), "share"),
    ],
)
def test_a_missing_part_is_named(base, arguments, extra):
    """A command that needs more says which part and how to install it; it is no fault of the program."""
    root, run = base
    (opened,) = (root / "demo" / "desk" / "opened").glob("*.zip")
    done = run(*(str(opened) if a == "BUNDLE" else a for a in arguments))
    assert done.returncode == 1
    assert f"[{extra}]" in done.stderr
    assert "pip install" in done.stderr


def test_our_own_missing_module_is_a_fault_of_ours():
    """A module of anonshare that is missing is not blamed on an extra."""
    with pytest.raises(ModuleNotFoundError), guests("x", "share"):
        raise ModuleNotFoundError("x", name="anonshare.nowhere")
    with pytest.raises(MissingExtra, match=r"\[agency\]"):
        _ = Registry("things", {"x": "no_such_package_here.module:y"}, extra="agency")["x"]
