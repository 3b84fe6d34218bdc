"""Machine readable zones of travel documents: TD1 (cards), TD2 and MRV-B (36), TD3 and MRV-A (44); ICAO Doc 9303-3 to -7.

Check digits are those of 9303-3, 4.9 (weights 7, 3, 1). A zone is judged by the line that carries them.
"""

from __future__ import annotations

import re

from anonshare.identifiers.checksums import mrz_check_digit, mrz_valid

__all__ = ["td1_valid", "zone_valid"]

_TD2 = re.compile(r"[A-Z0-9<]{36}\Z")
_TD1 = re.compile(r"[A-Z0-9<]{30}\Z")


def _holds(line: str, *fields: tuple[int, int]) -> bool:
    return all(mrz_check_digit(line[a:b]) == line[b] for a, b in fields)


def td1_valid(first: str, second: str) -> bool:
    """Whether two lines of 30 characters are the first lines of a card's zone, by all their check digits."""
    if not (_TD1.match(first) and _TD1.match(second)):
        return False
    # a document number of more than nine characters goes on in the optional field (9303-5, note j)
    number = first[14] == "<" or _holds(first, (5, 14))
    whole = first[5:30] + second[0:7] + second[8:15] + second[18:29]
    return number and _holds(second, (0, 6), (8, 14)) and mrz_check_digit(whole) == second[29]


def zone_valid(lines: tuple[str, ...]) -> bool:
    """Whether the lines are a machine readable zone, in order, by its check digits; a visa's has no composite one."""
    if not lines:
        return False
    if len(lines) == 3:
        return td1_valid(lines[0], lines[1])
    last = lines[-1]
    if len(last) == 44:
        return mrz_valid(last) or (lines[0][:1] == "V" and _holds(last, (0, 9), (13, 19), (21, 27)))
    if not _TD2.match(last) or not _holds(last, (0, 9), (13, 19), (21, 27)):
        return False
    return lines[0][:1] == "V" or mrz_check_digit(last[0:10] + last[13:20] + last[21:35]) == last[35]
