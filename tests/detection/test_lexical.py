"""Words that tell who somebody is: nations, occupations, kin, organisations, letters in the place of names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.kin import find_kin, find_stand_ins
from anonshare.detection.recognizers.nationalities import find_nationalities
from anonshare.detection.recognizers.nationalities_forms import ENDINGS, forms_of
from anonshare.detection.recognizers.nationalities_states import find_states
from anonshare.detection.recognizers.occupations import find_occupations, roles
from anonshare.detection.recognizers.organisations import find_organisations
from anonshare.shapes import Span

Finder = Callable[[Reading], Iterator[Span]]
MARK = re.compile(r"«([^»]*)»")


def _found(find: Finder, text: str) -> list[str]:
    return [text[s.start : s.end] for s in sorted(set(find(Reading(text))))]


def _check(find: Finder, marked: str) -> None:
    assert _found(find, MARK.sub(r"\1", marked)) == MARK.findall(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "She is a «Romanian national» who speaks «Kurdish».",
        "of «Turkish-Cypriot descent», a «Jehovah's Witness»",
        "una «ciudadana rumana», «musulmana», de origen «marroquí»",
        "l'infirmière «roumaine» d'origine «algérienne»",
        "eine «rumänische» Frau und zwei «Kurdinnen»",
        "o «româncă» și doi «cetățeni moldoveni»",
        "due ragazze «nigeriane» e una «cinese»",
        "uma «cidadã brasileira», «católica»",
        "een «Roemeense» vrouw, een «Koerd»",
        "«Rumunka» i dwóch «Ukraińców»",
        "«українка» й «румунського» хлопця, «гражданка молдавской»",
        "genç bir «Suriyeli» kadın",
        "a «Roma» girl in Roma",
    ],
)
def test_nations_are_found_in_their_forms(marked: str) -> None:
    """A nation, a people or a religion is found in the forms of its language, with the noun that belongs to it."""
    _check(find_nationalities, marked)


@pytest.mark.parametrize(
    "text",
    [
        "the Turkish Government and Polish law",
        "las autoridades españolas y el derecho español",
        "les autorités turques",
        "autoritățile române",
        "die türkische Regierung",
        "polish the table",
        "un roman bun",
        "usa corsé y bastones ingleses",
        "sin germen aislado",
    ],
)
def test_states_and_other_words_stay_readable(text: str) -> None:
    """What names a State, its law or a thing of daily life is no nationality of a person."""
    _check(find_nationalities, text)


@pytest.mark.parametrize(
    "marked",
    [
        "She worked as a «cleaner» and was a qualified «nurse».",
        "employed as a «shift overseer» at the plant",
        "John Smith, a «carpenter», said",
        "was a «student at a military academy». He",
        "a «retired non-commissioned officer»",
        "trabajaba de «albañil»; es «enfermera»",
        "el «camarero» José dijo",
        "de profesión «camarera»",
        "su hermana, «enfermera» de profesión, y el rumano, «albañil», llegaron",
        "a Romanian «waiter» came",
        "elle travaillait comme «femme de ménage»",
        "sie arbeitete als «Putzfrau»",
        "«ministrul» Popescu și «elevii» de la școală cu «polițistul»",
        "lavorava come «badante» presso una famiglia",
        "trabalhava como «faxineira»",
        "He was a «baker». The «baker» left.",
    ],
)
def test_occupations_are_found_where_they_are_told(marked: str) -> None:
    """What the sentence says that somebody does is found, also again in the same text."""
    _check(find_occupations, marked)


@pytest.mark.parametrize(
    "text",
    [
        "The judge asked the registrar and the lawyer.",
        "police officers came, the doctor and the driver left",
        "qualified as popular ceremonies",
        "served as the basis for it",
        "el empleo de antibióticos; acude al médico",
        "the Medical Practitioners Act",
    ],
)
def test_procedure_is_no_occupation(text: str) -> None:
    """Words of procedure, and roles that nobody is said to have, stay readable."""
    _check(find_occupations, text)


@pytest.mark.parametrize(
    ("marked", "language"),
    [
        ("the «Söke Labour Court» and the «University of Leeds»", "en"),
        ("the «Lubań District Court» («Sąd Rejonowy») held", "en"),
        ("«Hospital Universitario La Paz». Servicio de Urología", "es"),
        ("«Hospital Dr. Peset», «hospital 12 de Octubre»", "es"),
        ("«Servicio Andaluz de Salud», «Universidad de Chile»", "es"),
        ("la «Clinique du Parc» à Lyon", "fr"),
        ("«Spitalul Județean Cluj», «Școala nr. 5» și «Partidul Verde» («PV»). «PV» a spus", "ro"),
        ("das «Landgericht Köln» und die «Müller & Cie»", "de"),
        ("«Ospedale San Raffaele», «Szpital Bielański»", None),
        ("«Smith, Jones and Sons» sued «Novak PLC» and «Schmidt GmbH & Co. KG»", "en"),
        ("«Alvarez Foods Ltd» of Leeds, «Brown & Sons»", "en"),
        ('ТОВ "«Ромашка-Плюс»" і «SC Alfa Bet SRL»', None),
        ("«Spitalul Sf. Ana» și «Școala Gimnazială nr. 3 Bacău»", "ro"),
        ("l'«Hôpital Saint-Louis» et l'«Université de Lille», la «Croix-Rouge»", "fr"),
        ("he works for «Blue Ocean» now", "en"),
    ],
)
def test_organisations_are_found_by_form(marked: str, language: str | None) -> None:
    """A word of an institution or a legal form with a proper name is found as one."""
    text = MARK.sub(r"\1", marked)
    covered = {i for s in find_organisations(Reading(text), language) for i in range(s.start, s.end)}
    left = "".join("\u2588" if i in covered else c for i, c in enumerate(text))
    wanted = MARK.sub(lambda found: "\u2588" * len(found[1]), marked)
    assert [c for c, w in zip(left, wanted, strict=True) if w.isalnum()] == [w for w in wanted if w.isalnum()]
    assert [c for c, w in zip(left, wanted, strict=True) if w == "\u2588" and c.isalnum()] == []


@pytest.mark.parametrize(
    "text",
    [
        "the Ministry of Defence and the Constitutional Court",
        "The Court of Appeal said that the police came to the hospital",
        "Servicio de Urología",
        "la clínica se repite en la universidad",
        "Union Street and Court Road",
        "weighs 50 KG today",
    ],
)
def test_generic_bodies_name_nobody(text: str) -> None:
    """Bodies of generic words alone, departments and streets are no organisations."""
    assert _found(lambda r: find_organisations(r, None), text) == []


@pytest.mark.parametrize(
    ("marked", "language"),
    [
        ("Auch der «M». wollte nach Angabe des «A» gehen", "de"),
        ("eine Zahlung an «S» in Höhe von 30 Euro", "de"),
        ("«H. N». ging auf ihn zu", "de"),
        ("der Lehrerin «K. B». und Dr. med. «W» sagte", "de"),
        ("von «A», seinem Cousin «B», «C» (Sohn von «A») und «D» (Sohn von «B»)", "de"),
        ("a girl, «M»., said; «T». told us that Dr. «K». left", "en"),
        ("la víctima «A». declaró", "es"),
        ("inculpatul «G.B». și «V.B». au plecat", "ro"),
        ("le témoin «L». est venu", "fr"),
        ("il testimone «B». disse", "it"),
        ("she said that «K». hit her", "en"),
        ("minora «A.M». a spus", "ro"),
    ],
)
def test_letters_stand_for_persons(marked: str, language: str) -> None:
    """A letter in the place of a name is found where the words around it say that a person is meant."""
    _check(lambda r: find_stand_ins(r, language), marked)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("gemäß Art. 5 Abs. 1 S. 2 und Nr. 3, Anlage B, Klasse A", "de"),
        ("entlang der B 235 per E-Mail, zu einem Preis von X €", "de"),
        ("Hepatitis B and Vitamin C, Annex A, World War I said", "en"),
        ("A man came. I was there.", "en"),
        ("C. The applicant's claims", "en"),
        ("virus de la hepatitis B, T.A. 120/80, S.A.", "es"),
        ("in the U.S. and at 5 p.m.", "en"),
    ],
)
def test_other_letters_stand_for_nobody(text: str, language: str) -> None:
    """Parts of laws, lists, vitamins, roads, units and words of one letter are no persons."""
    assert _found(lambda r: find_stand_ins(r, language), text) == []


def test_kin_tells_names_that_no_list_has() -> None:
    """The capitalized words behind a word of kin are a name, and kin alone is none."""
    _check(find_kin, "su «hermana Xiomara» y su madre, con «fratele Zbygu Torvan»; her mother left")


def test_states_are_found_in_the_genitive() -> None:
    """German texts name States with their kind and in the genitive."""
    _check(lambda r: find_states(r, "de"), "denn «Ungarns» Gefängnisse, die «Bundesrepublik Deutschland» und «Hessen»")


def test_lists_are_long_enough() -> None:
    """Every promised language has its number of occupations."""
    least = {"en": 250, "es": 250, "ro": 250, "fr": 150, "de": 150, "it": 150, "pt": 100}
    known = list(roles().meanings())
    for language, count in least.items():
        assert sum(language in role.languages for role in known) >= count


@given(st.sampled_from(sorted(ENDINGS)), st.text(alphabet="abcdeiorstăéñßйцкий", min_size=2, max_size=12))
def test_a_word_is_a_form_of_itself(language: str, word: str) -> None:
    """Inflection keeps the form of the dictionary, and never makes an empty one."""
    forms = forms_of(language, word)
    assert "" not in forms
    assert forms & forms_of(language, "=" + word)


PIECES = st.lists(
    st.sampled_from(
        ["A.", "B", "der ", "von ", "Hospital ", "de ", "X", " GmbH", ", ", "(", ")", "and ", "worked as a ", "Romanian", "-", "’s ", "\n", "nr. ", "5", "é", " ", "S.A.", "Dr. ", "ß", "Ltd", " & "]
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=200)
@given(PIECES, st.sampled_from([None, "de", "en", "es", "ro"]))
def test_spans_lie_inside_of_any_text(pieces: list[str], language: str | None) -> None:
    """Whatever is written, every span is a non-empty stretch of the text and its ends touch no blank."""
    text = "".join(pieces)
    reading = Reading(text)
    finders = (
        find_nationalities(reading),
        find_occupations(reading, language),
        find_organisations(reading, language),
        find_kin(reading),
        find_stand_ins(reading, language),
        find_states(reading, language),
    )
    for span in (span for found in finders for span in found):
        assert 0 <= span.start < span.end <= len(text)
        assert not text[span.start].isspace()
