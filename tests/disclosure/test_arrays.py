"""The door for numpy."""

import importlib
import sys

import pytest

from anonshare.disclosure import arrays
from anonshare.errors import MissingExtra


def test_without_numpy_the_part_is_named(monkeypatch):
    """A base install that is asked for disclosure control says which part is missing."""
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(MissingExtra, match="share"):
        importlib.reload(arrays)
    monkeypatch.undo()
    importlib.reload(arrays)


def test_judging_needs_no_numpy():
    """The models that a receiver runs load no guest."""
    code = "import sys, anonshare.disclosure.k_anonymity, anonshare.disclosure.l_diversity; sys.exit('numpy' in sys.modules)"
    import subprocess

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
