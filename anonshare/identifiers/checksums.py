"""Check digits that we write ourselves: IBAN (ISO 13616), Luhn (ISO/IEC 7812), ICAO 9303 machine readable zones."""

from __future__ import annotations

import re

__all__ = ["IBAN_LENGTHS", "iban_valid", "luhn_valid", "mrz_check_digit", "mrz_valid"]

IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}\Z")
_LENGTHS = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 "
    "FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 "
    "LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 "
    "SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30 DZ26 AO25 BF28 BJ28 CF27 CG27 CI28 CM27 CV25 GA27 GQ27 "
    "GW25 IR26 KM27 MA28 MG27 ML28 MZ25 NE28 SN28 TD27 TG28"
)
IBAN_LENGTHS = {part[:2]: int(part[2:]) for part in _LENGTHS.split()}
"""Country -> length: the IBAN registry (SWIFT), and the countries that use the form without being in it."""
MRZ = re.compile(r"[A-Z0-9<]{44}\Z")


def iban_valid(text: str) -> bool:
    """Whether a compact upper-case text is an IBAN by its check digits (mod 97)."""
    if not IBAN.match(text):
        return False
    turned = text[4:] + text[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def luhn_valid(digits: str) -> bool:
    """Whether digits end in their Luhn check digit."""
    total = 0
    for place, c in enumerate(reversed(digits)):
        value = int(c) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def mrz_check_digit(text: str) -> str:
    """The check digit of a field (ICAO 9303-3, 4.9: weights 7, 3, 1)."""
    values = (0 if c == "<" else int(c, 36) for c in text)
    return str(sum(value * (7, 3, 1)[i % 3] for i, value in enumerate(values)) % 10)


def mrz_valid(line: str) -> bool:
    """Whether 44 characters are the second line of a passport's zone, by its check digits (ICAO 9303-4)."""
    if not MRZ.match(line):
        return False
    fields = ((0, 9), (13, 19), (21, 27))
    single = all(mrz_check_digit(line[a:b]) == line[b] for a, b in fields)
    return single and mrz_check_digit(line[0:10] + line[13:20] + line[21:43]) == line[43]
