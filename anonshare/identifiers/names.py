"""Names of persons in one form: honorifics off, letters folded, single spaces. Order is kept."""

from __future__ import annotations

import unicodedata

from anonshare.identifiers.scripts import latin

__all__ = ["HONORIFICS", "in_order", "initials", "name_keys", "normal_name"]

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


AFTER = frozenset(["jr", "sr", "ii", "iii", "phd", "md", "esq"])
"""What stands behind a name and is none."""

VOWELS = frozenset("aeiouyw")


def in_order(text: str) -> str:
    """The name with its given names first: ``SURNAME, Given`` is turned round, titles behind it go."""
    surname, comma, given = text.partition(",")
    told = f"{given} {surname}" if comma and normal_name(given) and "," not in given else text.replace(",", " ")
    words = normal_name(told).split()
    kept = [word for word in words if word not in AFTER]
    return " ".join(kept or words)


def name_keys(text: str) -> tuple[str, str, str]:
    """Three keys for comparing names across scripts and spellings, empty where no letter is left.

    The Latin words sorted (order of names does not count), the sorted initials, and the sorted consonant skeletons
    (transliterations differ in vowels most). For finding candidates: two persons can share any of them.
    """
    words = sorted(word for word in latin(in_order(text)).replace("-", " ").replace("'", "").split() if word)
    bones = sorted(filter(None, (_skeleton(word) for word in words)))
    return " ".join(words), "".join(word[0] for word in words), " ".join(bones)


def _skeleton(word: str) -> str:
    kept = word[0] + "".join(c for c in word[1:] if c not in VOWELS and c != "h")
    return "".join(c for i, c in enumerate(kept) if i == 0 or c != kept[i - 1])
