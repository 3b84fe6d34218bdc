"""Names that are announced: by a title or a word of kin, by a cue, in quotation marks, by a trade."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.detection.aliases import CUES, find_aliases
from anonshare.detection.reading import Lexicon, Reading
from anonshare.detection.titles import SMALL, TITLES, find_titled
from anonshare.detection.view import view_of


def found(find, text):
    reading = Reading(view_of(text).text)
    return {reading.text[s.start : s.end] for s in find(reading)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Frau Dr. K. Weber kam.", "Frau Dr. K. Weber"),
        ("mit Herr Prof. Dr. Müller dort", "Herr Prof. Dr. Müller"),
        ("bei Dr. med. Schmidt", "Dr. med. Schmidt"),
        ("Sie nannte Tante Helga.", "Tante Helga"),
        ("It was Mrs. Halloway's bag.", "Mrs. Halloway"),
        ("then Mr. J. R. Smith left", "Mr. J. R. Smith"),
        ("Officer M. Brown signed", "Officer M. Brown"),
        ("by Judge Lopez of the court", "Judge Lopez"),
        ("Mr O'Brien called", "Mr O'Brien"),
        ("and Dr.Weber too", "Dr.Weber"),
        ("con don Pedro ayer", "don Pedro"),
        ("la señora García Márquez vino", "señora García Márquez"),
        ("con tía Rosa", "tía Rosa"),
        ("Monsieur Dupont arrive", "Monsieur Dupont"),
        ("voir Mme. de la Tour", "Mme. de la Tour"),
        ("doamna Ionescu spune", "doamna Ionescu"),
        ("de la domnul Pop", "domnul Pop"),
        ("la signora Bianchi", "signora Bianchi"),
        ("o senhor Almeida", "senhor Almeida"),
        ("mevrouw Jansen belde", "mevrouw Jansen"),
        ("tam był pan Kowalski", "pan Kowalski"),
        ("там пан Петренко", "пан Петренко"),
        ("тётя Вера сказала", "тётя Вера"),
        ("gặp bác Hùng", "bác Hùng"),
    ],
)
def test_titles_in_each_language(text, name):
    """What stands behind a title or a word of kin is a name, with initials, further titles and particles."""
    assert found(find_titled, text) == {name}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("mrs halloway came", "mrs halloway"),
        ("then dr. zhvaniq came", "dr. zhvaniq"),
        ("MRS HALLOWAY CAME", "MRS HALLOWAY"),
        ("señora gutiérrez vino ayer", "señora gutiérrez"),
        ("doamna ionescu a venit", "doamna ionescu"),
    ],
)
def test_titles_where_case_says_nothing(text, name):
    """In a text without capitals, or all in them, a title is followed by a name where no word stands."""
    (only,) = found(find_titled, text)
    assert only.startswith(name)


@pytest.mark.parametrize(
    "text",
    [
        "the general said so", "Justice and peace", "general rules of the house", "He is a doctor.", "the judge decided",
        "my boss said no", "see a doctor soon", "Mr. and Mrs.", "sister said", "la hermana dijo", "the dr said that she left",
        "Mr.\n\nSmith", "Dr. ", "Mrs",
    ],
)  # fmt: skip
def test_a_title_alone_names_nobody(text):
    """A title before an ordinary word, a full stop or nothing is no name."""
    assert found(find_titled, text) == set()


def test_every_title_is_followed_by_a_name():
    """Every title of the table makes a name of the capitalized word behind it, and none is listed in vain."""
    for title in TITLES.split("|"):
        assert any(name.endswith("Xanthidou") for name in found(find_titled, f"so then {title} Xanthidou came")), title
    assert set(TITLES.split("|")) >= SMALL - {"mother"}


QUOTES = ('"{}"', "'{}'", "\u201c{}\u201d", "\u201e{}\u201c", "\u201e{}\u201d", "\u00ab{}\u00bb", "\u00ab {} \u00bb", "\u2018{}\u2019", "\u2039{}\u203a")  # fmt: skip
ANNOUNCED = {
    "en": ("He is known as {}.", "she goes by {} there", "they call him {}", "my name is {}", "a man called {} came"),
    "es": ("conocido como {} allí", "apodado {}", "me llamo {}", "le dicen {}"),
    "fr": ("surnommé {}", "il s'appelle {}", "connu sous le nom de {}", "un homme du nom de {}"),
    "ro": ("zis {}", "poreclit {}", "mă cheamă {}", "cunoscut ca {}"),
    "de": ("genannt {}", "ich heiße {}", "bekannt als {}", "ein Mann namens {}"),
    "it": ("detto {}", "mi chiamo {}", "conosciuto come {}"),
    "pt": ("conhecido como {}", "apelidado {}", "vulgo {}"),
    "nl": ("bijgenaamd {}", "hij heet {}", "bekend als {}"),
    "pl": ("znany jako {}", "mam na imię {}", "ksywa {}"),
    "uk": ("відомий як {}", "на прізвисько {}", "мене звати {}"),
    "ru": ("по кличке {}", "меня зовут {}", "известный как {}"),
    "tr": ("olarak bilinen {}", "takma adı {}"),
}


@pytest.mark.parametrize("language", ANNOUNCED)
@pytest.mark.parametrize("name", ["Zorbax", "Zorbax Vilko"])
def test_names_behind_a_cue(language, name):
    """A name that a cue of a language announces is found, bare and in quotation marks of every kind."""
    for frame in ANNOUNCED[language]:
        for quote in ("{}", *QUOTES):
            assert name in found(find_aliases, frame.format(quote.format(name))), (frame, quote)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He, a.k.a. Zorbax, came", "Zorbax"),
        ("aka Rico", "Rico"),
        ('alias "El Tigre" came', "El Tigre"),
        ("Frank the cook came", "Frank the cook"),
        ("the one they call the Butcher", "the Butcher"),
        ("my name is anca and i am from cluj", "anca"),
        ("MY NAME IS ZORBAX", "ZORBAX"),
        ("Nickname: Zorbax", "Zorbax"),
    ],
)
def test_other_announcements(text, name):
    """Abbreviated cues, trades, labels, and texts where case says nothing announce names too."""
    assert any(one == name or one.endswith(name) for one in found(find_aliases, text))


@pytest.mark.parametrize(
    "text",
    ["Call the driver.", "She was called yesterday.", "they call every day", 'He said "no" and "we will see".',
     "my name is on the list", "known as a thief", "call me tomorrow", "se llama a la policía"],
)  # fmt: skip
def test_no_name_is_announced(text):
    """A cue before an ordinary word, and quotation marks around ordinary words, announce nobody."""
    assert found(find_aliases, text) == set()


def test_every_cue_can_be_met():
    """Every cue is cut into words as a text is, and finds itself."""
    lexicon = Lexicon((cue, True) for cue in CUES)
    assert [cue for cue in CUES if not list(lexicon.find(Reading(f"so {cue} X")))] == []


@given(st.text(max_size=100) | st.text("Mr. aka\"'\u201e\u00abX ", max_size=60))
def test_any_text(text):
    """Spans of any text lie inside of it, hold a letter, and are names of these two sources."""
    for find, source in ((find_titled, "title"), (find_aliases, "alias")):
        for span in find(Reading(text)):
            assert 0 <= span.start < span.end <= len(text)
            assert (span.entity, span.source) == ("PERSON", source)
            assert any(c.isalpha() for c in text[span.start : span.end])
