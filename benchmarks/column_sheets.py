"""A seeded generator of sheets for the columns' benchmark: values of many locales under headers, good, wrong and empty."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from anonshare.samples.cases import cases
from benchmarks.column_headers import EMPTY, HEADERS, MISLEADING

__all__ = ["IDENTIFYING", "Column", "reference_sheet", "sheets"]

LOCALES = (
    "en_GB", "es_ES", "fr_FR", "de_DE", "ro_RO", "it_IT", "pl_PL", "uk_UA", "pt_PT", "nl_NL", "el_GR", "ru_RU", "tr_TR", "hu_HU",
)  # fmt: skip
NATIONAL = ("ro_RO", "it_IT", "pl_PL", "fr_FR", "el_GR", "tr_TR", "en_GB")
IDENTIFYING = {
    "first": "PERSON", "last": "PERSON", "person": "PERSON", "phone": "PHONE_NUMBER", "email": "EMAIL_ADDRESS",
    "handle": "HANDLE", "passport": "PASSPORT", "national": "NATIONAL_ID", "iban": "IBAN_CODE", "card": "CREDIT_CARD",
    "imei": "IMEI", "iccid": "ICCID", "wallet": "CRYPTO", "plate": "LICENSE_PLATE", "vin": "VIN", "case": "CASE_NUMBER",
    "policy": "POLICY_NUMBER", "claim": "CLAIM_NUMBER", "member": "MEMBER_NUMBER", "address": "ADDRESS", "gps": "GPS",
    "ip": "IP_ADDRESS", "mac": "MAC_ADDRESS",
}  # fmt: skip
"""Kind -> the entity type that a decision must name."""

OTHER = {
    "birth": "DATE_TIME", "date": "DATE_TIME", "age": "AGE", "sex": "SEX", "nationality": "NRP", "city": "LOCATION",
    "job": "OCCUPATION", "amount": "QUANTITY", "status": None, "consent": None, "notes": None,
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A generated column: its header and how good that is (``plain``, ``wrong``, ``empty``), its kind, its cells."""

    header: str
    naming: str
    kind: str
    cells: tuple[str | None, ...]

    @property
    def entity(self) -> str | None:
        """The right type."""
        return IDENTIFYING.get(self.kind) or OTHER.get(self.kind)


@cache
def _faker(locale: str) -> Any:
    from faker import Faker

    return Faker(locale)


@cache
def _notes() -> tuple[str, ...]:
    return tuple(str(note) for note in cases(200, seed=11).cells["notes"] if note)


def _luhn(digits: str) -> str:
    total = sum(sum(divmod(int(c) * (2 - i % 2), 10)) for i, c in enumerate(reversed(digits)))
    return digits + str(-total % 10)


def _digits(rng: random.Random, n: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(n))


def _passport(rng: random.Random, form: int) -> str:
    letters = "".join(rng.choice("ABCDEFGHKLMNPRSTXZ") for _ in range(2))
    return (letters[:1] + _digits(rng, 8), letters + _digits(rng, 7), _digits(rng, 9))[form]


def _numbered(prefixes: tuple[str, ...]) -> Callable[[Any, random.Random, int], str]:
    def make(_fake: Any, rng: random.Random, form: int) -> str:
        forms = (
            f"{prefixes[form % len(prefixes)]}-{_digits(rng, 6)}",
            f"{rng.randint(1, 9999)}/{rng.randint(2018, 2026)}",
            _digits(rng, 9),
            f"{prefixes[0]}{rng.randint(2018, 2026)}{_digits(rng, 5)}",
        )
        return forms[form % 4]

    return make


def _date(rng: random.Random, form: int, low: int, high: int) -> str:
    y, m, d = rng.randint(low, high), rng.randint(1, 12), rng.randint(1, 28)
    return (f"{y}-{m:02}-{d:02}", f"{d:02}/{m:02}/{y}", f"{d}.{m}.{y}", str(rng.randint(20_000, 46_000)))[form % 4]


def _city(fake: Any, _rng: random.Random, _form: int) -> str:
    return str(fake.city())


