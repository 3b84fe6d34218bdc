"""Vehicle identification numbers (ISO 3779): seventeen characters, no I, O or Q.

The check digit in the ninth place is law in North America (49 CFR 565.15) and in China, and free in Europe: a European
number has a form and proves nothing.
"""

from __future__ import annotations

import re

__all__ = ["vin_form", "vin_valid"]

_FORM = re.compile(r"[A-HJ-NPR-Z0-9]{13}[0-9]{4}\Z")
_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))  # fmt: skip
_VALUES |= {str(i): i for i in range(10)}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def vin_form(text: str) -> bool:
    """Whether a text has the form of a number: seventeen characters, letters among them, the last four are digits."""
    return _FORM.match(text) is not None and sum(c.isalpha() for c in text) >= 3


def vin_valid(text: str) -> bool:
    """Whether the ninth character of an upper-case text of that form is its check digit."""
    if not vin_form(text):
        return False
    rest = sum(_VALUES[c] * weight for c, weight in zip(text, _WEIGHTS, strict=True)) % 11
    return text[8] == ("X" if rest == 10 else str(rest))
