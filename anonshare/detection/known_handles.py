"""Known names inside of what is written as one: "mariapopescu98", "@popescu.maria", "#FreeMariaPopescu", a path, an e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.known_sought import Sought
from anonshare.detection.known_words import ordinary
from anonshare.shapes import Span

__all__ = ["find_handles"]

REACH = 120
"""Characters to each side of a name that can be of one handle with it."""

OUTSIDE = frozenset(" \t\n\r\u00a0<>\"'\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb()[]{},;|!\u2026\u2588*`")
HOST = re.compile(r"(?:[a-z][a-z0-9+.-]{1,12}://|www\.|[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/)", re.IGNORECASE)
MAIL = re.compile(r"[^@\s]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
CUTS = "/:=&?%#+~\\"
SIGNED = re.compile(r"[\d_@#]")
ALONE = 6
"""Letters of two names as one that count without a digit or a mark beside them."""

WORDLIKE = 3
"""Letters before a name that can make another word of it: "primaria"."""

Stretch = tuple[int, int]


def find_handles(text: str, folded: str, sought: Sought) -> Iterator[Span]:
    """The whole of every handle, address or path that holds a known name; score 1. ``folded`` has the places of ``text``."""
    done: set[Stretch] = set()
    for needle in sought.needles:
        at = folded.find(needle)
        while at >= 0:
            hit = at, at + len(needle)
            at = folded.find(needle, at + 1)
            if needle in sought.words and _apart(text, *hit):
                continue
            found = _handle(text, folded, hit, needle, sought)
            if found is not None and found[:2] not in done:
                done.add(found[:2])
                yield Span(*found, 1.0, "known")


def _apart(text: str, start: int, end: int) -> bool:
    """Whether blanks or marks of sentences stand on both sides: a word like any other."""
    return (start == 0 or text[start - 1] in OUTSIDE) and (
        end >= len(text) or text[end] in OUTSIDE or (text[end] in ".:?" and text[end + 1 : end + 2] in {"", " ", "\n"})
    )


def _handle(text: str, folded: str, hit: Stretch, needle: str, sought: Sought) -> tuple[int, int, str] | None:
    start, end = _token(text, *hit)
    token = text[start:end]
    if MAIL.fullmatch(token):
        return (start, end, "EMAIL_ADDRESS") if _at_edge(text, folded, hit, needle, sought) else None
    if HOST.match(token):
        return (start, end, "URL") if _at_edge(text, folded, hit, needle, sought) else None
    start, end = _segment(text, (start, end), hit)
    return (start, end, "HANDLE") if _named(text, folded, (start, end), hit, needle, sought) else None


def _token(text: str, start: int, end: int) -> Stretch:
    """The stretch without blanks, quotes and brackets around a name."""
    first, last = max(0, start - REACH), min(len(text), end + REACH)
    while start > first and text[start - 1] not in OUTSIDE:
        start -= 1
    while end < last and text[end] not in OUTSIDE:
        end += 1
    while text[end - 1] in ".:?-":
        end -= 1
    return start, end


def _segment(text: str, token: Stretch, hit: Stretch) -> Stretch:
    """The part of a token that holds the name: of ``Telegram:maria98`` what follows the colon."""
    start, end = _cut(text, token, hit, CUTS)
    marked = start > 0 and text[start - 1] in "@#"
    start -= marked and start - 1 >= token[0]
    whole = text[start:end]
    if "_" not in whole and whole[0] not in "@#":
        start, end = _cut(text, (start, end), hit, "-")
    whole = text[start:end]
    if not (whole.islower() or whole[0] == "@"):
        start, end = _cut(text, (start, end), hit, ".")
    return start, end


def _cut(text: str, stretch: Stretch, hit: Stretch, marks: str) -> Stretch:
    start, end = hit
    while start > stretch[0] and text[start - 1] not in marks:
        start -= 1
    while end < stretch[1] and text[end] not in marks:
        end += 1
    return start, end


def _named(text: str, folded: str, segment: Stretch, hit: Stretch, needle: str, sought: Sought) -> bool:
    """Whether a segment is a handle by its marks, by a change of case within, or by two names of one person as one."""
    whole, run = text[slice(*segment)], _run(folded, hit)
    word = folded[slice(*run)]
    if SIGNED.search(whole):
        if whole[0] == "#" and not _tagged(text, folded, hit, run):
            return False
        return _at_edge(text, folded, hit, needle, sought)
    if needle in sought.glued or needle in sought.signed:
        small = "." not in needle or whole.islower()
        return run == hit and len(word) >= ALONE and small and not ordinary(word) and word not in sought.forms
    if "." in whole and whole.islower():
        return run == hit and not ordinary(word)
    return run != hit and _camel(text, hit, run)


def _run(folded: str, hit: Stretch) -> Stretch:
    """The letters around a name, as far as a handle goes."""
    start, end = hit
    first, last = max(0, start - REACH), min(len(folded), end + REACH)
    while start > first and folded[start - 1].isalpha():
        start -= 1
    while end < last and folded[end].isalpha():
        end += 1
    return start, end


def _at_edge(text: str, folded: str, hit: Stretch, needle: str, sought: Sought) -> bool:
    """Whether a run of letters begins or ends with the name and is no word; two names may stand anywhere in it."""
    run = _run(folded, hit)
    if needle in sought.signed:
        return run == hit
    if run != hit and folded[slice(*run)] in gazetteer("words_en").strong:
        return False
    if needle in sought.glued or run[0] == hit[0] or _camel(text, hit, run):
        return True
    before = folded[run[0] : hit[0]]
    return run[1] == hit[1] and (len(before) < WORDLIKE or text[run[0] - 1 : run[0]] == "@" or _words(before))


def _camel(text: str, hit: Stretch, run: Stretch) -> bool:
    """Whether capitals cut the name out of its run: "FreeMariaPopescu"."""
    (start, end), (first, last) = hit, run
    begins = start == first or (text[start].isupper() and text[start - 1].islower())
    return begins and (end == last or (text[end].isupper() and text[end - 1].islower()))


def _tagged(text: str, folded: str, hit: Stretch, run: Stretch) -> bool:
    """Whether what stands beside the name in a hashtag are words or names, so that the name is no part of a word."""
    sides = (folded[run[0] : hit[0]], folded[hit[1] : run[1]])
    return _camel(text, hit, run) or all(not side or _words(side) for side in sides)


def _words(side: str) -> bool:
    """Whether letters are a word or a name, or two of them."""
    return _word_or_name(side) or any(
        _word_or_name(side[:i]) and _word_or_name(side[i:]) for i in range(2, len(side) - 1)
    )


def _word_or_name(side: str) -> bool:
    lists = (gazetteer("first_names"), gazetteer("surnames"))
    return ordinary(side) or any(side in one.strong or side in one.weak for one in lists)
