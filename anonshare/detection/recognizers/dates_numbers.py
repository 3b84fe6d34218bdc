"""Numbers in digits and in words, as they count years, money and people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anonshare.detection.reading import Word, words_of
from anonshare.detection.recognizers.dates_words import ORDINALS

__all__ = ["COUNTING", "SCALES", "YEAR", "count_end", "count_start", "gap_is", "is_day", "is_year"]

NUMBER_WORDS = frozenset(
    words_of(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty thirty forty fifty sixty seventy eighty ninety "
        "un uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
        "dieciocho diecinueve veinte veintiún veintiuno treinta cuarenta cincuenta sesenta setenta ochenta noventa "
        "une deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante "
        "cinquante soixante ein eine einen einem zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
        "fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig o doi două trei patru cinci șase şase "
        "șapte şapte opt nouă zece unsprezece doisprezece treisprezece paisprezece cincisprezece șaisprezece șaptesprezece "
        "optsprezece nouăsprezece douăzeci treizeci patruzeci cincizeci due tre quattro cinque sei sette otto nove dieci "
        "undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti trenta quaranta cinquanta "
        "dois duas três quatro sete oito dez doze treze dezesseis dezasseis dezessete dezoito vinte trinta een twee drie vijf "
        "zes zeven negen tien twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig dwa dwie trzy "
        "cztery pięć sześć siedem osiem dziewięć dziesięć два дві три чотири пять п'ять шість сім вісім девять десять четыре "
        "шесть семь восемь iki üç dört beş altı yedi sekiz dokuz"
    )
)  # fmt: skip
SCALES = frozenset(
    words_of(
        "hundred thousand million millions billion billions miliard miliarde milliard milliards milliarde milliarden miliardi miliardów millardos thousands hundreds cien ciento cientos mil millón millones cent "
        "cents mille milliers million millions hundert tausend millionen million milioane mii sută sute mille mila milione "
        "milioni mil milhão milhões honderd duizend miljoen tysiąc tysięcy tysiące milion milionów тисяч тисячі тысяч тысячи "
        "мільйонів миллионов bin milyon k m mln mio mrd bn"
    )
)  # fmt: skip
DAY = re.compile(r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th|er|[eoªº]|го|ro)?")
YEAR = re.compile(r"(?:1[6-9]|20)[0-9]{2}")
COUNTING = NUMBER_WORDS | SCALES
AND = frozenset({"and", "y", "et", "und", "și", "e", "de", "i"})


def gap_is(text: str, left: Word, right: Word, allowed: str, most: int = 3) -> bool:
    """Whether between two words stand at most ``most`` characters, all of them out of ``allowed``."""
    gap = text[left.end : right.start]
    return len(gap) <= most and not gap.strip(allowed)


def count_end(text: str, words: Sequence[Word], i: int) -> int:
    """The index behind the number that begins with word ``i`` (``i`` where none does): ``3,000``, ``two and a half``."""
    if not _counts(words[i].fold):
        return i
    end = i + 1
    while end < len(words) and end - i < 8:
        digits = words[end].fold[0].isdigit() and words[end - 1].fold.isdigit()
        gap = text[words[end - 1].end : words[end].start]
        if (digits and gap in {".", ",", "'", "’", " ", "\u00a0"} and _continues(words[end].fold, gap)) or (
            not words[end].fold[0].isdigit() and gap in {" ", "-"} and _counts(words[end].fold)
        ):
            end += 1
        elif _joined(text, words, end):
            end += 2
        else:
            break
    return end


def count_start(text: str, words: Sequence[Word], i: int) -> int:
    """The index of the word with which the number begins that ends with word ``i`` (``i + 1`` where none does)."""
    for start in range(max(0, i - 6), i + 1):
        if count_end(text, words, start) == i + 1:
            return start
    return i + 1


def _counts(fold: str) -> bool:
    return fold in COUNTING or (fold.isdigit() and len(fold) <= 12) or (fold[-1] in "km" and fold[:-1].isdigit())


def _continues(fold: str, gap: str) -> bool:
    return fold.isdigit() and (gap in {".", ","} or len(fold) == 3)


def _joined(text: str, words: Sequence[Word], end: int) -> bool:
    """``twenty and five``, ``two and a half`` (where ``a half`` is what follows the ``and``)."""
    if words[end].fold not in AND or end + 1 >= len(words):
        return False
    spaced = text[words[end - 1].end : words[end].start] == " " == text[words[end].end : words[end + 1].start]
    if words[end].fold == "de" and words[end + 1].fold in SCALES and spaced:
        return True
    if words[end - 1].fold.isdigit():
        return False
    return spaced and (words[end + 1].fold in NUMBER_WORDS and words[end - 1].fold not in {"one", "un", "o"})


def is_day(word: Word) -> bool:
    """Whether a word is the day of a month: ``3``, ``03``, ``3rd``, ``third``."""
    return DAY.fullmatch(word.fold) is not None or word.fold in ORDINALS


def is_year(word: Word) -> bool:
    """Whether a word is a year of four figures."""
    return YEAR.fullmatch(word.fold) is not None
