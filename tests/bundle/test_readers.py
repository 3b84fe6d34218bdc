"""What we write, other people's tools read: archivers, bag validators, age; and what their word is worth."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import bagit
import pytest

from anonshare.bundle.names import is_name
from anonshare.bundle.statement import parse_statement
from anonshare.wire.age import decrypt, encrypt, generate_identity, recipient_of

SUITE = Path(__file__).parents[2].parent / "shared" / "data" / "bundle" / "bagit-conformance"
ARCHIVERS = {"unzip": ["-t"], "7zz": ["t"], "bsdtar": ["-tf"]}
IN_CI = {"unzip", "7zz", "age"}


def tool(name: str) -> str:
    found = shutil.which(name)
    assert found or name not in IN_CI or not os.environ.get("CI")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def suite() -> Path:
    if not SUITE.is_dir():
        assert not os.environ.get("CI")
        pytest.skip("the public vectors are not beside this checkout")
    return SUITE


@pytest.fixture
def bundle(maker, tmp_path):
    return maker.write(tmp_path / "b.zip")


@pytest.mark.parametrize("name", ARCHIVERS)
def test_archivers_read_it(name, bundle):
    """Each archiver finds the archive whole."""
    subprocess.run([tool(name), *ARCHIVERS[name], bundle], check=True, capture_output=True)


def test_zipfile_reads_it(maker, bundle):
    """Python's own reader finds every sum right and every entry that is signed, in its order."""
    payload, _ = maker.payload()
    with zipfile.ZipFile(bundle) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["manifest.dsse.json", *(f.path for f in parse_statement(payload).files)]


def opened(bundle: Path, into: Path) -> Path:
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(into)
    return into


def test_a_bag_that_was_touched_is_none(bundle, tmp_path):
    """Bagit accepts the opened bundle, and not with a byte changed, a file gone or one added below data."""
    whole = opened(bundle, tmp_path / "whole")
    assert bagit.Bag(str(whole)).is_valid()
    for number, spoil in enumerate(
        (
            lambda bag: (bag / "data" / "a.csv").write_bytes(b"x,y\n1,3\n"),
            lambda bag: (bag / "data" / "a.csv").unlink(),
            lambda bag: (bag / "data" / "evil.csv").write_bytes(b"x"),
        )
    ):
        bag = opened(bundle, tmp_path / f"bag{number}")
        spoil(bag)
        assert not bagit.Bag(str(bag)).is_valid()


def test_what_bagit_does_not_see(bundle, tmp_path):
    """A file beside data, or another manifest, leaves the bag valid: the signature is what counts, never the bag."""
    bag = opened(bundle, tmp_path / "bag")
    (bag / "evil.txt").write_text("not signed")
    (bag / "manifest.dsse.json").write_text("{}")
    assert bagit.Bag(str(bag)).is_valid()


def valid(bag: Path) -> bool:
    try:
        return bagit.Bag(str(bag)).is_valid()
    except (bagit.BagError, OSError, ValueError):
        return False


def test_the_bagit_suite():
    """The oracle accepts the suite's valid bags of our version; of the invalid ones it misses at most one."""
    root = suite() / "v1.0"
    assert all(valid(bag) for bag in (root / "valid").iterdir() if bag.is_dir())
    missed = [bag.name for bag in sorted((root / "invalid").iterdir()) if bag.is_dir() and valid(bag)]
    assert len(missed) <= 1


def test_the_suites_paths_are_no_names_of_ours():
    """Every path by which a bag of the suite leads out of itself is refused as a name."""
    root, seen = suite(), 0
    for manifest in root.rglob("manifest-*.txt"):
        if "out-of-scope" not in str(manifest) and "invalid" not in str(manifest):
            continue
        for line in manifest.read_text("utf-8", "replace").splitlines():
            path = line.split(maxsplit=1)[-1].strip("* ")
            if ".." in path or path.startswith(("/", "~", "\\")) or ":" in path or "%" in path:
                seen += 1
                assert not is_name(path), manifest
    assert seen > 0


SIZES = [0, 1, 65535, 65536, 65537, 200_000]


@pytest.mark.parametrize("size", SIZES)
def test_age_reads_and_writes_the_same(size, tmp_path):
    """The age command opens what we encrypt, and we open what it encrypts, at the borders of chunks."""
    age = tool("age")
    identity = generate_identity()
    (tmp_path / "identity").write_text(identity)
    data = os.urandom(size)
    out = io.BytesIO()
    encrypt(io.BytesIO(data), out, [recipient_of(identity)])
    (tmp_path / "ours.age").write_bytes(out.getvalue())
    done = subprocess.run([age, "-d", "-i", "identity", "ours.age"], cwd=tmp_path, check=True, capture_output=True)
    assert done.stdout == data
    theirs = subprocess.run([age, "-r", recipient_of(identity)], input=data, check=True, capture_output=True).stdout
    back = io.BytesIO()
    decrypt(io.BytesIO(theirs), back, [identity])
    assert back.getvalue() == data
