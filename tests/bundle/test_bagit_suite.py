"""Bundles as BagIt bags: what the oracle catches of ours, what it misses of the public suite, and names of attacks."""

from __future__ import annotations

import os
import posixpath
import sys
import unicodedata
import zipfile
from pathlib import Path

import bagit
import pytest

from anonshare.bundle.names import is_name
from anonshare.bundle.pack import FileContent
from anonshare.bundle.statement import parse_statement
from anonshare.errors import PolicyError
from anonshare.wire.dsse import decode

SUITE = Path(__file__).parents[2].parent / "shared" / "data" / "bundle" / "bagit-conformance"


@pytest.fixture
def opened(maker, tmp_path):
    """The folder of an extracted bundle, which is a valid bag."""
    with zipfile.ZipFile(maker.write(tmp_path / "b.zip")) as archive:
        archive.extractall(tmp_path / "opened")
    assert accepts(tmp_path / "opened")
    return tmp_path / "opened"


@pytest.fixture
def suite():
    """The folder of the conformance suite."""
    if not SUITE.is_dir():
        assert not os.environ.get("CI")
        pytest.skip("the public suite is not beside this checkout")
    return SUITE


def accepts(folder: Path) -> bool:
    try:
        return bagit.Bag(str(folder)).validate()
    except bagit.BagError:
        return False


def payload(opened: Path) -> list[Path]:
    return sorted(p for p in (opened / "data").rglob("*") if p.is_file())


def test_every_changed_byte_is_refused(opened):
    """A bag of ours with any one byte below data/ changed, taken away or added is refused."""
    assert len(payload(opened)) == 2
    for path in payload(opened):
        whole = path.read_bytes()
        for place in range(len(whole)):
            for changed in (
                whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :],
                whole[:place] + whole[place + 1 :],
                whole[:place] + b"x" + whole[place:],
            ):
                path.write_bytes(changed)
                assert changed == whole or not accepts(opened), (path.name, place)
        path.write_bytes(whole)
    assert accepts(opened)


def test_every_removed_file_is_refused(opened, tmp_path):
    """A bag of ours without one of its payload or tag files is refused."""
    names = [p.relative_to(opened) for p in [*payload(opened), opened / "bagit.txt", opened / "manifest-sha256.txt"]]
    for name in names:
        (opened / name).rename(tmp_path / "away")
        assert not accepts(opened), name
        (tmp_path / "away").rename(opened / name)
    assert accepts(opened)


@pytest.mark.parametrize("name", ["z.csv", "A.csv", "a.csv.bak", ".hidden", "deeper/a.csv", "manifest-sha256.txt"])
@pytest.mark.parametrize("content", [b"", b"x,y\n1,2\n"])
def test_every_added_payload_file_is_refused(opened, name, content):
    """A bag of ours with one more file below data/ is refused, be it empty or the copy of a file that is there."""
    path = opened / "data" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    assert not accepts(opened)


def test_a_line_too_few_or_too_many_is_refused(opened):
    """Every file below data/ has its one line in the manifest, of that digest: nothing else makes a bag."""
    manifest = opened / "manifest-sha256.txt"
    lines = manifest.read_text().splitlines(keepends=True)
    assert len(lines) == 2
    for changed in (
        lines[:1],
        lines[1:],
        [],
        [*lines, f"{'0' * 64}  data/z.csv\n"],
        [f"{'0' * 64}  data/a.csv\n", *lines],
    ):
        manifest.write_text("".join(changed))
        assert not accepts(opened)


def test_the_oracle_says_nothing_of_what_is_not_payload(opened):
    """A bag without a tag manifest speaks of data/ alone: a false signature or more files beside it stay a bag.

    So the word of this oracle is never the word of the signature; the verifier refuses each of these.
    """
    (opened / "manifest.dsse.json").write_bytes(b"{}")
    (opened / "padding").write_bytes(b"secret")
    (opened / "evil.txt").write_bytes(b"evil")
    assert accepts(opened)


def test_the_bag_is_the_manifest(opened):
    """The lines of the bag are the signed entries below data/, in their order, and no other digest."""
    files = parse_statement(decode((opened / "manifest.dsse.json").read_bytes()).payload).files
    lines = [f"{f.sha256}  {f.path}\n" for f in files if f.path.startswith("data/")]
    assert (opened / "manifest-sha256.txt").read_bytes() == "".join(lines).encode()
    assert list(bagit.Bag(str(opened)).payload_files()) == [f.path for f in files if f.path.startswith("data/")]
    assert bagit.Bag(str(opened)).version_info == (1, 0)


@pytest.mark.parametrize("name", ["bag-info.txt", "fetch.txt", "manifest-md5.txt", "tagmanifest-sha256.txt"])
def test_no_signed_file_is_a_tag_file(maker, tmp_path, name):
    """What RFC 8493 gives a meaning is never a file of the signer: it would say what the manifest does not."""
    given = maker.contents() | {name: FileContent(b"x", "data")}
    with pytest.raises(PolicyError):
        maker.write(tmp_path / "b.zip", contents=given)


def bags(suite, version, kind) -> list[Path]:
    return sorted(p for p in (suite / version / kind).iterdir() if p.is_dir())


def test_the_oracle_on_valid_bags(suite):
    """It accepts all 13 valid bags of versions 1.0 and 0.97, whatever encoding their tags have."""
    found = [bag for version in ("v1.0", "v0.97") for bag in bags(suite, version, "valid")]
    assert [bag.name for bag in found if not accepts(bag)] == []
    assert len(found) == 13


