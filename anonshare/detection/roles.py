"""Names by the part that somebody has in a case: "la víctima, Yuleisy,", "Zeuge: Krzystof", "Declara Yuleisy que".

No list has these names and no model learned their languages; the words of the parts, and the verbs of saying, are few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.known_words import ORDINARY
from anonshare.detection.people_words import NOT_NAMES
from anonshare.detection.reading import Lexicon, Reading, folded
from anonshare.shapes import Span

__all__ = ["ROLES", "VERBS", "find_roles"]

ROLES = (
    "victim|witness|minor|client|suspect|survivor|complainant|accused|perpetrator|trafficker|interviewee|defendant|"
    "víctima|testigo|menor|clienta|cliente|sospechoso|sospechosa|denunciante|acusado|acusada|imputado|imputada|superviviente|"
    "tratante|entrevistada|entrevistado|compareciente|declarante|usuaria|usuario|investigado|investigada|"
    "victime|témoin|mineur|mineure|cliente|suspect|suspecte|plaignant|plaignante|prévenu|prévenue|accusé|accusée|intéressée|requérante|"
    "opfer|zeuge|zeugin|zeugen|minderjährige|minderjähriger|mandantin|klientin|klient|geschädigte|geschädigter|geschädigten|beschuldigte|"
    "beschuldigter|beschuldigten|verdächtige|verdächtiger|verdächtigen|betroffene|angeklagte|angeklagter|angeklagten|"
    "victima|victimei|martor|martora|martorul|martorului|martorei|minor|minora|minorul|minorei|minorului|clientul|clienta|clientei|suspect|suspectul|suspecta|"
    "suspectului|inculpatul|inculpata|inculpatului|beneficiara|beneficiarei|beneficiarul|reclamanta|"
    "vítima|testemunha|suspeito|suspeita|arguido|arguida|ofendida|queixosa|denunciante|utente|"
    "vittima|testimone|minore|sospettato|sospettata|indagato|indagata|imputato|imputata|assistita|"
    "slachtoffer|getuige|minderjarige|cliënt|cliënte|verdachte|aangeefster|aangever|"
    "pokrzywdzona|pokrzywdzony|świadek|podejrzany|podejrzana"
)  # fmt: skip

VERBS = (
    "declara|declaró|dice|dijo|manifiesta|manifestó|refiere|refirió|relata|relató|cuenta|contó|afirma|afirmó|explica|explicó|"
    "narra|narró|señala|señaló|indica|indicó|expone|añade|"
    "declarou|disse|diz|relatou|afirmou|contou|conta|referiu|refere|explicou|"
    "déclare|dit|raconte|explique|affirme|indique|rapporte|précise|ajoute|"
    "declară|spune|relatează|povestește|afirmă|explică|arată|"
    "dichiara|racconta|riferisce|spiega|dice|erklärt|sagt|berichtet|erzählt|verklaart|zegt|said|says"
)  # fmt: skip

_LEXICON: Lexicon[str] = Lexicon(
    [*((role, "role") for role in ROLES.split("|")), *((verb, "verb") for verb in VERBS.split("|"))]
)

_NAME = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]{2,24}(?:['\u2019-][^\W\d_]{2,24})?"
_RUN = rf"(?P<it>{_NAME}(?: (?:(?:de|del|da|dos|van|von|la|el|al) ){{0,2}}{_NAME}){{0,3}})"
_BEHIND = re.compile(rf" {_RUN}(?![\w@])")
_APART = re.compile(
    "|".join(
        form.replace("NAME", _RUN.replace("(?P<it>", "("))
        for form in (r", NAME,", r" \(NAME\)", r" ?[:=] {0,3}NAME(?![\w@])")
    )
)
_THAT = re.compile(r",? (?:que|qu['\u2019]|che|că|ca|dass|dat|that|de|haber|a)(?![\w])|,? qu['\u2019]")

LONG = 3
"""Letters of a name, and of the words that follow it."""

NOBODY = frozenset(
    "no sin con que la el los las un una le les des der die das den dem ein eine il lo gli i o os as de du the and or extranjero "
    "extranjera acompanado acompanada tutelado tutelada identificada identificado desconocida desconocido protegida protegido presunta "
    "presunto potencial directa indirecta mujer hombre varon nina nino adulta adulto civil anonyme inconnue inconnu mineure mineur "
    "majeure femme homme unbekannt unbekannte frau herr mann polizei staatsanwaltschaft gericht angaben aussage name nachname vorname "
    "telefon adresse alter geburtsdatum datum ja nein keine kein aus wurde hat ist war neu nee geen onbekend necunoscut necunoscuta "
    "protejat protejata femeie barbat nume prenume varsta data da nu persoana trafic traficului traficul dosar dosarul desconhecida "
    "desconhecido menina menino mulher homem nome sim nao donna uomo sconosciuta sconosciuto si guardia ministerio ministère fiscalia "
    "juzgado tribunal policia policija politia police policier procureur estado gobierno amnistia cruz comision comisaria servicio "
    "servicios consulado embajada ayuntamiento organizacion asociacion fundacion cour juge avocat association fiscal testigo victima "
    "zeuge zeugin opfer martor vittima vitima testemunha procuror judecator dios gott dieu deus dio dumnezeu su sus mi tu se es est "
    "ist era fue ella el ellos elle il ils er sie ea ei ele eu ich je yo ella lui nous wir noi nos ante tras segun durante desde hasta "
    "cuando cuanto quien donde como porque pero tambien ademas hoy ayer despues entonces esta este esto esa ese si si bien luego".split()
)  # fmt: skip
"""Without accents: what stands behind a part and is no name."""

COMPANY = frozenset(
    "ltd limited inc llc llp plc gmbh ag kg ug sa sas sarl sl slu srl spa bv nv ong ngo banco bank banque banca".split()
)
NOUNS = (
    "ung",
    "heit",
    "keit",
    "schaft",
    "amt",
    "beamte",
    "beamter",
    "beamtin",
    "handel",
    "handels",
    "dienst",
    "opfer",
    "zeugen",
)
"""How nouns end that German writes with a capital."""


def find_roles(reading: Reading) -> Iterator[Span]:
    """Capitalized words that no list has as a word or a place, behind a part in the case or a verb of saying; score .6."""
    if reading.caseless:
        return
    for start, end, kind in _LEXICON.find(reading):
        found = _behind_role(reading.text, start, end) if kind == "role" else _behind_verb(reading.text, end)
        if found is not None:
            yield Span(*found, "PERSON", 0.6, "alias")


def _behind_role(text: str, start: int, end: int) -> tuple[int, int] | None:
    apart = _APART.match(text, end)
    if apart is not None:
        group = apart.lastindex or 1
        return _named(text, apart.start(group), apart.end(group))
    found = _BEHIND.match(text, end)
    if found is None or (text[start].isupper() and _heading(text, start, found.end())):
        return None
    return _named(text, *found.span("it"))


def _heading(text: str, start: int, end: int) -> bool:
    """Whether every word may have a capital here: "Menor Extranjero No Acompañado"; a sentence goes on in small letters."""
    following = text[end : end + 2]
    goes_on = following[:1] == " " and following[1:].islower()
    return text[start:end].isupper() or not (goes_on or following[:1] in {",", "."})


def _behind_verb(text: str, end: int) -> tuple[int, int] | None:
    found = _BEHIND.match(text, end)
    if found is None or _THAT.match(text, found.end()) is None:
        return None
    return _named(text, *found.span("it"))


def _named(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The words that may be a name, up to the first that is none; nothing of a company."""
    stop = start
    for word in re.finditer(r"\S+", text[start:end]):
        fold = folded(word.group())
        if fold in COMPANY:
            return None
        if word.group()[0].isupper():
            if _is_word(fold, word.group()):
                break
            stop = start + word.end()
    return (start, stop) if stop > start else None


def _is_word(fold: str, written: str) -> bool:
    if written.isupper() or fold in NOBODY or fold in NOT_NAMES or fold in ORDINARY or fold.endswith(NOUNS):
        return True
    names = (gazetteer("first_names"), gazetteer("surnames"))
    if any(fold in one.strong for one in names) or fold in gazetteer("first_names").weak:
        return False
    places = (gazetteer("cities"), gazetteer("countries"))
    return fold in gazetteer("words_en").strong or any(fold in one.strong for one in places)
