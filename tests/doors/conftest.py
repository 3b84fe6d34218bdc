"""The world of tests/pipeline for real-shaped inputs, and the folder of public data."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[3] / "shared" / "data"


def _pipeline():
    spec = importlib.util.spec_from_file_location("world_of_tests", HERE.parent / "pipeline" / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["world_of_tests"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def world(tmp_path):
    """An office and a desk that know the policies of this folder."""
    made = _pipeline().build(tmp_path)
    for path in HERE.glob("*.yaml"):
        (made.office.root / "policies" / path.name).write_bytes(path.read_bytes())
    return made


@pytest.fixture
def public():
    """The folder of public data; skips, with the reason, where it is absent."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail("CI needs the folder of public data beside the project")
        pytest.skip("the folder of public data is not beside the project")
    return SHARED
