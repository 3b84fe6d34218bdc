"""The world of tests/pipeline."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """An office and a desk that tests of a module read."""
    path = Path(__file__).parents[1] / "pipeline" / "conftest.py"
    spec = importlib.util.spec_from_file_location("world_of_exports", path)
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["world_of_exports"] = module
    spec.loader.exec_module(module)
    return module.build(tmp_path_factory.mktemp("world"))
