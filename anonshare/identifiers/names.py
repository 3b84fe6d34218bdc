"""Names of persons in one form: honorifics off, letters folded, single spaces. Order is kept."""

from __future__ import annotations

import re
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


def normal_name(text: str) -> str:
    """The name folded (NFKC, case, accents), without honorifics unless nothing else is left; empty for no letters."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    # combining marks that are vowels (Thai, Devanagari) have class 0 and stay: without them names collide
    plain = "".join(c for c in folded if unicodedata.combining(c) == 0)
    words = re.findall(r"[\w'\N{RIGHT SINGLE QUOTATION MARK}-]+", unicodedata.normalize("NFC", plain))
    kept = [word for word in words if word not in HONORIFICS]
    return " ".join(kept or words)


def initials(text: str) -> str:
    """The first letters of a name's words."""
    return "".join(word[0] for word in normal_name(text).split())
