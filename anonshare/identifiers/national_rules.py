"""Check digits of national numbers that python-stdnum lacks, each after its country's own rule.

Every function takes a number in its compact form, upper case, whose form was matched before; it never raises on one.
"""

from __future__ import annotations

from datetime import date

from anonshare.identifiers.checksums import luhn_valid

__all__ = ["RULES"]


def _weighted(number: str, weights: tuple[int, ...]) -> int:
    return sum(int(c) * weight for c, weight in zip(number, weights, strict=False))


def hungarian_person(number: str) -> bool:
    """Személyi szám, Act XX of 1996: weights 1 to 10 for births up to 1996, turned round since."""
    up = tuple(range(1, 11))
    new = number[0] in "3478" or (number[0] in "12" and "97" <= number[1:3] <= "99")
    rest = _weighted(number[:10], up[::-1] if new else up) % 11
    return rest == int(number[10])


def hungarian_taj(number: str) -> bool:
    """TAJ, Act XX of 1996: weights 3 and 7, modulo 10."""
    return _weighted(number[:8], (3, 7) * 4) % 10 == int(number[8])


def hungarian_tax(number: str) -> bool:
    """Adóazonosító jel, Act XX of 1996: the weights are the places, modulo 11."""
    return _weighted(number[:9], tuple(range(1, 10))) % 11 == int(number[9])


def kazakh_iin(number: str) -> bool:
    """IIN, Kazakh Government decree 853 of 2003: weights 1 to 11, and a second round from 3 where the first gives 10."""
    rest = _weighted(number[:11], tuple(range(1, 12))) % 11
    if rest == 10:
        rest = _weighted(number[:11], (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return rest == int(number[11])


def snils(number: str) -> bool:
    """SNILS, Russian Pension Fund decree 192p: weights 9 to 1, modulo 101."""
    return _weighted(number[:9], tuple(range(9, 0, -1))) % 101 % 100 == int(number[9:])


def iranian(number: str) -> bool:
    """Code melli: weights 10 to 2, modulo 11."""
    rest = _weighted(number[:9], tuple(range(10, 1, -1))) % 11
    return len(set(number)) > 1 and int(number[9]) == (rest if rest < 2 else 11 - rest)


def polish_card(number: str) -> bool:
    """Dowód osobisty: three letters, a check digit in the fourth place, weights 7, 3, 1, 9, 7, 3, 1, 7, 3."""
    weights = (7, 3, 1, 9, 7, 3, 1, 7, 3)
    return sum(int(c, 36) * w for c, w in zip(number, weights, strict=True)) % 10 == 0


def taiwanese(number: str) -> bool:
    """National identification card: the letter stands for two digits, modulo 10."""
    place = "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(number[0]) + 10
    digits = [place // 10, place % 10, *map(int, number[1:])]
    return sum(d * w for d, w in zip(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True)) % 10 == 0


def hong_kong(number: str) -> bool:
    """Identity card: modulo 11 with a blank before a single letter (Cap. 177A)."""
    padded = number.rjust(9)
    values = [36 if c == " " else int(c, 36) for c in padded[:8]]
    rest = 11 - sum(v * w for v, w in zip(values, range(9, 1, -1), strict=True)) % 11
    return padded[8] == {10: "A", 11: "0"}.get(rest, str(rest))


def singaporean(number: str) -> bool:
    """NRIC and FIN: a check letter by the first letter's series."""
    total = _weighted(number[1:8], (2, 7, 6, 5, 4, 3, 2)) + {"S": 0, "F": 0, "T": 4, "G": 4, "M": 3}[number[0]]
    series = {"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "F": "XWUTRQPNMLK", "G": "XWUTRQPNMLK", "M": "KLJNPQRTUWX"}
    rest = total % 11
    return series[number[0]][10 - rest if number[0] == "M" else rest] == number[8]


def german_card(number: str) -> bool:
    """Serial number of identity cards and passports with its check digit: weights 7, 3, 1 (ICAO 9303)."""
    return sum(int(c, 36) * (7, 3, 1)[i % 3] for i, c in enumerate(number[:9])) % 10 == int(number[9])


def german_pension(number: str) -> bool:
    """Rentenversicherungsnummer, VKVV section 4: the letter as two digits, digit sums, modulo 10."""
    digits = number[:8] + f"{ord(number[8]) - 64:02}" + number[9:11]
    products = [int(c) * w for c, w in zip(digits, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1), strict=True)]
    return sum(p // 10 + p % 10 for p in products) % 10 == int(number[11])


def ukrainian_register(number: str) -> bool:
    """UNZR: a birth date in eight digits, then five; the last has no public rule."""
    return _is_day(int(number[:4]), int(number[4:6]), int(number[6:8]))


def egyptian(number: str) -> bool:
    """A century digit, a birth date and a governorate; the last digit has no public rule."""
    return _is_day((1900 if number[0] == "2" else 2000) + int(number[1:3]), int(number[3:5]), int(number[5:7]))


def finnish(number: str) -> bool:
    """HETU, decree 690/2022: modulo 31 over the birth date and the individual number; the century sign has no part."""
    digits = number[:6] + number[-4:-1]
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(digits) % 31] == number[-1] and _is_day(
        2000, int(number[2:4]), int(number[:2])
    )


def luxembourgish(number: str) -> bool:
    """Matricule nationale, law of 19 June 2013: a Luhn and a Verhoeff digit, both over the first eleven."""
    return _is_day(int(number[:4]), int(number[4:6]), int(number[6:8])) and luhn_valid(number[:12])


def guatemalan(number: str) -> bool:
    """CUI: modulo 11 over the first eight digits, weights 2 to 9, then department and municipality."""
    return _weighted(number[:8], tuple(range(2, 10))) % 11 == int(number[8]) and 1 <= int(number[9:11]) <= 22


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


RULES = {
    rule.__name__: rule
    for rule in (
        hungarian_person, hungarian_taj, hungarian_tax, kazakh_iin, snils, iranian, polish_card, taiwanese,
        hong_kong, singaporean, german_card, german_pension, ukrainian_register, egyptian, finnish, luxembourgish, guatemalan,
    )
}  # fmt: skip
"""Name -> rule."""
