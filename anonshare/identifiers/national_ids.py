"""National identity numbers in their compact form, proven by their check digits where the country has any.

The rules are python-stdnum's; a number of a country that is not listed here is not guessed at.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from anonshare.errors import MissingExtra

__all__ = ["COUNTRIES", "national_id", "proven"]

COUNTRIES = {
    "AL": ("al.nipt",),
    "BE": ("be.nn",),
    "BG": ("bg.egn",),
    "CO": ("co.nit",),
    "CZ": ("cz.rc",),
    "DE": ("de.idnr",),
    "DK": ("dk.cpr",),
    "EE": ("ee.ik",),
    "ES": ("es.dni", "es.nie"),
    "FI": ("fi.hetu",),
    "FR": ("fr.nir",),
    "GB": ("gb.nhs",),
    "GR": ("gr.amka",),
    "HR": ("hr.oib",),
    "IT": ("it.codicefiscale",),
    "LT": ("lt.asmens",),
    "LV": ("lv.pvn",),
    "MD": ("md.idno",),
    "NL": ("nl.bsn",),
    "NO": ("no.fodselsnummer",),
    "PL": ("pl.pesel",),
    "PT": ("pt.cc",),
    "RO": ("ro.cnp",),
    "RS": ("rs.pib",),
    "SE": ("se.personnummer",),
    "SI": ("si.emso",),
    "SK": ("sk.rc",),
    "TR": ("tr.tckimlik",),
    "US": ("us.ssn",),
    "VN": ("vn.mst",),
}
"""Country (ISO alpha-2) -> the modules of python-stdnum that know its numbers."""

UNPROVEN = {"us.ssn", "dk.cpr"}
"""Numbers of a form without a check digit: any nine digits in the right groups are one."""


@cache
def _module(name: str) -> Any:
    try:
        from stdnum import get_cc_module
    except ImportError:
        raise MissingExtra("Reading national identity numbers", "share") from None
    country, _, number = name.partition(".")
    return get_cc_module(country, number)


def national_id(value: str, country: str) -> str | None:
    """The compact form of a valid number of ``country`` (ISO alpha-2), None where it is none, or the country is unknown."""
    for name in COUNTRIES.get(country.upper(), ()):
        found = _compact(name, value)
        if found is not None:
            return found
    return None


def proven(value: str, country: str) -> bool:
    """Whether a text is a number whose check digits hold: it can hardly be one by chance."""
    names = [name for name in COUNTRIES.get(country.upper(), ()) if name not in UNPROVEN]
    return any(_compact(name, value) is not None for name in names)


def _compact(name: str, value: str) -> str | None:
    module = _module(name)
    if module is None or len(value) > 40:
        return None
    try:
        return str(module.compact(module.validate(value))) if module.is_valid(value) else None
    except Exception:  # noqa: BLE001  the library's errors are many, and its texts may hold the number
        return None
