"""Names of persons by lists and by the company that words keep: no model, every language that has capitals.

A strong first name begins a name; a weak one ("Grace", "Will") needs a known surname behind it; words between are
particles, initials or further capitalized words. In a text without capitals only pairs of listed names count.
"""

from __future__ import annotations

from collections.abc import Iterator

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.people_words import ARTICLES, ENDINGS, EPONYMS, NOBLE, NOT_NAMES, PARTICLES
from anonshare.detection.reading import Reading
from anonshare.shapes import Span

__all__ = ["find_people", "name_end", "name_like"]

LEAST = 4
"""Letters of a surname that counts alone."""

ABBREVIATION = 4
"""So few letters in capitals are an abbreviation: "My IBAN" is no name, though both are listed."""

ENDING = 6
"""The least letters of a word that its ending alone makes a name."""

LONGEST = 5
"""Words that a name has at the most, particles among them."""

CASELESS = 4
"""Where case does not tell where a name ends."""

JOINTS = frozenset({" ", "-", "\u2019", "'", ". ", ".", "\u00a0", "  "})


def find_people(reading: Reading) -> Iterator[Span]:
    """Names by lists; score .6 for a first name in company, .5 for one alone, .45 for a surname alone."""
    at = 0
    while at < len(reading.words):
        end = _from_first_name(reading, at)
        if end is not None:
            start = _surname_before(reading, at)
            score = 0.6 if end - start > 1 else 0.5
            yield Span(reading.words[start].start, _stop(reading, end - 1), "PERSON", score, "names")
        elif _surname_alone(reading, at):
            yield Span(reading.words[at].start, _stop(reading, at), "PERSON", 0.45, "names")
        at = end or at + 1
    yield from _initials(reading, reading.text)
    yield from _with_particles(reading)


def _stop(reading: Reading, last: int) -> int:
    """The end of a name's last word, without a possessive."""
    word = reading.words[last]
    return word.end - 2 if reading.text[word.end - 2 : word.end] in {"'s", "\u2019s"} else word.end


def _from_first_name(reading: Reading, at: int) -> int | None:
    """The word behind a name that begins with the first name at ``at``; None where none begins."""
    firsts, plain = gazetteer("first_names"), reading.plain
    if plain[at] in NOT_NAMES:
        return None
    strong = plain[at].removesuffix("'s") in firsts.strong
    if not (strong or plain[at] in firsts.weak) or not _capital(reading, at):
        return None
    end = name_end(reading, at)
    listed = any(map(_listed, plain[at + 1 : end]))
    if plain[at] in gazetteer("words_en").strong and (reading.caseless or (not strong and len(plain[at]) < LEAST)):
        return None
    return (
        end
        if strong or listed or (end - at > 1 and _inside_sentence(reading, at) and not _eponym(reading, at))
        else None
    )


def _inside_sentence(reading: Reading, at: int) -> bool:
    """Whether a capital here means something: where a sentence begins every word has one."""
    start = reading.words[at].start
    before = reading.text[max(0, start - 2) : start]
    return before[-1:] == " " and (before[:1].islower() or before[:1] in {",", "&"})


def _eponym(reading: Reading, at: int) -> bool:
    """Whether a disease, a test or a law is called so: "enfermedad de Crohn", "Brooke's technique"."""
    before = {w.fold for w in reading.words[max(0, at - 3) : at]}
    behind = {w.fold for w in reading.words[at + 1 : at + 3]}
    return bool(before & EPONYMS or behind & EPONYMS)


def _surname_alone(reading: Reading, at: int) -> bool:
    """A listed surname with a capital, not where a sentence begins: there every word has one."""
    word, plain = reading.words[at], reading.plain[at]
    written = reading.text[word.start : word.end]
    if reading.caseless or len(plain) <= LEAST or not written[0].isupper() or written.isupper():
        return False
    if plain in NOT_NAMES or plain in gazetteer("words_en").strong:
        return False
    if _eponym(reading, at):
        return False
    made = (
        plain.endswith(ENDINGS) and len(plain) > ENDING and plain.isalpha() and plain not in gazetteer("cities").strong
    )
    return made or (plain in gazetteer("surnames").strong and _inside_sentence(reading, at))


