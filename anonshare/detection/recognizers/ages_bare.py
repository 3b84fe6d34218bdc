"""Ages that stand without a unit, or only about: "the girl, 17,", "her cousin (22)", "sie ist 24", "la trentaine"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anonshare.detection.reading import Reading, Word, words_of
from anonshare.detection.recognizers.ages_words import SUBJECTS
from anonshare.shapes import Span

__all__ = ["find_bare_ages"]

WHO = SUBJECTS | frozenset(
    words_of(
        "suspect accused witness client claimant survivor cousin niece nephew friend boyfriend girlfriend husband wife mother "
        "father aunt uncle trafficker pimp recruiter teen "
        "sospechoso testigo clienta cliente prima primo amiga amigo novio novia marido esposa madre padre menor detenido detenida "
        "suspect témoin cliente cousine cousin amie ami mari femme mère père copine copain "
        "suspect martor clientă verișoara prietena prieten soțul soția mama tata minora tânăra tânărul fata băiatul "
        "beschuldigte beschuldigter zeugin zeuge kundin freundin freund schwester bruder mutter vater cousine ehemann täter opfer "
        "ragazza ragazzo donna uomo vittima minore amica amico cugina fidanzato marito moglie sorella fratello "
        "vítima suspeito amiga namorado menor irmã irmão mulher moça rapaz adolescente slachtoffer meisje verdachte ofiara siostra"
    )
)  # fmt: skip
SAYS = frozenset(
    words_of(
        "bin is was turned aged im i'm she's he's ist war wurde tiene tenía cumplió tem tinha fez ha aveva compie are avea are împlinit "
        "a avait aura heeft had ma miała"
    )
)  # fmt: skip
ALONE = re.compile(r"[1-9][0-9]?\Z")
AFTER = re.compile(r"\s*(?:[,;)\u2013-]|\.(?!\d)|\Z|\n|(?:and|but|now|und|y|et|și|e|i|o|ou|or|oder)\b)")
UNIT = re.compile(
    r"\s?(?:%|€|\$|£|:|/|[.,]\d|°|x\b|(?:of|de|di|von|km|kg|m|cm|mm|min|minutes?|hours?|horas?|heures?|ore|stunden|uhr|h|days?|"
    r"euros?|lei|pounds|dollars?|persons?|people|girls|women|men|times|weeks?|months?|rooms?)\b)",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"\b(?:(?:anfang|mitte|ende) (?:zwanzig|drei(?:ß|ss)ig|vierzig|fünfzig|sechzig)|"
    r"(?:la |sa )?(?:vingtaine|trentaine|quarantaine|cinquantaine|soixantaine)(?! d)|"
    r"(?:in (?:his|her|their) )?(?:early|mid|late)[ -](?:teens|twenties|thirties|forties|fifties|sixties|20s|30s|40s|50s)|"
    r"(?:in (?:his|her|their) )(?:teens|twenties|thirties|forties|fifties|20s|30s|40s|50s)|"
    r"(?:sulla |una )(?:ventina|trentina|quarantina|cinquantina)(?! d[i'](?!anni))|"
    r"veinteañer[oa]|treintañer[oa]|cuarent[oó]na?|(?:unos |de )?(?:veintitantos|treinta y tantos|cuarenta y tantos)(?: años)?|"
    r"(?:na casa dos|uns) (?:vinte|trinta|quarenta|cinquenta)(?: anos)?)\b",
    re.IGNORECASE,
)
HINTS = re.compile(
    r"zig\b|ß?ssig|ßig|taine|teens|ties\b|0s\b|tina\b|añer|cuarent|tantos|\b(?:vin|trin|quaren|cinquen)t", re.IGNORECASE
)
WRITTEN = re.compile(
    r"(?:\b|(?<=, ))(?:(?:venti|trenta|quaranta|cinquanta)(?:uno|un|due|tre|tré|quattro|cinque|sei|sette|otto|nove)? anni|"
    r"(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und(?:zwanzig|drei(?:ß|ss)ig|vierzig|fünfzig)(?: Jahre(?: alt)?)?|"
    r"(?:veinti(?:uno|ún|dós|dos|trés|tres|cuatro|cinco|séis|seis|siete|ocho|nueve)|(?:treinta|cuarenta|cincuenta) y \w{2,6}) años|"
    r"(?:douăzeci|treizeci|patruzeci) și \w{2,6} de ani|(?:vinte|trinta|quarenta) e \w{2,6} anos|"
    r"(?:di )?anni [1-9][0-9]|de unos [1-9][0-9] años|[1-9][0-9] ?(?:añitos|aninhos|anitos|y old|years young)|"
    r"[1-9][0-9](?:ish|enne|enni|ans|ani|años|anos|anni|jahre|yrs|yo)|(?:dici|quattordic|quindic|sedic|venti|trenta|quaranta)\w{0,8}enn[ei]|"
    r"um die [1-9]0|ca\.? [1-9][0-9] J(?:\.|ahre)|"
    r"(?:just|only|barely|erst|gerade(?: mal)?|apenas|solo|sólo|doar|numai|seulement|appena|só) (?:twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn|doce|trece|catorce|quince|dieciséis|"
    r"diecisiete|dieciocho|diecinueve|douze|treize|quatorze|quinze|seize|paisprezece|cincisprezece|șaisprezece|șaptesprezece|optsprezece)|"
    r"(?:age|edad|âge|vârsta|alter|età|idade|wiek|leeftijd)(?: \w{2,12})? ?(?:approx|aprox|aproximada|aproximativă|aparente|apparente?|ca|circa|env|est)\.?:? ?[1-9][0-9]|"
    r"(?:vârsta aproximativă|idade aparente|età apparente|âge apparent|edad aparente|edad aproximada):? [1-9][0-9]|"
    r"(?<=, )[1-9][0-9] (?:Jahre|años|ans|anni|anos|ani|years|jaar)(?=[,;.)])|"
    r"lat(?:ka)? [1-9][0-9]|[1-9][0-9] lat(?:ka|ek)?\b)(?! (?:fa|antes|después|mai târziu|später|temu|atrás))",
    re.IGNORECASE,
)
TRIGGERS = frozenset(
    words_of(
        "jahre j ani years jaar anni anos años ans lat latka latek añitos anitos aninhos old young um just only barely erst gerade "
        "apenas solo sólo doar numai seulement appena só ca circa approx aprox aproximada aproximativă aparente apparente apparent "
        "apparente env est"
    )
)  # fmt: skip
"""One of these stands in every age that is written in words, or a number runs into its unit ("19enne", "16ans")."""
ENNE = re.compile(r"[^\W\d_]+enn[ei]\Z")


def find_bare_ages(reading: Reading) -> Iterator[Span]:
    """Ages that a person, a verb or a round word tells; score .6, ``AGE``."""
    text = reading.text
    if reading.digits:
        for i, word in enumerate(reading.words):
            if ALONE.match(word.fold) and i and _told(reading, i, word):
                yield Span(word.start, word.end, "AGE", 0.6, "rule")
    if HINTS.search(text):
        yield from (Span(*found.span(), "AGE", 0.7, "rule") for found in ABOUT.finditer(text))
    if reading.folds & TRIGGERS or any((f[0].isdigit() and not f.isdigit()) or ENNE.match(f) for f in reading.folds):
        yield from (Span(*found.span(), "AGE", 0.7, "rule") for found in WRITTEN.finditer(text))


def _told(reading: Reading, i: int, word: Word) -> bool:
    """Whether a number of two digits is somebody's age: in commas or brackets behind a person, or behind a verb of being."""
    text, before = reading.text, reading.words[i - 1]
    gap = text[before.end : word.start]
    if UNIT.match(text, word.end) or len(word.fold) < 2:
        return False
    if gap in {", ", " ("} and text[word.end : word.end + 1] in {",", ")", "."}:
        closed = text[word.end : word.end + 1] == ")" if gap == " (" else True
        named = (
            text[before.start].isupper()
            and before.end - before.start > 2
            and before.fold.isalpha()
            and not reading.caseless
        )
        return closed and (before.fold in WHO or (named and gap == " (" and _person_before(reading, i - 1)))
    if gap == " " and before.fold in SAYS and AFTER.match(text, word.end):
        return i > 1 and _somebody(reading, i - 2)
    return False


def _person_before(reading: Reading, i: int) -> bool:
    """Whether the capitalized word is preceded by another, by kin, or begins its sentence: "Faith (15)", "Ana Pop (31)"."""
    return (
        i == 0
        or reading.text[reading.words[i - 1].start].isupper()
        or reading.words[i - 1].fold in WHO
        or (reading.text[reading.words[i].start - 2 : reading.words[i].start - 1] in {".", ","})
    )


PRONOUNS = frozenset(
    words_of(
        "ich i she he who ella él quien que elle il qui ea el care sie er die der lei lui che ela ele ona on zij hij"
    )
)


def _somebody(reading: Reading, i: int) -> bool:
    word = reading.words[i]
    return word.fold in PRONOUNS or word.fold in WHO or reading.text[word.start].isupper()
