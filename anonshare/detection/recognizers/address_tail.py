"""What belongs to an address behind its street: floor and flat, city, region, post code, country, over several lines."""

from __future__ import annotations

import re

from anonshare.detection.reading import words_of
from anonshare.detection.recognizers.address_walk import LINE, Walk
from anonshare.detection.recognizers.address_words import PARTS, PLACE_LEADS, REGIONS, UNITS

__all__ = ["POST", "tail_end"]

POST = re.compile(r"[0-9]{4,6}")
DOOR = re.compile(r"[a-z]?[0-9]{1,5}[a-z]?")
PART = re.compile(r"[0-9]{1,3}[ºªo°]?[a-z]?|[ivx]{1,4}|[a-z]")
LETTERED = re.compile(r"[0-9]{1,3}[ºª]?[a-z]|[0-9]{1,3}[ºª]")
CODE = re.compile(r"[^\W\d_]{2,3}")
UK = re.compile(r"[a-z]{1,2}[0-9][0-9a-z]?")
UK_IN = re.compile(r"[0-9][a-z]{2}")
COMMAS = frozenset({", ", ",", " , ", " - ", " – ", ". ", ".: ", "; "})
MOST = 9


def tail_end(walk: Walk, last: int) -> int:
    """The last word of the address whose street ends with word ``last``."""
    for step in range(MOST):
        following = _part(walk, last) or _post(walk, last) or _place(walk, last, deep=step > 0)
        if not following:
            return last
        last = following
    return last


def _part(walk: Walk, last: int) -> int:
    """A part of a house: ``Apt. 573``, ``bl. A2``, ``, 3º B``, ``bajo der``; 0 where none follows."""
    gap, at = walk.gap(last), last + 1
    near = gap in {" ", "  "} or gap in COMMAS or LINE.fullmatch(gap)
    numbered = DOOR.fullmatch(walk.fold(at + 1)) or PART.fullmatch(walk.fold(at + 1))
    if near and walk.fold(at) in UNITS and walk.gap(at) in {" ", ". ", ".", ": ", " #"} and numbered:
        return at + 1
    if gap not in COMMAS | {" ", "-", ",", "º ", "/"} or (gap == ". " and not walk.fold(last)[0].isdigit()):
        return 0
    if walk.fold(at) in PARTS and (
        walk.fold(last)[-1:].isdigit() or walk.fold(last) in PARTS or PART.fullmatch(walk.fold(last))
    ):
        return at
    if walk.number(at) and walk.gap(at) == "." and walk.fold(at + 1) in {"º", "o", "ª", "a"}:
        return at + 1
    if PART.fullmatch(walk.fold(at)) and walk.fold(at) not in _prose(walk, at):
        ends = walk.gap(at)[:1] in {",", ".", "\n", "\x00", ")", "º", ";", "ª", "-"} or walk.fold(at + 1) in PARTS
        post = POST.fullmatch(walk.fold(at + 1)) is not None
        part = PART.fullmatch(walk.fold(at + 1)) is not None and (
            walk.capital(at + 1) or walk.fold(at + 1)[0].isdigit()
        )
        if ends or post or part or LETTERED.fullmatch(walk.fold(at)):
            return at
    return 0


def _prose(walk: Walk, at: int) -> set[str]:
    """A single letter in small is a word, not a door."""
    fold = walk.fold(at)
    return {fold} if len(fold) == 1 and fold.isalpha() and not walk.capital(at) else set()


def _post(walk: Walk, last: int) -> int:
    """A post code, with the letters of its region or country before it; 0 where none follows."""
    gap, at = walk.gap(last), last + 1
    if not (gap in COMMAS or gap in {" ", "  ", " (", " -", "- "} or LINE.fullmatch(gap)):
        return 0
    if (
        (walk.lower or walk.capital(at) or walk.fold(at) in REGIONS)
        and CODE.fullmatch(walk.fold(at))
        and POST.fullmatch(walk.fold(at + 1))
    ) and walk.gap(at) in {" ", "-", ". "}:
        return at + 1
    if walk.fold(at) == "c" and walk.fold(at + 1) == "p" and POST.fullmatch(walk.fold(at + 2)):
        return at + 2
    if UK.fullmatch(walk.fold(at)) and UK_IN.fullmatch(walk.fold(at + 1)) and walk.gap(at) == " ":
        return at + 1
    if POST.fullmatch(walk.fold(at)):
        plus = walk.gap(at) in {"-", " "} and re.fullmatch("[0-9]{3,4}|[a-z]{2}", walk.fold(at + 1))
        dutch = (
            plus
            and (walk.fold(at + 1).isdigit() is (walk.gap(at) == "-"))
            and (walk.capital(at + 1) or walk.gap(at) == "-")
        )
        return at + 1 if dutch else at
    if re.fullmatch("[0-9]{2}", walk.fold(at)) and walk.gap(at) == "-" and re.fullmatch("[0-9]{3}", walk.fold(at + 1)):
        return at + 1
    return 0


def _closing(walk: Walk, end: int) -> int:
    """A place with what closes it: a district (``Praha 4``), the letters of a region (``Hamilton ON``)."""
    fold = walk.fold(end + 1)
    if walk.gap(end) != " ":
        return end
    if re.fullmatch("[0-9]{1,2}", fold) and (walk.line(end + 1) or walk.gap(end + 1) == ", "):
        return end + 1
    word = walk.reading.words[end + 1]
    capitals = (
        walk.reading.text[word.start : word.end].isupper()
        and not walk.reading.text[walk.reading.words[end].start : word.start].isupper()
    )
    if fold in REGIONS or (len(fold) == 2 and fold.isalpha() and (capitals or (walk.lower and fold not in SMALL))):
        return end + 1
    return end


SMALL = frozenset(words_of("in to at on is of or by me my it if as we he no so do go up us am an be"))


def _place(walk: Walk, last: int, *, deep: bool) -> int:
    """A city, region or country behind a comma, on the next line, or right behind a number; 0 where none follows."""
    gap, at = walk.gap(last), last + 1
    new_line = LINE.fullmatch(gap) is not None
    inline = gap in {" ", "  "} and (walk.fold(last)[0].isdigit() or walk.fold(last - 1) in UNITS)
    comma = gap in {", ", ",", " , "}
    if not (new_line or inline or comma or (gap == ". " and POST.fullmatch(walk.fold(last)))):
        return 0
    end = walk.names_after(last, 7)
    if end == last and walk.fold(at) in PLACE_LEADS and walk.gap(at) in {" ", ". ", "."}:
        end = walk.names_after(at, 5)
        end = last if end == at else end
    if end == last:
        code = CODE.fullmatch(walk.fold(at)) is not None and (walk.lower or walk.capital(at))
        return at if walk.fold(at) in REGIONS or (code and (new_line or comma) and walk.line(at)) else 0
    end = _closing(walk, end)
    stops = walk.gap(end)[:1] in {":", "("} or walk.gap(end).startswith("'")
    if stops or (
        new_line
        and not deep
        and not (walk.line(end) or walk.gap(end)[:1] in {",", "\x00", "."} or POST.match(walk.fold(end + 1)))
    ):
        return 0 if stops or not POST.fullmatch(walk.fold(end + 2)) else end
    return end
