"""Letters and digits that only look like what was meant: Cyrillic in a Latin word, the letter O in a number.

Advertisements and handles are written so that no filter finds them. Only what stands in a mixed company is changed: a
word that is wholly Cyrillic is Cyrillic, and a code of letters and digits stays one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["look_alike_changes"]

TO_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝһӏαορνυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTYXaesijopcyxdqwhlaopvuABEZHIKMNOPTYX"
)
TO_CYRILLIC = str.maketrans("ABEKMHOPCTYXaeopcyxij", "АВЕКМНОРСТУХаеорсухіј")
MIXED = re.compile(r"[^\W\d_]{2,40}")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
OTHER = re.compile(r"[\u0370-\u052f]")
AS_DIGITS = str.maketrans("OoОоQDlI|", "000000111")
"""Of what people write in place of 0 and 1; S, B and Z stay, for codes have them."""
NUMBER = re.compile(r"(?<![\w])(?<![0-9] )\+?[0-9OoОоl|I][0-9OoОоl|I .()/-]{5,24}[0-9OoОоl|I](?![\w])")
LEAST = 5
"""Digits that a number must have at the least to be meant as one; documents begin with letters and end with them."""


def look_alike_changes(read: str) -> Iterator[tuple[int, int, str]]:
    """``(start, end, as it was meant)`` of words in two scripts, and of numbers with letters in them; of equal length."""
    if not read.isascii() and OTHER.search(read) is not None:
        yield from _words(read)
    for found in NUMBER.finditer(read):
        written = found.group()
        letters, digits = sum(c in "OoОоl|I" for c in written), sum(c.isdigit() for c in written)
        phone = written[0] in "+0OoОо" and written[-2:].isdigit()
        if 0 < letters <= digits >= LEAST and phone:
            yield found.start(), found.end(), written.translate(AS_DIGITS)


def _words(read: str) -> Iterator[tuple[int, int, str]]:
    for found in MIXED.finditer(read):
        word = found.group()
        latin, other = len(LATIN.findall(word)), len(OTHER.findall(word))
        if latin and other:
            meant = word.translate(TO_LATIN if latin >= other else TO_CYRILLIC)
            if meant != word and not (LATIN.search(meant) and OTHER.search(meant)):
                yield found.start(), found.end(), meant
