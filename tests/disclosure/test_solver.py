"""The solver's face."""

import subprocess
import sys

import numpy as np
import pytest

from anonshare.disclosure.solver import INFINITY, Row, Solver
from anonshare.errors import DisclosureError, MissingExtra


def box(size, rows, upper=10.0):
    """Variables from 1 to upper."""
    return Solver(np.ones(size), np.full(size, upper), rows)


def test_the_least_and_the_largest():
    """With a + b = 5 and both at least 1, a lies between 1 and 4."""
    solver = box(2, [Row([0, 1], [1, 1], 5, 5)])
    assert solver.minimum(np.array([1.0, 0])).tolist() == [1, 4]
    assert solver.minimum(np.array([-1.0, 0])).tolist() == [4, 1]


def test_contradictions_have_no_answer():
    """Rows that cannot hold together give None; the bounds can be changed and changed back."""
    solver = box(2, [Row([0, 1], [1, 1], 5, 5)])
    solver.bound(0, 7, 9)
    assert solver.minimum(np.zeros(2)) is None
    solver.bound(0, 1, 10)
    assert solver.minimum(np.zeros(2)) is not None
    assert box(1, [Row([0], [1], 20, INFINITY)]).minimum(np.zeros(1), integer=True) is None


def test_integers_where_reals_are_not_enough():
    """2a + 2b = 5 has real solutions and no whole one."""
    solver = box(2, [Row([0, 1], [2, 2], 5, 5)])
    assert solver.minimum(np.zeros(2)) is not None
    assert solver.minimum(np.zeros(2), integer=True) is None
    assert solver.minimum(np.zeros(2)) is not None


def test_a_point_is_whole_only_if_it_holds_exactly():
    """Fractions, broken rows and broken bounds are no possible tables."""
    solver = box(2, [Row([0, 1], [1, 1], 5, 5)])
    assert solver.whole(np.array([1.0000001, 4])).tolist() == [1, 4]
    for point in ([1.5, 3.5], [1, 3], [0, 5]):
        assert solver.whole(np.array(point, dtype=float)) is None


def test_nothing_to_solve():
    """A system without variables has the empty point."""
    assert box(0, []).minimum(np.zeros(0)).size == 0


def test_no_answer_in_time_is_refused():
    """A question that is not answered in its time is an error, not a pass."""
    rng = np.random.default_rng(5)
    rows = [Row(list(range(40)), rng.integers(1, 9999, 40).tolist(), 90_000, 90_001) for _ in range(6)]
    solver = Solver(np.zeros(40), np.full(40, 9.0), rows, seconds=0.0)
    with pytest.raises(DisclosureError) as caught:
        solver.minimum(rng.random(40), integer=True)
    assert caught.value.reason == "not-judged"


def test_the_solver_says_nothing():
    """Data go to stdout: no banner of the solver may stand among them."""
    code = (
        "import numpy as np; from anonshare.disclosure.solver import Solver\n"
        "Solver(np.ones(1), np.ones(1), []).minimum(np.ones(1), integer=True)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout + done.stderr == b""


def test_a_missing_solver_names_its_part(monkeypatch):
    """Without highspy the error prints the line that installs it."""
    monkeypatch.setitem(sys.modules, "highspy", None)
    with pytest.raises(MissingExtra, match="share"):
        box(1, [])
