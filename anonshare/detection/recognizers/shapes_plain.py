"""Shapes that are told by their form alone, with a low score where another thing can look like it."""

from __future__ import annotations

import re

from anonshare.detection.recognizers.shape import Shape

__all__ = ["PLAIN"]

_AIRLINES = (
    "AA|AC|AF|AI|AV|AY|AZ|A3|BA|B6|BT|CX|CM|DL|DY|EI|EK|EW|ET|EY|FR|FB|GA|GF|HV|H4|IB|JU|KC|KE|KL|KM|KQ|KU|LA|LG|LH|LO|LX|LY|"
    "MH|MS|ME|NH|OK|OS|OU|PC|PK|PR|PS|QR|RJ|RO|SA|SK|SN|SQ|SU|SV|TG|TK|TO|TP|TU|UA|UX|U2|VN|VS|VY|VJ|WN|WF|W4|W6|W9|XQ|ZB|0B|5F"
)

PLAIN: tuple[Shape, ...] = (
    Shape(
        "DEVICE_ID",
        re.compile(r"[Aa][0-9]{7}[0-9A-Fa-f]{6}(?![A-Za-z0-9])|99[0-9]{12}(?![A-Za-z0-9])"),
        ("the handset «A0000049A1B2C3» was",),
        ("A0000049A1",),
        "3GPP2 S.R0048: MEID",
        score=0.5,
    ),
    Shape(
        "BIC",
        re.compile(r"(?<![A-Za-z0-9])[A-Z]{4}(?:AD|AE|AL|AT|BA|BE|BG|BR|BY|CA|CH|CN|CY|CZ|DE|DK|EE|EG|ES|FI|FR|GB|GE|GR|HR|HU|IE|IL|IN|IT|LT|LU|LV|MA|MD|ME|MK|MT|NG|NL|NO|PH|PK|PL|PT|RO|RS|RU|SE|SI|SK|TH|TN|TR|UA|US|VN|XK|ZA)(?=[A-Z]?[0-9])[A-Z0-9]{2}(?:XXX|[A-Z0-9]{3})?(?![A-Za-z0-9])"),
        ("via «BTRLRO22XXX» to", "banca «UNCRIT2B»"),
        ("the ASSOCIATION", "ABC123"),
        "ISO 9362: with a digit in the location code, for words in capitals have none",
        score=0.6,
        at="anywhere",
    ),
    Shape(
        "CASE_NUMBER",
        re.compile(r"(?<![A-Za-z0-9:])ECLI:[A-Z]{2}:[A-Z0-9]{1,7}:[0-9]{4}:[A-Z0-9.]{1,24}[A-Z0-9]", re.IGNORECASE),
        ("see «ECLI:NL:HR:2019:793».", "«ECLI:EU:C:2014:317»"),
        ("the ECLI of 2019",),
        "Council conclusions 2011/C 127/01",
        score=0.95,
        at="anywhere",
        needs=("ecli",),
    ),
    Shape(
        "CASE_NUMBER",
        re.compile(
            r"[0-9]{2}[A-Z0-9]{2}/[0-9]{3,6}/[0-9]{2}(?![0-9A-Z])"
            r"|[0-9]:[0-9]{2}-(?:cv|cr|mj|md|bk)-[0-9]{3,6}(?:-[A-Z]{2,4}){0,2}(?![0-9A-Za-z])"
            r"|[0-9]{1,4} (?:Js|Ls|Ds|Ks|KLs|Cs|StR|ARs|BvR|AR|O|K|Ws|Ss|UJs|Qs|Gs) [0-9]{1,7}/[0-9]{2}(?:[0-9]{2})?(?![0-9])"
            r"|[IVX]{1,4} [A-Z][A-Za-z]{0,3} [0-9]{1,5}/[0-9]{2}(?:[0-9]{2})?(?![0-9])"
            r"|[0-9]{1,6}/[0-9]{1,4}/(?:19|20)[0-9]{2}(?:/[A-Za-z0-9]{1,4})?(?![0-9A-Za-z])"
            r"|(?:[A-Z]{0,4}-?[0-9]{1,7}/(?:19|20)[0-9]{2}|(?:[A-Z]{1,4}-?[0-9]{3}|[A-Z]{0,4}-?[0-9]{4,7})/[0-9]{2})(?:/[A-Z0-9]{1,6}|-[IVX]{1,4})?(?![0-9A-Za-z/])"
            r"|[A-Z]{1,5}[-/](?:19|20)[0-9]{2}[-/][0-9]{3,8}(?![0-9A-Za-z])"
            r"|[A-Z]{2,4}/[0-9]{2,7}/[0-9]{2,7}(?:/[0-9]{2,4})?(?![0-9A-Za-z])"
            r"|(?:19|20)[0-9]{2}[/-][0-9]{4,8}(?![0-9A-Za-z/-])"
        ),
        ("opened as «12AB/3456/24» by", "in «2 Js 1234/19» wurde", "«36110/97»", "file «1:21-cr-00345» in", "«1234/180/2021»", "«CR-2024-000123»",
         "under «MET/4471902/24»", "in «II K 123/21» stwierdzono"),
        ("on 12/05/2020", "3/4 of them", "2019/2020", "law no. 571/2003", "tensión 112/68", "from 2019-2021"),
        "registries of courts and police: a running number and its year",
        score=0.6,
    ),
    Shape(
        "CASE_NUMBER",
        re.compile(r"(?:NRM|CRN?|CAD|CASE|FIR|INC|REF|URN|CASO|EXP|DOS)[-/ #]{1,2}(?:[0-9A-Z]{1,8}[-/]){0,3}[0-9]{3,10}(?![0-9A-Za-z])"),
        ("as «NRM-2024-00871» and", "«CAD/4471/12»"),
        ("CR 12",),
        "prefixes of registries",
        score=0.65,
    ),
    Shape(
        "POLICY_NUMBER",
        re.compile(r"(?:(?:POL|PLC)[-/ ]?|(?:PN|PZ)[-/])(?:[0-9A-Z]{1,6}[-/]){0,3}[0-9]{4,10}(?![0-9A-Za-z])"),
        ("under «POL-2024-88213» he",),
        ("POL 12",),
        "prefixes of insurers",
        score=0.65,
    ),
    Shape(
        "CLAIM_NUMBER",
        re.compile(r"(?:(?:CLM|CLAIM)[-/ ]?|(?:CL|SIN|SCH)[-/])(?:[0-9A-Z]{1,6}[-/]){0,3}[0-9]{4,10}(?![0-9A-Za-z])"),
        ("paid on «CLM-0099213» by",),
        ("CLM 12",),
        "prefixes of insurers",
        score=0.65,
    ),
    Shape(
        "MEMBER_NUMBER",
        re.compile(r"(?:MBR|MEM|MRN|PAT|EMP|CUST|MBRS|NHC)[-/ #]?(?:[0-9A-Z]{1,6}[-/]){0,3}[0-9]{3,10}(?![0-9A-Za-z])"),
        ("entered as «MBR-0099213» by",),
        ("EMP 12",),
        "prefixes of hospitals and agencies",
        score=0.65,
    ),
    Shape(
        "TRANSFER_NUMBER",
        re.compile(r"[0-9]{3}[- ][0-9]{3}[- ][0-9]{4}(?![0-9-])(?=[^.\n]{0,40}\b(?:[Ww]estern|[Mm]oney[Gg]ram|MTCN|[Rr]emit))"),
        ("«483-221-9043» at Western Union",),
        ("483-221-9043 at home",),
        "remittance control numbers before the service's name",
        score=0.7,
    ),
    Shape(
        "TICKET_NUMBER",
        re.compile(r"[0-9]{3}-[0-9]{10}(?![0-9A-Za-z-])"),
        ("flew on «281-2401234567» to",),
        ("281-24012345678",),
        "IATA Resolution 722",
        score=0.6,
    ),
    Shape(
        "FLIGHT_NUMBER",
        re.compile(rf"(?:{_AIRLINES}) ?[0-9]{{3,4}}(?![0-9A-Za-z/-]| ?[0-9A-Z])"),
        ("landed with «RO 391» at", "took «W6 3301» from"),
        ("AB 12", "RO 391 234 56"),
        "IATA Resolution 762: codes of airlines",
        score=0.45,
    ),
    Shape(
        "VISA_NUMBER",
        re.compile(r"[A-Z]{3}[0-9]{9}(?![0-9A-Za-z])(?=[^.\n]{0,40}\b(?:visa|Schengen)\b)"),
        ("«ESP012345678», a Schengen sticker",),
        ("ESP012345678 of",),
        "ICAO Doc 9303-7",
        score=0.5,
    ),
    Shape(
        "DRIVER_LICENSE",
        re.compile(r"[A-Z9]{5}[0-9][0156][0-9][0-3][0-9][0-9][A-Z9]{2}[A-Z0-9]{3}(?![0-9A-Za-z])|[A-Z][0-9]{3}-[0-9]{4}-[0-9]{4}(?![0-9])"),
        ("showed «MORGA657054SM9IJ» to",),
        ("MORGA657",),
        "DVLA, and the form of some US states",
        score=0.8,
    ),
    Shape(
        "SORT_CODE",
        re.compile(r"[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9-])(?= {0,2}(?:/|and|,|account|a/c|acc)?[ :]{0,2}(?:account |a/c |acc )?[0-9]{8}(?![0-9]))"),
        ("to «20-44-19» 12345678",),
        ("on 20-10-05 at",),
        "UK sort code before an account of eight digits",
        score=0.7,
    ),
)  # fmt: skip
