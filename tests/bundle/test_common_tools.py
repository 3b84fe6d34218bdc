"""An extracted bundle checks with tools that everybody has."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from base64 import b64decode

import bagit
import pytest

from anonshare.bundle.descriptor import TableDescription, datapackage
from anonshare.bundle.pack import FileContent, describe
from anonshare.bundle.readme import COMMANDS, readme
from anonshare.bundle.statement import parse_statement
from anonshare.wire.dsse import decode


@pytest.fixture
def opened(maker, tmp_path):
    """The folder of an extracted bundle."""
    path = maker.write(tmp_path / "b.zip")
    tool = shutil.which("unzip")
    assert tool or not os.environ.get("CI")
    if tool is None:
        pytest.skip("unzip is not installed")
    subprocess.run([tool, "-q", path, "-d", tmp_path / "opened"], check=True)
    return tmp_path / "opened"


def test_it_is_a_bag(opened):
    """Bagit validates the folder (RFC 8493)."""
    assert bagit.Bag(str(opened)).validate()


def test_sha256sum_agrees(opened):
    """sha256sum -c says OK for every file below data/."""
    done = subprocess.run(
        ["sha256sum", "-c", "manifest-sha256.txt"], cwd=opened, capture_output=True, check=True, text=True
    )
    assert done.stdout.count("OK") == 2


def test_the_lines_of_the_readme_work(maker, opened):
    """The lines that stand in every bundle check the signature and every digest."""
    missing = [tool for tool in ("jq", "openssl", "base64") if shutil.which(tool) is None]
    assert not missing or not os.environ.get("CI")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    first = decode((opened / "manifest.dsse.json").read_bytes()).signatures[0].keyid
    people = maker.trust.organisation("ngo").people
    key = next(k for p in people for k in p.keys if k.keyid == first)
    der = opened / "officer.der"
    der.write_bytes(b64decode(key.spki))
    subprocess.run(
        ["openssl", "pkey", "-pubin", "-inform", "DER", "-in", der, "-out", opened / "OFFICER.pub"], check=True
    )
    script = "set -e -o pipefail\n" + "\n".join(COMMANDS[1:])
    done = subprocess.run(["bash", "-c", script], cwd=opened, capture_output=True, text=True, check=True)
    assert "Verified Successfully" in done.stdout
    assert done.stdout.count("OK") == len(parse_statement((opened / "payload").read_bytes()).files)
    assert all(line in readme() for line in COMMANDS)


def test_frictionless_validates_the_descriptor(tmp_path):
    """A Frictionless reader finds the described tables valid, and a touched one invalid."""
    from frictionless import Package

    table = FileContent(b"age,count\n18-20,12\n21-23,\n", "data")
    entry = describe("data/t.csv", table)
    (tmp_path / "t.csv").write_bytes(table.source)
    (tmp_path / "datapackage.json").write_bytes(
        datapackage([TableDescription("t", (entry,), (("age", "string"), ("count", "integer")))])
    )
    assert Package(str(tmp_path / "datapackage.json")).validate().valid
    (tmp_path / "t.csv").write_bytes(b"age,count\n18-20,many\n")
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid
    assert json.loads((tmp_path / "datapackage.json").read_text())["resources"][0]["name"] == "t-csv"
