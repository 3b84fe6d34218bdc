"""What the values of a column say against its name, in words that carry no value."""

from __future__ import annotations

from anonshare.codes.headers import Header
from anonshare.detection.column_evidence import PROVING, Evidence
from anonshare.detection.column_fits import Fit, fit_of
from anonshare.detection.column_sample import CATEGORY, Sample
from anonshare.detection.entities import DIRECT, ENTITIES

__all__ = ["AGREEING", "PROSE", "called", "clash", "part", "shown"]

AGREEING = 0.5
CONTRADICTING = 0.2
PROSE = 6
"""Mean words of a value from which a column is free text."""

COUNTED = frozenset({"AGE", "QUANTITY", "POSTCODE"})
PEOPLE = frozenset({"PERSON", "ADDRESS"})
"""Types of which a column of numbers is none."""

FORMS = frozenset({"DATE_TIME", "BIC", "HANDLE", "PLUS_CODE"})
CHECKS = frozenset({"IMEI", "CREDIT_CARD", "ICCID", "VIN", "NATIONAL_ID"})


def clash(header: Header, seen: Sample, found: Evidence) -> str | None:
    """What the values say against a reading, in words; None where they say nothing against it."""
    meaning = header.meaning
    if meaning.role == "narrative":
        return None
    fit, share = fit_of(meaning.type, found)
    if found.words > PROSE and not fit.prose:
        return "its values are free text"
    other = _other(header, fit, found)
    if other is not None and not (meaning.role == "internal" and other == "DATE_TIME"):
        return shown(found, other)
    if fit.must and share < CONTRADICTING:
        return "hardly one of its values looks like it"
    if meaning.type in PEOPLE and found.share("number", "DATE_TIME") >= PROVING:
        return "its values are numbers or dates"
    if meaning.type in COUNTED and found.share("long number") >= PROVING:
        return "its values are long numbers"
    return None if meaning.role == "direct_identifier" else _of_category(header, seen, found)


def _other(header: Header, fit: Fit, found: Evidence) -> str | None:
    """The type that the values prove and the name does not stand for.

    Where the values look like the name says, forms and single check digits do not speak against the name of a number: a
    case number may look like a date, a code like a bank's.
    """
    proven = found.proven
    if proven is None or proven in fit.refined or proven in fit.kinds:
        return None
    looks = found.share(*fit.kinds) >= found.share(proven)
    if looks and header.meaning.type in DIRECT and proven in (FORMS if header.vague else FORMS | CHECKS):
        return None
    return proven


def _of_category(header: Header, seen: Sample, found: Evidence) -> str | None:
    """Against a column that names nobody: single identifiers among its values, or too many values."""
    if found.stray is not None:
        return f"some of its values are {called(found.stray)}"
    typed = header.meaning.type is not None
    if not typed and found.share("phone") >= PROVING:
        return "its values are long numbers"
    numeric = found.share("number", "amount", "band", "DATE_TIME") >= AGREEING
    listed = header.meaning.role != "internal" and not typed
    if listed and seen.singling and min(seen.distinct, seen.choices) > CATEGORY and not numeric:
        return "nearly every row has a value of its own"
    return None


def called(entity: str) -> str:
    """An entity type in words, as one of many."""
    return f"{ENTITIES[entity].split(',')[0].removeprefix('a ').removeprefix('an ')}"


def shown(found: Evidence, entity: str | None) -> str:
    """How much of a column reads as a type, in words."""
    share = found.share(entity or "", "phone of a region" if entity == "PHONE_NUMBER" else "")
    return f"{part(share)} of its values read as {called(entity or 'ID_NUMBER')}"


def part(share: float) -> str:
    """A share in words."""
    return "all" if share >= 0.9995 else f"{share:.0%}"
