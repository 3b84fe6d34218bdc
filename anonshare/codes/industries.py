"""Economic activities: a code of ISIC Rev.4 becomes its group, division and section."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from anonshare.codes.lists import data_file

__all__ = ["Isic", "isic_codes", "isic_title"]

CODE = re.compile(r"([A-U])|(?:([A-U])[ .-]?)?([0-9]{2})(?:(\.?)([0-9]{1,2}))?")
LONGEST = 12


@cache
def _titles() -> Mapping[str, str]:
    sections = json.loads(data_file("isic4.json"))["sections"]
    found = {letter: section["title"] for letter, section in sections.items()}
    return found | {code: title for section in sections.values() for code, title in section["divisions"].items()}


@cache
def isic_codes() -> Mapping[str, tuple[str, ...]]:
    """Every section, division, group and class with its labels: class, group, division, section.

    A code that is coarser than a class stands for itself where it tells nothing finer.
    """
    raw = json.loads(data_file("isic4.json"))
    found: dict[str, tuple[str, ...]] = {}
    above = {code: letter for letter, section in raw["sections"].items() for code in section["divisions"]}
    for letter in raw["sections"]:
        found[letter] = (letter,) * 4
    for code, letter in above.items():
        found[code] = (code, code, code, letter)
    for code in raw["groups"].split():
        found[code] = (code, code, code[:2], above[code[:2]])
    for code in raw["classes"].split():
        found[code] = (code, code[:3], code[:2], above[code[:2]])
    return found


def isic_title(code: str) -> str:
    """The English title of a section or division, empty for anything else."""
    return _titles().get(code, "")


@dataclass(frozen=True)
class Isic:
    """Class (``4711``), group (``471``), division (``47``), section (``G``).

    Reads ``4711``, ``47.11``, ``G4711`` and coarser codes. A code with a dot may be of NACE Rev.2, which shares ISIC's
    divisions and sections but not all classes: one that ISIC does not have counts as its division.
    """

    name: str = "isic"
    height: int = 4

    @property
    def domain(self) -> int:
        """The number of codes of all four levels: each is a value that may stand in a cell."""
        return len(isic_codes())

    def path(self, value: str) -> tuple[str, ...] | None:
        """Class, group, division, section; None for what is no code, or stands under another section's letter."""
        text = value.strip().upper()
        found = CODE.fullmatch(text) if 0 < len(text) <= LONGEST else None
        if found is None:
            return None
        alone, letter, division, dot, rest = found.groups()
        path = isic_codes().get(alone or division + (rest or ""))
        if path is None and dot:
            path = isic_codes().get(division)
        return path if path is not None and letter in {None, path[-1]} else None

    def leaves(self, level: int, label: str) -> int:
        """The number of codes under a label."""
        return self._counts[level][label]

    @cached_property
    def _counts(self) -> list[Counter[str]]:
        return [Counter(path[level] for path in isic_codes().values()) for level in range(self.height)]