def _capital(reading: Reading, at: int) -> bool:
    return reading.caseless or not reading.text[reading.words[at].start].islower()


def name_end(reading: Reading, at: int) -> int:
    """The word behind the name that begins with word ``at``."""
    words, text = reading.words, reading.text
    end = at + 1
    for i in range(at + 1, min(at + (CASELESS if reading.caseless else LONGEST), len(words))):
        joint = text[words[i - 1].end : words[i].start]
        if joint not in JOINTS or (joint[0] == "." and words[i - 1].end - words[i - 1].start > 2):
            break
        if _particle(reading, i) and i + 1 < len(words):
            continue
        if _initial(reading, i) and joint == " " and end == i:
            return i + 1
        if not name_like(reading, i):
            break
        end = i + 1
    return end


def _particle(reading: Reading, at: int) -> bool:
    fold = reading.words[at].fold
    if reading.text[reading.words[at].start].isupper() and not reading.caseless:
        return False
    return fold in PARTICLES or (fold in ARTICLES and reading.words[at - 1].fold in PARTICLES)


def name_like(reading: Reading, at: int) -> bool:
    """Whether a word is written as a part of a name, and is none of the words that stand behind names."""
    word, plain = reading.words[at], reading.plain[at]
    if len(plain) < 2 or not plain.replace("'", "").isalpha() or reading.text[word.end : word.end + 1] in {":", "="}:
        return False
    if reading.caseless:
        if plain not in gazetteer("words_en").strong:
            return _listed(plain) or at > 0
        behind_first = at > 0 and reading.plain[at - 1] in gazetteer("first_names").strong
        return behind_first and plain in gazetteer("surnames").weak and plain not in NOT_NAMES
    written = reading.text[word.start : word.end]
    if written.isupper() and 1 < len(written) <= ABBREVIATION:
        return False
    return written[0].isupper() and plain not in NOT_NAMES


def _surname_before(reading: Reading, at: int) -> int:
    """``Popescu Ana``, ``POPESCU, Ana``: the place of a listed surname right before the first name."""
    if at == 0 or not _capital(reading, at - 1):
        return at
    between = reading.text[reading.words[at - 1].end : reading.words[at].start]
    return at - 1 if between in {" ", ", ", "-"} and reading.plain[at - 1] in gazetteer("surnames").strong else at


def _with_particles(reading: Reading) -> Iterator[Span]:
    """``van der Berg`` alone; ``de la Cruz`` only where the word behind is a listed surname and no place."""
    words, text = reading.words, reading.text
    for i in range(len(words) - 2):
        if (words[i].fold, words[i + 1].fold) in NOBLE and name_like(reading, i + 2) and not reading.caseless:
            listed = (
                reading.plain[i + 2] in gazetteer("surnames").strong
                and reading.plain[i + 2] not in gazetteer("cities").strong
            )
            sure = words[i].fold == "van" or (listed and (words[i].fold == "von" or text[words[i].start].isupper()))
            if sure and words[i + 2].start - words[i + 1].end == 1:
                yield Span(words[i].start, _stop(reading, name_end(reading, i + 2) - 1), "PERSON", 0.6, "names")


def _initials(reading: Reading, text: str) -> Iterator[Span]:
    """``J. Smith``, ``M.K. Popescu``: initials and a capitalized word of three letters or more."""
    words = reading.words
    for i, word in enumerate(words[:-1]):
        if not _initial(reading, i) or (i and _initial(reading, i - 1)):
            continue
        last = i + 1
        while last < len(words) and _initial(reading, last) and last - i < 4:
            last += 1
        if last == len(words) or text[words[last - 1].end : words[last].start] not in {". ", "."}:
            continue
        name = words[last]
        sure = last - i > 1 or _listed(reading.plain[last]) or reading.plain[last] in gazetteer("surnames").weak
        if sure and name.end - name.start > 2 and name_like(reading, last) and not reading.caseless:
            yield Span(word.start, _stop(reading, name_end(reading, last) - 1), "PERSON", 0.6, "names")


def _listed(plain: str) -> bool:
    return plain in gazetteer("surnames").strong or plain in gazetteer("first_names").strong


def _initial(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    return (
        word.end - word.start == 1
        and reading.text[word.start].isupper()
        and reading.text[word.end : word.end + 1] == "."
    )
