"""Letters of other scripts as Latin ones, so that a name typed in two scripts can meet itself.

Cyrillic follows the romanization of passports (ICAO 9303-3, table B), Greek ELOT 743; Arabic has its consonants alone,
for short vowels are not written. It is one-way and lossy, for comparing and never for showing.
"""

from __future__ import annotations

import unicodedata

__all__ = ["latin", "look_alikes"]

_CYRILLIC = dict(
    zip(
        "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюяђјљњћџѓќў",
        [
            "a",
            "b",
            "v",
            "g",
            "g",
            "d",
            "e",
            "e",
            "ie",
            "zh",
            "z",
            "i",
            "i",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "ie",
            "y",
            "",
            "e",
            "iu",
            "ia",
            "d",
            "j",
            "lj",
            "nj",
            "c",
            "dz",
            "g",
            "k",
            "u",
        ],
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        [
            "a",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "th",
            "i",
            "k",
            "l",
            "m",
            "n",
            "x",
            "o",
            "p",
            "r",
            "s",
            "s",
            "t",
            "y",
            "f",
            "ch",
            "ps",
            "o",
        ],
        strict=True,
    )
)
_ARABIC = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئءپچژگک",
        [
            "a",
            "b",
            "t",
            "th",
            "j",
            "h",
            "kh",
            "d",
            "dh",
            "r",
            "z",
            "s",
            "sh",
            "s",
            "d",
            "t",
            "z",
            "a",
            "gh",
            "f",
            "q",
            "k",
            "l",
            "m",
            "n",
            "h",
            "w",
            "y",
            "a",
            "h",
            "a",
            "i",
            "a",
            "w",
            "y",
            "",
            "p",
            "ch",
            "zh",
            "g",
            "k",
        ],
        strict=True,
    )
)
_OTHERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
_TABLE = {ord(a): b for table in (_CYRILLIC, _GREEK, _ARABIC, _OTHERS) for a, b in table.items()}

_ALIKE = str.maketrans("АВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXIJSABEZHIKMNOPTYX")


def latin(text: str) -> str:
    """Lower-case Latin letters for Cyrillic, Greek, Arabic and Latin with marks; other scripts stay as they are."""
    lower = unicodedata.normalize("NFKC", text).casefold()
    # a letter of a table goes first: taking й apart would make another letter of it
    told = lower.replace("ου", "ou").replace("ού", "ou").translate(_TABLE)
    bare = "".join(c for c in unicodedata.normalize("NFKD", told) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).translate(_TABLE)


def look_alikes(text: str) -> str:
    """Upper-case letters of Cyrillic and Greek that look like Latin ones as these: plates and documents mix them."""
    return text.upper().translate(_ALIKE)
