"""Places by their form: coordinates, codes of places, post codes; venues and shelters by word and proper name.

Sources: ISO 6709 (coordinates), RFC 5870 (``geo:``), Open Location Code specification, what3words; post codes: Universal
Postal Union; United States Postal Service, Publication 28 (states).
"""

from __future__ import annotations

import re

from anonshare.detection.recognizers.places_venues import find_venues
from anonshare.detection.recognizers.shape import Shape

__all__ = ["PLACES", "find_venues"]

NUMBER = re.compile(r"[-+]?[0-9]{1,3}(?:[.,][0-9]+)?")

_DEG = r" ?(?:°|º|˚|\bdeg\b|o(?= ?[0-9NSEW]))"
_MIN = r" ?(?:'(?!')|′(?!′)|’(?!’)|\bmin\b)"
_SEC = r" ?(?:\"|″|''|′′|’’|”|“|\bsec\b)"
_DMS = (
    rf"[0-9]{{1,3}}{_DEG}(?: ?[0-9]{{1,2}}(?:[.,][0-9]{{1,8}})?{_MIN}(?: ?[0-9]{{1,2}}(?:[.,][0-9]{{1,8}})?{_SEC})?)?"
)
_SEP = r"[ ]{0,2}[,;/]?[ \n]{0,2}"
_DECIMAL = r"[0-9]{1,3}[.,][0-9]{2,15}"


def _pair(text: str) -> bool:
    """Whether two decimals lie in the ranges of latitude and longitude."""
    numbers = [float(n) for n in re.findall(r"[-+]?[0-9]{1,3}\.[0-9]+", text)]
    return len(numbers) == 2 and abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180


def _degrees(text: str) -> bool:
    """Whether the first numbers of both halves are degrees."""
    numbers = [int(n) for n in re.findall(r"([0-9]{1,3})(?:[.,][0-9]+)?(?: ?[°º˚o]| ?deg)", text)]
    return bool(numbers) and all(n <= 180 for n in numbers)


def _hemispheres(text: str) -> bool:
    return all(float(n.replace(",", ".")) <= 180 for n in re.findall(r"[0-9]{1,3}[.,][0-9]+", text))


_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|"
    "WA|WV|WI|WY|DC|PR|AA|AE|AP"
)

