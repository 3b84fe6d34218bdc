"""Shapes that prove themselves: check digits of cards, accounts, devices, vehicles, wallets and travel documents."""

from __future__ import annotations

import re

from anonshare.detection.recognizers.shape import Shape
from anonshare.identifiers.checksums import IBAN_LENGTHS, iban_valid, luhn_valid
from anonshare.identifiers.national_ids import national_id
from anonshare.identifiers.travel import zone_valid
from anonshare.identifiers.vehicles import vin_form, vin_valid
from anonshare.identifiers.wallets import bitcoin_valid, tron_valid

__all__ = ["PROVEN"]

_CARD = re.compile(r"(?:4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})|5[1-5][0-9]{14}|2[2-7][0-9]{14}|3[47][0-9]{13}|3[068][0-9]{12}|"
                   r"35[0-9]{14}|6[0-9]{15,18}|50[0-9]{14}|5[6-8][0-9]{14,17})\Z")  # fmt: skip
_HANDSET = re.compile(r"(?:0[01]|35|86|99|98|91|4[459]|5[0-4])[0-9]{13}\Z")
_DROPPED = str.maketrans("", "", " .-/\u2013")


def _compact(text: str) -> str:
    return text.translate(_DROPPED).upper()


def _card(text: str) -> bool:
    digits = _compact(text)
    return _CARD.match(digits) is not None and len(set(digits)) > 1 and luhn_valid(digits)


def _handset(text: str) -> bool:
    digits = _compact(text)
    return _HANDSET.match(digits) is not None and len(set(digits)) > 1 and luhn_valid(digits)


def _sim(text: str) -> bool:
    digits = _compact(text)
    return digits.startswith("89") and len(digits) in {19, 20} and luhn_valid(digits)


def _iban(text: str) -> bool:
    compact = _compact(text)
    return IBAN_LENGTHS.get(compact[:2]) == len(compact) and iban_valid(compact)


def _vin(text: str) -> bool:
    return vin_valid(_compact(text))


def _zone(text: str) -> bool:
    return zone_valid(tuple(text.split()))


