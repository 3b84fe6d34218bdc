"""A key on paper comes back from its words, and from nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.errors import KeyFileError
from anonshare.trust.keys import generate_key, key_of
from anonshare.trust.paper import from_paper, on_paper
from anonshare.trust.words import fingerprint_words


@given(st.binary(min_size=32, max_size=32))
def test_paper_round_trip(seed):
    """What is printed is the key again, typed in any case and with any line breaks."""
    page = on_paper(key_of(seed), "NGO Lumina")
    assert from_paper(page).seed() == seed
    typed = page.rsplit("\n\n", 1)[-1].upper().replace("\n", "  ")
    assert from_paper(typed).seed() == seed


@given(st.integers(0, 33), st.integers(0, 255))
def test_a_wrong_word_is_found(place, other):
    """A word that is another one, is missing or is none is refused, and the message says no word."""
    words = on_paper(key_of(bytes(32)), "x").rsplit("\n\n", 1)[-1].split()
    word = fingerprint_words(bytes([other]))[0]
    if word == words[place]:
        return
    for wrong in ([*words[:place], word, *words[place + 1 :]], words[:-1], [*words[:-1], "nonsense"], []):
        with pytest.raises(KeyFileError) as error:
            from_paper(" ".join(wrong))
        assert word not in str(error.value).split()


def test_the_page_says_what_to_do_with_it():
    """The page names its owner and tells to lock it away."""
    assert "lock the paper away" in on_paper(generate_key(), "NGO Lumina")
