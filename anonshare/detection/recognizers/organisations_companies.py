"""Companies by the legal form behind their name, by "& Sons" and its like, and by the words "works for".

Legal forms: the ISO 20275 list of entity legal forms has them all; these are the usual ones of some thirty countries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.nobody import nobody
from anonshare.detection.recognizers.nationalities_forms import plain_of
from anonshare.detection.recognizers.nationalities_phrases import Line
from anonshare.shapes import Span

__all__ = ["find_companies"]

SCORE = 0.6
LONGEST = 6

FORM = re.compile(
    r"(?:"
    r"(?:Pty |Pvt\.? |Co\.?,? )?Ltd\.?|Limited|L\.?L\.?C\.?|L\.?L\.?P\.?|Inc\.?|Corp\.?|Corporation|PLC|Plc|plc|Incorporated|"
    r"GmbH(?: (?:& )?Co\.? ?(?:KGaA|KG|OHG))?|mbH|gGmbH|AG|KGaA|KG|OHG|UG|e\. ?V\.|e\.?G\.|Ges\.m\.b\.H\.|"
    r"S\.A\.(?:S\.|R\.L\.|U\.|B\.|E\.S\.P\.)?|SA|SAS|SARL|SASU|EURL|SNC|SCI|S\. ?L\.(?:U\.)?|SL|SLU|S\.R\.L\.|SRL|S\. ?Coop\.|S\.C\.|"
    r"S\.p\.A\.|SpA|S\.r\.l\.|Srl|S\.n\.c\.|S\.a\.s\.|Lda\.?|Ltda\.?|S/A|B\.V\.|BV|N\.V\.|NV|VOF|CVBA|BVBA|"
    r"Oy|Oyj|AB|ApS|A/S|AS|ASA|hf\.|ehf\.|O\u00dc|SIA|UAB|"
    r"[Ss]p\. ?z ?o\. ?o\.|[Ss]p\. ?[jk]\.|s\. ?r\. ?o\.|a\. ?s\.|d\.o\.o\.|d\.d\.|Kft\.?|Zrt\.?|Nyrt\.?|Bt\.|EOOD|OOD|EAD|AD|\u0415\u041e\u041e\u0414|\u041e\u041e\u0414|"
    r"A\.\u015e\.|A\u015e|Ltd\. ?\u015eti\.|A\.E\.|S\.A\. de C\.V\.|Sdn\.? Bhd\.?|Co\.(?!,? Ltd)|& Co\.?|& Cie\.?|et Cie|& Hijos|e Hijos|y Hijos|"
    r"(?:&|and) (?:Sons|Daughters|Brothers|Partners|Associates|Co\.?|Company)|& S\u00f6hne|und S\u00f6hne|& Fils|et Fils|& Figli|e Figli|"
    r"Holdings?|Group|Gruppe|Partners|Associates|Enterprises|Industries|Airlines|Airways|Solutions|Technologies|Pharmaceuticals"
    r")(?![\w])"
)
KIND = re.compile(
    r"(?:Systems|Labs|Health|Services|Media|Software|Capital|Analytics|Consulting|Logistics|Foods|Motors|Bank|Insurance|Energy|Studios|Networks|"
    r"Ventures|Interactive|Biosciences|International|Construction|Transport|Recruitment|Security|Trading)(?!\w)"
)
"""What a company does, behind a word that is none of the language."""

BEFORE = re.compile(
    r"(?:SC|S\.C\.|PT|\u041e\u041e\u041e|\u0422\u041e\u0412|\u0422\u0417\u041e\u0412|\u041f\u0410\u0422|\u041f\u0440\u0410\u0422|\u0417\u0410\u041e|\u041e\u0410\u041e|\u041f\u0410\u041e|\u0418\u041f|\u0424\u041e\u041f) [\u00ab\"\u201e\u201c]?(?P<it>[^\W\d_a-z\u0430-\u044f][^\u00ab\u00bb\"\u201d\u201c,;\n.]{1,40})"
)
MAKER = re.compile(
    r"\([^(),]{2,40}, (?P<it>[^\W\d_a-z\u00df-\u00ff][\w&\u00ae.-]{1,20}(?: [\w&\u00ae.-]{1,20}){0,4}), (?P<town>[^\W\d_][^(),\n]{1,25})[,)]"
)
"""A product, its maker and the maker's town in brackets, as clinical notes write them."""

EMPLOYED = re.compile(
    r"(?:work(?:s|ed|ing)? (?:for|at)|employed (?:by|at|with)|employee of|CEO of|manager at|trabaj(?:a|aba|\u00f3) (?:en|para)|travaille (?:chez|pour)|"
    r"angajat\u0103? la|lucreaz\u0103 la|arbeitet (?:bei|f\u00fcr)|lavora (?:per|presso)) (?:the )?"
    r"(?P<it>[^\W\d_a-z\u00df-\u00ff][\w&'\u2019-]{1,30}(?: (?:& |and |of )?[^\W\d_a-z\u00df-\u00ff][\w&'\u2019-]{1,30}){0,4})"
)
FIRSTS = frozenset(
    plain_of(
        "pty pvt co ltd limited l llc llp inc corp corporation plc incorporated gmbh mbh ggmbh ag kgaa kg ohg ug e eg ges s sa sas sarl sasu eurl snc sci sl "
        "slu srl spa lda ltda b bv n nv vof cvba bvba oy oyj ab aps a as asa hf ehf oü sia uab sp d kft zrt nyrt bt eood ood ead ad еоод оод aş sdn cie et hijos y "
        "sons daughters brothers partners associates company and söhne und fils figli holding holdings group gruppe enterprises industries airlines airways "
        "solutions technologies pharmaceuticals systems labs health services media software capital analytics consulting logistics foods motors bank insurance "
        "energy studios networks ventures interactive biosciences international construction transport recruitment security trading"
    ).split()
)
"""The first words of legal forms and kinds: the patterns are tried at them alone."""

