"""What the templates of ``benchmarks.notes_templates`` are filled with: persons, numbers and places, drawn by a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

__all__ = ["ENTITY", "KNOWN", "LOCALES", "draw"]

LOCALES: Mapping[str, tuple[str, ...]] = {
    "en": ("en_GB",), "es": ("es_ES", "es_CO"), "fr": ("fr_FR",), "ro": ("ro_RO",), "de": ("de_DE",), "it": ("it_IT",),
    "pt": ("pt_BR", "pt_PT"),
}  # fmt: skip
ENTITY: Mapping[str, str] = {
    slot: entity
    for entity, slots in {
        "PERSON": "name first last CAPS initials nick other other_first other_last other_caps third first_low first_typo "
        "name_comma last_caps",
        "DATE_TIME": "date date_num date_short time weekday",
        "AGE": "age",
        "PHONE_NUMBER": "phone phone_spaced phone_said",
        "EMAIL_ADDRESS": "email email_said",
        "HANDLE": "handle snap",
        "PASSPORT": "passport",
        "NATIONAL_ID": "nid",
        "LICENSE_PLATE": "plate",
        "IBAN_CODE": "iban",
        "CRYPTO": "wallet",
        "TRANSFER_NUMBER": "mtcn",
        "IMEI": "imei",
        "CASE_NUMBER": "case",
        "POLICY_NUMBER": "policy",
        "CLAIM_NUMBER": "claim",
        "ADDRESS": "address",
        "POSTCODE": "postcode",
        "LOCATION": "city",
        "SHELTER": "shelter",
        "VENUE": "venue",
        "URL": "url",
        "IP_ADDRESS": "ip",
        "FLIGHT_NUMBER": "flight",
    }.items()
    for slot in slots.split()
}
"""Slot -> our entity type."""
KNOWN = ("first", "last", "phone", "email", "handle", "passport", "nid", "plate", "shelter")
"""Slots that a record of the same person has as columns."""
NICKS = ("Lulu", "Bambi", "Tito", "el Gordo", "Candy", "Big Mike", "Nene", "Foxy", "Ricky", "la Flaca", "Momo", "Kiki")
SHELTERS = ("Casa Luz", "Haven House", "Foyer Sainte-Claire", "Casa Speranța", "Haus Morgenrot", "Casa Aurora", "Abrigo Nova Vida")  # fmt: skip
HOTELS = (
    "Hotel Miramar",
    "Club Paradise",
    "Bar Tropicana",
    "Hotel Zur Post",
    "Pensiunea Roua",
    "Motel 66",
    "Spa Orchid",
)
DIGITS: Mapping[str, tuple[str, ...]] = {
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "es": ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
    "fr": ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    "ro": ("zero", "unu", "doi", "trei", "patru", "cinci", "șase", "șapte", "opt", "nouă"),
    "de": ("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"),
    "it": ("zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"),
    "pt": ("zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove"),
}
MONTHS: Mapping[str, str] = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "en": ("Friday", "tuesday"), "es": ("viernes", "martes"), "fr": ("vendredi", "mardi"), "ro": ("vineri", "marți"),
    "de": ("Freitag", "Dienstag"), "it": ("venerdì", "martedì"), "pt": ("sexta-feira", "terça"),
}  # fmt: skip
WRITTEN: Mapping[str, str] = {"es": "{d} de {m} de {y}", "pt": "{d} de {m} de {y}", "de": "{d}. {m} {y}"}


def draw(language: str, rng: random.Random, fake: Callable[[str], Any]) -> dict[str, str]:
    """Slot -> text for one note; ``fake(locale)`` gives a seeded generator of that locale."""
    faker = fake(rng.choice(LOCALES[language]))
    return _persons(faker, rng) | _times(language, rng) | _reach(language, faker, rng) | _numbers(language, faker, rng)


def _persons(faker: Any, rng: random.Random) -> dict[str, str]:
    first, last = faker.first_name_female(), faker.last_name()
    boss, boss_last = faker.first_name_male(), faker.last_name()
    return {
        "first": first,
        "last": last,
        "name": f"{first} {last}",
        "name_comma": f"{last}, {first}",
        "CAPS": f"{first} {last}".upper(),
        "last_caps": last.upper(),
        "first_low": first.lower(),
        "first_typo": _typo(first, rng),
        "initials": f"{first[0]}.{last[0]}.",
        "nick": rng.choice(NICKS),
        "other": f"{boss} {boss_last}",
        "other_first": boss,
        "other_last": boss_last,
        "other_caps": f"{boss} {boss_last}".upper(),
        "third": faker.last_name(),
    }


def _typo(word: str, rng: random.Random) -> str:
    """Two neighbouring letters changed places."""
    at = rng.randrange(1, len(word) - 1) if len(word) > 2 else 0
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :] if at else word


def _times(language: str, rng: random.Random) -> dict[str, str]:
    seen = date(2023, 1, 2) + timedelta(days=rng.randrange(900))
    born = date(1975, 1, 1) + timedelta(days=rng.randrange(11_000))
    day = {"d": seen.day, "m": MONTHS[language].split()[seen.month - 1], "y": seen.year}
    mark = rng.choice("/.-")
    return {
        "date": WRITTEN.get(language, "{d} {m} {y}").format(**day),
        "date_num": f"{born:%d}{mark}{born:%m}{mark}{born:%Y}",
        "date_short": f"{seen.day}/{seen.month}",
        "time": f"{rng.randrange(24)}:{rng.randrange(60):02}",
        "weekday": rng.choice(WEEKDAYS[language]),
        "age": str(rng.randrange(14, 60)),
    }


def _reach(language: str, faker: Any, rng: random.Random) -> dict[str, str]:
    """How persons and places are reached."""
    phone = faker.phone_number()
    digits = [c for c in phone if c.isdigit()][-9:]
    email = faker.free_email()
    user, host = email.split("@")
    return {
        "phone": phone,
        "phone_spaced": " ".join(digits),
        "phone_said": " ".join(DIGITS[language][int(c)] for c in digits),
        "email": email,
        "email_said": f"{user} [at] {host.replace('.', ' [dot] ')}",
        "handle": f"@{faker.first_name().lower()}_{rng.randrange(100)}",
        "snap": f"{faker.first_name().lower()}{rng.randrange(1000)}x",
        "url": f"https://ads-{rng.randrange(100)}.example.net/p/{rng.randrange(10**6)}",
        "ip": faker.ipv4_public(),
        "address": " ".join(faker.street_address().split()),
        "postcode": faker.postcode(),
        "city": faker.city(),
        "shelter": rng.choice(SHELTERS),
        "venue": rng.choice(HOTELS),
    }


def _numbers(language: str, faker: Any, rng: random.Random) -> dict[str, str]:
    year = rng.randrange(2019, 2026)
    return {
        "passport": f"{rng.choice('ABCEGKPX')}{rng.choice('ABCDEF0123')}{rng.randrange(10**6, 10**7)}",
        "nid": faker.nif() if hasattr(faker, "nif") else faker.ssn(),
        "plate": faker.license_plate(),
        "iban": faker.iban(),
        "wallet": "0x" + f"{rng.getrandbits(160):040x}",
        "mtcn": "-".join((f"{rng.randrange(1000):03}", f"{rng.randrange(1000):03}", f"{rng.randrange(10**4):04}")),
        "imei": _luhn(f"35{rng.randrange(10**12):012}"),
        "case": rng.choice((f"{rng.randrange(10**4, 10**5)}/{year}", f"{year}-{rng.randrange(10**5):05}", f"{rng.randrange(900)} Js {rng.randrange(10**4)}/{year % 100}")),
        "policy": rng.choice((f"POL-{rng.randrange(10**7):07}", f"{rng.randrange(10**8, 10**9)}", f"{language.upper()}{rng.randrange(10**6)}-{year}")),
        "claim": rng.choice((f"CL{year}/{rng.randrange(10**5)}", f"{rng.randrange(10**7, 10**8)}")),
        "flight": f"{rng.choice(('W6', 'FR', 'LH', 'RO'))}{rng.randrange(100, 9999)}",
    }  # fmt: skip


def _luhn(digits: str) -> str:
    """``digits`` with their check digit (ISO/IEC 7812-1)."""
    total = sum(sum(divmod(int(c) * (2 - i % 2), 10)) for i, c in enumerate(reversed(digits)))
    return digits + str(-total % 10)
