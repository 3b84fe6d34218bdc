"""Which types of different corpora, of stock Presidio and of ours mean the same thing: one column of common names.

Numbers that identify are one common type, since corpora draw the borders between them differently; our own notes are
scored with our own, finer types. A gold type that is not listed here has no counterpart among ours: spans over it
count neither as right nor as wrong where types are scored.
"""

from __future__ import annotations

__all__ = ["COMMON", "UNKNOWN", "common"]

UNKNOWN = "-"

_ROWS: dict[str, str] = {
    "PERSON": "PER NOMBRE_SUJETO_ASISTENCIA NOMBRE_PERSONAL_SANITARIO",
    "EMAIL": "EMAIL_ADDRESS CORREO_ELECTRONICO",
    "PHONE": "PHONE_NUMBER NUMERO_TELEFONO NUMERO_FAX",
    "HANDLE": "",
    "URL": "DOMAIN_NAME",
    "IP": "IP_ADDRESS",
    "CARD": "CREDIT_CARD",
    "IBAN": "IBAN_CODE",
    "ID": "CODE ID_NUMBER NATIONAL_ID PASSPORT MRZ RESIDENCE_PERMIT VISA_NUMBER DRIVER_LICENSE BANK_ACCOUNT SORT_CODE BIC "
    "CVV TRANSFER_NUMBER CASE_NUMBER POLICY_NUMBER CLAIM_NUMBER MEMBER_NUMBER TICKET_NUMBER FLIGHT_NUMBER IMEI IMSI ICCID "
    "DEVICE_ID VIN LICENSE_PLATE MAC_ADDRESS US_SSN US_DRIVER_LICENSE US_BANK_NUMBER US_PASSPORT US_ITIN UK_NHS "
    "MEDICAL_LICENSE ID_SUJETO_ASISTENCIA ID_TITULACION_PERSONAL_SANITARIO ID_ASEGURAMIENTO ID_CONTACTO_ASISTENCIAL "
    "ID_EMPLEO_PERSONAL_SANITARIO",
    "CRYPTO": "",
    "ADDRESS": "STREET_ADDRESS CALLE STR",
    "LOCATION": "LOC GPE LD ST LDS TERRITORIO PAIS POSTCODE GPS PLUS_CODE",
    "ORGANIZATION": "ORG UN INN GRT INSTITUCION HOSPITAL CENTRO_SALUD SHELTER VENUE FACILITY",
    "DATE": "DATE_TIME DATETIME PERIOD FECHAS",
    "AGE": "EDAD_SUJETO_ASISTENCIA",
    "SEX": "SEXO_SUJETO_ASISTENCIA",
    "NRP": "DEM NAT_REL_POL",
    "OCCUPATION": "PROFESION",
    "QUANTITY": "MONEY",
}
COMMON: dict[str, str] = {name: row for row, names in _ROWS.items() for name in [row, *names.split()]}
"""Type of a corpus or detector -> common type."""


def common(kind: str) -> str:
    """The common type, or UNKNOWN."""
    return COMMON.get(kind, UNKNOWN)
