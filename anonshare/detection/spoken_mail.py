"""Mail addresses as people say them or hide them: ``name [at] host dot tld``, ``maria punct popescu arond gmail punct com``."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["mail_changes"]

Change = tuple[int, int, str]

_SURE = (
    "arroba|arobase|arobas|arrobas|arond|arondă|aronda|arondul|a rond|coadă de maimuță|coada de maimuta|chiocciola|chiocciolina|"
    "klammeraffe|apenstaartje|zavináč|zavinac|kukac|kuyruklu a"
)
"""Names of the sign that are said of it alone; the others are words of daily life."""
_EVERYDAY = "at|ät|chez|małpa|malpa|małpka|собака|собачка|равлик|мавпа|маймунка|papáki|παπάκι"
_DOTS = "dot|punct|punctul|punto|point|punkt|ponto|punt|точка|крапка|kropka|nokta|pikë|pike|tečka|tecka|pont|τελεία"
_LINES = "underscore|underline|unterstrich|sottolineato|guion bajo|guión bajo|tiret du bas|linie jos|подчеркивание"
_DASHES = "dash|minus|liniuță|liniuta|cratimă|cratima|guion|guión|tiret|bindestrich|trattino|hífen|дефис|тире"
_LAST = (
    "com|net|org|info|edu|gov|int|biz|eu|me|io|app|dev|ro|md|es|fr|de|it|pt|nl|be|lu|ch|at|pl|cz|sk|hu|bg|gr|cy|hr|si|rs|ba|mk|al|"
    "xk|ua|ru|by|tr|uk|co|ie|dk|se|no|fi|is|lv|lt|ee|mt|us|ca|mx|br|ar|cl|pe|ve|in|pk|ng|ph|th|vn|cn|jp|au|nz|za|ma|tn|dz|eg|lb|"
    "proton|gmbh|ком|ру|укр|уа|юа|орг|нет"
)
"""Ends of hosts as they are said: another word behind a dot is the next sentence."""

AT = re.compile(
    rf"(?<=\w)\s{{0,2}}[\[({{<]\s?(?:at|chez|ät|{_SURE}|małpa|malpa|собака|@)\s?[\])}}>]\s{{0,2}}(?=\w)", re.IGNORECASE
)
DOT = re.compile(rf"(?<=\w)\s{{0,2}}[\[({{<]\s?(?:{_DOTS}|\.)\s?[\])}}>]\s{{0,2}}(?=\w)", re.IGNORECASE)
SIGN = re.compile(
    rf"(?<=\w)(?:(?P<sign> {{0,2}}@ {{0,2}})| (?P<sure>{_SURE}) | (?P<word>{_EVERYDAY}) )(?=\w)", re.IGNORECASE
)
_GOES_ON = r"(?!(?-i:[A-Z][a-z]))"
"""A capital behind a dot and a space begins a sentence."""

STEP = re.compile(
    rf"(?P<part>[\w-]{{1,40}})(?P<dot> (?:{_DOTS}) (?=\w)| \. ?(?=\w){_GOES_ON}|\. (?=(?:{_LAST})\b){_GOES_ON}|\.(?=\w))",
    re.IGNORECASE,
)
END = re.compile(rf"(?:{_LAST})(?![\w-]|\.\w)", re.IGNORECASE)
BEFORE = re.compile(
    rf"(?P<start>(?<![\w.+-])[\w.+-]{{1,40}})"
    rf"(?: (?:(?P<dot>{_DOTS})|(?P<line>{_LINES})|(?P<dash>{_DASHES})) |(?P<bare> \. ?))(?P<rest>[\w.+-]{{1,40}})\Z",
    re.IGNORECASE,
)
DOTTED = re.compile(r"[0-9._]")
PARTS = 4
"""Parts of a host, and marks in a name, that are looked for."""

REACH = 110
"""Characters before the sign in which a mark of the name can stand."""


def mail_changes(read: str) -> Iterator[Change]:
    """``(start, end, as it is typed)`` of the signs, dots and dashes of addresses that are said or spaced."""
    if any(c in read for c in "[({<"):
        yield from ((m.start(), m.end(), "@") for m in AT.finditer(read))
        yield from ((m.start(), m.end(), ".") for m in DOT.finditer(read))
    for sign in SIGN.finditer(read):
        dots = _host(read, sign.end())
        if dots is None:
            continue
        marks = list(_marks(read, sign.start()))
        if not dots and not marks and sign["sign"] == "@":
            continue
        if sign["word"] and not _believed(read, sign.start(), marks, dots):
            continue
        yield from marks
        yield sign.start(), sign.end(), "@"
        yield from dots


def _believed(read: str, end: int, marks: list[Change], dots: list[Change]) -> bool:
    """Whether an everyday "at" is the sign: a dot behind it is said, or what stands before it is no common word."""
    typed = [read[a:b] for a, b, _ in dots]
    if any(dot.strip() != "." for dot in typed):
        return True
    last = read[max(0, end - 40) : end].rpartition(" ")[2]
    return ". " not in typed and (bool(marks) or DOTTED.search(last) is not None)


def _host(read: str, place: int) -> list[Change] | None:
    """The dots of the host at ``place`` that are said or spaced; None where none stands there."""
    dots: list[Change] = []
    for _ in range(PARTS):
        step = STEP.match(read, place)
        if step is None:
            return None
        if step["dot"] != ".":
            dots.append((*step.span("dot"), "."))
        place = step.end()
        if END.match(read, place) and not _further(read, place):
            return dots
    return None


def _further(read: str, place: int) -> bool:
    """Whether another end is said behind one: ``co dot uk``."""
    step = STEP.match(read, place)
    return step is not None and step["dot"] != ". " and END.match(read, step.end()) is not None


def _marks(read: str, end: int) -> Iterator[Change]:
    """The marks of the name before the sign, the last first."""
    for _ in range(PARTS):
        found = BEFORE.search(read, max(0, end - REACH), end)
        if found is None:
            return
        start, stop = found.end("start"), found.start("rest")
        yield start, stop, "_" if found["line"] else "-" if found["dash"] else "."
        end = start
