"""Any unpacker reads the same files out of a bundle, and any reader of data packages its tables."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

import anonshare as an
from anonshare.bundle.container import Entry, closing, local_header
from anonshare.bundle.names import MANIFEST
from anonshare.bundle.pack import FileContent
from anonshare.bundle.statement import parse_statement
from anonshare.errors import PolicyError
from anonshare.wire.dsse import decode

UNPACKERS = {
    "zipfile": (("zipfile",), None, None),
    "unzip": (("unzip",), ("-tqq", "{zip}"), ("-q", "{zip}", "-d", "{to}")),
    "7-zip": (("7zz", "7z", "7za"), ("t", "-bd", "{zip}"), ("x", "-bd", "{zip}", "-o{to}")),
    "bsdtar": (("bsdtar",), ("-xOf", "{zip}"), ("-xf", "{zip}", "-C", "{to}")),
}
"""Names of the program; how it checks an archive; how it extracts one."""


def tool(*names):
    """The path of the first of these programs that is there."""
    found = next(filter(None, map(shutil.which, names)), None)
    assert found or not os.environ.get("CI")
    if found is None:
        pytest.skip(f"{' or '.join(names)} is not installed")
    return found


class Unpacker:
    def __init__(self, name):
        programs, self._check, self._extract = UNPACKERS[name]
        self._program = tool(*programs) if self._check else None

    def _run(self, words, path, to=""):
        whole = [self._program, *(word.format(zip=path, to=to) for word in words)]
        return subprocess.run(whole, capture_output=True, check=False).returncode == 0

    def checks(self, path) -> bool:
        """Whether the archive is whole in this program's eyes."""
        if self._program:
            return self._run(self._check, path)
        try:
            with zipfile.ZipFile(path) as archive:
                return archive.testzip() is None
        except zipfile.BadZipFile:
            return False

    def files(self, path, to) -> dict[str, bytes]:
        """What lies in the folder after extraction."""
        to.mkdir()
        if self._program:
            assert self._run(self._extract, path, to)
        else:
            with zipfile.ZipFile(path) as archive:
                archive.extractall(to)
        return {p.relative_to(to).as_posix(): p.read_bytes() for p in to.rglob("*") if p.is_file()}


@pytest.fixture(params=UNPACKERS)
def unpacker(request):
    """One of the programs by which people open archives."""
    return Unpacker(request.param)


