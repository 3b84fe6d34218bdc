"""Places by lists and by the words before them: countries in any case, towns with a capital, no ordinary word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.localities import LOCATIVE, find_localities
from anonshare.detection.reading import Reading

LANGUAGES = ("", "en", "es", "fr", "ro", "de", "it", "pt", "pl", "uk", "ru", "tr")


def places(text, language="en"):
    return {text[s.start : s.end] for s in find_localities(Reading(text), language)}


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "She was born in Cluj-Napoca, Romania.", {"Cluj-Napoca", "Romania"}),
        ("en", "Then she left the coast, and he took a train", set()),
        ("en", "from vietnam", {"vietnam"}),
        ("en", "he took her from Nice to Reading", {"Nice", "Reading"}),
        ("en", "a flat in Xyzburg, where she arrived in Qrsdorf", {"Qrsdorf"}),
        ("es", "vive en Torrevieja desde enero", {"Torrevieja"}),
        ("es", "llegó desde Villabajo del Monte ayer", {"Villabajo del Monte"}),
        ("fr", "elle habite à Noirval depuis mai", {"Noirval"}),
        ("ro", "locuiește în Satu Mare cu mama", {"Satu Mare"}),
        ("ro", "a plecat din Vălcelele Noi ieri", {"Vălcelele Noi"}),
        ("it", "è arrivata a Borgoscuro ieri", {"Borgoscuro"}),
        ("pt", "mora em Vilanova com a tia", {"Vilanova"}),
        ("pl", "mieszka w Nowogrodzie z matką", {"Nowogrodzie"}),
        ("uk", "вона живе у Краснопіллі зараз", {"Краснопіллі"}),
        ("ru", "она живет в Красногорске", {"Красногорске"}),
        ("de", "sie wohnt in Oberkirchbach bei ihm", {"Oberkirchbach"}),
    ],
)
def test_places_in_each_language(language, text, found):
    """A place is found by its list, or by the words that people put before a place in their language."""
    assert places(text, language) == found or found < places(text, language)
    assert found or not places(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "She was reading nice books.",
        "the od and the pio",
        "Then the OD, PIO and ITU met.",
        "a mobile phone, of split peas",
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_no_places(text, language):
    """Towns that are called like words are none in small letters, and abbreviations are none."""
    assert places(text, language) == set()


def test_abbreviations_are_no_places():
    """A town of four letters or fewer is none in capitals, in a text that has small letters too."""
    short = [c for c in sorted(gazetteer("cities").strong | gazetteer("cities").weak) if c.isalpha() and len(c) <= 4]
    assert len(short) > 100
    assert [c for c in short[::9] if places(f"then they went to {c.upper()} again")] == []


def test_countries_in_any_case():
    """Every listed country of one word is found in capitals, in small letters and as it is written."""
    found = [c for c in sorted(gazetteer("countries").strong) if " " not in c and c.isalpha() and len(c) > 4]
    assert len(found) > 500
    for country in found[::9]:
        assert places(f"born in {country}")
        assert places(f"BORN IN {country.upper()}")
        assert places(f"She was born in {country.capitalize()} then")


def test_the_language_only_adds():
    """Whatever the language, what the lists tell is found; a language adds what its prepositions tell."""
    text = "Ea locuia în Satu Nou, apoi la Madrid, y vivía en Torrevieja."
    bare = places(text, "")
    assert "Madrid" in bare
    assert all(bare <= places(text, language) for language in LANGUAGES)
    assert "Satu Nou" in places(text, "ro")


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_any_text(text, language):
    """Spans of any text in any language lie inside of it and begin with a letter or a digit."""
    for span in find_localities(Reading(text), language):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start].isalnum()
        assert (span.entity, span.source) == ("LOCATION", "places")


def test_prepositions_are_written_as_a_text_has_them():
    """The words before a place are single words in folded case, else none would ever be met."""
    for words in LOCATIVE.values():
        assert all(Reading(word).words[0].fold == word for word in words)
