"""Known names of two letters, and names that are words: what stands around them tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.detection.known import KnownValue, find_known
from anonshare.detection.known_words import ORDINARY, TWO_LETTERS

SHORT = ("An", "Li", "Vu", "Bo", "Ng", "Xu")
FREE = ("Li", "Vu", "Ng", "Xu")


def masked(text, *names):
    known = tuple(KnownValue(name, person=str(i)) for i, name in enumerate(names))
    return [text[s.start : s.end] for s in find_known(text, known)]


@given(st.sampled_from(SHORT), st.sampled_from(["Mr {} said", "Mrs. {} left", "numită {} de", "a girl named {} came", "her friend {} came", "Name: {}", "Nombre: {}, 20", "Her name is {}.", "domnul {} a venit", "se llama {} y", "| 4 | {} | f |", "{}", "a\t{}\tb"]))  # fmt: skip
def test_a_cue_or_a_cell_is_enough(name, frame):
    """Behind a title, a cue, a word of kin or a label, and alone in a cell, two letters with a capital are the name."""
    assert masked(frame.format(name), name) == [name]


@given(st.sampled_from(SHORT), st.sampled_from(["then she told {} that", "we saw {} there"]))
def test_a_capital_between_small_letters_is_enough(name, frame):
    """Where the words on both sides are small a capital tells a name."""
    assert masked(frame.format(name), name) == [name]


@given(st.sampled_from(FREE), st.sampled_from(["She met {0}, and", "She met {0}. {0} left."]))
def test_what_no_language_has_as_a_word(name, frame):
    """Within a sentence a capital is enough for what is no word, and then the name counts where sentences begin too."""
    text = frame.format(name)
    assert masked(text, name) == [name] * text.count(name)


@given(st.sampled_from((*SHORT, "No", "Do")), st.sampled_from(["{} apple fell.", "It ended. {} it is.", "she said {}.", "the {upper} and", "we {lower} to", "A: {}ta", "So {} Be It"]))  # fmt: skip
def test_no_word_where_a_sentence_begins(name, frame):
    """Where a sentence or a heading gives a capital, in small letters, or shortened, two letters are no name."""
    text = frame.format(name, upper=name.upper(), lower=name.lower())
    assert masked(text, name) == [name for _ in [1] if name in FREE and frame in {"she said {}.", "So {} Be It"}]


def test_a_cell_of_more_words_says_less():
    """A short word of a longer cell is not looked for alone, for it may be a particle."""
    assert masked("she met Xu, and then", "Xu Wang") == []
    assert masked("she met Xu, and then", "Xu") == ["Xu"]


def test_an_answer_is_no_name():
    """What answers a question has a capital within a sentence and stays."""
    assert masked("she said No to him, and then Da was said", "No", "Da") == []


def test_the_words_are_folded():
    """Every word of the lists is written as names are compared, and those of two letters have two."""
    assert [word for word in ORDINARY | TWO_LETTERS if not (word.isascii() and word.islower())] == []
    assert {len(word) for word in TWO_LETTERS} == {2}


@pytest.mark.parametrize("name", ["Faith", "Hope", "Rose", "Grace", "Blanca", "Luz", "Sol", "Esperanza", "Will"])
def test_a_name_that_is_a_word(name):
    """It counts with a capital, within a sentence and at its beginning, and in small letters it is the word."""
    assert masked(f"then she met {name} there", name) == [name]
    assert masked(f"{name} told us. Then {name} left.", name) == [name, name]
    assert masked(f"She had {name.lower()} and {name.lower()}", name) == []


@pytest.mark.parametrize(("text", "name"), [("Will she come?", "Will"), ("It ended. May I ask", "May")])
def test_a_question_is_no_name(text, name):
    """A verb with which a question begins is not the name."""
    assert masked(text, name) == []
    assert masked(f"{name} came and asked", name) == [name]