GPS: tuple[Shape, ...] = (
    Shape(
        "GPS",
        re.compile(r"(?<![\w.,+-])(?P<it>[-+]?[0-9]{1,2}\.[0-9]{3,15}[ ]?[,;/ ][ ]?[-+]?[0-9]{1,3}\.[0-9]{3,15})(?![\w%€$]|[.,][0-9]| ?(?:€|EUR|lei|%))"),
        ("at «44.4268, 26.1025» last", "«-33.8688,151.2093»", "«40.4168 -3.7038»", "(«44.42680;26.10250»)"),
        ("EUR 12.345, 67.890 EUR", "1.2, 3.4", "95.1234, 200.5678", "12.345.678,901.234"),
        "ISO 6709, decimal degrees",
        score=0.85,
        at="anywhere",
        needs=(".",),
        check=_pair,
    ),
    Shape(
        "GPS",
        re.compile(rf"(?<![\w.])(?P<it>{_DECIMAL}{_DEG}? ?[NS]{_SEP}{_DECIMAL}{_DEG}? ?[EWO]|[NS] ?{_DECIMAL}{_DEG}?{_SEP}[EWO] ?{_DECIMAL}{_DEG}?)(?![\w])"),
        ("at «40.4168° N, 3.7038° W» he", "«N 44.4268 E 26.1025»", "«44.4268N 26.1025E»", "«S 33.8688°, E 151.2093°»"),
        ("12.50 N to 13.50 E of", "N 444.4268"),
        "ISO 6709, decimal degrees and hemispheres",
        score=0.9,
        check=_hemispheres,
    ),
    Shape(
        "GPS",
        re.compile(
            rf"(?<![\w.])(?<![NSEWO] )(?P<it>(?:[NS] ?)?{_DMS} ?[NS]?{_SEP}(?:[EWO] ?)?{_DMS} ?[EWO]?)(?![\w°º])"
        ),
        ("at «40°26'46\"N 79°58'56\"W» he", "«40° 26′ 46″ N, 79° 58′ 56″ W»", "«N40°26.767' W079°58.933'»", "«44°25'N, 26°06'E»", "«N 44° 25' 30\" E 26° 06' 10\"»"),
        ("between 20° and 30°", "40° of it"),
        "ISO 6709, degrees, minutes and seconds",
        score=0.9,
        check=lambda text: _degrees(text) and any(c in text for c in "NSEWO'′’"),
    ),
    Shape(
        "GPS",
        re.compile(r"(?P<it>(?<!\w)geo:[-+]?[0-9]{1,2}(?:\.[0-9]{1,15})?,[-+]?[0-9]{1,3}(?:\.[0-9]{1,15})?(?:;[\w=.]{1,30})?(?:\?[^\s\"'<>]{1,80})?)(?![\w])", re.IGNORECASE),
        ("«geo:37.786971,-122.399677» and", "«geo:48,2;u=35»"),
        ("geo: none",),
        "RFC 5870",
        score=0.95,
        at="anywhere",
        needs=("geo:",),
        proof=True,
    ),
    Shape(
        "GPS",
        re.compile(r"(?P<it>(?:[@=(]|ll=|q=)(?P<pair>[-+]?[0-9]{1,2}\.[0-9]{2,15},[-+]?[0-9]{1,3}\.[0-9]{2,15})(?:,[0-9.]{1,6}[zm])?)(?!\w)"),
        ("maps «@44.4268,26.1025,17z» open",),
        ("@44,26",),
        "coordinates in the address of a map",
        score=0.9,
        at="anywhere",
        needs=("@", "=", "("),
        check=lambda text: _pair(text.partition(",")[0].lstrip("@=(lq") + "," + text.split(",")[1]),
    ),
    Shape(
        "GPS",
        re.compile(
            r"(?<!\w)(?P<it>lat(?:itude|itud|itudine)?\.?[ :=]{0,3}[-+]?[0-9]{1,2}[.,][0-9]{1,15}[°º]?[ ,;/]{1,3}(?:and |y |et |și )?(?:lon|lng|long)(?:gitude|itude|gitud|itud|gitudine|itudine)?\.?[ :=]{0,3}"
            r"[-+]?[0-9]{1,3}[.,][0-9]{1,15}[°º]?)(?!\w)",
            re.IGNORECASE,
        ),
        ("«lat 44.43, lng 26.10» near", "«Latitude: 44.4268, Longitude: 26.1025»", "«lat: -33.86 lon: 151.2»"),
        ("late 44.4", "lat. and long."),
        "labelled coordinates",
        score=0.9,
        at="anywhere",
        needs=("lat",),
    ),
    Shape(
        "PLUS_CODE",
        re.compile(r"(?<![\w+])(?P<it>[23456789CFGHJMPQRVWX]{4}(?:[23456789CFGHJMPQRVWX]{2}){0,2}\+[23456789CFGHJMPQRVWX]{2,7})(?![\w+])", re.IGNORECASE),
        ("at «8FVC9G8F+6W» in", "«9G8F+5W» Zürich", "code «8fvc9g8f+6wq»."),
        ("2+2", "phone 4567+89", "ABCD+EF"),
        "Open Location Code",
        score=0.9,
        at="anywhere",
        needs=("+",),
        check=lambda text: any(c.isalpha() for c in text),
    ),
    Shape(
        "PLUS_CODE",
        re.compile(r"(?:(?<!/)///|(?:what ?3 ?words|w3w)[ :=]{1,3}(?:///)?)(?P<it>[^\W\d_]{2,20}\.[^\W\d_]{2,20}\.[^\W\d_]{2,20})(?![\w.])", re.IGNORECASE),
        ("meet at ///«filled.count.soap» now", "what3words: «index.home.raft»"),
        ("file:///a.b", "///only.two"),
        "what3words",
        score=0.9,
        at="anywhere",
        needs=("///", "what3words", "what 3 words", "w3w"),
    ),
)  # fmt: skip

