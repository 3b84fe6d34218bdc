"""Capital letters that stand alone, with or without a full stop, together with the initials that follow them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anonshare.detection.recognizers.kin_words import PEOPLE
from anonshare.detection.recognizers.nationalities_phrases import Line

__all__ = ["Letter", "letters_of"]

MORE = frozenset({"Sch", "St", "Th", "Ch", "Ph", "Sp", "\u0218t"})
"""Initials of more than one letter."""

ABBREVIATIONS = frozenset(
    [
        "zb", "ua", "us", "usa", "uk", "eu", "ue", "un", "onu", "sa", "sl", "srl", "bv", "nv", "am", "pm", "pc", "po", "dc", "ny", "la", "cp", "ad",
        "bc", "ce", "ps", "nb", "cv", "ev", "kg", "eg", "ie", "id", "ip", "tv", "pr", "ee", "uu", "eeuu", "ta", "fc", "rm", "ao", "od", "oi", "hta", "nhc", "tc",
        "ro", "ag", "ga", "op", "rn", "iv", "vi", "ii", "xi", "ix", "xv", "xx", "vv", "lp", "ltd", "md", "ba", "ma", "phd", "bsc", "msc", "jd",
        "cc", "dj", "vip", "sc", "cd", "pt", "og", "ed", "no", "al", "db",
    ]
)  # fmt: skip
"""Two or three letters with full stops that abbreviate a thing."""

LENGTHS = frozenset({1, 2, 3})
ROMAN = frozenset("IVX")


@dataclass(frozen=True, slots=True)
class Letter:
    """``[start, end)`` in the text, the words ``first`` to ``last``; ``dotted``: a full stop belongs to it."""

    first: int
    last: int
    start: int
    end: int
    written: str
    dotted: bool
    spaced: bool
    closed: bool

    @property
    def initials(self) -> int:
        """The number of initials."""
        return self.last - self.first + 1


def letters_of(line: Line) -> Iterator[Letter]:
    """The letters that stand alone, in order; not those before a surname, and no abbreviations."""
    text, i = line.reading.text, 0
    while i < len(line.keys):
        if not _initial(line, i):
            i += 1
            continue
        last = i
        while last - i < 3 and line.gap(last) in {". ", ".", ".-", " "} and _initial(line, last + 1):
            last += 1
        end = line.end(last)
        dotted = text[end : end + 1] == "."
        letter = Letter(
            i, last, line.start(i), end, "".join(line.written(j) for j in range(i, last + 1)), dotted,
            spaced=last > i and line.gap(i) == ". ", closed=_opened(text, line.start(i)),
        )  # fmt: skip
        if _alone(line, letter):
            yield letter
        i = last + 1


def _initial(line: Line, i: int) -> bool:
    if len(line.key(i)) not in LENGTHS or not line.capital(i):
        return False
    written = line.written(i)
    if len(written) == 1:
        return written.isalpha()
    return (
        written in MORE and line.gap(i)[:1] in {".", "\x00"} and line.reading.text[line.end(i) : line.end(i) + 1] == "."
    )


def _opened(text: str, start: int) -> bool:
    """Whether a bracket that a person's letter may close was opened before: ``(Sohn von A)``."""
    return "(" in text[max(0, start - 40) : start].rpartition(")")[2]


def _alone(line: Line, one: Letter) -> bool:
    told = line.key(one.first - 1) in PEOPLE
    if (one.written.casefold() in ABBREVIATIONS and not told) or (
        one.initials == 1 and one.written in ROMAN and one.dotted
    ):
        return False
    surname = line.gap(one.last) in {". ", "."} and line.capital(one.last + 1) and len(line.key(one.last + 1)) > 1
    listed = one.initials == 1 and line.opens(one.first) and surname
    return not listed and not (surname and one.initials == 1 and line.gap(one.last) == ".")
