"""Names of persons in one form: honorifics off, letters folded, single spaces. Order is kept."""

from __future__ import annotations

import unicodedata

__all__ = ["HONORIFICS", "initials", "normal_name"]

HONORIFICS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "sir",
        "madam",
        "herr",
        "frau",
        "fraulein",
        "mme",
        "mlle",
        "m",
        "monsieur",
        "madame",
        "mademoiselle",
        "sr",
        "sra",
        "srta",
        "senor",
        "senora",
        "senorita",
        "don",
        "dona",
        "dl",
        "dna",
        "domnul",
        "doamna",
        "domnisoara",
        "sig",
        "signor",
        "signora",
        "pan",
        "pani",
        "г-н",
        "г-жа",
        "гр",
        "господин",
        "госпожа",
        "السيد",
        "السيدة",
        "คุณ",
        "นาย",
        "นาง",
        "นางสาว",
        "sheikh",
        "ong",
        "ba",
        "anh",
        "chi",
    ]
)

ACCENTS = frozenset(map(chr, range(0x300, 0x370)))
INSIDE = "'\N{RIGHT SINGLE QUOTATION MARK}-"


def normal_name(text: str) -> str:
    """The name folded (NFKC, case, accents), without honorifics unless nothing else is left; empty for no letters."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    # accents alone go: the vowels of Thai and Devanagari are combining marks too, and names collide without them
    plain = unicodedata.normalize("NFC", "".join(c for c in folded if c not in ACCENTS))
    words = "".join(c if unicodedata.category(c)[0] in "LMN" or c in INSIDE else " " for c in plain).split()
    kept = [word for word in words if word not in HONORIFICS]
    return " ".join(kept or words)


def initials(text: str) -> str:
    """The first letters of a name's words."""
    return "".join(word[0] for word in normal_name(text).split())
