"""Phrases that tell what follows: ages, other names, where somebody came to or lives, streets, numbers with a label.

The cues are written for the languages of the notes and hold without a model; each is a value in one table.
"""

from __future__ import annotations

import re

from anonshare.detection.cue import Cue

__all__ = ["PHRASES"]

_UP = r"[A-ZÀ-ÖØ-ÞĀ-ŽȘȚ]"
_WORD = rf"{_UP}[\w\u2019'-]{{1,30}}"
_RUN = rf"{_WORD}(?:[ -](?:(?:de|del|la|le|les|du|do|da|di|of|the|upon|am|an|der|sur|en|el) ){{0,2}}{_WORD}){{0,3}}"
_LETTER = r"[A-Za-zÀ-ÖØ-öø-ÿĀ-žȘ-ț]"
_STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Way|Terrace|Close|Square|Sq|"
    "Parkway|Pkwy|Highway|Hwy|Crescent|Trail|Circle|Cir"
)
_BEFORE = (
    "Calle|C/|Avda\\.?|Avenida|Plaza|Paseo|Carretera|Camino|Ronda|Rue|rue|Avenue|avenue|Boulevard|boulevard|Quai|Strada|"
    "strada|Str\\.|Bd\\.|Bulevardul|Aleea|Șoseaua|Calea|Via|Viale|Piazza|Rua|Travessa"
)

