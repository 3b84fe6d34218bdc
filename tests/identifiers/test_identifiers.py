"""Identifiers: one form each, check digits, the leak gate's scan."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban as stdnum_iban
from stdnum import luhn as stdnum_luhn

from anonshare.errors import MissingExtra
from anonshare.identifiers import phones
from anonshare.identifiers.checks import residual
from anonshare.identifiers.checksums import iban_valid, luhn_valid, mrz_check_digit, mrz_valid
from anonshare.identifiers.names import initials, normal_name
from anonshare.identifiers.normalise import ENTITIES, normalise
from anonshare.transforms.tokens import make_token

MRZ = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
IBAN = "DE89370400440532013000"


@pytest.mark.parametrize(
    ("entity", "value", "form"),
    [
        ("ph", "0721 234 567", "+40721234567"),
        ("ph", "+44 20 7946 0958", "+442079460958"),
        ("ph", "12", None),
        ("ph", "call me", None),
        ("em", " Ana.POP@Example.ORG ", "ana.pop@example.org"),
        ("em", "ana at example", None),
        ("ib", "de89 3704 0044 0532 0130 00", IBAN),
        ("ib", "DE00370400440532013000", None),
        ("doc", "ab-123 456", "AB123456"),
        ("doc", "none", None),
        ("plt", "B 123 xyz", "B123XYZ"),
        ("acc", "12", None),
        ("per", "Dra. María  ÑÁÑEZ", "dra maria nanez"),
        ("per", "Mr. Ion Popescu", "ion popescu"),
        ("per", "Señora García", "garcia"),
        ("per", "г-н Петров", "петров"),
        ("per", "คุณ มานะ ใจดี", "มานะ ใจดี"),
        ("per", "...", None),
        ("addr", "Str. Lungă, nr. 5", "str lungă nr 5"),
        ("org", "!!", None),
        ("ip", "2001:DB8::1", "2001:db8::1"),
        ("ip", "300.1.1.1", None),
    ],
)
def test_one_form(entity, value, form):
    """Each value has one form, and what is no valid identifier has none."""
    assert normalise(entity, value, region="RO") == form


@settings(max_examples=200)
@given(st.sampled_from(sorted(ENTITIES)), st.text(max_size=30))
def test_forms_are_stable(entity, value):
    """The form of a form is the form itself."""
    form = normalise(entity, value, region="RO")
    assert form is None or normalise(entity, form, region="RO") == form


def test_invisible_characters_do_not_matter():
    """Zero-width and full-width characters do not make another person."""
    assert normalise("ph", "\u200b０７２１ 234 567", region="RO") == "+40721234567"
    assert normalise("per", "A\u200dna") == normalise("per", "ana")


@given(st.text(alphabet="0123456789", min_size=2, max_size=20))
def test_luhn_agrees(digits):
    """Our Luhn agrees with python-stdnum."""
    assert luhn_valid(digits) == stdnum_luhn.is_valid(digits)


@given(st.integers(0, 10**18))
def test_iban_agrees(number):
    """Our IBAN check agrees with python-stdnum on German shapes, right and wrong."""
    for check in ("89", f"{number % 97:02}"):
        text = f"DE{check}{number:018}"
        assert iban_valid(text) == stdnum_iban.is_valid(text, check_country=False)
    assert not iban_valid("XX")


def test_mrz():
    """The specimen of ICAO 9303 is valid; every changed digit is not."""
    assert mrz_check_digit("520727") == "3"
    assert mrz_valid(MRZ)
    for place in (9, 14, 19, 27, 42, 43):
        assert not mrz_valid(MRZ[:place] + ("1" if MRZ[place] != "1" else "2") + MRZ[place + 1 :])
    assert not mrz_valid("short")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to ana@example.org today", "e-mail address"),
        ("IBAN DE89 3704 0044 0532 0130 00", "IBAN"),
        ("call +40 721 234 567", "phone number"),
        ("card 4111 1111 1111 1111", "card number"),
        ("imei 490154203237518", "device number (IMEI)"),
        (f"zone {MRZ}", "passport zone"),
    ],
)
def test_what_proves_itself_is_found(text, kind):
    """Each kind of identifier with a check digit or a valid form is found in a text."""
    assert kind in residual(text)


@pytest.mark.parametrize(
    "text",
    ["2024-03-01", "2024-Q1", "24-26", "ROU", "Eastern Europe", "12345678", "u0123456789abcdef01234567", "(all)", "48+", "+1",
     "4111 1111 1111 1112", "26.300380399125, -98.754264661883", "in shelter", "1234567890"],
)  # fmt: skip
def test_what_is_none_is_left_alone(text):
    """Labels, dates, counts, units and coordinates are no identifiers."""
    assert residual(text) == ()


@given(st.sampled_from(["ph", "doc", "plt", "em", "per"]), st.binary(min_size=32, max_size=32))
def test_our_tokens_are_no_identifiers(kind, mac):
    """The gate never fires on our own output."""
    assert residual(make_token(kind, mac)) == ()


def test_names():
    """Honorifics go unless nothing is left; initials are first letters; order is kept."""
    assert normal_name("Dr") == "dr"
    assert normal_name("Smith, John") == "smith john"
    assert initials("Ana Maria Pop") == "amp"


def test_a_missing_library(monkeypatch):
    """Without phonenumbers the part that brings it is named."""
    import builtins

    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "phonenumbers":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    phones._library.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra):
        phones.e164("+40721234567")
    monkeypatch.undo()
    phones._library.cache_clear()