def contents(maker):
    """Files at the borders: none, one byte, a zip inside, text and noise, the deepest and longest name."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../evil", b"x" * 1000)
    more = {
        "data/empty.csv": b"",
        "data/one": b"\0",
        "data/inner.zip": inner.getvalue(),
        "data/noise.bin": os.urandom(70_000),
        "data/a/b/c/d.txt": "Łódź\r\n".encode(),
        f"data/{'n' * 63}": b"PK\3\4PK\1\2PK\5\6",
        "data/facts.json": b"{}",
    }
    return maker.contents() | {name: FileContent(data, "data") for name, data in more.items()}


def test_they_unpack_what_was_signed(maker, unpacker, tmp_path):
    """Every unpacker finds the archive whole, and extracts the signed files: the same names and bytes, nothing else."""
    given = contents(maker)
    path = maker.write(tmp_path / "b.zip", contents=given)
    assert unpacker.checks(path)
    found = unpacker.files(path, tmp_path / "out")
    signed = parse_statement(decode(found.pop(MANIFEST)).payload).files
    assert {name: (len(data), f"{zlib.crc32(data):08x}") for name, data in found.items()} == {
        entry.path: (entry.size, entry.crc32) for entry in signed
    }
    assert {name: found[name] for name in given} == {name: content.source for name, content in given.items()}


def test_the_smallest_bundle(maker, small, unpacker, tmp_path):
    """A bundle without the floor of its size is an archive like any other."""
    path = maker.write(tmp_path / "b.zip")
    assert path.stat().st_size < 8000
    assert unpacker.checks(path)
    assert unpacker.files(path, tmp_path / "out")["data/a.csv"] == b"x,y\n1,2\n"


def test_they_notice_a_changed_file(maker, unpacker, tmp_path):
    """A changed byte of any file is noticed by its checksum, without our program."""
    whole = maker.bundle()
    path = tmp_path / "b.zip"
    for content in (b"x,y\n1,2\n", b"BagIt-Version", b'"payload"'):
        place = whole.index(content)
        path.write_bytes(whole[:place] + b"#" + whole[place + 1 :])
        assert not unpacker.checks(path), content


def test_the_directory_tells_plain_files(maker, tmp_path):
    """Every entry is a stored, unencrypted, regular file of mode 644 and of no time, in the order of the manifest."""
    with zipfile.ZipFile(maker.write(tmp_path / "b.zip", contents=contents(maker))) as archive:
        names = [f.path for f in parse_statement(decode(archive.read(MANIFEST)).payload).files]
        assert archive.namelist() == [MANIFEST, *names]
        for info in archive.infolist():
            assert (info.compress_type, info.flag_bits, info.external_attr >> 16) == (zipfile.ZIP_STORED, 0, 0o100644)
            assert (info.date_time, info.extra, info.comment) == ((1980, 1, 1, 0, 0, 0), b"", b"")
        assert archive.comment == b""


@pytest.mark.parametrize("names", [("data/x", "data/x/y.csv"), ("data/x", "data/x-1", "data/x/y.csv"), ("data",)])
def test_no_file_is_the_folder_of_another(maker, tmp_path, names):
    """A bundle in which a file is the folder of another is not packed: nobody could extract it whole."""
    given = maker.contents() | {name: FileContent(b"x", "data") for name in names}
    with pytest.raises(PolicyError):
        maker.write(tmp_path / "b.zip", contents=given)


LARGE = (Entry("a.bin", 0x1_0000_0005, 7), Entry("b.bin", 1 << 32, 8), Entry("c.txt", 3, zlib.crc32(b"end")))


@pytest.fixture
def large(tmp_path):
    """An archive of 8 GiB whose large files are holes, where the file system has such."""
    path = tmp_path / "large.zip"
    with path.open("wb") as out:
        for entry in LARGE:
            out.write(local_header(entry))
            if entry.size == 3:
                out.write(b"end")
            else:
                out.seek(entry.size, os.SEEK_CUR)
        out.write(closing(LARGE))
    if hasattr(path.stat(), "st_blocks"):
        assert path.stat().st_blocks * 512 < 1 << 20
    yield path
    path.unlink()


@pytest.mark.parametrize(
    ("programs", "words"),
    [
        (("zipfile",), ()),
        (("unzip",), ("-p", "{zip}", "c.txt")),
        (("7zz", "7z", "7za"), ("x", "-so", "{zip}", "c.txt")),
        (("bsdtar",), ("-xOf", "{zip}", "c.txt")),
    ],
    ids=UNPACKERS,
)
def test_they_find_a_file_behind_4_gib(large, programs, words):
    """Sizes and places beyond 32 bits are read from our ZIP64 fields by others: the last file comes out whole."""
    if words:
        whole = [tool(*programs), *(word.format(zip=large) for word in words)]
        assert subprocess.run(whole, capture_output=True, check=True).stdout == b"end"
        return
    with zipfile.ZipFile(large) as archive:
        assert [(i.filename, i.file_size, i.CRC) for i in archive.infolist()] == [
            (e.name, e.size, e.crc) for e in LARGE
        ]
        assert archive.read("c.txt") == b"end"


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A verified release of the whole pipeline, and the folder of its bundle as an unpacker makes it."""
    path = Path(__file__).parents[1] / "pipeline" / "conftest.py"
    spec = importlib.util.spec_from_file_location("world_of_readers", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["world_of_readers"] = module
    spec.loader.exec_module(module)
    world = module.build(tmp_path_factory.mktemp("world"))
    folder = tmp_path_factory.mktemp("unpacked")
    with an.verify(world.release().path, world.desk) as verified:
        with zipfile.ZipFile(next((world.desk.root / "opened").glob("*.zip"))) as archive:
            archive.extractall(folder)
        yield verified, folder / "data"


def faults(descriptor: Path) -> list:
    """What frictionless has against a data package: (file, kind, note) of each fault."""
    from frictionless import Package

    report = Package(str(descriptor)).validate()
    return [(task.place, error.type, error.note) for task in report.tasks for error in task.errors]


def without_sizes(folder: Path) -> Path:
    """The descriptor of a folder without the sizes of Parquet files, in its place.

    Known fault of the oracle (frictionless 5.21): it opens Parquet files without counting their bytes, and finds the
    size in a descriptor wrong whatever it is; their digests it does not compare at all.
    """
    path = folder / "datapackage.json"
    package = json.loads(path.read_bytes())
    for resource in package["resources"]:
        if resource["format"] == "parquet":
            resource.pop("bytes", None)
    path.write_text(json.dumps(package))
    return path


def test_frictionless_finds_nothing(released):
    """Against the descriptor of a release as it is sent it has nothing."""
    _, folder = released
    assert faults(folder / "datapackage.json") == []


def test_frictionless_reads_a_release(released, tmp_path):
    """A Frictionless reader finds every table of a release valid, with the rows and columns that were verified."""
    from frictionless import Package

    verified, folder = released
    descriptor = without_sizes(shutil.copytree(folder, tmp_path / "data"))
    assert faults(descriptor) == []
    package = Package(str(descriptor))
    assert {r.path.rpartition(".")[0] for r in package.resources} == set(verified.tables) != set()
    for resource in package.resources:
        source = verified.tables[resource.path.rpartition(".")[0]]
        wanted = [list(row.values()) for batch in source.batches() for row in batch.to_pylist()]
        found = [list(row.values()) for row in resource.read_rows()]
        assert resource.schema.field_names == list(source.columns)
        assert [[_text(cell) for cell in row] for row in found] == [[_text(cell) for cell in row] for row in wanted]


def _text(cell):
    return None if cell in {None, ""} else str(cell)


def test_the_descriptor_is_complete(released):
    """Every data file of the manifest is one resource with its size and digest, and no resource is anything else."""
    verified, folder = released
    resources = json.loads((folder / "datapackage.json").read_bytes())["resources"]
    signed = {(f.path.removeprefix("data/"), f.size, f.sha256) for f in verified.statement.files if f.role == "data"}
    sizes = {path: size for path, size, _ in signed}
    assert all(r.get("bytes", sizes[r["path"]]) == sizes[r["path"]] for r in resources)
    assert {(r["path"], r["hash"].removeprefix("sha256:")) for r in resources} == {(p, d) for p, _, d in signed}
    assert len(resources) == len(signed)
    assert len({r["name"] for r in resources}) == len(resources)


def test_frictionless_notices_a_changed_table(released, tmp_path):
    """Another byte, a row less, a column more: each is a fault of that CSV file alone."""
    _, folder = released
    descriptor = without_sizes(shutil.copytree(folder, tmp_path / "data"))
    tables = sorted((tmp_path / "data").glob("*.csv"))
    assert len(tables) == 2
    for path in tables:
        whole = path.read_bytes()
        head, _, rest = whole.partition(b"\n")
        for changed in (whole[:-2] + b"#\n", head + b"\n" + rest.partition(b"\n")[2], head + b",more\n" + rest):
            path.write_bytes(changed)
            assert {place for place, *_ in faults(descriptor)} == {path.name}
        path.write_bytes(whole)
    assert faults(descriptor) == []
