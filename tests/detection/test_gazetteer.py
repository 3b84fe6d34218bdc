"""The lists that ship: written as a text is read, each entry once, the longest wins, and each is met in a sentence."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.detection.gazetteer import Gazetteer, gazetteer
from anonshare.detection.localities import find_localities
from anonshare.detection.people import find_people
from anonshare.detection.reading import Reading

LISTS = ("first_names", "surnames", "cities", "countries", "words_en")
PLACES = ("cities", "countries")


def made(*entries):
    longest = {}
    for entry in entries:
        words = entry.removeprefix("?").split(" ")
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    strong = frozenset(e for e in entries if not e.startswith("?"))
    return Gazetteer(strong, frozenset(e[1:] for e in entries if e.startswith("?")), longest)


def as_shipped(name):
    return (files("anonshare.detection") / "data" / f"{name}.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_is_written_as_a_text_is_read(name):
    """Every entry folds to itself, so that it can be met; none is in both parts; the first line names its source."""
    both = gazetteer(name)
    assert len(both.strong) > 3000
    assert [e for e in both.strong | both.weak if " ".join(Reading(e).plain) != e] == []
    assert not both.strong & both.weak
    lines = as_shipped(name)
    assert lines.pop(0).startswith("# ")
    assert len(lines) == len(set(lines)) >= len(both.strong) + len(both.weak)


@pytest.mark.parametrize("name", LISTS)
def test_longest_is_right(name):
    """For every first word ``longest`` is the number of words of the longest entry, neither more nor less."""
    both = gazetteer(name)
    counted = {}
    for entry in both.strong | both.weak:
        first, *rest = entry.split(" ")
        counted[first] = max(counted.get(first, 0), 1 + len(rest))
    assert counted == both.longest


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_is_met(name):
    """Each line of a list is found in a text as it is written, in capitals, and with a capital, at the end too."""
    both = gazetteer(name)
    lines = [line for line in as_shipped(name) if not line.startswith("#")]
    odd = [line for line in lines if not line.isascii()]
    for entry in (line.removeprefix("?") for line in lines[::23] + odd[::7]):
        for text in (entry, f"zzq {entry.title()}", f"Zzq {entry.upper()} zzq"):
            reading = Reading(text)
            hits = [" ".join(reading.plain[a:b]) for a, b, _ in both.find(reading)]
            assert " ".join(Reading(entry).plain) in hits, text


def test_the_longest_entry_wins_and_nothing_is_lost_at_the_end():
    """Where entries begin alike the longest that stands there is found, and none overlaps."""
    some = made("new", "new york", "new york city", "?city of london", "york")
    assert list(some.find(Reading("New York City, new york; York new"))) == [
        (0, 3, True), (3, 5, True), (5, 6, True), (6, 7, True),
    ]  # fmt: skip
    assert list(some.find(Reading("city of london"))) == [(0, 3, False)]
    assert list(some.find(Reading("city of"))) == list(some.find(Reading(""))) == []


@given(st.lists(st.sampled_from(["new", "york", "city", "of", "zz"]), max_size=8))
def test_hits_are_in_order(words):
    """Hits are in order, none overlaps, and each is an entry of the list."""
    some = made("new", "?new york", "new york city of", "city", "york city")
    end = 0
    for first, stop, strong in some.find(Reading(" ".join(words))):
        assert end <= first < stop <= len(words)
        assert " ".join(words[first:stop]) in (some.strong if strong else some.weak)
        end = stop


def test_first_names_are_found_in_a_sentence():
    """Every strong first name of letters is a person with a capital in the middle of a sentence."""
    names = [n for n in sorted(gazetteer("first_names").strong) if n.isalpha()]
    texts = {n: f"so then {n.capitalize()} came." for n in names[::7]}
    assert [n for n, t in texts.items() if n not in {t[s.start : s.end].lower() for s in find_people(Reading(t))}] == []


def test_surnames_are_found_in_a_sentence():
    """Every strong surname of five letters or more is a person behind a small word, in alphabets with capitals."""
    words = gazetteer("words_en").strong
    names = [
        n
        for n in sorted(gazetteer("surnames").strong)
        if n.isalpha() and len(n) > 4 and n not in words and n.capitalize() != n
    ]
    missed = [n for n in names[::7] if not list(find_people(Reading(f"so then {n.capitalize()} came.")))]
    assert missed == []


@pytest.mark.parametrize("name", PLACES)
def test_places_are_found_in_a_sentence(name):
    """Every strong place of five letters or more is a place with capitals, whatever stands before it."""
    for entry in sorted(e for e in gazetteer(name).strong if len(e.split(" ")[0]) > 4)[::41]:
        text = f"So then {entry.title()} was there."
        covered = {i for s in find_localities(Reading(text), "") for i in range(s.start, s.end)}
        assert covered.issuperset(range(8, 8 + len(entry))), entry
