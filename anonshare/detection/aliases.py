"""Names that a sentence announces: "my name is", "known as", "alias", in quotation marks, by a trade ("Frank the cook").

People who traffic others are known by nicknames, and no list has them; the words before them are few in any language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.reading import Lexicon, Reading
from anonshare.detection.roles import find_roles
from anonshare.shapes import Span

__all__ = ["CUES", "find_aliases"]

CUES = (
    "known as|also known as|better known as|goes by|goes by the name|goes by the name of|going by|went by|nicknamed|nickname|"
    "nick|street name|stage name|alias|aliases|aka|a.k.a|who calls himself|who calls herself|calls himself|calls herself|"
    "called herself|called himself|calls him|calls her|calls me|call me|call him|call her|they call|they called|they call him|they call her|they call me|they called him|they called her|named|name is|"
    "name's|name was|by the name of|under the name|under the name of|using the name|introduced himself as|introduced herself as|"
    "a man called|a woman called|a girl called|someone called|somebody called|"
    "apodado|apodada|apodo|alias|llamado|llamada|llaman|conocido como|conocida como|conocido por|me llamo|se llama|llamarse|"
    "le dicen|le llaman|a quien llaman|mi nombre es|su nombre es|de nombre|responde al nombre de|mote|"
    "surnommé|surnommée|surnom|dit|dite|alias|appelé|appelée|nommé|nommée|connu sous le nom de|connue sous le nom de|"
    "je m'appelle|s'appelle|m'appelle|se fait appeler|du nom de|on l'appelle|pseudo|"
    "numit|numită|zis|zisă|poreclit|poreclită|porecla|supranumit|supranumită|cunoscut ca|cunoscută ca|cunoscut sub numele de|"
    "mă numesc|mă cheamă|se numește|o cheamă|îl cheamă|pe nume|cu numele|i se spune|îi zice|căruia i se spune|"
    "genannt|spitzname|bekannt als|namens|heißt|ich heiße|nennt sich|mein name ist|mit namen|alias|rufname|"
    "detto|detta|soprannominato|soprannominata|soprannome|conosciuto come|conosciuta come|mi chiamo|si chiama|di nome|chiamato|"
    "chiamata|conhecido como|conhecida como|apelidado|apelidada|chamado|chamada|chamo|chama-se|se chama|de nome|vulgo|"
    "bijgenaamd|genaamd|bekend als|heet|noemt zich|zwany|zwana|znany jako|znana jako|o imieniu|nazywa się|mam na imię|ksywa|pseudonim|"
    "на прізвисько|відомий як|відома як|на ім'я|мене звати|його звати|її звати|по кличке|известный как|известная как|по имени|"
    "меня зовут|его зовут|ее зовут|зовут|lakaplı|olarak bilinen|adında|adlı|takma adı|adım|adı"
).split("|")  # fmt: skip

_LEXICON: Lexicon[bool] = Lexicon((cue, True) for cue in CUES)
_OPEN = "\"'\u201c\u201e\u00ab\u2018\u201a\u2039\u201d"
_CLOSE = "\"'\u201d\u201c\u00bb\u2019\u203a"
_QUOTED = re.compile(rf"[{_OPEN}]\s?(?P<it>[^\W\d_][\w .\u2019'-]{{0,38}}?[\w.])\s?[{_CLOSE}](?![\w])")
_ADVERT = re.compile(rf"[{_OPEN}](?P<it>[^\W\d_][\w-]{{1,20}}), ?(?P<age>[1-9][0-9])[{_CLOSE}!,. ]")
"""How advertisements name somebody: "Candy, 22"."""
_GAP = re.compile(
    r"(?:(?<=\.[kK]\.[aA])\.)? ?[:=,(]? ?(?:(?:only |just |simply |sólo |doar |nur )?(?:as|por|como|ca|als|by|de|is|es|e|este) )?(?=[\w\"'\u201c\u201e\u00ab\u2018\u201a])"
)
_UP = r"[^\W\d_a-zß-öø-ÿа-яёіїєґα-ωάέήίόύώşğıçăâîșțčšžćđłńśźżąęő]"
_RUN = re.compile(
    rf"(?:(?:the|el|la|le|il|lo|o|l'|der|die|de) )?(?P<head>{_UP}[\w\u2019'-]{{0,30}})"
    rf"(?:[ -](?:(?:de|del|la|van|von|der|the|el|le|da|di|do|du) ){{0,2}}{_UP}[\w\u2019'-]{{1,30}}){{0,3}}"
    rf"(?: (?:(?:the|el|la|il) {_UP}[\w-]{{2,15}}|(?:the|el) [a-zà-ž]{{3,15}}(?= |[.,;])(?! (?:que|and|of))))?"
)
_TRADES = re.compile(
    rf"\b(?P<it>(?:{_UP}[\w-]{{2,20}} the|the (?:one|man|woman|guy|girl) (?:that |whom )?they call) "
    rf"(?:driver|boss|cook|guard|doctor|butcher|boxer|fixer|broker|{_UP}[\w-]{{1,20}}(?: {_UP}[\w-]{{1,20}})?))"
)
_BEFORE_NICKNAMES = frozenset(
    "big little lil old young fat crazy mad papa mama mami papi mamá papá uncle auntie tío tía king queen boss chief doc "
    "el la don doña le il lo o zio zia zio madam madame tata nenea tonton tante".split()
)
_ARTICLES = frozenset("el la le il lo o".split())
_KIN = frozenset(
    "mama mamá papa papá mami papi uncle auntie tío tía tata nenea tonton tante zia zio madam madame".split()
)
"""A nickname only where the article has a capital too, and the word behind it is no institution and no place."""

SHORTEST = 3
INSTITUTIONS = frozenset(
    "gobierno estado tribunal juzgado hospital servicio policía corte ley ministerio ayuntamiento parlamento país mundo "
    "gouvernement tribunal cour état police hôpital ministère maire préfet république governo stato tribunale ospedale polizia "
    "bundestag regierung polizei klägerin beklagte kläger".split()
)

NO_NAME = frozenset(
    {"call", "ask", "tell", "and", "then", "but", "with", "for", "when", "by", "from", "she", "he", "also", "only"}
)
"""What stands capitalized before "the driver" and is no name."""


def find_aliases(reading: Reading) -> Iterator[Span]:
    """Names behind a cue, score .8; in quotation marks alone .5; first names with a trade .7."""
    text = reading.text
    for _, end, _ in _LEXICON.find(reading):
        found = _behind(reading, end)
        if found is not None:
            yield Span(*found, "PERSON", 0.8, "alias")
    yield from _nicknames(reading)
    yield from find_roles(reading)
    if any(mark in text for mark in _OPEN):
        for advert in _ADVERT.finditer(text):
            yield Span(*advert.span("it"), "PERSON", 0.7, "alias")
            yield Span(*advert.span("age"), "AGE", 0.7, "alias")
        for quoted in _QUOTED.finditer(text):
            if _nickname(text, *quoted.span("it")):
                yield Span(*quoted.span("it"), "PERSON", 0.45, "alias")
    if " the " in text:
        for trade in _TRADES.finditer(text):
            if "they call" in trade.group() or _odd(trade.group("it").split(" ")[0].casefold()):
                yield Span(*trade.span("it"), "PERSON", 0.7, "alias")


def _nicknames(reading: Reading) -> Iterator[Span]:
    """``El Chino``, ``Big Tony``, ``Mama Joy``: a word that nicknames begin with and a capital behind it."""
    if reading.caseless:
        return
    words, text = reading.words, reading.text
    for word, name in pairwise(words):
        if word.fold not in _BEFORE_NICKNAMES or not text[word.start].isupper() or text[word.end : name.start] != " ":
            continue
        written = text[name.start : name.end]
        if not written[0].isupper() or written.isupper() or len(written) < SHORTEST or name.fold in INSTITUTIONS:
            continue
        phrase = f"{word.fold} {name.fold}"
        if phrase in gazetteer("cities").strong or phrase in gazetteer("countries").strong:
            continue
        if word.fold in _KIN or _odd(name.fold):
            yield Span(word.start, name.end, "PERSON", 0.6, "alias")


def _behind(reading: Reading, end: int) -> tuple[int, int] | None:
    """The name that begins where a cue ends: in quotation marks, or written as one."""
    text = reading.text
    gap = _GAP.match(text, end)
    if gap is None or gap.end() == end:
        return None
    quoted = _QUOTED.match(text, gap.end())
    if quoted is not None:
        return quoted.span("it")
    if reading.caseless:
        return _caseless(reading, gap.end())
    run = _RUN.match(text, gap.end())
    if run is None or run.group("head").casefold() in NO_NAME:
        return None
    return run.span()


def _caseless(reading: Reading, start: int) -> tuple[int, int] | None:
    """Up to two words that nobody uses otherwise."""
    words = [w for w in reading.words if w.start >= start][:2]
    odd = [w for w in words if w.fold.isalpha() and w.fold not in gazetteer("words_en").strong]
    if not odd or odd[0] is not words[0]:
        return None
    return start, odd[-1].end if odd[-1].start - odd[0].end < 2 else odd[0].end


def _odd(fold: str) -> bool:
    """Whether a word is a name by a list, or no word of English: "Big Tony" and no "Big Three"."""
    return fold in gazetteer("first_names").strong or fold not in gazetteer("words_en").strong


def _nickname(text: str, start: int, end: int) -> bool:
    """One or two capitalized words in quotation marks, perhaps behind an article; in English no word that people use."""
    words = text[start:end].split()
    if len(words) > 1 and words[0].casefold() in _ARTICLES | {"the", "o", "l'"}:
        return words[1][0].isupper() and len(words) == 2 and _odd(words[1].casefold())
    return len(words) <= 2 and all(
        word[0].isupper() and len(word) > 2 and word.casefold() not in gazetteer("words_en").strong for word in words
    )
