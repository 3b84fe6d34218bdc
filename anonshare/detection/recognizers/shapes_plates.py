"""Number plates without a label: the national forms that little else has, the weaker ones by the policy's countries."""

from __future__ import annotations

import re

from anonshare.detection.recognizers.shape import Shape

__all__ = ["PLATES"]

_RO = "AB|AG|AR|BC|BH|BN|BR|BT|BV|BZ|CJ|CL|CS|CT|CV|DB|DJ|GJ|GL|GR|HD|HR|IF|IL|IS|MH|MM|MS|NT|OT|PH|SB|SJ|SM|SV|TL|TM|TR|VL|VN|VS"
_END = "(?![0-9A-Za-z]|[-/][0-9A-Za-z])"

PLATES: tuple[Shape, ...] = (
    Shape(
        "LICENSE_PLATE",
        re.compile(
            rf"(?:{_RO})[ -]?[0-9]{{2}}[ -]?[A-Z]{{3}}{_END}|B[ -][0-9]{{2,3}}[ -][A-Z]{{3}}{_END}|B[0-9]{{2,3}}[A-Z]{{3}}{_END}"
            rf"|[A-Z]{{2}}[0-9]{{2}} ?[A-Z]{{3}}{_END}|[A-Z]{{2}}-[0-9]{{3}}-[A-Z]{{2}}{_END}|[A-HJ-NP-TV-Z]{{2}} ?[0-9]{{3}} ?[A-HJ-NP-TV-Z]{{2}}{_END}"
            rf"|[0-9]{{4}} ?[BCDFGHJKLMNPRSTVWXYZ]{{3}}{_END}|[A-ZÄÖÜ]{{1,3}}-[A-Z]{{1,2}} ?[0-9]{{1,4}}[EH]?{_END}"
            rf"|[A-ZАВЕКМНОРСТІХ]{{2}} ?[0-9]{{4}} ?[A-ZАВЕКМНОРСТІХ]{{2}}{_END}|[0-9]{{2}}-[A-Z]{{2}}-[0-9]{{2}}{_END}|[АВЕКМНОРСТУХ][0-9]{{3}}[АВЕКМНОРСТУХ]{{2}} ?[0-9]{{2,3}}{_END}"
        ),
        ("a white «B 123 ABC» left", "parked «LS19 XTC» outside", "une «AB-123-CD» grise", "el «1234 BCD» gris", "der «B-MA 1234» am", "the «CJ 12 XYZ»", "сіра «АА 1234 ВС»", "белая «А123ВС77»"),
        ("AB-123", "the 2019 BMW of", "A-1 road"),
        "national forms of RO, GB, FR, IT, ES, DE, UA, PT, RU",
        score=0.55,
        check=lambda text: text[:4] not in {"2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026"},
    ),
    Shape(
        "LICENSE_PLATE",
        re.compile(
            rf"[A-Z]{{2,3}} ?[0-9][0-9A-Z]{{3,4}}{_END}|[A-Z]{{3}} ?[0-9]{{3}}{_END}|[0-9]{{2}} ?[A-Z]{{1,3}} ?[0-9]{{2,4}}{_END}|[A-Z]{{3}}[0-9][A-Z][0-9]{{2}}{_END}"
            rf"|[A-Z]{{2}} ?[0-9]{{1,2}} ?[A-Z]{{1,2}} ?[0-9]{{4}}{_END}|[A-Z]{{2}} ?[0-9]{{4,5}}{_END}|[0-9][A-Z][0-9] ?[0-9]{{4}}{_END}|[0-9A-Z]{{2}}-[0-9A-Z]{{2,3}}-[0-9A-Z]{{1,2}}{_END}"
        ),
        ("una «ABC 123» gri", "34 «KV 61466»", "the «MH 12 AB 1234» bus"),
        ("AB", "12 May"),
        "national forms of PL, MD, HU, TR, BR, IN, BG, AL, CZ, NL",
        score=0.35,
        countries=frozenset({"PL", "MD", "HU", "TR", "BR", "IN", "BG", "AL", "CZ", "NL", "RS", "BA", "LT", "EE", "LV", "SE", "FI", "MK", "XK", "SK", "NG"}),
        check=lambda text: any(c.isdigit() for c in text) and any(c.isalpha() for c in text),
    ),
)  # fmt: skip
