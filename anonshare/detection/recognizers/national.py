"""National numbers in a text: proven by their check digits in any language, others by the policy's countries or a label."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from anonshare.detection.recognizers.hit import COUNTRY, FORM, GROUPING, LABEL, LUHN, Hit, goes_on, groups_of
from anonshare.identifiers.national_ids import SEPARATORS, UNPROVEN, holds, of_length
from anonshare.identifiers.national_number import NationalNumber

__all__ = ["labelled_national", "national_hit", "part_of_longer"]

_GLUE = frozenset("-/.(")


@cache
def _rows(length: int, countries: frozenset[str]) -> tuple[NationalNumber, ...]:
    """The rows that may speak without a label."""
    return tuple(
        row for row in of_length(length) if row.strong or row.printed or (row.country in countries and row.rule)
    )


def _certain(row: NationalNumber) -> bool:
    return bool(row.rule) and row.rule not in UNPROVEN


def part_of_longer(text: str, place: int, end: int) -> bool:
    """Whether a mark joins the stretch to more digits: then it is a part of something longer."""
    before, after = text[max(0, place - 2) : place], text[end : end + 2]
    if (
        (before[-1:] in _GLUE and before[:1].isalnum())
        or before[-1:] == "+"
        or (after[:1] in _GLUE and after[1:].isdigit())
    ):
        return True
    spaced = (before[-1:] == " " and before[:1].isdigit()) or (after[:1] == " " and after[1:].isdigit())
    return spaced and not text[place:end].isalnum()


def _strength(row: NationalNumber, compact: str, written: str, countries: frozenset[str], *, shown: bool) -> int:
    """Ten digits, or digits in groups of another make, are a phone more often than a number of a far country."""
    if row.country in countries or shown or not compact.isdigit():
        return LUHN
    return LUHN if len(compact) > 12 or (len(compact) > 10 and written.isdigit()) else GROUPING


def _claim(text: str, place: int, end: int, whole: int, countries: frozenset[str]) -> Hit | None:
    written = text[place:end]
    compact = written.translate(SEPARATORS).upper()
    for row in _rows(len(compact), countries):
        shown = row.printed is not None and row.printed.match(written) is not None
        if not (shown or row.strong or row.country in countries):
            continue
        if row.form.match(compact) is None or not holds(row, compact):
            continue
        if row.strong and _certain(row):
            rank = _strength(row, compact, written, countries, shown=shown)
            if rank == GROUPING and goes_on(text, place):
                continue
            return Hit(rank, place, end, "NATIONAL_ID", 0.45 if rank == GROUPING else 1.0, "check")
        if shown:
            proof = _certain(row)
            rank, score, source = (COUNTRY, 1.0, "check") if proof else (FORM, 0.6, "shape")
            return Hit(rank, place, end, "NATIONAL_ID", score, source)
        if end == whole or text[end : end + 1] == " ":
            proof = _certain(row)
            return Hit(COUNTRY, place, end, "NATIONAL_ID", 1.0 if proof else 0.6, "check" if proof else "shape")
    return None


def national_hit(text: str, place: int, countries: frozenset[str]) -> Hit | None:
    """The longest national number that begins at ``place``, told without a label; None where there is none."""
    whole, ends = groups_of(text, place)
    for end in ends:
        if 6 <= end - place <= 30 and not part_of_longer(text, place, end):
            found = _claim(text, place, end, whole, countries)
            if found is not None:
                return found
    return None


def labelled_national(text: str, place: int) -> Hit | None:
    """The longest number behind a label that a check digit of any country proves; None where none does."""
    _, ends = groups_of(text, place)
    for end in ends:
        if end - place <= 30 and not part_of_longer(text, place, end) and any(_proven(text[place:end])):
            return Hit(LABEL, place, end, "NATIONAL_ID", 1.0, "check")
    for end in ends:
        compact = text[place:end].translate(SEPARATORS).upper()
        if (
            len(compact) >= 8
            and not compact.isdigit()
            and any(row.form.match(compact) for row in of_length(len(compact)))
        ):
            return Hit(LABEL, place, end, "NATIONAL_ID", 0.85, "label")
    return None


def _proven(written: str) -> Iterator[bool]:
    compact = written.translate(SEPARATORS).upper()
    return (holds(row, compact) for row in of_length(len(compact)) if _certain(row))
