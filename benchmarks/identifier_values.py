"""Seeded values of every class of identifiers, their check digits computed here or by python-stdnum, never by a label."""

from __future__ import annotations

import random
import re._constants as codes
import re._parser as parser
import string
from collections.abc import Callable
from functools import cache

from anonshare.identifiers.checksums import mrz_check_digit
from anonshare.identifiers.national_ids import NUMBERS, holds
from anonshare.identifiers.national_number import NationalNumber

D, U = string.digits, string.ascii_uppercase
PLAIN_CONSONANTS = "BCDFGHJKLMNPRSTVWXYZ"


def sample(pattern: str, rng: random.Random) -> str:
    """A text that a pattern of literals, classes, branches and bounded repeats may match (look-arounds are ignored)."""
    return _sample(_parsed(pattern), rng)


@cache
def _parsed(pattern: str) -> list:
    return list(parser.parse(pattern))


def _sample(nodes: list, rng: random.Random) -> str:
    out = ""
    for op, arg in nodes:
        if op is codes.LITERAL:
            out += chr(arg)
        elif op is codes.IN:
            out += rng.choice(_members(arg))
        elif op is codes.BRANCH:
            out += _sample(list(rng.choice(arg[1])), rng)
        elif op is codes.SUBPATTERN:
            out += _sample(list(arg[3]), rng)
        elif op is codes.MAX_REPEAT:
            out += "".join(_sample(list(arg[2]), rng) for _ in range(rng.randint(arg[0], min(arg[1], arg[0] + 4))))
    return out


def _members(parts: list) -> str:
    return "".join(chr(a) if op is codes.LITERAL else "".join(map(chr, range(a[0], a[1] + 1))) for op, a in parts)


def national(row: NationalNumber, rng: random.Random) -> str:
    """A compact number of a row; one in a few thousand drawn has right check digits at worst."""
    form = row.form.pattern.removesuffix(r"\Z")
    for _ in range(60_000):
        value = sample(form, rng)
        if holds(row, value):
            return value
    raise LookupError(row.name)


def luhn(body: str) -> str:
    total = sum(sum(divmod(int(c) * (2 if i % 2 == 0 else 1), 10)) for i, c in enumerate(reversed(body)))
    return body + str(-total % 10)


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices(D, k=count))


def letters(rng: random.Random, count: int, among: str = U) -> str:
    return "".join(rng.choices(among, k=count))


IBANS = {"DE": "18d", "RO": "4u16d", "GB": "4u14d", "ES": "20d", "FR": "10d11d2d", "IT": "1u22d", "PL": "24d", "NL": "4u10d",
         "UA": "25d", "MD": "2u18d", "BG": "4u14d", "TR": "22d", "GR": "23d", "HU": "24d"}  # fmt: skip


def iban(rng: random.Random) -> str:
    country = rng.choice(sorted(IBANS))
    parts = re_parts(IBANS[country])
    body = "".join(digits(rng, n) if kind == "d" else letters(rng, n) for n, kind in parts)
    turned = "".join(str(int(c, 36)) for c in body + country + "00")
    return f"{country}{98 - int(turned) % 97:02}{body}"


def re_parts(form: str) -> list[tuple[int, str]]:
    out, held = [], ""
    for c in form:
        if c.isdigit():
            held += c
        else:
            out.append((int(held), c))
            held = ""
    return out


def vin(rng: random.Random) -> str:
    values = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {str(i): i for i in range(10)}  # fmt: skip
    body = rng.choice(["1HG", "4T1", "5YJ", "2C3", "LSV"]) + letters(rng, 5, "ABCDEFGHJKLMNPRSTUVWXYZ") + "0" + letters(rng, 2, "ABCDEFGHJKLMNPRSTUVWXYZ") + digits(rng, 6)  # fmt: skip
    total = sum(values[c] * w for c, w in zip(body, (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2), strict=True)) % 11  # fmt: skip
    return body[:8] + ("X" if total == 10 else str(total)) + body[9:]


def base58check(version: int, rng: random.Random) -> str:
    from hashlib import sha256

    data = bytes([version]) + rng.randbytes(20)
    data += sha256(sha256(data).digest()).digest()[:4]
    number, out = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        out = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[rest] + out
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + out


def bech32(version: int, rng: random.Random) -> str:
    alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    values = [version, *(rng.randrange(32) for _ in range(32 if version == 0 else 52))]

    def polymod(numbers: list[int]) -> int:
        check = 1
        for value in numbers:
            top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
            for i, g in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
                check ^= g if (top >> i) & 1 else 0
        return check

    prefix = [ord(c) >> 5 for c in "bc"] + [0] + [ord(c) & 31 for c in "bc"]
    check = polymod([*prefix, *values, 0, 0, 0, 0, 0, 0]) ^ (1 if version == 0 else 0x2BC830A3)
    return "bc1" + "".join(alphabet[v] for v in [*values, *((check >> 5 * (5 - i)) & 31 for i in range(6))])


def td3(rng: random.Random) -> str:
    first = f"P<{rng.choice(['ROU', 'UKR', 'MDA', 'NGA', 'VNM'])}{letters(rng, 7)}<<{letters(rng, 5)}".ljust(44, "<")
    number, birth, expiry = letters(rng, 1) + digits(rng, 8), f"{rng.randint(60, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}", f"3{digits(rng, 1)}0{rng.randint(1, 9)}1{digits(rng, 1)}"  # fmt: skip
    line = number + mrz_check_digit(number) + first[2:5] + birth + mrz_check_digit(birth) + rng.choice("FM") + expiry + mrz_check_digit(expiry) + "<" * 14 + "0"  # fmt: skip
    return first + "\n" + line + mrz_check_digit(line[0:10] + line[13:20] + line[21:43])


def card(rng: random.Random) -> str:
    prefix, length = rng.choice([("4", 16), ("51", 16), ("55", 16), ("34", 15), ("37", 15), ("6011", 16), ("2221", 16)])
    return luhn(prefix + digits(rng, length - 1 - len(prefix)))


def grouped(value: str, rng: random.Random, sizes: tuple[int, ...] = (4,)) -> str:
    """The value as it is, or in groups."""
    mark = rng.choice(["", "", " ", "-"])
    if not mark:
        return value
    out, at, i = [], 0, 0
    while at < len(value):
        size = sizes[min(i, len(sizes) - 1)]
        out.append(value[at : at + size])
        at, i = at + size, i + 1
    return mark.join(out)


PROVEN: dict[str, Callable[[random.Random], str]] = {
    "IBAN_CODE": lambda r: grouped(iban(r), r),
    "CREDIT_CARD": lambda r: grouped(card(r), r),
    "IMEI": lambda r: grouped(luhn(r.choice(["35", "86", "01", "99"]) + digits(r, 12)), r, (2, 6, 6, 1)),
    "ICCID": lambda r: grouped(luhn(("89" + r.choice(["40", "44", "49", "33", "380"]) + digits(r, 16))[: 18 + r.randint(0, 1)]), r),
    "VIN": vin,
    "CRYPTO": lambda r: r.choice([lambda: base58check(0, r), lambda: base58check(5, r), lambda: base58check(0x41, r), lambda: bech32(0, r), lambda: bech32(1, r)])(),
    "MRZ": td3,
}  # fmt: skip
"""Class -> a value that its check digits prove."""

STRONG = tuple(row for row in NUMBERS if row.rule)
