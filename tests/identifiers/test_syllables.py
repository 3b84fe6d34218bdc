"""Hangul and the scripts of India in Latin letters."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.identifiers.syllables import families, romanized, sound_bones


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("한글", "hangeul"), ("서울", "seoul"), ("민지", "minji"), ("강남", "gangnam"), ("प्रिया", "priya"), ("राहुल", "rahul"),
        ("सुनीता", "sunita"), ("ফাতেমা", "phatema"), ("রহিমা", "rahima"), ("अंजलि", "anjali"), ("ਸਿਮਰਨ", "simaran"), ("હરિ", "hari"),
    ],
)  # fmt: skip
def test_words_as_they_are_read(word, latin):
    """A word is romanized letter by letter or syllable by syllable, and its last a is not said."""
    assert romanized(word) == latin


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=6))
def test_every_syllable_is_latin(word):
    """Every syllable of Hangul becomes small Latin letters, with a vowel each."""
    told = romanized(word)
    assert told.isascii()
    assert told.isalpha()
    assert len(told) >= len(word)
    assert romanized(word[0]) in families(word[0])


@given(st.text(max_size=20))
def test_any_word_has_bones(word):
    """The consonants of any word hold no vowel but the first, and no letter twice in a row."""
    bones = sound_bones(word)
    assert not set(bones[1:]) & set("eiou")
    assert all(a != b for a, b in pairwise(bones))


@pytest.mark.parametrize(
    ("one", "other"), [("vikram", "bikram"), ("shanti", "santi"), ("fatema", "phatema"), ("rahim", "raheem")]
)
def test_ways_to_write_one_sound(one, other):
    """Spellings of one name have the same consonants."""
    assert sound_bones(one) == sound_bones(other)


@pytest.mark.parametrize(
    ("one", "other"), [("sunita", "sanjana"), ("rahul", "rakesh"), ("anita", "nita"), ("gita", "kita")]
)
def test_other_names_have_other_bones(one, other):
    """Names of other sounds have other consonants; Korean alone does not tell g from k."""
    assert sound_bones(one) != sound_bones(other)
    assert sound_bones("gita", voiced=False) == sound_bones("kita", voiced=False)
