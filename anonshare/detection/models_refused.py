"""Packages on the index that bear an official model's name and are none: never installed by us, refused where they are.

Each has a version that no release of spaCy has, so that a plain installation by name takes it (reference: detection 6).
"""

from __future__ import annotations

import re
from importlib.metadata import distributions

from anonshare.errors import DetectionError

__all__ = ["SQUATTED", "SQUAT_VERSION", "plain_name", "refuse_squatted", "squatted_here"]

SQUATTED: tuple[str, ...] = (
    "de-core-news-md",
    "en-core-web-trf",
    "ja-core-news-sm",
    "ko-core-news-sm",
    "ru-core-news-sm",
    "uk-core-news-md",
    "uk-core-news-sm",
    "zh-core-web-sm",
)
"""Names of official models whose packages on the index are somebody else's."""

SQUAT_VERSION = re.compile(r"9{3,}(?:\.|\Z)")
"""What such packages call their version; the official ones follow spaCy's (3.8.0)."""


def plain_name(name: str) -> str:
    """A package's name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def squatted_here() -> tuple[str, ...]:
    """The squatted packages that are installed here, as "name version", sorted."""
    here = {
        f"{plain_name(one.name)} {one.version}"
        for one in distributions()
        if one.name and plain_name(one.name) in SQUATTED and SQUAT_VERSION.match(one.version)
    }
    return tuple(sorted(here))


def refuse_squatted() -> None:
    """Raises DetectionError that names every squatted package that is installed; no policy can allow one."""
    here = squatted_here()
    if here:
        raise DetectionError(
            f"A package is installed that bears the name of an official model and is none: {', '.join(here)}.",
            hint="Remove it, and treat what this environment has read since as seen by strangers.",
            reason="squatted-model",
        )