EMPLOYERS = frozenset(
    plain_of(
        "work works worked working employed employee ceo manager trabaja trabajaba trabajó travaille angajat angajată lucrează arbeitet lavora"
    ).split()
)
BEFORES = frozenset(plain_of("sc s pt ооо тов тзов пат прат зао оао пао ип фоп").split())
JOINTS = frozenset({" ", "-", " & ", " - ", ". ", ".", "&", ", "})
OPENERS = frozenset(
    [
        "the", "a", "an", "our", "their", "his", "her", "my", "this", "that", "in", "on", "at", "from", "for", "by", "with", "when", "while", "as", "if",
        "but", "and", "of", "to", "is", "el", "la", "los", "las", "en", "der", "die", "das", "le", "les", "il", "lo", "i", "he", "she", "they", "we",
    ]
)  # fmt: skip
"""Words that begin a sentence before a company and are none of its name."""

SMALL = frozenset({"and", "und", "et", "y", "e", "de", "of", "i", "si"})


def find_companies(line: Line) -> Iterator[Span]:
    """``ORGANIZATION``, score .6: the name with its legal form; three surnames as of a firm ("Smith, Jones and Brown")."""
    text = line.reading.text
    for i, key in enumerate(line.keys):
        if key in FIRSTS:
            yield from _by_form(line, i)
        if key in EMPLOYERS or key in BEFORES:
            found = EMPLOYED.match(text, line.start(i)) or BEFORE.match(text, line.start(i))
            if found is not None:
                yield Span(*found.span("it"), "ORGANIZATION", SCORE, "words")
    for found in MAKER.finditer(text):
        if plain_of(found["town"]) in gazetteer("cities").strong:
            yield Span(*found.span("it"), "ORGANIZATION", SCORE, "words")
    yield from _partners(line)


def _by_form(line: Line, i: int) -> Iterator[Span]:
    """The company whose legal form or kind begins with word ``i``, or with the ampersand before it."""
    text, start = line.reading.text, line.start(i)
    start -= 2 if text[max(0, start - 2) : start] == "& " else 0
    if text[max(0, start - 1) : start] != " ":
        return
    found = FORM.match(text, start)
    kind = found is None and KIND.match(text, start)
    form = found or kind
    if not form:
        return
    first = _first(line, i - 1)
    if first is not None and (
        not kind or (line.key(first) not in gazetteer("words_en").strong and not _dull(line, first))
    ):
        yield Span(line.start(first), form.end(), "ORGANIZATION", SCORE, "words")


def _first(line: Line, last: int) -> int | None:
    """The first word of a company's name that ends with word ``last``; None where no name stands there."""
    if last < 0 or not _big(line, last) or "\n" in line.gap(last):
        return None
    first = at = last
    while at > 0 and last - at < LONGEST:
        gap, before = line.gap(at - 1), at - 1
        if gap not in JOINTS or (gap in {". ", "."} and len(line.key(before)) > 1):
            break
        if gap == ", " and (not _surname(line, before) or line.key(before) in gazetteer("cities").strong):
            break
        if _big(line, before):
            first = at = before
        elif line.key(before) in SMALL and gap == " " and line.key(before - 1) not in FIRSTS:
            at = before
        else:
            break
    return first


def _big(line: Line, i: int) -> bool:
    if not line.capital(i):
        return False
    return line.key(i) not in OPENERS


def _listed(line: Line, i: int) -> bool:
    return line.capital(i) and line.key(i) in gazetteer("surnames").strong


def _dull(line: Line, i: int) -> bool:
    return nobody(line.written(i)) or line.key(i) in gazetteer("countries").strong


def _surname(line: Line, i: int) -> bool:
    surnames = gazetteer("surnames")
    return line.capital(i) and (line.key(i) in surnames.strong or line.key(i) in surnames.weak)


def _partners(line: Line) -> Iterator[Span]:
    """``Smith, Jones and Brown``: three listed surnames, no first name before them."""
    for i in range(len(line.keys) - 3):
        if line.gap(i) == ", " and line.key(i + 2) == "and" and line.gap(i + 1) == line.gap(i + 2) == " ":
            alone = line.gap(i - 1) != " " or not line.capital(i - 1) or line.opens(i - 1)
            if alone and all(_listed(line, j) for j in (i, i + 1, i + 3)):
                yield Span(line.start(i), line.end(i + 3), "ORGANIZATION", SCORE, "words")
