"""The words of numbers below a thousand, in the languages of the notes: what each is worth, and how it joins others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from anonshare.detection.reading import folded

__all__ = ["JOINING", "PLUS", "TIMES", "values"]

UNITS = {
    "en": "zero/oh/nought/nil one two three four five six seven eight nine",
    "es": "cero uno/un/una dos tres cuatro cinco seis siete ocho nueve",
    "fr": "zéro un/une deux trois quatre cinq six sept huit neuf",
    "de": "null eins/ein zwei/zwo drei vier fünf sechs sieben acht neun",
    "ro": "zero unu/un/una doi/două trei patru cinci șase șapte opt nouă",
    "it": "zero uno/un due tre quattro cinque sei sette otto nove",
    "pt": "zero um/uma dois/duas três quatro cinco seis/meia sete oito nove",
    "nl": "nul een twee drie vier vijf zes zeven acht negen",
    "pl": "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć",
    "ru": "ноль/нуль один два/две три четыре пять шесть семь восемь девять",
    "uk": "нуль один два/дві три чотири п'ять/пять/п’ять шість сім вісім дев'ять/девять/дев’ять",
    "tr": "sıfır bir iki üç dört beş altı yedi sekiz dokuz",
    "sq": "zero një dy tre/tri katër pesë gjashtë shtatë tetë nëntë",
    "bg": "нула едно/един две три четири пет шест седем осем девет",
    "sr": "nula jedan dva tri četiri pet šest sedam osam devet",
    "cs": "nula jedna/jeden dva/dvě tři čtyři pět šest sedm osm devět",
    "hu": "nulla egy kettő/két három négy öt hat hét nyolc kilenc",
    "el": "μηδέν ένα δύο τρία τέσσερα πέντε έξι επτά/εφτά οκτώ/οχτώ εννέα/εννιά",
}
"""From nought to nine; a stroke parts ways to say one number."""

TEENS = {
    "en": "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "es": "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
    "fr": "dix onze douze treize quatorze quinze seize",
    "de": "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "ro": "zece unsprezece/unșpe doisprezece/douăsprezece/doișpe treisprezece/treișpe paisprezece/paișpe "
    "cincisprezece/cinșpe șaisprezece/șaișpe șaptesprezece/șapteșpe optsprezece/optișpe nouăsprezece/nouășpe",
    "it": "dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
    "pt": "dez onze doze treze catorze/quatorze quinze dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove",
    "nl": "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien",
    "pl": "dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście",
    "ru": "десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать",
    "uk": "десять одинадцять дванадцять тринадцять чотирнадцять п'ятнадцять/пятнадцять/п’ятнадцять шістнадцять сімнадцять "
    "вісімнадцять дев'ятнадцять/девятнадцять/дев’ятнадцять",
    "sq": "dhjetë njëmbëdhjetë dymbëdhjetë trembëdhjetë katërmbëdhjetë pesëmbëdhjetë gjashtëmbëdhjetë shtatëmbëdhjetë "
    "tetëmbëdhjetë nëntëmbëdhjetë",
}
TENS = {
    "en": "twenty thirty forty/fourty fifty sixty seventy eighty ninety",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "fr": "vingt/vingts trente quarante cinquante soixante septante huitante/octante nonante",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "ro": "douăzeci treizeci patruzeci cincizeci șaizeci șaptezeci optzeci nouăzeci",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "pl": "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt",
    "ru": "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    "uk": "двадцять тридцять сорок п'ятдесят/пятдесят/п’ятдесят шістдесят сімдесят вісімдесят дев'яносто/девяносто/дев’яносто",
    "tr": "yirmi otuz kırk elli altmış yetmiş seksen doksan",
    "sq": "njëzet tridhjetë dyzet pesëdhjetë gjashtëdhjetë shtatëdhjetë tetëdhjetë nëntëdhjetë",
}
HUNDREDS = {
    "es": "cien/ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos",
    "pt": "cem/cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos",
    "pl": "sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset",
    "ru": "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
    "uk": "сто двісті триста чотириста п'ятсот/пятсот/п’ятсот шістсот сімсот вісімсот дев'ятсот/девятсот/дев’ятсот",
}
JOINING = {
    "es": "y", "ro": "și si", "fr": "et", "pt": "e", "sq": "e", "de": "und", "nl": "en", "en": "and",
}  # fmt: skip
"""Words between the parts of one number: ``ochenta y ocho``, ``acht und achtzig``."""

PLUS = frozenset({"plus", "más", "mas", "più", "piu", "mais", "плюс", "artı"})
TIMES = {
    "double": 2, "doble": 2, "doppel": 2, "doppelt": 2, "dublu": 2, "dubla": 2, "duplo": 2, "doppio": 2, "doppia": 2,
    "dubbel": 2, "dubbele": 2, "podwójne": 2, "podwojne": 2, "podwójna": 2, "двойной": 2, "двойная": 2, "подвійна": 2,
    "подвійний": 2, "çift": 2, "triple": 3, "triplu": 3, "triplo": 3, "tripel": 3,
}  # fmt: skip
APOSTROPHES = str.maketrans("", "", "'\u2019")


@cache
def values() -> dict[str, dict[str, int]]:
    """Word -> language -> what it is worth; words without accents too, and those that are several in one."""
    found: dict[str, dict[str, int]] = {}
    for language, word, value in _said():
        for written in _writings(word):
            found.setdefault(written, {}).setdefault(language, value)
    return found


def _writings(word: str) -> set[str]:
    """A word with and without its accents, with the two letters that stand for an umlaut, without its apostrophe."""
    spelled = word.casefold().translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"})
    both = {word.casefold(), folded(word), spelled}
    return both | {one.translate(APOSTROPHES) for one in both}


def _said() -> Iterator[tuple[str, str, int]]:
    for table, first, step in ((UNITS, 0, 1), (TEENS, 10, 1), (TENS, 20, 10), (HUNDREDS, 100, 100)):
        for language, listed in table.items():
            for place, ways in enumerate(listed.split()):
                yield from ((language, word, first + place * step) for word in ways.split("/"))
    yield "tr", "on", 10
    yield from _glued()


def _glued() -> Iterator[tuple[str, str, int]]:
    """Tens and units in one word: ``achtundachtzig``, ``vierentwintig``, ``ventotto``, ``veintidós``."""
    for ten in range(20, 100, 10):
        for unit in range(1, 10):
            for language, link in (("de", "und"), ("nl", "en")):
                one = "ein" if (language, unit) == ("de", 1) else UNITS[language].split()[unit].split("/")[0]
                yield language, one + link + TENS[language].split()[ten // 10 - 2], ten + unit
            tens, last = TENS["it"].split()[ten // 10 - 2], UNITS["it"].split()[unit].split("/")[0]
            yield "it", (tens[:-1] if last[0] in "uo" else tens) + last, ten + unit
    for unit, last in enumerate(UNITS["es"].split()[1:], 1):
        yield from (("es", f"veinti{one}", 20 + unit) for one in last.split("/"))
