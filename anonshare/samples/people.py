"""Persons, drawn all at once: names in their country's script, birth dates, phones, passports, skewed as in life."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from anonshare.samples.data_files import sample_data

__all__ = ["People", "draw_people"]

FIRST_BIRTH = np.datetime64("1962-01-01")
LETTERS = np.array(list("ABCDEFGHJKLMNPRSTUVWXYZ"))
LATIN = ("ROU", "MDA", "NGA", "PHL", "COL", "ALB", "VNM")


@dataclass(frozen=True, slots=True)
class People:
    """One entry per person in every array; texts, or "" where a person has none."""

    citizenship: np.ndarray
    gender: np.ndarray
    first: np.ndarray = field(repr=False)
    last: np.ndarray = field(repr=False)
    birth: np.ndarray = field(repr=False)
    phone: np.ndarray = field(repr=False)
    passport: np.ndarray = field(repr=False)
    email: np.ndarray = field(repr=False)
    plate: np.ndarray = field(repr=False)
    handle: np.ndarray = field(repr=False)
    language: np.ndarray = field(repr=False)


def draw_people(count: int, rng: np.random.Generator) -> People:
    """``count`` persons. About 75 % come from five countries, 82 % are women, a quarter are minors or just of age."""
    countries = sample_data("names")["countries"]
    codes = np.array(sorted(countries))
    weights = np.array([countries[code]["weight"] for code in codes], float)
    citizenship = rng.choice(codes, count, p=weights / weights.sum())
    gender = rng.choice(np.array(["Feminine", "Masculine"]), count, p=[0.82, 0.18])
    numbers = _digits(rng, count, 9)
    first = _by_country(citizenship, gender, rng, lambda c, g: countries[c]["given"]["f" if g == "Feminine" else "m"])
    last = _by_country(citizenship, None, rng, lambda c, _: countries[c]["surnames"])
    phone = np.array([_phone(countries[c]["phone"], n) for c, n in zip(citizenship, numbers, strict=True)])
    passport = _join(rng.choice(LETTERS, count), rng.choice(LETTERS, count), _digits(rng, count, 7))
    serial = np.arange(1, count + 1).astype(str)
    return People(
        citizenship=citizenship,
        gender=gender,
        first=first,
        last=last,
        birth=_births(rng, count),
        phone=_some(rng, phone, 0.7),
        passport=_some(rng, passport, 0.45),
        email=_some(rng, _join(np.char.lower(passport), serial, np.array("@example.org")), 0.3),
        plate=_some(rng, _join(rng.choice(LETTERS, count), rng.choice(LETTERS, count), _digits(rng, count, 5)), 0.25),
        handle=_some(
            rng,
            _join(
                np.array("@"),
                rng.choice(np.array(["luna", "sol", "nova", "kiki", "zuza"]), count),
                _digits(rng, count, 5),
            ),
            0.4,
        ),
        language=np.array([countries[c]["language"] for c in citizenship]),
    )


def _births(rng: np.random.Generator, count: int) -> np.ndarray:
    """Ages of 13 to 61 with most between 17 and 30 (a gamma over years)."""
    years = np.minimum(13 + rng.gamma(2.6, 4.6, count), 61)
    days = (np.datetime64("2025-06-01") - (years * 365.25).astype("timedelta64[D]")).astype("datetime64[D]")
    texts: np.ndarray = np.maximum(days, FIRST_BIRTH).astype(str)
    return texts


def _digits(rng: np.random.Generator, count: int, width: int) -> np.ndarray:
    low = 10 ** (width - 1)
    return rng.integers(low, 10 * low, count).astype(str)


def _join(*parts: np.ndarray) -> np.ndarray:
    whole = parts[0]
    for part in parts[1:]:
        whole = np.char.add(whole, part)
    return whole


def _phone(pattern: str, digits: str) -> str:
    """A pattern such as ``+407{8}``: the number in braces is how many digits follow."""
    start, _, rest = pattern.partition("{")
    return start + digits[: int(rest[0])]


def _some(rng: np.random.Generator, values: np.ndarray, share: float) -> np.ndarray:
    """Values of a share of persons, the others' empty."""
    return np.where(rng.random(len(values)) < share, values, "")


def _by_country(
    citizenship: np.ndarray,
    gender: np.ndarray | None,
    rng: np.random.Generator,
    names: Callable[[str, str], Sequence[str]],
) -> np.ndarray:
    drawn = np.empty(len(citizenship), dtype=object)
    for code in np.unique(citizenship):
        for kind in ("Feminine", "Masculine"):
            chosen = (citizenship == code) & ((gender == kind) if gender is not None else kind == "Feminine")
            drawn[chosen] = rng.choice(np.array(names(str(code), kind), dtype=object), int(chosen.sum()))
    texts: np.ndarray = drawn.astype(str)
    return texts
