"""Several processes: the same spans as one, groups whole, and failures that tell nothing of a note."""

from __future__ import annotations

import os
import subprocess
import sys
import traceback

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.detection import pool
from anonshare.detection.engine import Detector
from anonshare.detection.known import KnownValue
from anonshare.detection.pool import find_in_processes
from anonshare.errors import DetectionError
from anonshare.samples.cases import cases

CANARY = "Zq7Canary"
COUNTRIES = {"countries": ("RO", "GB")}


class Deadly:
    """What ends the process that unpickles it."""

    def __reduce__(self):
        return os._exit, (3,)


class Loud:
    """What raises with a text in its words where it is unpickled."""

    def __reduce__(self):
        return int, (CANARY,)


class Broken:
    """A known value that fails only where it is looked at."""

    @property
    def value(self):
        raise ValueError(CANARY)

    entity = "PERSON"
    person = ""


@pytest.mark.slow
def test_processes_do_not_matter(monkeypatch):
    """Two processes give the spans of one, with known values and groups, and the progress ends at all texts."""
    monkeypatch.setattr(pool, "CHUNK", 8)
    notes = list(cases(40, seed=5).cells["notes"])[:40]
    known = [[KnownValue(note.split()[0])] for note in notes]
    groups = [str(number % 7) for number in range(len(notes))]
    seen = []
    two = find_in_processes(
        notes, processes=2, detector=COUNTRIES, known=known, groups=groups, progress=lambda *step: seen.append(step)
    )
    assert two == Detector(**COUNTRIES).find(notes, known=known, groups=groups)
    assert seen[-1] == (pool.STEP, len(notes), len(notes))
    assert len(seen) > 2
    assert two == find_in_processes(notes, processes=1, detector=COUNTRIES, known=known, groups=groups)


@given(st.lists(st.sampled_from("abcdefg"), max_size=60), st.integers(1, 9))
def test_groups_are_never_divided(groups, chunk):
    """Every text is in one errand, all texts of a group in the same, and without groups each text is its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "CHUNK", chunk)
        parts = list(pool._parts(len(groups), groups))
        alone = list(pool._parts(len(groups), None))
    assert sorted(i for part in parts for i in part) == list(range(len(groups)))
    homes = [{groups[i] for i in part} for part in parts]
    assert sum(map(len, homes)) == len(set(groups))
    assert [i for part in alone for i in part] == list(range(len(groups)))


@settings(max_examples=20)
@given(st.lists(st.text(max_size=30), max_size=3))
def test_one_process_is_the_detector(texts):
    """One process spawns nothing and gives what the detector gives."""
    assert find_in_processes(texts, processes=1, language="en") == Detector().find(texts, "en")


@pytest.mark.parametrize("deadly", [Deadly(), Loud()], ids=["killed", "loud"])
def test_a_process_that_dies_is_told(monkeypatch, capfd, deadly):
    """A process that ends, or fails before its errand, is an error without a word of a note, here or on the terminal."""
    monkeypatch.setattr(pool, "CHUNK", 1)
    with pytest.raises(DetectionError, match="died") as error:
        find_in_processes([CANARY] * 3, processes=2, known=[[deadly]] * 3)
    assert error.value.__context__ is None
    assert CANARY not in "".join(traceback.format_exception(error.value))
    assert CANARY not in "".join(capfd.readouterr())


def test_a_process_that_fails_tells_the_kind_alone(monkeypatch, capfd):
    """An exception in a process arrives as its kind, without its words and without its traceback."""
    monkeypatch.setattr(pool, "CHUNK", 1)
    with pytest.raises(DetectionError, match=r"failed \(ValueError\)") as error:
        find_in_processes([f"{CANARY} a", f"{CANARY} b"], processes=2, known=[[Broken()], [Broken()]])
    assert CANARY not in "".join(traceback.format_exception(error.value))
    assert CANARY not in "".join(capfd.readouterr())


def test_an_error_of_ours_keeps_its_words(monkeypatch):
    """What our own family says in a process is said here: a detector whose arguments are wrong, a model unknown."""
    answer = pool._work.__wrapped__ if hasattr(pool._work, "__wrapped__") else pool._work

    def refuse(**arguments):
        raise DetectionError("The model is unknown.", hint="Do this.", reason="unknown-model")

    monkeypatch.setattr(pool, "Detector", refuse)
    monkeypatch.setattr(pool, "_MINE", {"settings": {}})
    failed = answer(pool._Errand(("a",), None, None, None))
    assert (failed.message, failed.hint, failed.reason) == ("The model is unknown.", "Do this.", "unknown-model")


def test_bad_arguments_are_told():
    """A number of processes that is none, and lists of other lengths, are refused before anything starts."""
    for processes in (0, -1, 1.5, True):
        with pytest.raises(DetectionError, match="whole number"):
            find_in_processes([], processes=processes)
    with pytest.raises(DetectionError, match="for each text"):
        find_in_processes(["a"], processes=2, groups=[])
    assert find_in_processes([], processes=4) == []


def test_an_errand_shows_nothing():
    """The ``repr`` of what travels to a process holds no text."""
    assert CANARY not in repr(pool._Errand((CANARY,), None, None, (CANARY,)))


def test_workers_are_silent():
    """A process that works writes nothing on the terminal, whatever is printed in it."""
    code = f"from anonshare.detection import pool; pool._start({{}}); print({CANARY!r}, flush=True); 1 / 0"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("", "")
