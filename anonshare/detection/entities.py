"""The entity types of the room: Presidio's names where it has one, ours for the classes that it lacks."""

from __future__ import annotations

__all__ = ["DIRECT", "ENTITIES", "QUASI"]

DIRECT: dict[str, str] = {
    "PERSON": "a name, a nickname, initials",
    "EMAIL_ADDRESS": "an e-mail address",
    "PHONE_NUMBER": "a phone number",
    "HANDLE": "a name on a messenger, a network or a game",
    "URL": "a web address, onion services and advertisements among them",
    "IP_ADDRESS": "an address of the Internet Protocol",
    "MAC_ADDRESS": "a hardware address",
    "PASSPORT": "a passport or travel document number",
    "MRZ": "a machine readable zone",
    "NATIONAL_ID": "a national identity, social security or tax number of a person",
    "RESIDENCE_PERMIT": "a residence permit or alien number",
    "VISA_NUMBER": "a visa number",
    "DRIVER_LICENSE": "a driving licence number",
    "IBAN_CODE": "an international bank account number",
    "BIC": "a bank identifier code",
    "BANK_ACCOUNT": "an account or routing number",
    "SORT_CODE": "a sort code",
    "CREDIT_CARD": "a card number",
    "CVV": "a card verification code or PIN",
    "TRANSFER_NUMBER": "the control number of a money transfer",
    "CRYPTO": "an address of a cryptocurrency wallet",
    "IMEI": "the number of a handset",
    "IMSI": "the number of a subscriber",
    "ICCID": "the number of a SIM card",
    "DEVICE_ID": "another number of a device (MEID, serial)",
    "VIN": "a vehicle identification number",
    "LICENSE_PLATE": "a number plate",
    "FLIGHT_NUMBER": "a flight",
    "TICKET_NUMBER": "a ticket or booking",
    "CASE_NUMBER": "a case, file, docket, crime or referral number",
    "POLICY_NUMBER": "an insurance policy number",
    "CLAIM_NUMBER": "an insurance claim number",
    "MEMBER_NUMBER": "a number of a patient, member, customer or employee",
    "ADDRESS": "a street address",
    "GPS": "coordinates",
    "PLUS_CODE": "an Open Location Code, or three words for a place",
    "SHELTER": "a shelter or another sensitive place",
    "ID_NUMBER": "another number that identifies",
}
"""What names one person, one thing of his or one place of his."""

QUASI: dict[str, str] = {
    "DATE_TIME": "a date, a time or a period",
    "AGE": "an age",
    "SEX": "a sex",
    "LOCATION": "a place",
    "POSTCODE": "a post code",
    "NRP": "a nationality, religion or political group",
    "ORGANIZATION": "an organisation",
    "OCCUPATION": "an occupation",
    "QUANTITY": "a quantity, amount or number",
    "VENUE": "a hotel, bar or another venue",
    "LABELLED": "the answer behind a label of a form",
}
"""What tells a person apart together with others of its kind."""

ENTITIES: dict[str, str] = DIRECT | QUASI
"""Entity type -> what it is, in words."""