POSTCODES: tuple[Shape, ...] = (
    Shape(
        "POSTCODE",
        re.compile(r"(?<![\w-])(?:GIR 0AA|[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{2})(?![\w-])"),
        ("in «SW1A 1AA» they", "«M1 1AE»,", "«EC1A 1BB»."),
        ("A1 2B", "XX12 3IO"),
        "post codes of the United Kingdom (BS 7666)",
        score=0.75,
    ),
    Shape(
        "POSTCODE",
        re.compile(r"(?<![\w-])[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][ -][0-9][ABCEGHJ-NPRSTV-Z][0-9](?![\w-])"),
        ("Ottawa «K1A 0B1» in", "«M5V-2T6»"),
        ("D1A 0B1", "K1A 0BB", "T3N0M0"),
        "post codes of Canada",
        score=0.75,
    ),
    Shape(
        "POSTCODE",
        re.compile(r"(?<![\w./,-])[1-9][0-9]{3} (?!SA|SD|SS|EU|US|UK|BC|AD|AM|PM|CE|KM|KG|II|IV|VI|IX|XI|XV|VV|XX)[A-Z]{2}(?=$|[,;)]|\.?\s|[ ]{1,2}[A-Z])(?![ -]?[0-9])"),
        ("woont «1012 AB» Amsterdam", "«3511 LX», Utrecht"),
        ("in 2004 EU law", "1234 ABC"),
        "post codes of the Netherlands",
        score=0.6,
    ),
    Shape(
        "POSTCODE",
        re.compile(rf"(?<!\w)(?:{_STATES}),?[ ]{{1,2}}(?P<it>[0-9]{{5}}(?:-[0-9]{{4}})?)(?![\w-])"),
        ("Springfield, IL «62704» and", "Boston, MA «02110-1234».", "NEW YORK NY «10001»"),
        ("IL 627041", "in 62704"),
        "ZIP codes (USPS Publication 28)",
        score=0.75,
    ),
    Shape(
        "POSTCODE",
        re.compile(r"(?<![\w.,/-])[0-9]{2}-[0-9]{3}(?= [A-ZŁŚŻŹĆÓ][a-ząćęłńóśźż]{2})"),
        ("ul. Długa, «00-950» Warszawa",),
        ("20-300 people", "00-950-1 Warszawa"),
        "post codes of Poland",
        score=0.7,
    ),
    Shape(
        "POSTCODE",
        re.compile(r"(?<![\w.,/-])[1-9][0-9]{3}-[0-9]{3}(?= [A-ZÀ-Ü][a-zà-ü]{2})"),
        ("Rua X, «1250-096» Lisboa",),
        ("call 1250-096 now",),
        "post codes of Portugal",
        score=0.7,
    ),
    Shape(
        "POSTCODE",
        re.compile(r"(?<![\w-])(?:A|B|CH|CZ|D|DK|E|F|FI|FIN|I|L|N|NL|P|PL|RO|S|SE|SK|UA|MD|LT|LV|EE|HU|HR|GR|BG)-(?P<it>[0-9]{4,6})(?= [^\W\d_]{2})"),
        ("D-«10115» Berlin", "RO-«010011» București", "E-«28013» Madrid"),
        ("E-2000 x", "A-12 Road"),
        "post codes behind the sign of a country (CEPT)",
        score=0.7,
    ),
    Shape(
        "POSTCODE",
        re.compile(
            r"(?<!\w)(?:C\.? ?P\.?|P\.? ?L\.? ?Z\.?|zip|zip[ -]?code|post[ -]?code|postal code|code postal|código postal|cod(?:ul)? po[șs]tal|cód\. postal|postleitzahl|"
            r"CAP|codice postale|código de endereçamento postal|CEP|postcode|kod pocztowy|поштовий індекс|почтовый индекс|индекс|індекс|posta kodu|eircode)"
            r"(?:[ ]{0,2}[:=.º#-]{0,2}| is| es| est| ist| este| code)[ ]{0,2}(?P<it>[0-9]{2}-[0-9]{3}|[0-9]{4}-[0-9]{3}|[0-9]{3,6}(?:-[0-9]{4}|[ ]?[A-Z]{2}\b|[ ][0-9]{2}\b)?|"
            r"[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}|[A-Z][0-9]{2} [A-Z0-9]{4})(?![\w])",
            re.IGNORECASE,
        ),
        ("My zip code is «46718»", "CP: «28034».", "C.P. «45006»", "PLZ «10115», Berlin", "code postal : «75011»", "postcode «SW1A 1AA»", "cod poștal «010011»"),
        ("cap 3 of", "zip it", "CP: pendiente"),
        "labelled post codes",
        score=0.85,
        at="anywhere",
        needs=("cp", "c.p", "c. p", "plz", "p.l.z", "zip", "post", "po\u0219tal", "cap", "cep", "индекс", "індекс", "eircode"),
    ),
    Shape(
        "POSTCODE",
        re.compile(r"(?<![\w.,/:-])(?<![€$£] )(?:0[1-9]|[1-9][0-9])[0-9]{3}(?=,? (?!Euro|Lei|Dollar|Turkish|Polish|Austrian|Swedish|New )[A-ZÀ-ÖØ-ÞČŠŽŁŚ][a-zà-öø-ÿčšžłś]{2})"),
        ("Calle Mayor 5, «28013» Madrid", "«75011» Paris", "«10115» Berlin"),
        ("12000 people", "20000 Euros", "500 Miles"),
        "five figures before a place, as post codes of Germany, Spain, France, Italy and others stand",
        score=0.4,
    ),
)  # fmt: skip

PLACES: tuple[Shape, ...] = (*GPS, *POSTCODES)
