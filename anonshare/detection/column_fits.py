"""Which values agree with what the name of a column says: one row for each entity type."""

from __future__ import annotations

from dataclasses import dataclass

from anonshare.detection.column_evidence import Evidence

__all__ = ["Fit", "fit_of"]


@dataclass(frozen=True, slots=True)
class Fit:
    """``kinds``: entity types and marks of values that agree with a type.

    ``must`` tells that a column without such values is not of this type whatever its name says. ``refined`` are types
    that a name also stands for, and that values tell better (a document number that is a national number). ``prose``
    tells that values of many words are expected.
    """

    kinds: tuple[str, ...]
    must: bool = False
    refined: tuple[str, ...] = ()
    prose: bool = False


_CODES = ("code", "digits")
_PAPERS = ("PASSPORT", "NATIONAL_ID", "MRZ")
_ACCOUNTS = ("IBAN_CODE", "CREDIT_CARD", "CRYPTO")
FITS: dict[str, Fit] = {
    "PERSON": Fit(("letters",)),
    "EMAIL_ADDRESS": Fit(("EMAIL_ADDRESS",), must=True),
    "PHONE_NUMBER": Fit(("PHONE_NUMBER", "phone of a region", "phone", "rounded"), must=True),
    "HANDLE": Fit(("HANDLE", "code", "name", "letters"), refined=("URL",)),
    "URL": Fit(("URL", "code")),
    "IP_ADDRESS": Fit(("IP_ADDRESS",), must=True),
    "MAC_ADDRESS": Fit(("MAC_ADDRESS",), must=True),
    "PASSPORT": Fit((*_CODES, "MRZ"), must=True),
    "MRZ": Fit(("MRZ", "code")),
    "NATIONAL_ID": Fit(("NATIONAL_ID", *_CODES), must=True),
    "RESIDENCE_PERMIT": Fit(_CODES, must=True),
    "VISA_NUMBER": Fit(_CODES, must=True),
    "DRIVER_LICENSE": Fit(_CODES, must=True),
    "IBAN_CODE": Fit(("IBAN_CODE",), must=True, refined=("BANK_ACCOUNT",)),
    "BIC": Fit(("BIC", "digits"), must=True),
    "BANK_ACCOUNT": Fit((*_CODES, "IBAN_CODE"), must=True, refined=_ACCOUNTS),
    "SORT_CODE": Fit(("digits", "code", "DATE_TIME"), must=True),
    "CREDIT_CARD": Fit(("CREDIT_CARD", "digits", "code"), must=True),
    "TRANSFER_NUMBER": Fit((*_CODES, "CRYPTO"), must=True),
    "CRYPTO": Fit(("CRYPTO", "code"), must=True),
    "IMEI": Fit(("IMEI", "digits", "rounded"), must=True),
    "IMSI": Fit(("digits", "rounded"), must=True),
    "ICCID": Fit(("ICCID", "digits", "rounded"), must=True),
    "DEVICE_ID": Fit((*_CODES, "uuid", "IMEI", "MAC_ADDRESS"), refined=("IMEI", "MAC_ADDRESS", "ICCID")),
    "VIN": Fit(("VIN", "vin form", "code"), must=True),
    "LICENSE_PLATE": Fit(("plate", "code", "digits"), must=True),
    "FLIGHT_NUMBER": Fit(("plate", "code", "digits")),
    "TICKET_NUMBER": Fit(("plate", *_CODES)),
    "CASE_NUMBER": Fit((*_CODES, "number", "uuid", "plate", "DATE_TIME")),
    "POLICY_NUMBER": Fit((*_CODES, "number", "uuid", "plate", "DATE_TIME")),
    "CLAIM_NUMBER": Fit((*_CODES, "number", "uuid", "plate", "DATE_TIME")),
    "MEMBER_NUMBER": Fit((*_CODES, "number", "uuid", "plate"), refined=("NATIONAL_ID",)),
    "ID_NUMBER": Fit((*_CODES, "number", "uuid", "MRZ"), refined=_PAPERS),
    "ADDRESS": Fit(("street", "letters"), prose=True),
    "GPS": Fit(("GPS", "coordinate", "PLUS_CODE", "number", "URL"), must=True, refined=("PLUS_CODE",), prose=True),
    "SHELTER": Fit(("letters", "street", "code"), prose=True),
    "ORGANIZATION": Fit(("letters", "street", "code"), prose=True),
    "VENUE": Fit(("letters", "street", "code"), prose=True),
    "DATE_TIME": Fit(("DATE_TIME", "serial day", "moment", "year", "band", "age"), must=True),
    "AGE": Fit(("age", "band", "year"), must=True),
    "SEX": Fit(("sex",)),
    "LOCATION": Fit(("letters", "street", "country", "code"), prose=True),
    "POSTCODE": Fit(("post code", "digits"), must=True),
    "NRP": Fit(("country", "letters")),
    "OCCUPATION": Fit(("letters", "code")),
    "QUANTITY": Fit(("amount", "number", "band", "age"), must=True),
}
ANY = Fit(())


def fit_of(entity: str | None, found: Evidence) -> tuple[Fit, float]:
    """The row of a type, and the share of values that agree with it; a type without a row agrees with none."""
    row = FITS.get(entity or "", ANY)
    return row, found.share(*row.kinds)
