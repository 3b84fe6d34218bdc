"""Extensions are names until they are asked for; files are written whole or not at all."""

from __future__ import annotations

import errno
import os
from importlib.metadata import EntryPoint

import pytest

from anonshare import files, registry
from anonshare.errors import InputError, PolicyError, StorageError, WorkspaceError
from anonshare.registry import Registry


class Dist:
    """A distribution that owns an entry point."""

    def __init__(self, name):
        self.name = name


class Point:
    """An entry point of an installed package."""

    def __init__(self, name, value, owner):
        self.name, self.value, self.dist = name, value, Dist(owner)
        self.loaded = 0

    def load(self):
        self.loaded += 1
        return self.value


def test_built_ins_are_not_shadowed(monkeypatch):
    """A package cannot take a built-in's name, two packages cannot share one, and only what is asked for is loaded."""
    points = [Point("kept", 1, "evil"), Point("other", 2, "nice"), Point("twice", 3, "a"), Point("twice", 4, "b")]
    monkeypatch.setattr(
        registry, "entry_points", lambda group, name=None: [p for p in points if name in (None, p.name)]
    )
    things = Registry("things", {"kept": "math:pi"})
    assert things["kept"] == pytest.approx(3.14159, abs=1e-4)
    assert points[0].loaded == 0
    assert things["other"] == 2
    assert points[2].loaded == 0
    with pytest.raises(PolicyError, match="a, b"):
        _ = things["twice"]
    with pytest.raises(PolicyError) as error:
        _ = things["othr"]
    assert "other" in error.value.hint
    with pytest.raises(PolicyError) as error:
        _ = things["zzz"]
    assert "kept" in error.value.hint
    for name in ("kept", "other"):
        with pytest.raises(PolicyError, match="taken"):
            things.register(name, 5)
    things.register("mine", 5)
    assert things["mine"] == 5
    assert "mine" in things
    assert things.builtin() == ["kept"]
    assert isinstance(EntryPoint("a", "b", "c"), EntryPoint)


@pytest.mark.parametrize(
    ("code", "words"), [(errno.ENOSPC, "full"), (errno.EROFS, "does not allow"), (errno.EIO, "EIO")]
)
def test_a_failed_write_leaves_nothing(tmp_path, monkeypatch, code, words):
    """A full disk, a read-only folder, a broken one: our error, no file, no temporary file."""

    def fails(*args):
        raise OSError(code, "Zq7Canary")

    for name in ("fsync", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, fails)
            with pytest.raises(StorageError, match=words) as error:
                files.write_whole(tmp_path / "x", b"data", "a file")
            assert "Zq7Canary" not in str(error.value)
        assert not list(tmp_path.iterdir())


def test_a_failed_append_is_cut_off(tmp_path, monkeypatch):
    """A line that could not be synced is taken back, so that a file never ends in half a line."""
    path = tmp_path / "log"
    files.append_line(path, b"one", "a log")

    def fails(*args):
        raise OSError(errno.ENOSPC, "x")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(StorageError):
        files.append_line(path, b"two", "a log")
    assert path.read_bytes() == b"one\n"


def test_reading(tmp_path):
    """A missing, a large and an unreadable file are input errors that name what was wanted."""
    (tmp_path / "big").write_bytes(bytes(11))
    for path, limit in ((tmp_path / "nothing", None), (tmp_path / "big", 10), (tmp_path, None)):
        with pytest.raises(InputError, match="thing"):
            files.read_bytes(path, "thing", limit)


def test_a_staging_folder_is_removed(tmp_path):
    """Whatever happens inside, nothing is left; an error of the system becomes ours."""
    with pytest.raises(StorageError), files.staging_dir(tmp_path, "work") as stage:
        (stage / "x").write_bytes(b"x")
        raise OSError(errno.ENOSPC, "x")
    assert not list(tmp_path.iterdir())


def test_a_lock_is_held_once(tmp_path):
    """A second holder is refused, and the lock is free after the first has ended."""
    with files.locked(tmp_path / "lock"), pytest.raises(WorkspaceError), files.locked(tmp_path / "lock"):
        pass
    with files.locked(tmp_path / "lock"):
        pass