PROVEN: tuple[Shape, ...] = (
    Shape(
        "MRZ",
        re.compile(r"(?<![A-Z0-9<])[A-Z0-9<]{30,44}(?:[ \t\r\n]{1,4}[A-Z0-9<]{30,44}){0,2}(?![A-Z0-9<])"),
        ("zone «P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10»",
         "read «L898902C36UTO7408122F1204159ZE184226B<<<<<10» from it",
         "«I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<»"),
        ("if a<b and b<c", "L898902C36UTO7408122F1204159ZE184226B<<<<<11"),
        "ICAO Doc 9303-3 to -7",
        score=1.0,
        at="anywhere",
        needs=("<",),
        check=_zone,
        proof=True,
    ),
    Shape(
        "IBAN_CODE",
        re.compile(r"[A-Za-z]{2}[0-9]{2}(?:[ .-]?[A-Za-z0-9]{1,4}){3,12}"),
        ("pay to «DE89 3704 0044 0532 0130 00» now", "«RO49AAAA1B31007593840000»", "a «gb29nwbk60161331926819»", "«MD24AG000225100013104168» și"),
        ("DE88 3704 0044 0532 0130 00", "AB12 hours"),
        "ISO 13616",
        score=1.0,
        check=_iban,
        proof=True,
    ),
    Shape(
        "NATIONAL_ID",
        re.compile(r"(?<![A-Za-z0-9])[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z](?![A-Za-z0-9])"),
        ("il «RCCMNL83S18D969H» trovato", "«RCCMNLUPS18D969Q» anche"),
        ("RCCMNL83S18D969I",),
        "DM 23 December 1976: codice fiscale, with letters for digits where two persons share one (omocodia)",
        score=1.0,
        at="anywhere",
        check=lambda text: national_id(text, "IT") is not None,
        proof=True,
    ),
    Shape(
        "CREDIT_CARD",
        re.compile(r"[0-9]{1,19}(?:[ ./-][0-9]{1,12}){0,9}"),
        ("card «4111 1111 1111 1111» was", "with «5500-0000-0000-0004»", "«378282246310005»"),
        ("4111 1111 1111 1112", "1234567890123456"),
        "ISO/IEC 7812",
        score=1.0,
        check=_card,
        proof=True,
    ),
    Shape(
        "IMEI",
        re.compile(r"[0-9]{1,15}(?:[ ./-][0-9]{1,8}){0,6}"),
        ("handset «490154203237518» seized", "«35-209900-176148-1»"),
        ("490154203237519",),
        "3GPP TS 23.003, 6.2 and annex B",
        score=1.0,
        check=_handset,
        proof=True,
    ),
    Shape(
        "ICCID",
        re.compile(r"89[0-9]{0,18}(?:[ .-][0-9]{1,8}){0,8}"),
        ("«8931 0410 1065 4378 932» inside", "the card «89014103211118510720»"),
        ("8931041010654378931",),
        "ITU-T E.118",
        score=1.0,
        check=_sim,
        proof=True,
    ),
    Shape(
        "VIN",
        re.compile(r"(?<![A-Za-z0-9])[A-HJ-NPR-Za-hj-npr-z0-9]{17}(?![A-Za-z0-9])"),
        ("the car «1M8GDM9AXKP042788» was",),
        ("1M8GDM9A1KP042788",),
        "ISO 3779, 49 CFR 565.15",
        score=1.0,
        at="anywhere",
        check=_vin,
        proof=True,
    ),
    Shape(
        "VIN",
        re.compile(r"(?<![A-Z0-9])(?:W[ABDFMPUV]|V[FNSR1]|Z[AFLC]|TM|TR|SA|SB|SC|SH|SJ|UU|JM|JT|JH|KM|KN|NM|XT|YV|YS|VS|LS|MA)[A-HJ-NPR-Z0-9]{10,12}[0-9]{4}(?![A-Z0-9])"),
        ("golf «WVWZZZ1KZ6W000001» parked", "«UU1BSDPJ559021243» Dacia"),
        ("WVWZZZIKZ6W000001", "12345678901234567"),
        "ISO 3780: makers of Europe and Asia; no check digit there",
        score=0.8,
        at="anywhere",
        check=vin_form,
    ),
    Shape(
        "CRYPTO",
        re.compile(r"(?<![A-Za-z0-9])(?:(?:bc1|tb1|BC1|ltc1)[qpzry9x8gf2tvdw0s3jn54khce6mua7lQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{20,90}|[123mnLMDA9][1-9A-HJ-NP-Za-km-z]{24,34})(?![A-Za-z0-9])"),
        ("sent to «1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa»", "«bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq» then",
         "«bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0»"),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdz"),
        "BIP 13, 173, 350",
        score=1.0,
        at="anywhere",
        check=bitcoin_valid,
        proof=True,
    ),
    Shape(
        "CRYPTO",
        re.compile(r"(?<![A-Za-z0-9])T[1-9A-HJ-NP-Za-km-z]{33}(?![A-Za-z0-9])"),
        ("USDT a «TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t»",),
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u",),
        "TRON protocol: addresses",
        score=1.0,
        at="anywhere",
        check=tron_valid,
        proof=True,
    ),
    Shape(
        "CRYPTO",
        re.compile(r"(?<![A-Za-z0-9])(?:0x[0-9a-fA-F]{40}|[48][1-9A-HJ-NP-Za-km-z]{94}(?:[1-9A-HJ-NP-Za-km-z]{11})?)(?![A-Za-z0-9])"),
        ("wallet «0x52908400098527886E0F7030069857D2E4169EE7» received",),
        ("0x5290840009852788", "commit 52908400098527886E0F7030069857D2E4169EE7"),
        "EIP-55 (its check needs Keccak: form alone); Monero: form alone",
        score=0.95,
        at="anywhere",
    ),
)  # fmt: skip
