"""The measures say what their sources define, and ours do not fall below the floors that were written down."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.detection.entities import ENTITIES
from benchmarks.detection import FLOOR, SAMPLE
from benchmarks.detection_figures import figures
from benchmarks.detection_measures import joined, outside, plain, typed
from benchmarks.detection_sets import SETS, available
from benchmarks.detection_tab import CourtCase, tab
from benchmarks.detection_types import UNKNOWN, common
from benchmarks.notes_made import made_notes
from benchmarks.notes_templates import TEMPLATES

TEXT = "Mr Paul Roe, of 1 Elm St., met Ann."


def mention(start, end, entity, kind="QUASI", what="PERSON"):
    return {"entity_id": entity, "entity_type": what, "identifier_type": kind, "start_offset": start, "end_offset": end}


def marked(*words):
    return [(TEXT.index(w), TEXT.index(w) + len(w), "PERSON") for w in words]


def test_tab_asks_for_all_mentions_and_not_for_small_words():
    """An entity counts when all its mentions are masked; titles, small words and marks need not be."""
    case = CourtCase(TEXT, [mention(0, 11, "a", "DIRECT"), mention(31, 34, "a", "DIRECT"), mention(13, 26, "b")])
    got = tab([case], [marked("Paul Roe", "1 Elm St")])
    assert (got.direct.part, got.direct.whole, got.quasi.value) == (0, 1, 1.0)
    assert tab([case], [marked("Paul Roe", "Ann")]).direct.value == 1.0


def test_tab_no_mask_mentions():
    """A NO_MASK mention of an entity that is masked elsewhere is not asked for, but its words cost precision."""
    case = CourtCase(TEXT, [mention(3, 11, "a", "DIRECT"), mention(31, 34, "a", "NO_MASK")])
    assert tab([case], [marked("Paul Roe")]).direct.value == 1.0
    got = tab([case], [marked("Paul Roe", "Ann")])
    assert (got.token_precision.part, got.token_precision.whole) == (2, 3)
    assert got.token_recall.value == 1.0
    assert tab([case], [marked("Paul Roe")]).token_recall.part == 2


def test_tab_first_mention_decides():
    """The first mention says whether an entity is direct; an entity of NO_MASK mentions alone is none."""
    first_quasi = CourtCase(TEXT, [mention(3, 11, "a", "QUASI"), mention(31, 34, "a", "DIRECT")])
    assert tab([first_quasi], [[]]).quasi.whole == 1
    nobody = tab([CourtCase(TEXT, [mention(3, 11, "a", "NO_MASK")])], [marked("Paul Roe")])
    assert (nobody.quasi.whole, nobody.direct.whole, nobody.token_precision.value) == (0, 0, 0.0)


def test_tab_precision_of_words():
    """A word is right only wholly inside one mention, and counts once for each span that masks it."""
    case = CourtCase(TEXT, [mention(3, 7, "a"), mention(8, 10, "b")])
    got = tab([case], [[(3, 11, "PERSON"), (3, 7, "PERSON")]])
    assert (got.token_precision.part, got.token_precision.whole) == (2, 3)


spans = st.lists(
    st.tuples(st.integers(0, 25), st.integers(1, 6), st.sampled_from("AB")).map(lambda s: (s[0], s[0] + s[1], s[2])),
    max_size=6,
)


@given(st.text("ab1 .", min_size=31, max_size=31), spans, spans)
def test_plain_measures_are_ordered(text, gold, found):
    """Wholly masked spans are touched where they have a letter, every share is at most one, and masking all leaks nothing."""
    gold = [s for s in gold if any(c.isalnum() for c in text[s[0] : s[1]])]
    got = plain([text], [gold], [found])
    assert got.full.part <= got.touch.part <= got.touch.whole == len(gold)
    assert got.span_precision.part <= got.span_precision.whole == len(found)
    assert sum(s.whole for s in got.full_by_type.values()) == len(gold)
    assert plain([text], [gold], [[(0, len(text), "A")]]).full.part == len(gold)


@given(st.text("ab1 .", min_size=31, max_size=31), spans, spans)
def test_over_masking_is_none_inside_gold(text, gold, found):
    """What gold covers wholly is no over-masking, and without gold every letter masked is."""
    assert all(c.part == w.part == 0 for c, w in outside([text], [found], [found]).values())
    assert all(c.value in {0.0, 1.0} and c.part == c.whole for c, _ in outside([text], [[]], [found]).values())


@given(spans, spans)
def test_typed_scores(gold, found):
    """Right spans are at most the found and the true ones, of each type too; found as the truth, all are right."""
    every, by_type = typed([gold], [found])
    assert every.right <= min(every.found, every.true)
    assert sum(t.right for t in by_type.values()) == every.right
    same, _ = typed([gold], [gold])
    assert same.right == len(gold)


def test_typed_rules():
    """Half of the union is enough, each true span is found once, another type is wrong, an ignored one is neither."""
    assert typed([[(0, 10, "A")]], [[(0, 5, "A")]])[0].right == 1
    assert typed([[(0, 10, "A")]], [[(0, 4, "A")]])[0].right == 0
    assert typed([[(0, 10, "A")]], [[(0, 10, "B")]])[0].right == 0
    assert typed([[(0, 10, "A")]], [[(0, 6, "A"), (4, 10, "A")]])[0].right == 1
    assert typed([[(0, 10, UNKNOWN)]], [[(2, 5, "A")]], frozenset({UNKNOWN}))[0].found == 0
    every, _ = typed([[(0, 4, "A"), (6, 9, "A")]], [[(0, 4, "A"), (20, 22, "A")]])
    assert (every.precision, every.recall, every.f2) == (0.5, 0.5, 0.5)


def test_joined():
    """Neighbours of one type are one span, others stay apart."""
    assert joined("Ana Pop, Ion", [(0, 3, "P"), (4, 7, "P"), (9, 12, "P")]) == [(0, 7, "P"), (9, 12, "P")]
    assert joined("Ana 12", [(0, 3, "P"), (4, 6, "N")]) == [(0, 3, "P"), (4, 6, "N")]


def test_every_type_of_ours_has_a_common_one():
    """Each of our types has a common name, but for the answers behind labels, whose type nobody knows."""
    assert {e for e in ENTITIES if common(e) == UNKNOWN} <= {"LABELLED"}


def test_made_notes_say_what_is_true():
    """Spans of the made notes lie in order, are of our types and of words, and the same seed gives the same notes."""
    made = made_notes(1)
    assert made == made_notes(1)
    assert made != made_notes(1, seed=12)
    assert len(made) == sum(map(len, TEMPLATES.values())) >= 40
    for note in made:
        places = [at for a, b, _ in note.spans for at in (a, b)]
        assert places == sorted(places)
        assert all(kind in ENTITIES and note.text[a:b].strip() == note.text[a:b] != "" for a, b, kind in note.spans)
        assert "{" not in note.text


@pytest.mark.slow
@pytest.mark.parametrize("name", list(available()))
def test_no_figure_falls(name):
    """On a sample of every set that is here, no figure of ours is below its floor."""
    asked = json.loads(FLOOR.read_text("utf-8"))[name]
    got = figures(SETS[name]().part(SAMPLE[name]), list(asked))
    low = {f"{s} {m}": (got[s][m], floor) for s, row in asked.items() for m, floor in row.items() if got[s][m] < floor}
    assert not low
