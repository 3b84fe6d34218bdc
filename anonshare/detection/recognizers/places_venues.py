"""Venues and shelters: a word for the kind of place and a proper name beside it."""

from __future__ import annotations

from collections.abc import Iterator

from anonshare.detection.reading import Lexicon, Reading, words_of
from anonshare.detection.recognizers.address_walk import Walk
from anonshare.shapes import Span

__all__ = ["find_venues"]

VENUES = (
    "hotel", "motel", "hostel", "hostal", "guesthouse", "guest house", "inn", "bar", "pub", "club", "nightclub", "night club", "nightclub", "strip club",
    "sauna", "spa", "massage parlour", "massage parlor", "massage", "nail bar", "nail salon", "casino", "karaoke", "brothel", "cabaret", "discotheque",
    "disco", "discoteca", "restaurant", "restaurante", "ristorante", "café", "cafe", "cafenea", "church", "mosque", "temple", "synagogue", "farm",
    "factory", "shipyard", "car wash", "laundrette", "pensión", "pension", "pensiune", "pensiunea", "motelul", "hotelul", "barul", "clubul", "salonul",
    "biserica", "moscheea", "fabrica", "ferma", "iglesia", "parroquia", "mezquita", "granja", "fábrica", "finca", "club de alterne", "whiskería", "puticlub",
    "prostíbulo", "hôtel", "boîte de nuit", "discothèque", "église", "mosquée", "usine", "ferme", "salon de massage", "kirche", "moschee", "fabrik",
    "bauernhof", "gasthof", "gasthaus", "bordell", "laufhaus", "nachtclub", "massagesalon", "albergo", "chiesa", "moschea", "fattoria", "igreja", "fazenda",
    "boate", "kerk", "moskee", "boerderij", "fabriek", "kościół", "klub", "fabryka", "готель", "отель", "гостиница", "клуб", "бар", "сауна", "ресторан",
    "церква", "церковь", "oteli", "kulübü", "gece kulübü", "bistro", "taverna", "taverne", "hostería", "posada", "airbnb", "lounge", "gentlemen's club",
)  # fmt: skip
SHELTERS = (
    "shelter", "women's shelter", "safe house", "safehouse", "refuge", "women's refuge", "halfway house", "drop-in centre", "crisis centre", "crisis center",
    "rape crisis centre", "casa de acogida", "casa refugio", "piso de acogida", "piso tutelado", "centro de acogida", "refugio", "foyer", "centre d'accueil",
    "centre d'hébergement", "maison d'accueil", "hébergement d'urgence", "adăpost", "adăpostul", "centrul de primire", "centru de primire",
    "centrul maternal", "locuință protejată", "locuința protejată", "frauenhaus", "mädchenhaus", "schutzhaus", "schutzwohnung", "zufluchtswohnung",
    "notunterkunft", "casa rifugio", "casa di accoglienza", "centro antiviolenza", "casa abrigo", "casa de abrigo", "centro de acolhimento", "opvanghuis",
    "vrouwenopvang", "blijf-van-mijn-lijfhuis", "blijfhuis", "schronisko", "ośrodek interwencji kryzysowej", "dom samotnej matki", "притулок", "приют",
    "кризисный центр", "кризовий центр", "шелтер", "sığınağı", "sığınma evi", "kadın sığınağı", "orphanage", "orfanato", "orphelinat", "orfelinat",
    "orfelinatul", "waisenhaus", "detention centre", "detention center", "children's home", "casa de copii",
)  # fmt: skip
KINDS: Lexicon[str] = Lexicon({**dict.fromkeys(VENUES, "VENUE"), **dict.fromkeys(SHELTERS, "SHELTER")})
COMMON = frozenset(
    words_of(
        "association associations council examination exam code card manager room rooms owner owners staff worker workers night member members police"
    )
)
"""A word of the kind before these names no place: ``Bar Association``, ``hotel manager``."""


def find_venues(reading: Reading) -> Iterator[Span]:
    """``VENUE`` and ``SHELTER``: the kind of place together with the proper name before or behind it."""
    walk = Walk(reading)
    words = reading.words
    places = {word.start: i for i, word in enumerate(words)}
    ends: dict[int, int] = {}
    for start, end, entity in KINDS.find(reading):
        first = places[start]
        last = ends.setdefault(first, next(i for i in range(first, len(words)) if words[i].end == end))
        if walk.lower or walk.fold(last + 1) in COMMON:
            continue
        behind = _behind(walk, last)
        before = walk.names_before(first, 4) if walk.gap(first - 1) in {" ", "-"} else first
        if behind > last:
            yield Span(start, words[behind].end, entity, 0.65, "rule")
        elif before < first and walk.fold(first) != "spa" and not _common_before(walk, before, first, entity):
            yield Span(words[before].start, end, entity, 0.65, "rule")


def _behind(walk: Walk, last: int) -> int:
    """The last word of a proper name behind the kind; quotes may hold it, a number may end it (``Club 69``)."""
    gap = walk.gap(last)
    if gap not in {" ", ' "', " “", " «", " „", " '", ": "}:
        return last
    if gap == " " and walk.capital(last) and walk.fold(last + 1).isdigit() and len(walk.fold(last + 1)) < 4:
        return last + 1
    return walk.names_after(last, 5)


def _common_before(walk: Walk, before: int, first: int, entity: str) -> bool:
    """Whether what stands before begins a sentence alone (``Massage parlour``), or is one short word of a title."""
    return (
        entity == "VENUE"
        and first - before == 1
        and (before == 0 or walk.gap(before - 1)[-2:] in {". ", "\n"} or walk.gap(before - 1).endswith("\n"))
    )