PHRASES: tuple[Cue, ...] = (
    Cue(
        "AGE",
        re.compile(
            r"(?<![\d.,])(?P<it>1?[0-9]{1,2}(?: ?(?:-|–|y) ?[1-9]?[0-9])?(?:[ -]{1,2}(?:years?|yrs?)[ -](?:old|of age)|"
            r" ?y/?o\b| a[ñn]os\b(?! (?:después|antes|más tarde))| ans\b| (?:de )?ani\b| Jahre alt|-jährige))"
        ),
        0.8,
        "a number and the word for years",
        ("she is 17 years old", "de 34 años", "Ana, 16 ans, le", "Ion, 35 de ani, pe"),
        ("for many years old friends", "3.500 años"),
    ),
    Cue(
        "PHONE",
        re.compile(
            r"(?<![\w.,/+-])(?!(?:[0-9]{1,2}[.-][0-9]{1,2}[.-](?:[0-9]{4}|[0-9]{2})|[0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9]|[.-][0-9]))"
            r"(?P<it>(?:\+[0-9]{1,3}[ .-]?)?(?:\([0-9]{2,5}\)|[0-9]{2,5})[ .-]{1,2}"
            r"[0-9]{2,4}[ .-][0-9]{2,4}(?:[ .-][0-9]{2,4}){0,2}(?: ?x[0-9]{1,5})?)(?![\w/]|[.,-][0-9])"
        ),
        0.5,
        "the grouping of national phone numbers",
        ("call at 20-32-85-26", "on 055 8823 410 tonight"),
        ("on 12.05.2020", "1 000 000 euros"),
    ),
    Cue(
        "CASE_NUMBER",
        re.compile(r"(?<![\w/.-])(?P<it>[A-Z]{0,3}-?[0-9]{3,6}/[0-9]{2}(?:[0-9]{2})?(?:/[A-Z0-9]{1,6})?)(?![\w/])"),
        0.6,
        "a running number and its year, as registries of courts and police write it",
        ("application (no. 18403/91) against", "file 2231/2019 and"),
        ("on 12/05/2020", "3/4 of them", "24/7"),
    ),
    Cue(
        "AGE",
        re.compile(
            r"\b(?:edad|age|âge|vârsta|alter)\b ?[:=] ?(?P<it>[0-9]{1,3}(?: (?:años|ans|ani|years|Jahre))?)\b",
            re.IGNORECASE,
        ),
        0.8,
        "a labelled age",
        ("Edad: 34 años", "age: 17"),
        ("page: 17", "Edad: desconocida"),
    ),
    Cue(
        "SEX",
        re.compile(r"\b(?:sexo|sex|sexe|gender|género|geschlecht)\b ?[:=] ?(?P<it>[^\W\d_]{1,12})\b", re.IGNORECASE),
        0.7,
        "a labelled sex",
        ("Sexo: M.", "gender: female"),
        ("sex work", "Sexo:"),
    ),
    Cue(
        "LABELLED",
        re.compile(
            r"(?:^|[.\n] ?)(?:nombre|apellidos?|name|surname|first name|nom|prénom|nume|prenume|vorname|nachname|país|country|pays|"
            r"țara|localidad ?/? ?provincia|provincia|city|ville|oraș|domicilio|dirección|address|adresse|adresa|hospital|"
            r"médico|cp|plz|zip|nhc|nass|teléfono|email|e-mail|correo electrónico) ?: ?(?P<it>[^\n:]{2,80}?)(?=[.;]?(?:\n|$)|\. )",
            re.IGNORECASE | re.MULTILINE,
        ),
        0.55,
        "the answer behind a label of a form: whatever stands there identifies",
        ("País: España.\n", "Domicilio: Calle Mayor 4, 2.\nmás"),
        ("the country: it", "Motivo: dolor"),
    ),
    Cue(
        "PERSON",
        re.compile(
            r"\b(?:known as|goes by|nicknamed|alias|a\.?k\.?a\.?|who calls himself|who calls herself|named|apodad[oa]|"
            r"llamad[oa]|conocid[oa] como|surnommée?|appelée?|dite?|numită?|poreclită?|zisă?|genannt)\b:? "
            rf"(?P<it>(?:the one they call |l[ae] |el )?[\"\u201c\u201e«]?{_RUN}(?: (?:the|el|la|le) [a-zà-ž]{{3,15}})?)"
        ),
        0.8,
        "another name after its phrase",
        ("a man known as Big Tony promised", "un homme appelé Tante Lila lui", "un hombre llamado El Chino le"),
        ("known as a place", "named in the report"),
    ),
    Cue(
        "PERSON",
        re.compile(
            rf"\b(?P<it>(?:the (?:one|man|woman) they call |(?!(?:Call|Ask|Tell|And|Then|But|With|For|When|By|From|Then|She|He)\b){_WORD} the (?=driver|boss|cook|guard|doctor|butcher|boxer)"
            rf")(?:{_RUN}|driver|boss|cook|guard|doctor|butcher|boxer))"
        ),
        0.7,
        "a nickname that tells a trade, or that others call him by",
        ("not to leave; the one they call Rocco threatened", "then Frank the driver took"),
        ("the one that they saw", "Call the driver"),
    ),
    Cue(
        "LOCATION",
        re.compile(
            r"\b(?:(?:arrived|lives?|lived|living|born|staying|stays|police|resident|residing|grew up|moved here|from) "
            r"(?:in|to|at|from|near)|(?:llegó|vino|viajó) a|(?:vive|nació|reside|residente|natural|policía) (?:en|de)|"
            r"(?:arrivée?|née?|habite|police|vit) (?:à|de)|(?:ajuns|venită?|născută?|locuiește|stă|mutată?) (?:la|în|din)|"
            rf"(?:wohnt|lebt|geboren) in) (?P<it>{_RUN})"
        ),
        0.6,
        "where somebody came to, lives or was born",
        ("arrived in Chișinău on", "llegó a Barcelona el", "est arrivée à Lyon le", "a ajuns la Iași pe"),
        ("arrived in the morning", "vive en una casa"),
    ),
    Cue(
        "ADDRESS",
        re.compile(
            rf"\b(?P<it>[1-9][0-9]{{0,4}}[A-Za-z]?,? (?:{_WORD} ){{1,4}}(?:{_STREETS})\b\.?"
            r"(?:[,\s]{1,3}(?:Apt|Apartment|Suite|Unit|Flat|Floor|#)\.? ?[0-9A-Za-z]{1,6}\b)?)"
        ),
        0.8,
        "a number and a street, as in English",
        ("lives at 12 Willow Lane, Leeds", "7 Old Mill Road Apt. 4"),
        ("12 may place your order", "in 20 minutes Street food"),
    ),
    Cue(
        "ADDRESS",
        re.compile(
            rf"(?:(?<=\s)|^)(?P<it>(?:{_BEFORE}) ?(?:(?:de|del|la|las|los|du|des|d') ?){{0,2}}{_RUN}"
            r"(?:,? ?(?:n[.ºo°]{0,2}|nr\.?|núm\.?)? ?[0-9]{1,4}[A-Za-z]?\b)?"
            r"(?:[ ,]{1,2}(?:bl|sc|et|ap|piso|puerta)\.? ?[0-9A-Za-zº]{1,4}\b){0,4})",
            re.MULTILINE,
        ),
        0.75,
        "a street by the word before it, as in Romance languages",
        ("vive en Calle Mayor 14, 2", "la strada Florilor nr. 5, bl. 2", "habite rue Pasteur, 8"),
        ("Via email", "en la calle de noche"),
    ),
    Cue(
        "ADDRESS",
        re.compile(
            rf"\b(?P<it>{_UP}{_LETTER}{{2,30}}(?:straße|strasse|str\.|weg|platz|gasse|allee|laan|straat|gatan|vägen|gade|vej)"
            r" ?[0-9]{1,4}[a-z]?\b)"
        ),
        0.75,
        "a street by its ending, as in Germanic languages",
        ("wohnt in der Lindenstraße 14a bei", "op de Kerkstraat 7"),
        ("die Hauptstraße ist", "unterwegs 5 Stunden"),
    ),
    Cue(
        "NATIONAL_ID",
        re.compile(r"(?<![\w-])(?P<it>(?!000|666|9)[0-9]{3}-[0-9]{2}-(?!0000)[0-9]{4})(?![\w-])"),
        0.6,
        "the form of a US social security number (SSA, 20 CFR 422.103)",
        ("my number is 219-09-9911",),
        ("on 000-12-3456", "call 219-099-9911"),
    ),
    Cue(
        "MEMBER_NUMBER",
        re.compile(
            r"(?:\b(?:NHC|NASS|CIP|MRN|Nº ?Col|Colegiad[oa]|historia clínica|asegurad[oa]|member|patient id|customer)\b)"
            r"[ .:#ºn°No-]{0,8}(?P<it>[A-Z0-9][A-Z0-9 /.-]{2,24}[0-9])",
            re.IGNORECASE,
        ),
        0.75,
        "a number after its label in hospital and insurance files",
        ("NHC: 4837261.", "NASS: 28 4657382 11", "MRN 00457-A1"),
        ("member of the family", "NHC: pendiente"),
    ),
)
