"""Check digits that we write ourselves: IBAN (ISO 13616), Luhn (ISO/IEC 7812), ICAO 9303 machine readable zones."""

from __future__ import annotations

import re

__all__ = ["iban_valid", "luhn_valid", "mrz_check_digit", "mrz_valid"]

IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}\Z")
MRZ = re.compile(r"[A-Z0-9<]{44}\Z")


def iban_valid(text: str) -> bool:
    """Whether a compact upper-case text is an IBAN by its check digits (mod 97)."""
    if not IBAN.match(text):
        return False
    turned = text[4:] + text[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def luhn_valid(digits: str) -> bool:
    """Whether digits end in their Luhn check digit."""
    total = 0
    for place, c in enumerate(reversed(digits)):
        value = int(c) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def mrz_check_digit(text: str) -> str:
    """The check digit of a field (ICAO 9303-3, 4.9: weights 7, 3, 1)."""
    values = (0 if c == "<" else int(c, 36) for c in text)
    return str(sum(value * (7, 3, 1)[i % 3] for i, value in enumerate(values)) % 10)


def mrz_valid(line: str) -> bool:
    """Whether 44 characters are the second line of a passport's zone, by its check digits (ICAO 9303-4)."""
    if not MRZ.match(line):
        return False
    fields = ((0, 9), (13, 19), (21, 27))
    single = all(mrz_check_digit(line[a:b]) == line[b] for a, b in fields)
    return single and mrz_check_digit(line[0:10] + line[13:20] + line[21:43]) == line[43]
