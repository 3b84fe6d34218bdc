"""The policies that ship with anonshare: templates whose placeholders people fill in.

They live at ``policies/`` beside the package in a checkout and inside the package in a wheel; an editable install
sees the first place alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from anonshare.errors import PolicyError
from anonshare.files import read_bytes

__all__ = ["fill", "requirements_template", "shelf", "template"]

_PACKAGE = Path(__file__).resolve().parents[1]


def _folder() -> Path:
    places = (_PACKAGE / "policies", _PACKAGE.parent / "policies")
    return next((place for place in places if place.is_dir()), places[0])


def shelf() -> list[str]:
    """The names of the templates."""
    return sorted(path.stem for path in _folder().glob("*.yaml"))


def template(name: str) -> str:
    """The text of a template; raises PolicyError with the names that exist."""
    if name not in shelf():
        raise PolicyError(f"There is no shelf policy {name!r}.", hint=f"There is: {', '.join(shelf())}.")
    return read_bytes(_folder() / f"{name}.yaml", "shelf policy").decode("utf-8")


def requirements_template() -> str:
    """The text of the requirements that an agency starts with."""
    return read_bytes(_folder() / "requirements" / "agency-default.yaml", "requirements").decode("utf-8")


def fill(text: str, values: Mapping[str, str]) -> str:
    """A template with placeholders replaced: ``{"agency card": "agency-x"}`` fills ``<agency card>``."""
    for name, value in values.items():
        text = text.replace(f"<{name}>", value)
    return text
