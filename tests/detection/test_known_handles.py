"""Known names inside of handles, addresses, paths and hashtags: the whole of them goes, and no word that holds a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.detection.known import KnownValue, find_known
from anonshare.detection.merge import merged
from tests.growth import LINEAR, growth

MARIA = (KnownValue("Maria", person="1"), KnownValue("Popescu", person="1"))
ANA = (KnownValue("Ana", person="1"), KnownValue("Pop", person="1"))


def masked(text, known):
    return {text[s.start : s.end] for s in merged(text, find_known(text, known))}


@pytest.mark.parametrize(
    ("text", "handle", "entity"),
    [
        ("add mariapopescu98 now", "mariapopescu98", "HANDLE"),
        ("see @popescu.maria there", "@popescu.maria", "HANDLE"),
        ("the tag #FreeMariaPopescu", "#FreeMariaPopescu", "HANDLE"),
        ("the tag #justiceformaria", "#justiceformaria", "HANDLE"),
        ("wrote maria_p_98 to", "maria_p_98", "HANDLE"),
        ("wrote MARIA98 to", "MARIA98", "HANDLE"),
        ("Telegram:mariapop98 ok", "mariapop98", "HANDLE"),
        ("insta/mariapopescu,", "mariapopescu", "HANDLE"),
        ("wrote mpopescu to", "mpopescu", "HANDLE"),
        ("wrote MariaPopescu to", "MariaPopescu", "HANDLE"),
        ("call @anamaria.", "@anamaria", "HANDLE"),
        ("the pupil mariana_98.", "mariana_98", "HANDLE"),
        ("mail popescumaria@x.example,", "popescumaria@x.example", "EMAIL_ADDRESS"),
        ("mail maria.p@x.example", "maria.p@x.example", "EMAIL_ADDRESS"),
        ("at https://fb.example/maria.popescu/x now", "https://fb.example/maria.popescu/x", "URL"),
        ("at fb.example/mariapopescu", "fb.example/mariapopescu", "URL"),
    ],
)
def test_the_whole_of_what_holds_a_name(text, handle, entity):
    """A name of five letters inside of a handle, an address or a path takes all of it along, as what it is."""
    spans = merged(text, find_known(text, MARIA))
    assert [(text[s.start : s.end], s.entity) for s in spans] == [(handle, entity)]


@given(st.sampled_from(["{0}{1}", "{1}{0}", "{0}{1}22", "_{1}{0}", "{0}_{1}", "{1}.{0}", "@{0}{1}", "x{0}{1}7"]))
def test_short_names_together(frame):
    """Two words of one person in either order are found in a handle however short, whatever case it is written in."""
    handle = frame.format("ana", "pop")
    for written in (handle, handle.upper() if "." not in handle else handle):
        assert masked(f"wrote to {written} at night", ANA) == {written}


@pytest.mark.parametrize(
    "text",
    [
        "an anagram of popular banapop", "#anagram and ana_log", "analysis2 popcorn_3", "the panama_pops",
    ],
)  # fmt: skip
def test_short_names_are_no_part_of_a_word(text):
    """A name of less than five letters alone, or two inside of a word, mask no word and no handle."""
    assert masked(text, ANA) == set()


@pytest.mark.parametrize(
    "text",
    ["the primaria and marial", "primaria_3 was #primaria", "in Marialand she", "popescus2x", "amariable and demariax", "Mariaville-on-Sea"],
)  # fmt: skip
def test_a_word_that_holds_a_name_is_no_handle(text):
    """A word that begins or ends with the letters of a name stays, beside a digit too where the rest makes no word."""
    assert not [one for one in masked(text, MARIA) if one != "popescus2x"]


@pytest.mark.parametrize("text", ["faithful2 #faithful", "lost faith.the next", "faithfully_1"])
def test_words_of_english_stay(text):
    """A word of English that begins with a name is no handle by a digit, a hashtag or a full stop without its space."""
    assert masked(f"Then {text}", (KnownValue("Faith"),)) == set()


@pytest.mark.parametrize("text", ["Maria/Popescu", "Maria.Popescu", "Maria-Popescu", "Maria: Popescu"])
def test_names_side_by_side_are_names(text):
    """Two names with a mark between stay names of a person."""
    assert {s.entity for s in find_known(text, MARIA)} == {"PERSON"}


def test_two_persons_are_not_glued():
    """The given name of one person and the surname of another make no handle of either."""
    known = (KnownValue("Ana", person="1"), KnownValue("Pop", person="2"))
    assert masked("wrote anapop and popana22", known) == set()


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["mariapopescu", "maria.", "maria_", "@maria", "MariaPopescu/", "#maria98 "])
def test_time_grows_with_length(piece):
    """Text of nothing but names without spaces is searched in time that grows with it."""
    assert growth(lambda text: list(find_known(text, MARIA)), lambda size: piece * (size // len(piece)), 8_000) < LINEAR