def test_the_oracle_on_invalid_bags(suite):
    """It refuses 14 of the 15 invalid bags; known fault: white space before the colons of bagit.txt passes."""
    found = [bag for version in ("v1.0", "v0.97") for bag in bags(suite, version, "invalid")]
    assert [bag.name for bag in found if accepts(bag)] == ["bagit-with-invalid-whitespace"]
    assert len(found) == 15


def test_our_declaration_has_no_part_in_the_fault(suite, opened):
    """The declaration of a bundle is that of the suite's valid bag, byte for byte, and not the one that passes wrongly."""
    ours = (opened / "bagit.txt").read_bytes()
    assert ours == (suite / "v1.0" / "valid" / "basicBag" / "bagit.txt").read_bytes()
    faulty = (suite / "v1.0" / "invalid" / "bagit-with-invalid-whitespace" / "bagit.txt").read_bytes()
    assert ours != faulty
    assert ours.replace(b":", b" :") == faulty


def test_the_oracle_on_warnings(suite, caplog):
    """Of six bags that deserve a warning it accepts three, and warns of one of them: names are not its business.

    Three are refused only because a file of theirs is not in the copy of the suite; where the file system folds names
    two of them may pass as well.
    """
    said = {}
    for bag in bags(suite, "v0.97", "warning"):
        caplog.clear()
        said[bag.name] = (accepts(bag), any("multiple times" in r.getMessage() for r in caplog.records))
    folding = {"duplicate-file-with-different-case", "same-filename-listed-twice-with-different-normalization"}
    assert len(said) == 6
    assert {name: said[name] for name in said.keys() - folding} == {
        "made-with-md5sum-tools": (True, False),
        "relative-path": (True, False),
        "same-filename-listed-twice-with-the-same-hash": (True, True),
        "special-system-files": (False, False),
    }
    if sys.platform == "linux":
        assert {said[name] for name in folding} == {(False, False)}


def test_the_oracle_on_paths_of_a_system(suite):
    """On POSIX it refuses the six paths that leave a bag there, and passes three Windows paths in a fetch.txt."""
    assert [bag.name for bag in bags(suite, "v0.97", "linux-only") if accepts(bag) and os.name == "posix"] == []
    passed = [bag.name for bag in bags(suite, "v0.97", "windows-only") if accepts(bag)]
    assert passed == [f"out-of-scope-file-paths-using-{how}-for-fetch" for how in ("absolute-path", "shortcut", "unc")]


def paths(bag: Path) -> list[str]:
    """Every path that the manifests and the fetch list of a bag name."""
    declared = (bag / "bagit.txt").read_bytes() if (bag / "bagit.txt").is_file() else b""
    encoding = next((e for e in ("UTF-16", "ISO-8859-1") if e.encode() in declared), "UTF-8")
    found = []
    for file in sorted([*bag.glob("manifest-*.txt"), *bag.glob("fetch.txt")]):
        words = 2 if file.name == "fetch.txt" else 1
        lines = file.read_bytes().decode(encoding).splitlines()
        found += [line.split(maxsplit=words)[words] for line in lines if line.strip()]
    return found


HONEST = {"data/bare-filename", "data/text-file.txt", "data/test2.txt"}
OUT_OF_SCOPE = {
    "../../../README.md",
    "\\.\\./\\.\\./\\.\\./README.md",
    "/tmp/foo",
    "/tmp/test.txt",
    "~/foo",
    "~/test.txt",
    "~root/foo",
    "C:\\Windows\\System32\\setx.exe",
    "%HomeDrive%\\Windows\\System32\\setx.exe",
    "\\\\?\\UNC\\server\\Windows\\System32\\setx.exe",
}


def test_paths_out_of_scope_are_no_names(suite):
    """Each path by which a bag of the suite reaches beyond itself, on any system, is refused as a name."""
    found = [bag for bag in suite.glob("v*/*/*") if bag.name.startswith("out-of-scope")]
    assert len(found) == 14
    named = {path for bag in found for path in paths(bag)}
    assert named - HONEST == OUT_OF_SCOPE
    assert not any(map(is_name, OUT_OF_SCOPE))
    assert all(map(is_name, HONEST))
    for bag in found:
        assert any(not is_name(path) for path in paths(bag)), bag.name


WARNED = {
    "duplicate-file-with-different-case": {"data/hello.txt": True, "data/HELLO.txt": False},
    "made-with-md5sum-tools": {"*data/hello.txt": False},
    "relative-path": {"./data/hello.txt": False},
    "same-filename-listed-twice-with-different-normalization": {
        "data/Nu\u0301n\u0303ez": False,
        "data/N\u00fa\u00f1ez": False,
    },
    "same-filename-listed-twice-with-the-same-hash": {"data/README": False},
    "special-system-files": {"data/.DS_Store": False, "data/Thumbs.db": False},
}


@pytest.mark.parametrize("name", WARNED)
def test_names_that_deserve_a_warning_are_no_names(suite, name):
    """Where the suite wants a warning about names we have at most one name left: the plain one."""
    assert {path: is_name(path) for path in paths(suite / "v0.97" / "warning" / name)} == WARNED[name]


def folded(path: str) -> str:
    """What a path may become on systems that fold case, normalise, and resolve dots."""
    return posixpath.normpath(unicodedata.normalize("NFKC", path).casefold().replace("\\", "/"))


def test_no_two_names_of_the_suite_collide(suite):
    """Over all paths of all its bags a name is its own folded form, so that no two names can ever be one file."""
    found = {path for bag in suite.glob("v*/*/*") if bag.is_dir() for path in paths(bag)}
    names = {path for path in found if is_name(path)}
    assert (len(found), len(names)) == (50, 23)
    assert all(folded(path) == path for path in names)
    assert {folded(path) for path in found - names} & names == {"data/hello.txt", "data/test2.txt"}