MAKE: dict[str, Callable[[Any, random.Random, int], str]] = {
    "first": lambda f, _r, _n: f.first_name(),
    "last": lambda f, _r, _n: f.last_name(),
    "person": lambda f, _r, _n: f.name(),
    "phone": lambda f, _r, _n: f.phone_number(),
    "email": lambda f, _r, _n: f.ascii_safe_email(),
    "handle": lambda _f, r, n: ("@" if n % 2 else "") + f"{r.choice('luna mika nora dani xo rey'.split())}_{r.randint(1, 99999)}",
    "passport": lambda _f, r, n: _passport(r, n % 3),
    "national": lambda f, _r, _n: f.ssn(),
    "iban": lambda f, _r, _n: f.iban(),
    "card": lambda f, _r, _n: f.credit_card_number(),
    "imei": lambda _f, r, _n: _luhn("35" + _digits(r, 12)),
    "iccid": lambda _f, r, _n: _luhn("8940" + _digits(r, 14)),
    "wallet": lambda _f, r, _n: "0x" + "".join(r.choice("0123456789abcdef") for _ in range(40)),
    "plate": lambda f, _r, _n: f.license_plate(),
    "vin": lambda _f, r, _n: "WVWZZZ1KZ" + r.choice("ABCDEFGH") + "W" + _digits(r, 6),
    "case": _numbered(("C", "NGO", "CR")),
    "policy": _numbered(("POL", "P", "LV")),
    "claim": _numbered(("CLM", "S", "K")),
    "member": _numbered(("M", "CU", "KD")),
    "address": lambda f, _r, _n: f.street_address().replace("\n", ", "),
    "gps": lambda _f, r, _n: f"{r.uniform(36, 60):.6f} {r.uniform(-9, 40):.6f}",
    "ip": lambda f, _r, _n: f.ipv4(),
    "mac": lambda f, _r, _n: f.mac_address(),
    "birth": lambda _f, r, n: _date(r, n, 1960, 2010),
    "date": lambda _f, r, n: _date(r, n, 2021, 2026),
    "age": lambda _f, r, n: (str(r.randint(9, 70)), f"{r.randint(9, 70)}.0", r.choice(("0-8", "9-17", "18-20", "21-23", "48+")))[n % 3],
    "sex": lambda _f, r, n: r.choice((("F", "M"), ("female", "male"), ("Femeie", "Bărbat"), ("weiblich", "männlich"))[n % 4]),
    "nationality": lambda _f, r, n: r.choice((("ROU", "MDA", "UKR", "NGA", "VNM"), ("Romanian", "Nigerian", "Ukrainian"))[n % 2]),
    "city": _city,
    "job": lambda f, _r, _n: f.job(),
    "amount": lambda _f, r, n: (f"{r.uniform(10, 90000):.2f}", str(r.randint(1, 200) * 50), f"€ {r.randint(100, 9000)}")[n % 3],
    "status": lambda _f, r, _n: r.choice(("open", "closed", "in shelter", "returned")),
    "consent": lambda _f, r, _n: r.choice(("yes", "no")),
    "notes": lambda _f, r, _n: r.choice(_notes()),
}  # fmt: skip
FLOATED = frozenset({"phone", "imei", "age", "case", "policy", "member"})


def _cells(kind: str, rng: random.Random, rows: int) -> tuple[str | None, ...]:
    locale = rng.choice(NATIONAL if kind == "national" else LOCALES)
    fake, form = _faker(locale), rng.randrange(12)
    fake.seed_instance(rng.randrange(1 << 30))
    filled = rng.choice((1.0, 1.0, 0.9, 0.6, 0.08))
    nothing = rng.choice((None, None, "None", "N/A", "unknown", ""))
    floats = kind in FLOATED and rng.random() < 0.2
    cells = [MAKE[kind](fake, rng, form) if rng.random() < filled else nothing for _ in range(rows)]
    return tuple(f"{c}.0" if floats and c and c.isdigit() else c for c in cells)


def _header(kind: str, rng: random.Random) -> tuple[str, str]:
    drawn = rng.random()
    if drawn < 0.15:
        return rng.choice(EMPTY), "empty"
    if drawn < 0.22 and kind in MISLEADING:
        return rng.choice(MISLEADING[kind]), "wrong"
    return rng.choice(HEADERS[kind]), "plain"


def sheets(count: int, rows: int = 60, columns: int = 14, seed: int = 20) -> list[list[Column]]:
    """``count`` sheets; the same for the same arguments."""
    rng = random.Random(seed)
    made = []
    for _ in range(count):
        kinds = rng.sample(sorted(HEADERS), columns)
        made.append([Column(*_header(kind, rng), kind, _cells(kind, rng, rows)) for kind in kinds])
    return made


def reference_sheet(rows: int = 60, seed: int = 4) -> list[Column]:
    """Fifteen columns, twelve of them identifying, their names all plain; the phone is mostly empty."""
    rng = random.Random(seed)
    headers = {
        "first_name": "first", "surname": "last", "case_id": "case", "policy_no": "policy", "passport": "passport",
        "imei": "imei", "phone": "phone", "email": "email", "iban": "iban", "plate": "plate", "address": "address",
        "handle": "handle", "age": "age", "nationality": "nationality", "status": "status",
    }  # fmt: skip
    made = []
    for header, kind in headers.items():
        fake = _faker("en_GB")
        fake.seed_instance(rng.randrange(1 << 30))
        cells = [MAKE[kind](fake, rng, 0) if kind != "phone" or rng.random() < 0.1 else "None" for _ in range(rows)]
        made.append(Column(header, "plain", kind, tuple(cells)))
    return made
