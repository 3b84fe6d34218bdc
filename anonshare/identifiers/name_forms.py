"""The forms that a name takes in a sentence: case endings of Slavic, Baltic, Romanian, Hungarian, Turkish and Greek.

For finding a known name in a text, so a form too many costs a masked word and a form too few costs a person.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["consonants", "loose_form", "name_forms", "without_prefix"]

STEM = 4
"""Letters that must stay of a name: shorter stems are words of some language."""

BEHIND_VOWEL = (
    "",
    "a",
    "e",
    "ei",
    "i",
    "y",
    "u",
    "o",
    "oi",
    "oy",
    "oiu",
    "oyu",
    "iu",
    "ii",
    "ia",
    "iei",
    "yi",
    "ou",
    "em",
    "om",
    "es",
    "as",
)
"""After the final vowel was taken off: Olena, Oleny, Oleni, Olenu, Olenoiu; Maria, Mariei; Andreas, Andrea."""

BEHIND_CONSONANT = (
    "", "s", "a", "u", "om", "em", "e", "i", "y", "ovi", "evi", "ului", "lui", "ul", "ule", "nak", "nek", "val", "vel",
    "t", "ot", "et", "nin", "in", "un", "yi", "da", "de", "dan", "den", "oi", "oy", "iu", "ym", "ogo", "oho", "omu",
)  # fmt: skip
"""Petrenko, Petrenka; Popescu, Popescului; Szabó, Szabónak; Yılmaz'ın without its apostrophe."""

SHORT_WOMEN = ("y", "i", "u", "ei", "oi", "oiu", "oy", "ii", "iei")
"""After the a of a name of four letters: Olga, Olgy, Olgoiu; Anna, Annei."""

ADJECTIVES = (
    "i",
    "y",
    "a",
    "u",
    "iego",
    "iemu",
    "im",
    "iej",
    "ich",
    "ogo",
    "oho",
    "omu",
    "ym",
    "oi",
    "oiu",
    "ii",
    "yi",
)
"""After the last letters of Polish, Ukrainian and Russian names that are adjectives: Kowalski, Kowalska, Kowalskiego."""

BALTIC = ("o", "ui", "a", "u", "e", "io", "iui", "ou")
"""After the stem of Baltic and Greek names: Jonas, Jono; Andreas, Andrea."""

GERMAN = (("ae", "a"), ("oe", "o"), ("ue", "u"))


@lru_cache(maxsize=65_536)
def name_forms(name: str) -> frozenset[str]:
    """All forms of one word of a name, both in Latin letters and small, the word itself among them."""
    forms = {name, name + "s"}
    for long, short in GERMAN:
        if long in name:
            forms.add(name.replace(long, short))
    stem = name[:-1] if name[-1:] in set("aeiouy") else None
    if stem is not None and len(stem) >= STEM:
        forms |= {stem + ending for ending in BEHIND_VOWEL}
    if len(name) >= STEM:
        forms |= {name + ending for ending in BEHIND_CONSONANT}
    return frozenset(forms | _special(name))


def _special(name: str) -> set[str]:
    """Forms of names that end in a way of their own."""
    forms: set[str] = set()
    if name.endswith("a") and len(name) == STEM:
        forms |= {name[:-1] + ending for ending in SHORT_WOMEN}
    if name.endswith("a") and len(name) == STEM - 1:
        forms.add(name[:-1] + "ei")
    if name.endswith(("as", "is", "us", "os")) and len(name) > STEM:
        forms |= {name[:-2] + ending for ending in BALTIC}
        if len(name) > STEM + 1:
            forms.add(name[:-2])
    if name.endswith(("ii", "yi")) and len(name) > STEM:
        forms |= {name[:-2] + ending for ending in ADJECTIVES}
    if name.endswith(("ski", "cki", "ska", "cka", "sky", "cky")) and len(name) > STEM:
        forms |= {name[:-1] + ending for ending in ADJECTIVES}
    return forms


PREFIXES = (
    re.compile(
        "(?:\u0627\u0644|[\u0648\u0641]?(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644|[\u0628\u0644\u0643])|[\u0648\u0641](?:\u0627\u0644)?)"
    ),
    re.compile("(?:\u05d5?(?:\u05db\u05e9|[\u05d1\u05dc\u05de\u05d4\u05e9\u05db]{1,2})|\u05d5)"),
)
"""Arabic and Hebrew write "and", "to", "in", "from" and the article as one with the word."""
PREFIX_LETTERS = frozenset("\u0627\u0648\u0641\u0628\u0643\u0644\u05d5\u05d1\u05dc\u05de\u05d4\u05e9\u05db")
WHOLE = 3
"""Letters that a name keeps behind a prefix."""

LOOSE = (("ou", "u"), ("kh", "h"), ("gh", "h"), ("ph", "f"), ("ks", "x"), ("ts", "c"), ("tz", "c"), ("ck", "k"))
LETTERS = str.maketrans("gyjw", "hiiv")
DOUBLE = re.compile(r"(.)\1+")


def loose_form(form: str) -> str:
    """What the ways agree in that people write one name of another alphabet: Yuriy, Yurii, Iurij; Serhii, Sergii.

    ``form`` is in small Latin letters. For comparing alone: two names can share it.
    """
    for long, short in LOOSE:
        form = form.replace(long, short)
    return DOUBLE.sub(r"\1", form.translate(LETTERS))


def consonants(form: str) -> str:
    """The skeleton of a name, in which an Arabic spelling meets a Latin one: Muhammad, Mohammed, \u0645\u062d\u0645\u062f.

    ``form`` is in small Latin letters, an Arabic one as ``latin`` gives it; short vowels are not written there, and a
    final h is the ending of women's names.
    """
    bare = form[:-1] if form.endswith("h") and len(form) > STEM - 1 else form
    return DOUBLE.sub(r"\1", bare[:1] + "".join(c for c in bare[1:] if c not in "aeiouyw"))


def _bare(word: str) -> tuple[str, ...]:
    ends = {found.end() for pattern in PREFIXES if (found := pattern.match(word))}
    return tuple(word[i:] for end in ends for i in range(1, end + 1) if len(word) - i >= WHOLE)


def without_prefix(word: str) -> tuple[str, ...]:
    """An Arabic or Hebrew word without what may be glued before it, each cut once; nothing for other scripts."""
    return _bare(word) if word[0] in PREFIX_LETTERS else ()
