"""The leak gate's scan: what proves itself is found in any writing, and what a release holds on purpose is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.identifiers.checks import residual
from anonshare.transforms.tokens import make_token
from tests.growth import LINEAR, growth

FOUND = [
    ("vehicle 1HGCM82633A004352 seen", "vehicle number (VIN)"),
    ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "wallet address"),
    ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "wallet address"),
    ("paid to TJRabPrwbZy45sbavfcjinPJC18kjpRTv8", "wallet address"),
    ("0x52908400098527886E0F7030069857D2E4169EE7", "wallet address"),
    ("8944110068256270054", "SIM card number (ICCID)"),
    ("8944 1100 6825 6270 054", "SIM card number (ICCID)"),
    ("35-209900-176148-1", "device number (IMEI)"),
    ("49 015420 323751 8", "device number (IMEI)"),
    ("L898902C36UTO7408122F1204159ZE184226B<<<<<10", "passport zone"),
    ("D231458907UTO7408122F1204159<<<<<<<6", "passport zone"),
    ("I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6", "zone of an identity card"),
    ("+٤٠٧٢١٢٣٤٥٦٧", "phone number"),
    ("+4072\u200b1234567", "phone number"),
]
REGIONAL = [
    ("0721 234 567", "RO", "phone number"),
    ("call 0721234567 now", "RO", "phone number"),
    ("612345678", "ES", "phone number"),
    ("(212) 736-5000", "US", "phone number"),
    ("CNP 1800101221144", "RO", "national number"),
    ("44051401458", "PL", "national number"),
    ("12345678Z", "ES", "national number"),
]
NOTHING = [
    "2024-03-05", "20240305", "05.03.2024", "2024-03-05T12:30:00", "2024-01-01/2024-12-31", "2024-03", "2015-2019",
    "18-24", "10000-19999", "25000-49999", "1 000 000", "1.234.567,89", "123456.78", "1234567", "C-1234567",
    "C/2021/1234567", "550e8400-e29b-41d4-a716-446655440000", "3 150 000 000 lei", "(all)", "Eastern Europe",
]  # fmt: skip
REGIONS = ("RO", "ES", "DK", "US", "DE", "NL", "GB", "FR", "IT", "PL")


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_what_proves_itself_is_found_anywhere(text, kind):
    """A check digit or a form without another meaning is found without knowing a country, in digits of any script."""
    assert kind in residual(text)


@pytest.mark.parametrize(("text", "kind"), [(t, k) for t, k in FOUND if k not in {"wallet address", "phone number"}])
def test_a_wrong_check_digit_is_no_identifier(text, kind):
    """With its last digit moved by one nothing is proven."""
    place = max(i for i, c in enumerate(text) if c.isdecimal())
    wrong = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
    assert kind not in residual(wrong)


@pytest.mark.parametrize(("text", "region", "kind"), REGIONAL)
def test_numbers_of_a_country_are_found_in_that_country(text, region, kind):
    """What only one country reads as a number of a person is looked for where the policy names the country."""
    assert residual(text, region) == (kind,)
    assert residual(text) == ()


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("text", NOTHING)
def test_what_leaves_on_purpose_is_left_alone(text, region):
    """Dates, months, bands, amounts, case numbers of seven digits and labels are no identifiers of any country."""
    assert residual(text, region) == ()


@given(st.sampled_from(["ph", "doc", "plt", "per"]), st.binary(min_size=32, max_size=32), st.sampled_from(REGIONS))
def test_own_marks_are_left_alone(kind, mac, region):
    """Neither our tokens nor a bundle's random units are taken for a number of a country."""
    assert residual(make_token(kind, mac), region) == ()
    assert residual(f"u{mac.hex()[:24]}", region) == ()


@pytest.mark.parametrize("piece", ["0", "0 ", "1-", "A1", "<", "(0", "89 ", "+4", "a@", ".", "0x0", "20240101 "])
def test_the_scan_is_linear(piece):
    """Text of one thing repeated is scanned in time that grows with it."""
    assert growth(lambda text: residual(text, "RO"), lambda size: piece * (size // len(piece)), 8_000) < LINEAR
