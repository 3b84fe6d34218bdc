"""A root in shares on paper: any few bring it back, and each mistake has its one sentence."""

from __future__ import annotations

import sys
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import KeyFileError, MissingExtra, UsageError
from anonshare.trust.keyring import epoch_words, fingerprint
from anonshare.trust.shares import WORDS, join, read_sheet, sheets

ROOT = bytes(range(32))


@pytest.fixture(scope="module")
def pages():
    return sheets(ROOT, "2", "NGO Lumina", shares=3, threshold=2)


def given_words(page: str) -> list[str]:
    return list(read_sheet(page).words)


def refused(*texts: str) -> str:
    with pytest.raises(KeyFileError) as caught:
        join([read_sheet(text) for text in texts])
    said = caught.value.message
    assert said.count(".") == 1
    # "together" is a word of the list, and of our sentences
    shown = {word for text in texts for word in read_sheet(text).words if len(word) > 6} - {"together"}
    assert not shown & set(said.split())
    return said


def test_any_two_of_three_bring_it_back(pages):
    """Every pair of the sheets, in any order, and all three together, restore the root; one alone does not."""
    for pair in [*combinations(pages, 2), pages, pages[::-1]]:
        assert join([read_sheet(page) for page in pair]) == ROOT
    for page in pages:
        assert "2 different shares are needed" in refused(page)
    assert "there are 1" in refused(pages[0], pages[0])


@settings(max_examples=10, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.integers(2, 5), st.integers(0, 3))
def test_every_root_comes_back(root, threshold, more):
    """Whatever the root and the numbers, as many sheets as are needed restore it."""
    made = sheets(root, "1", "x", shares=threshold + more, threshold=threshold)
    assert join([read_sheet(page) for page in made[more:]]) == root


def test_a_sheet_says_whose_and_which_it_is(pages):
    """A sheet has 33 words, and says the owner, epoch, number, threshold and the words of the fingerprint."""
    assert all(len(given_words(page)) == WORDS for page in pages)
    assert "Epoch: 2\nShare: 3 of 3\nNeeded: 2 of 3\n" in pages[2]
    assert pages[0].startswith("NGO Lumina")
    assert epoch_words(fingerprint(ROOT, "2")) in pages[0]
    assert not set(given_words(pages[0])) & set(repr(read_sheet(pages[0])).split())


def test_words_typed_from_paper_are_enough(pages):
    """Without heading and numbers, in capitals and with other line breaks, the words are read."""
    typed = [" ".join(given_words(page)).upper().replace(" ", "\r\n", 7) for page in pages[:2]]
    assert join([read_sheet(text) for text in typed]) == ROOT


def test_each_mistake_has_its_sentence(pages):
    """A cut share, a word of no list, a word of the list in the wrong place: each names the sheet, and no word."""
    first = given_words(pages[0])
    cut = " ".join(first[:-2])
    assert "Sheet 2 has 31 words" in refused(pages[1], cut)
    strange = " ".join([*first[:6], "lumina", *first[7:]])
    assert "Sheet 1: word 7 is none of the list" in refused(strange, pages[1])
    other = "academic" if first[20] != "academic" else "acid"
    misread = " ".join([*first[:20], other, *first[21:]])
    assert "Sheet 1: a word is another one" in refused(misread, pages[1])
    assert "Sheet 1 has 0 words" in refused("", pages[1])


def test_shares_of_two_epochs_or_splittings_are_told_apart(pages):
    """Sheets of two epochs are refused by their headings, and without them by the shares themselves."""
    other = sheets(bytes(32), "1", "NGO Lumina", shares=3, threshold=2)
    again = sheets(ROOT, "2", "NGO Lumina", shares=3, threshold=2)
    assert "different epochs (1, 2)" in refused(pages[0], other[1])
    assert "not made together" in refused(" ".join(given_words(pages[0])), " ".join(given_words(other[1])))
    assert "not made together" in refused(pages[0], again[1])


@pytest.mark.parametrize(("shares", "threshold"), [(1, 1), (3, 1), (3, 4), (17, 2), (3, 0)])
def test_one_person_alone_never_holds_the_key(shares, threshold):
    """Fewer than two needed shares, more than there are, or more than sixteen are refused."""
    with pytest.raises(UsageError):
        sheets(ROOT, "1", "x", shares=shares, threshold=threshold)


def test_the_missing_part_is_named(pages, monkeypatch):
    """Without the library, splitting and joining say which part of anonshare brings it."""
    monkeypatch.setitem(sys.modules, "shamir_mnemonic", None)
    with pytest.raises(MissingExtra, match="custody"):
        sheets(ROOT, "1", "x", shares=3, threshold=2)
    with pytest.raises(MissingExtra, match="custody"):
        join([read_sheet(page) for page in pages])
