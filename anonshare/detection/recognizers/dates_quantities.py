"""Quantities: money in any currency and writing, shares, prison terms, counts of people and of things.

Sources: ISO 4217 for codes; names of currencies and units from Unicode CLDR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from anonshare.detection.reading import Reading, Word, words_of
from anonshare.detection.recognizers.dates_numbers import COUNTING, SCALES, count_end, count_start
from anonshare.shapes import Span

__all__ = ["find_quantities"]

CODES = frozenset(
    words_of(
        "eur usd gbp chf dem ats frf itl esp nlg bef pte grd fim iep try trl ytl pln czk skk huf ron rol bgn mdl uah rub rur "
        "sek nok dkk isk rsd mkd all hrk byn gel amd azn kzt inr pkr bdt lkr npr thb vnd php idr myr sgd hkd cny rmb jpy krw aud "
        "nzd cad mxn brl cop ars clp pen ves dop gtq hnl ngn ghs kes zar etb ern mad dzd tnd egp lbp syp iqd irr afn aed sar qar "
        "ils ltl lvl eek sit cyp mtl leva usdt btc eth"
    )
)  # fmt: skip
WORDLIKE = frozenset({"dem", "try", "all", "mad", "pen", "cop", "sit", "ars", "ron", "esp", "eth", "lei"})
"""Codes that are words too: they count in capitals only."""

NAMES = frozenset(
    words_of(
        "euro euros dolari dolar dolarów dollari dollaro euri dollar dollars dólares dólar pound pounds quid franc francs francos franken lei leu lira liras lire peso "
        "pesos real reais złoty złotych zloty zlotys złote hryvnia hryvnias гривень гривні гривня rubles roubles rublos рублей "
        "рубля рубль mark marks schilling schillings kronor kroner krona krone kuna forint forints korun koruna leva лева лв "
        "rupees rupee taka dinar dinars dirhams dirham naira cedi baht đồng dong yuan renminbi yen won cents bucks libras "
        "libra евро євро долларов доларів sterling gulden drachmas escudos pesetas zł грн руб ft"
    )
)  # fmt: skip
ADJECTIVES = frozenset(
    words_of(
        "new turkish turkısh austrian polish swedish german french swiss us american canadian australian british euro gdr "
        "deutsch deutsche danish norwegian czech hungarian romanian moldovan ukrainian russian belgian italian spanish dutch "
        "mexican colombian hong kong singapore pounds"
    )
)  # fmt: skip
STARTS = COUNTING | CODES
SYMBOLS = "€$£¥₴₽₺₹฿₫₦₱"
PEOPLE = frozenset(
    words_of(
        "persons people women girls men boys children minors victims suspects accused others individuals workers migrants "
        "clients customers passengers witnesses brothers sisters siblings daughters sons landowners owners employees "
        "students prisoners inmates detainees soldiers officers policemen families applicants colleagues relatives "
        "personas mujeres chicas hombres niños niñas menores víctimas hermanos hermanas hijos hijas clientes "
        "personnes femmes filles hommes enfants mineures mineurs victimes frères soeurs sœurs clients "
        "persoane femei fete bărbați copii minori victime clienți frați surori personen frauen mädchen männer kinder opfer kunden"
    )
)  # fmt: skip
THINGS = frozenset(
    words_of(
        "hearings decisions envelopes plots occasions shares orders sessions apartments flats houses hectares acres vehicles "
        "cars trucks phones passports cards bottles tablets pills packets letters cases grams kilograms kilos tonnes litres "
        "liters metres meters km kilometres kilometri metri kilómetros metros kilomètres mètres kilometer meter chilometri miles sq m² pages mph lashes rooms beds weapons rounds cigarettes"
    )
)  # fmt: skip
BETWEEN = frozenset(
    {
        "other",
        "more",
        "of",
        "young",
        "alleged",
        "adult",
        "de",
        "andere",
        "alte",
        "otras",
        "otros",
        "autres",
        "square",
        "fellow",
    }
)
TERM = re.compile(
    r"\blife (?:imprisonment|sentence)\b|\bcadena perpetua\b|\bprison à vie\b|\blebenslang\w{0,3}\b", re.IGNORECASE
)
SHARE = re.compile(r" ?(?:%|per ?cent\b|percent\b|por ciento\b|pour cent\b|la sută\b|prozent\b|proc\.)", re.IGNORECASE)
BEHIND = re.compile(r" ?(?:€|[$£¥₴₽₺₹฿₫₦₱]|zł\b|kč\b|ft\b|кг\b)", re.IGNORECASE)
AFTERWARDS = re.compile(r" ?\((?:[A-Z]{3}|euros?)\)")
FRACTION = re.compile(r"(?<![0-9/.-])[1-9][0-9]{0,2}/[1-9][0-9]{1,3}(?![0-9/.-])")
FEW = frozenset({"one", "un", "una", "une", "uno", "o", "ein", "eine", "einen", "een"})


SOME = frozenset(
    {"two", "three", "four", "dos", "tres", "cuatro", "deux", "trois", "quatre", "zwei", "drei", "vier", "due", "tre"}
)
"""So few things are told of everybody."""


def find_quantities(reading: Reading) -> Iterator[Span]:
    """Amounts, shares, terms and counts, as ``QUANTITY``."""
    text, words = reading.text, reading.words
    done = -1
    for i, word in enumerate(words):
        if i <= done or (word.fold not in STARTS and word.fold[0] not in "0123456789"):
            continue
        amount = _quantity(text, words, i, word)
        if amount is not None:
            start, end, done = amount
            yield Span(start, end, "QUANTITY", 0.4 if text[end - 1] == "%" else 0.7, "rule")
    if reading.digits and "/" in text:
        yield from (
            Span(m.start(), m.end(), "QUANTITY", 0.3, "rule") for m in FRACTION.finditer(text) if _shared(text, m)
        )
    if any(mark in text for mark in ("life ", "Life ", "perpetua", "à vie", "lebenslang", "Lebenslang")):
        yield from (Span(*found.span(), "QUANTITY", 0.7, "rule") for found in TERM.finditer(text))


def _shared(text: str, found: re.Match[str]) -> bool:
    return any(
        cue in text[max(0, found.start() - 40) : found.start()]
        for cue in ("share", "equivalent to", "part of", "parte", "cota")
    )


def _quantity(text: str, words: Sequence[Word], i: int, word: Word) -> tuple[int, int, int] | None:
    """Start and end in characters, and the last word, of the quantity that begins with word ``i``."""
    if (
        _code(text, word)
        and i + 1 < len(words)
        and text[word.end : words[i + 1].start] in {" ", "", "\u00a0", ". ", " ("}
    ):
        end = count_end(text, words, i + 1)
        if end > i + 1 and words[i + 1].fold[0].isdigit():
            return _whole(text, words, word.start, end)
    end = count_end(text, words, i)
    if end == i:
        return None
    start = word.start
    symbol = text[start - 1 : start] if start and text[start - 1] in SYMBOLS else text[start - 2 : start].rstrip()
    if symbol and symbol in SYMBOLS:
        return _whole(text, words, start - (1 if text[start - 1] in SYMBOLS else 2), end)
    return _unit(text, words, start, i, end)


def _unit(text: str, words: Sequence[Word], start: int, i: int, end: int) -> tuple[int, int, int] | None:
    """A number by what stands behind it: a currency, a sign, people or things."""
    last = words[end - 1]
    for mark in (SHARE, BEHIND):
        sign = mark.match(text, last.end)
        if sign is not None:
            return _ranged(text, words, start, i), sign.end(), end - 1
    at = end
    while at < len(words) and at - end < 3 and words[at].fold in ADJECTIVES | BETWEEN and _near(text, words, at):
        at += 1
    for j in (at, at - 1):
        if j < end or j >= len(words) or not _near(text, words, j):
            continue
        if (
            words[j].fold in NAMES
            and words[i].fold in FEW
            and end - i == 1
            and words[j].fold in {"peso", "real", "mark", "won"}
        ):
            return None
        if words[j].fold in NAMES or _code(text, words[j]):
            return _whole(text, words, start, j + 1)
        if words[j].fold in PEOPLE and (words[i].fold not in FEW or end - i > 1):
            return start, words[j].end, j
        if words[j].fold in THINGS and (words[i].fold not in FEW | SOME or end - i > 1):
            return start, _rate(text, words[j].end), j
    return None


def _rate(text: str, end: int) -> int:
    """``km/h``: with what it is counted by."""
    return end + 2 if text[end : end + 2] in {"/h", "/s"} else end


def _ranged(text: str, words: Sequence[Word], start: int, i: int) -> int:
    """``50% and 79%``, ``50 to 79%``: where the range begins."""
    if i > 1 and words[i - 1].fold in {"to", "and", "a", "à", "bis"} and words[i - 2].fold.isdigit():
        first = count_start(text, words, i - 2)
        return words[first].start if first <= i - 2 else start
    return start


def _whole(text: str, words: Sequence[Word], start: int, end: int) -> tuple[int, int, int]:
    """The amount with its scale, its second name (``(TRL)``) and what is said of its size before it."""
    while end < len(words) and (words[end].fold in NAMES or words[end].fold in SCALES) and _near(text, words, end):
        end += 1
    stop = words[end - 1].end
    behind = AFTERWARDS.match(text, stop)
    if behind is not None:
        stop = behind.end()
        end += 1
    for about in ("approximately ", "approx. ", "about ", "around "):
        if text.startswith(about, start - len(about)) and start >= len(about):
            start -= len(about)
    return start, stop, end - 1


def _near(text: str, words: Sequence[Word], at: int) -> bool:
    return text[words[at - 1].end : words[at].start] in {" ", "", "-", "\u00a0", "\n"}


def _code(text: str, word: Word) -> bool:
    if word.fold not in CODES:
        return False
    return word.fold not in WORDLIKE or text[word.start : word.end].isupper()
