"""States and German lands in the forms that lists of towns lack: with their kind, and in the genitive."""

from __future__ import annotations

from collections.abc import Iterator

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.nationalities_phrases import Line, Phrases
from anonshare.shapes import Span

__all__ = ["find_states"]

LANDS = (
    "baden-württemberg", "bayern", "brandenburg", "hessen", "mecklenburg-vorpommern", "niedersachsen", "nordrhein-westfalen", "rheinland-pfalz",
    "saarland", "sachsen", "sachsen-anhalt", "schleswig-holstein", "thüringen", "steiermark", "kärnten", "tirol", "vorarlberg", "burgenland",
    "oberösterreich", "niederösterreich", "deutschland", "bundesrepublik deutschland", "republik österreich", "russische föderation", "russischen föderation",
    "vereinigte staaten", "vereinigten staaten", "vereinigte staaten von amerika", "vereinigten staaten von amerika", "vereinigtes königreich",
    "vereinigten königreich", "schweizerische eidgenossenschaft", "tschechische republik", "tschechischen republik", "slowakische republik",
    "slowakischen republik", "dominikanische republik", "dominikanischen republik",
)  # fmt: skip
NAMES: Phrases[bool] = Phrases((form, True) for land in LANDS for form in (land, land + "s"))
GERMAN = frozenset({"der", "die", "das", "des", "und", "ist", "von", "in", "im", "den", "dem", "nicht"})
LEAST = 6


def find_states(reading: Reading | Line, language: str | None = None) -> Iterator[Span]:
    """``LOCATION``, score .55, in German texts: lands, States with their kind, and countries in the genitive ("Ungarns")."""
    line = reading if isinstance(reading, Line) else Line(reading)
    if language not in {"de", None} or (language is None and not GERMAN.intersection(line.keys)):
        return
    for first, last, _ in NAMES.find(line):
        if line.capital(first):
            yield Span(line.start(first), line.end(last), "LOCATION", 0.55, "places")
    for i, key in enumerate(line.keys):
        if key.endswith("s") and len(key) > LEAST and line.capital(i) and key[:-1] in gazetteer("countries").strong:
            yield Span(line.start(i), line.end(i), "LOCATION", 0.55, "places")
