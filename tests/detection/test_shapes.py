"""What a shape tells: online identifiers, places, addresses, dates, ages and quantities, in the languages of the notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.detection.entities import ENTITIES
from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.address import find_addresses
from anonshare.detection.recognizers.ages import AGES, find_ages
from anonshare.detection.recognizers.dates import DATES, find_dates
from anonshare.detection.recognizers.dates_quantities import find_quantities
from anonshare.detection.recognizers.online import ONLINE, find_online
from anonshare.detection.recognizers.places import PLACES, find_venues
from anonshare.detection.recognizers.shape import Shape
from anonshare.detection.view import view_of
from anonshare.shapes import Span
from tests.growth import LINEAR, growth

SHAPES = (*ONLINE, *PLACES, *DATES, *AGES)
FINDERS: tuple[Callable[[Reading], Iterable[Span]], ...] = (
    find_addresses,
    find_ages,
    find_dates,
    find_quantities,
    find_online,
    find_venues,
)


def run(shape: Shape, reading: Reading) -> Iterable[Span]:
    text = reading.text
    if shape.at == "number":
        found = [shape.pattern.match(text, place) for place in reading.numbers]
    elif not shape.needs or any(need in text.casefold() for need in shape.needs):
        found = list(shape.pattern.finditer(text))
    else:
        found = []
    group = "it" if "it" in shape.pattern.groupindex else 0
    for one in found:
        if one is not None and (shape.check is None or shape.check(one[group])):
            yield Span(*one.span(group), shape.entity, shape.score)


def everything(text: str) -> list[Span]:
    reading = Reading(view_of(text).text)
    return [
        *(span for shape in SHAPES for span in run(shape, reading)),
        *(span for finder in FINDERS for span in finder(reading)),
    ]


def marked(example: str) -> tuple[str, list[str]]:
    parts = example.replace("»", "«").split("«")
    return "".join(parts), parts[1::2]


def covered(text: str, entities: set[str]) -> list[bool]:
    out = [False] * len(text)
    for span in everything(text):
        if span.entity in entities:
            out[span.start : span.end] = [True] * (span.end - span.start)
    return out


def masks(text: str, part: str, entity: str) -> bool:
    start = text.index(part)
    seen = covered(text, {entity})
    return all(seen[i] for i in range(start, start + len(part)) if text[i].isalnum())


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.entity}: {shape.source}")
def test_a_row_finds_its_examples_whole_and_nothing_in_its_counterexamples(shape):
    """What stands between the marks is found, all of it and nothing else."""
    assert shape.entity in ENTITIES
    for example in shape.examples:
        text, wanted = marked(example)
        assert {text[s.start : s.end] for s in run(shape, Reading(text))} == set(wanted), example
    for counterexample in shape.counterexamples:
        assert list(run(shape, Reading(counterexample))) == [], counterexample


FOUND = {
    "HANDLE": (
        "her Instagram «sweet_ana22» had", "Snapchat: «luna.77x»", "telegram user «dark_boss9», he", "on Facebook as «Maria.Popa.55»",
        "su Telegram es «elchino_88»", "compte Snapchat «julie_75»", "IG: «sweet_ana22»", "FB: «ana.popa.5»", "user: «boss77»", "username: «lunabella»",
        "with username «night_owl9» on", "PSN: «Killer_x9»", "Steam: «gaben_77»", "VK: «id_12a»", "nick: «wolf-9»", "логін: «vika_99»", "OnlyFans «kitty_x» page", "Discord: «NightOwl#4821» said",
    ),
    "URL": (
        "on «site.com/ad/123» she", "page «t.me/luna77»", "«wa.me/40721000000» and", "«fb.com/ana.popa.5»", "at «escort-listing.ro».",
        "to «example.co.uk», and",
    ),
    "ADDRESS": (
        "lives at «12 Willow Lane, Leeds LS1 4AP».", "at «7 Old Mill Road Apt. 4» she", "«Flat 3, 12 Willow Lane» was", "«P.O. Box 123» in",
        "vive en «Calle Mayor, 14, 3º B», desde", "en «C/ Real 5» vive", "«Avda. de la Paz s/n», allí", "«Apartado de Correos 44» de",
        "habite «12 rue des Lilas» depuis", "au «5 bis, avenue Foch» elle", "«22, rue du 4 Septembre» à", "pe «Str. Florilor nr. 5, bl. A2, sc. 1, ap. 12» din",
        "pe «strada Florilor nr. 5», unde", "«Bulevardul Unirii nr. 10» este", "in der «Lindenstraße 14a» bei", "am «Goethestr. 12» wohnt", "in «via Roma 12/B» abita",
        "«Piazza Garibaldi 3», dove", "na «Rua das Flores 10» mora", "op de «Kerkstraat 7» woont", "aan de «Prins Hendrikkade 33» staat", "przy «ul. Długa 5 m. 3» mieszka",
        "«al. Jerozolimskie 44» była", "на «вул. Шевченка 12» живе", "«Holmevej 34» in", "på «Storgatan 12» bor", "osoitteessa «Mannerheimintie 5» asuu", "a «Petőfi utca 12» alatt", "Adres: «Atatürk Caddesi No: 5, Daire 3, İstanbul»", "«Calle 85 #12-34» de", "«вул. Хрещатик, буд. 22, кв. 5» живе", "at «12 willow lane» with Ana",
        "«1234 Oak Street\nSuite 5\nSpringfield\nIL 62704»", "«Rue de Namur 12\n1000 BRUSSELS\nBelgium»", "«Kirchenplatz 4, 4600 WELS, Austria» is",
        "sent to «PSC 1560, Box 3449\nAPO AP 24937»", "at «the corner of 5 Hill Street and Mill Road» he", "Domicilio: «Colonia Norte, #66 3257».\nx",
        "«Calle prados 45, 6A» y", "«98 Elm Grove 36\nLeuven, VB 30012» then",
    ),
    "DATE_TIME": (
        "on «12 May 2021» he", "el «12 de mayo de 2021» a", "«May 12th, 2021», when", "le «12 mai 2021» à", "am «12. Mai 2021» um", "en «mayo de 2021» la",
        "la «12 mai 2021» a", "il «12 maggio 2021» e", "em «12 de maio de 2021» ela", "op «12 mei 2021» is", "dnia «12 maja 2021» r", "«12 травня 2021» року",
        "«12 мая 2021» года", "«12 Mayıs 2021» günü", "the «3rd of May» he", "«between 12 and 15 May 2004» they", "in the «1990s» he", "«summer of 2019» in",
        "on «Monday, 12 May 2021» he", "in «1994» she", "en «2003» llegó", "depuis «2010» elle", "seit «2015» lebt", "din «2018» la", "for «two years» he",
        "after «18 months» he", "for «three weeks» she", "at «14:30» he", "at «2.30 pm» she", "Date: «Wed, 12 May 2021 10:00:00 +0000» x", "«octubre-05» y", "el «23-febrero-1931» en",
        "on «9 and 11 July 1999» he", "«3 March to 5 April 2001» and", "on «Friday» he", "«2021 May 12» was", "w «maju 2021» była", "la «ora 19» a", "«între 1991 și 1995» a",
    ),
    "AGE": (
        "a «17-year-old» girl", "aged «34» and", "de «34 años», que", "Ana, «16 ans», le", "Ion, «35 de ani», pe", "sie ist «35 Jahre alt» und", "ein «siebzehnjähriges» Kind", "eine «17-jährige» Rumänin", "«17 yaşında» kız", "minorii de «14 și 16 ani» au", "bebé de «3 meses» con",
        "«17 y/o» from", "F/«17» new", "a woman of «23 years» who", "a «27yo» girl", "in her «thirties», tall", "a minor of «15» who", "bebé de «18 meses de edad» con", "Age: «34»", "Edad: «54» Sexo",
        "«16 лет», девушка", "ha «17 anni» e", "com «15 anos», de", "«19 lat», kobieta", "she was «five years old» then", "Alter: «35»",
    ),
    "SEX": ("Sexo: «M».", "gender: «female»", "«varón» de 34 años", "una «mujer» de 48 años", "a 34-year-old «woman» was", "Geschlecht: «weiblich»"),
    "QUANTITY": (
        "paid «EUR 3,000» for", "unos «3.000 €» al", "«two thousand euros» a month", "«10,000 lei» pe", "«$500» a", "«£250» of", "«100,000 Turkish liras (TRL)» and", "«81.7%» of",
        "«life imprisonment» for", "«sixteen other persons» were", "«50 to 79%» of", "«3 000 euros» par", "«500 USD» each", "«twelve women» in", "«26 km/h» over", "«20 per cent» of", "«1.200 zł» za",
    ),
    "VENUE": ("at «Hotel Paradise» on", "in the «Blue Moon Bar» he", "«Club 69» was", "la «Sauna Afrodita» din", "«Iglesia de San Juan» y", "«hotel Miramar» y", "«Casino Royal» is"),
    "SHELTER": (
        "to «St Mary's Women's Refuge» in", "a la «casa de acogida Esperanza» de", "au «foyer Les Lilas» depuis", "im «Frauenhaus Lichtblick» seit", "la «adăpostul Speranța» din",
        "the «safe house Haven» was",
    ),
    "POSTCODE": ("My zip code is «46718»", "Springfield, IL «62704».", "CP: «28034».", "London «SW1A 1AA» is"),
}  # fmt: skip


@pytest.mark.parametrize(("entity", "example"), [(entity, e) for entity, examples in FOUND.items() for e in examples])
def test_what_an_investigator_writes_is_masked_with_its_type(entity, example):
    """Each marked stretch is covered by spans of its entity, in every language and writing."""
    text, parts = marked(example)
    for part in parts:
        assert masks(text, part, entity), [(text[s.start : s.end], s.entity) for s in everything(text)]


NOTHING = {
    "HANDLE": ("on Facebook and", "WhatsApp call was", "signal lost", "Instagram account of", "user of drugs", "login failed", "line of work"),
    "URL": ("end.Then he", "e.g. this", "ana@site.com", "p.m. today"),
    "ADDRESS": (
        "in 20 minutes Street food", "12 may place your order", "Via email", "en la calle de noche", "a la calle. Fue", "unterwegs 5 Stunden", "the street was dark",
        "the Supreme Court of", "on 12 May 2004 he", "AV de 0,6 y 0,5", "AV en el OI", "Tomó la vía oral cada 6 h", "in the park with 3 men", "nach § 14 Abs. 2 Satz 1 SGB", "site-ul Inpolitics este", "Article 6 of the Convention",
    ),
    "DATE_TIME": ("on several occasions", "he may come", "they march on", "within ten days of", "the 2004 Act", "room 2004", "a nice spring", "no. 36110/97"),
    "AGE": ("for many years old friends", "después de 3 años", "two years ago he", "page: 17", "for 5 years in prison", "Edad: desconocida", "mehrjährige Erfahrung", "50 de ani de existență"),
    "SEX": ("sex work", "a woman came", "Sexo:"),
    "QUANTITY": ("one person", "the two of them", "un peso de 50"),
    "VENUE": ("the bar was", "Bar Association of", "a hotel in", "hotel manager Ion"),
    "SHELTER": ("the shelter was", "asked for refuge in"),
    "GPS": ("12.345 and 67.890", "between 20° and 30°"),
}  # fmt: skip


@pytest.mark.parametrize(("entity", "text"), [(entity, text) for entity, texts in NOTHING.items() for text in texts])
def test_what_only_looks_alike_stays_readable(entity, text):
    """Prose that shares words or figures with an entity holds none of it."""
    assert [text[s.start : s.end] for s in everything(text) if s.entity == entity] == []


EN = "January February March April May June July August September October November December".split()
ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
FORMATS: tuple[Callable[[date], str], ...] = (
    lambda d: d.isoformat(),
    lambda d: f"{d:%d/%m/%Y}",
    lambda d: f"{d.day}.{d.month}.{d.year}",
    lambda d: f"{d:%m-%d-%Y}",
    lambda d: f"{d:%d/%m/%y}",
    lambda d: f"{d:%Y/%m/%d}",
    lambda d: f"{d.day} {EN[d.month - 1]} {d.year}",
    lambda d: f"{EN[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{d.day} de {ES[d.month - 1]} de {d.year}",
    lambda d: f"{d.day} {FR[d.month - 1]} {d.year}",
    lambda d: f"{d.day}. {DE[d.month - 1]} {d.year}",
    lambda d: f"{EN[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {EN[d.month - 1]}",
    lambda d: f"{d:%G-W%V-%u}",
    lambda d: f"{d.isoformat()}T10:30:00Z",
)


@given(day=st.dates(date(1920, 1, 1), date(2049, 12, 31)), form=st.sampled_from(FORMATS))
def test_a_date_of_the_calendar_is_found_whole_in_every_writing(day, form):
    """Whatever the day, each format of it is masked to its last figure."""
    written = form(day)
    assert masks(f"it was on {written} that he came", written, "DATE_TIME")


def _dms(value: float, marks: str) -> str:
    whole = round(abs(value) * 3600)
    letter = marks[0] if value >= 0 else marks[1]
    return f"{whole // 3600}°{whole // 60 % 60:02d}'{whole % 60:02d}\"{letter}"


PLACINGS: tuple[Callable[[float, float], str], ...] = (
    lambda lat, lon: f"{lat:.5f}, {lon:.5f}",
    lambda lat, lon: f"{lat:.4f},{lon:.4f}",
    lambda lat, lon: f"geo:{lat:.4f},{lon:.4f}",
    lambda lat, lon: f"@{lat:.5f},{lon:.5f},17z",
    lambda lat, lon: f"lat: {lat:.3f}, lon: {lon:.3f}",
    lambda lat, lon: f"{abs(lat):.4f}° {'N' if lat >= 0 else 'S'}, {abs(lon):.4f}° {'E' if lon >= 0 else 'W'}",
    lambda lat, lon: f"{_dms(lat, 'NS')} {_dms(lon, 'EW')}",
)


@given(
    lat=st.floats(-89.99, 89.99, allow_nan=False),
    lon=st.floats(-179.99, 179.99, allow_nan=False),
    form=st.sampled_from(PLACINGS),
)
def test_coordinates_in_range_are_found_in_every_notation(lat, lon, form):
    """Whatever the place on the globe, each notation of it is masked whole."""
    written = form(lat, lon)
    assert masks(f"seen near {written} last night", written, "GPS"), written


@given(st.ip_addresses())
def test_an_address_of_the_network_is_found_whole(address):
    """Each address of version 4 or 6 that names a host is masked, however it is shortened."""
    text = f"logged from {address} today"
    assert masks(text, str(address), "IP_ADDRESS") or int(address) == 0


HOSTILE = (
    "1", "1 ", "1.", "12/", "a", "a.", "a@", "@", "A ", "Aa ", "Aa 1 ", "May ", "1 May ", "calle ", "Calle a ", "°", "1°", "1:", "::", "-1.1 ", "www.", "://", "a.com", "12 Aa ", "and ",
    "corner of ", "address: ", "Apt. 1 ", "\n", "1\n", "user: ", "Telegram ", "EUR 1", "two ", "de ", "s/n ", "£", "Box 1 ", "lat 1.1 ", "A1 ", "APO ", "age ", "hotel Aa ", "///a.",
    "corner of 12 Oak Street ", "12 Oak Street, ", "Ana and Oak 12 ", "x.com/", "and Aa 1 ", "1 12345 ", "Calle Mayor 5, 3, B, ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_strangers_text_costs_time_in_proportion_to_its_length(piece):
    """Text made of the pieces that rules begin with is read in time that grows with it."""
    assert growth(everything, lambda size: piece * (size // len(piece)), 2_500) < LINEAR


@given(st.text(alphabet=st.sampled_from("aAbé1 0.,:/-@#°\n'\"MayrueSt€%"), max_size=60))
def test_any_text_is_read_without_an_error_and_spans_lie_within_it(text):
    """Whatever is written, rules answer with stretches of the text, of entities that exist."""
    read = view_of(text).text
    for span in everything(text):
        assert 0 <= span.start < span.end <= len(read)
        assert span.entity in ENTITIES
