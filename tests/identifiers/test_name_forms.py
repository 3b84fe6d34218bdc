"""Forms of names: of every name its endings, its sounds and its consonants, and of short names nothing more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.identifiers.name_forms import STEM, consonants, loose_form, name_forms
from anonshare.identifiers.scripts import latin

letters = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14)


@given(letters)
def test_a_name_is_a_form_of_itself(name):
    """The forms of a name hold the name and its possessive, and are the same each time."""
    assert {name, name + "s"} <= name_forms(name) == name_forms(name)
    assert all(name_forms(name))


@given(letters)
def test_every_form_begins_as_the_name(name):
    """A form shares at least the stem with its name, unless umlauts were written out; short names have no endings."""
    kept = max(0, len(name) - 2)
    told = {name.replace(long, short) for long, short in (("ae", "a"), ("oe", "o"), ("ue", "u"))}
    for form in name_forms(name) - told:
        assert form[:kept] == name[:kept]
        assert len(form) >= min(len(name), STEM - 1)
    if len(name) < STEM:
        assert name_forms(name) - told <= {name, name + "s", name[:-1] + "ei"}


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("olena", "oleny oleni olenu olenoiu olenoi olenei"),
        ("maria", "mariei marii mariou mariu marie"),
        ("petrenko", "petrenka petrenku petrenkoiu petrenki"),
        ("popescu", "popesc popesca popesci popescului"),
        ("ionescu", "ionescului"),
        ("szabo", "szabonak szabot szaboval"),
        ("kovacs", "kovacsnak kovacsot kovacsul"),
        ("yilmaz", "yilmazin yilmazda yilmazdan"),
        ("andreas", "andrea andreo"),
        ("jonas", "jono jonui jona"),
        ("ivan", "ivana ivanu ivanom ivanovi ivane"),
        ("kowalski", "kowalskiego kowalskiemu kowalskim"),
        ("dostoevskii", "dostoevskogo dostoevskomu dostoevskim"),
        ("kowalska", "kowalskiej kowalski kowalskich"),
        ("olga", "olgy olgi olgu olgoiu"),
        ("ana", "anei"),
        ("mueller", "muller"),
        ("goethe", "gothe"),
    ],
)
def test_the_endings_of_a_language(name, forms):
    """Slavic, Baltic, Romanian, Hungarian, Turkish, Greek and German forms of a name are all there."""
    assert [form for form in forms.split() if form not in name_forms(name)] == []


@pytest.mark.parametrize(
    "ways",
    ["yurii yuriy iurii yuri iuri", "serhii sergii serhiy sergiy", "illia illya ilya", "yuliia yulia julia iulia",
     "mikhail mihail", "alexei aleksei aleksey alexey", "petrov petrow", "tsvetkova cvetkova", "sofia sophia"],
)  # fmt: skip
def test_one_sound(ways):
    """The ways to write one name of another alphabet in Latin letters have one loose form."""
    assert len({loose_form(form) for form in ways.split()}) == 1


@pytest.mark.parametrize("names", ["maria marta", "ivan ian", "anna ina", "petro pavlo", "olena olga"])
def test_two_names_sound_different(names):
    """Names that differ in a sound have different loose forms."""
    assert len({loose_form(name) for name in names.split()}) == 2


@pytest.mark.parametrize(
    ("arabic", "ways"),
    [("محمد", "muhammad mohammed mohamed mehmed"), ("فاطمة", "fatima fatma"), ("خالد", "khalid khaled"),
     ("سارة", "sara sarah"), ("عائشة", "aisha ayesha"), ("يوسف", "yusuf yousef")],
)  # fmt: skip
def test_one_skeleton(arabic, ways):
    """An Arabic spelling and the Latin ones have the same consonants."""
    assert {consonants(form) for form in ways.split()} == {consonants(latin(arabic))}


@given(letters)
def test_sounds_are_no_longer_than_names(name):
    """A loose form and a skeleton are never empty, never longer, and a letter twice is the letter once."""
    assert 0 < len(consonants(name)) <= len(name)
    assert 0 < len(loose_form(name)) <= len(name)
    assert loose_form(name + name[-1]) == loose_form(name) or name[-1] in "uhszk"
