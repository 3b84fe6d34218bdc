"""What works on this machine and in this workspace, and what to do where something does not."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from anonshare.errors import AnonshareError
from anonshare.ledger.ledger import Ledger
from anonshare.workspace import Workspace

__all__ = ["Finding", "examine"]

EXTRAS = {
    "share": (
        "pandas",
        "pyarrow",
        "narwhals",
        "numpy",
        "presidio_analyzer",
        "spacy",
        "phonenumbers",
        "jinja2",
        "highspy",
    ),
    "agency": ("pyarrow", "pandas", "numpy", "narwhals", "highspy"),
}
FREE_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``required`` tells whether nothing works without it."""

    check: str
    ok: bool
    words: str
    required: bool = False


def examine(home: Path | None = None) -> tuple[Finding, ...]:
    """Look at the machine and, where ``home`` is given, at the workspace. Reads no secret and changes nothing."""
    found = [*_machine()]
    if home is not None:
        found += _workspace(home)
    return tuple(found)


def _machine() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("python", sys.version_info >= (3, 11), version, required=True)
    for extra, packages in EXTRAS.items():
        missing = [name for name in packages if find_spec(name) is None]
        words = f"install .[{extra}] (missing: {', '.join(missing)})" if missing else "installed"
        yield Finding(f"part [{extra}]", not missing, words)
    yield _try("language model", _model)
    yield _try("all models", _models)
    free = shutil.disk_usage(Path.cwd()).free
    yield Finding("disk", free > FREE_BYTES, f"{free / 1e9:.0f} GB free")


def _model() -> str:
    from anonshare.detection.model_check import check_installed

    return check_installed()


def _models() -> str:
    from anonshare.detection.models import installed_models
    from anonshare.detection.models_refused import refuse_squatted

    refuse_squatted()
    states = Counter(one.state for one in installed_models())
    return f"{', '.join(f'{count} {state}' for state, count in sorted(states.items())) or 'none'}: anonshare models"


def _workspace(home: Path) -> Iterator[Finding]:
    yield _try("workspace", lambda: f"{Workspace.open(home).kind} {Workspace.open(home).id}", required=True)
    yield _try(
        "trust store", lambda: f"{len(Workspace.open(home).trust.organisations())} organisation(s)", required=True
    )
    if (home / "ledger").is_dir():
        yield _try("ledger", lambda: _ledger(home), required=True)


def _ledger(home: Path) -> str:
    ledger = Ledger.open(home / "ledger")
    ledger.must_be_current()
    return f"{len(ledger.releases())} release(s), chain whole"


def _try(check: str, look: Callable[[], str], *, required: bool = False) -> Finding:
    try:
        return Finding(check, True, look(), required)
    except AnonshareError as error:
        return Finding(check, False, f"{error.message} {error.hint or ''}".strip(), required)
