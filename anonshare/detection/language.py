"""In which language a note is, offline: told by itself where it is long enough, else by a column, else by the policy."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from anonshare.detection.language_codes import SCRIPTS, UNSURE, one_code
from anonshare.errors import DetectionError, MissingExtra

__all__ = ["identified", "languages_of", "spoken"]

SHORT = 20
"""Letters below which nothing is told of a language."""

SURE = 0.9
"""The least probability of an identified language."""

LIKELY = 0.8
"""The least probability of a language that the policy names."""

LONG, CERTAIN = 60, 0.99
"""Letters and probability from which a note is in a language that the policy does not name."""

HEAD = 2000
"""Characters of a note that are looked at: more tell no more."""


COMMON = (
    "am ar az be bg bn bs ca cs da de el en es et eu fa fi fr gl ha he hi hr hu hy id it ja ka kk km ko lo lt lv mk mn ms my "
    "ne nl no pl ps pt ro ru si sk sl so sq sr sv sw ta te th tl tr uk ur uz vi yo zh"
).split()  # fmt: skip
"""Languages that a note is told apart among: the identifier knows 200 more, and takes Spanish for half Extremaduran."""


@cache
def _identifier(languages: tuple[str, ...]) -> Any:
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        raise MissingExtra("Telling languages apart", "share") from None
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if not languages:
        known = set(identifier.labels)
        identifier.set_languages([code for code in COMMON if code in known])
    else:
        try:
            identifier.set_languages(list(languages))
        except ValueError:
            raise DetectionError(
                "The policy names a language that cannot be told apart here.", hint="Use two-letter codes, such as ro."
            ) from None
    return identifier


def languages_of(texts: Sequence[str], languages: Sequence[str]) -> list[str]:
    """The likeliest language of each text (ISO 639-1), however short; among ``languages`` where some are given."""
    identifier = _identifier(tuple(sorted(set(languages))))
    return [one_code(str(identifier.classify(text)[0])) for text in texts]


def identified(texts: Sequence[str]) -> list[str | None]:
    """The language of each text (ISO 639-1), None where it is too short or the identifier unsure."""
    return [_sure(text) if _letters(text[:200]) >= SHORT else None for text in texts]


def _sure(text: str) -> str | None:
    language, probability = _identifier(()).classify(text)
    code = one_code(str(language))
    return code if probability >= SURE and code != UNSURE else None


def spoken(texts: Sequence[str], languages: Sequence[str] = (), told: Sequence[str | None] | None = None) -> list[str]:
    """The language of each text: its own where that can be told, else what a column ``told``, else the first of ``languages``.

    A note speaks for itself first: a column often holds the mother tongue of a person whose notes somebody else wrote.
    A language beyond ``languages`` (those of the policy) is believed only of a long note, or by its script. ``und``
    where nothing tells. Raises DetectionError where a language of the policy is not known.
    """
    among = tuple(sorted(set(languages)))
    _identifier(among)
    columns = told or [None] * len(texts)
    return [_one(text[:HEAD], languages, among, column) for text, column in zip(texts, columns, strict=True)]


def _one(text: str, languages: Sequence[str], among: tuple[str, ...], column: str | None) -> str:
    prior = column or (languages[0] if languages else UNSURE)
    letters = _letters(text)
    foreign = letters > 0 and _script(text) not in {SCRIPTS.get(code, "LATIN") for code in (*among, prior)}
    if letters < SHORT and not foreign:
        return prior
    label, probability = _identifier(()).classify(text)
    code = one_code(str(label))
    if foreign and SCRIPTS.get(code, "LATIN") == _script(text):
        return code
    if probability < LIKELY or code == UNSURE:
        return prior
    if not among or code in among or (letters >= LONG and probability >= CERTAIN):
        return code
    return column or languages_of([text], among)[0]


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _script(text: str) -> str:
    """The script of most letters of the beginning, by the first word of their Unicode names."""
    names = Counter(unicodedata.name(c, "").partition(" ")[0] for c in text[:200] if c.isalpha())
    found = max(names, key=lambda name: names[name], default="LATIN")
    return "CJK" if found in {"HIRAGANA", "KATAKANA"} else found
