"""Clusters: one number for one person of a group, in all his forms; marked where two share a name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.detection.clusters import clustered
from anonshare.detection.known import KnownValue
from anonshare.shapes import Span


def numbered(texts, groups=None, known=None):
    """Name -> its clusters; names stand in square brackets."""
    bare, found = [], []
    for text in texts:
        spans, out = [], ""
        for part in re.split(r"(\[[^\]]*\])", text):
            if part.startswith("["):
                spans.append(Span(len(out), len(out) + len(part) - 2, "PERSON", 1.0, "test"))
                part = part[1:-1]  # noqa: PLW2901  the brackets go
            out += part
        bare.append(out)
        found.append(tuple(spans))
    return [
        [(t[s.start : s.end], s.cluster) for s in ss]
        for t, ss in zip(bare, clustered(bare, found, groups, known), strict=True)
    ]


def test_all_forms_of_one_person():
    """A whole name, its parts, capitals, initials, an order turned, titles and an initial have one number."""
    (found,) = numbered(
        ["[Maria Kovacs] [Kovacs] [MARIA] [M.K.] [M. K.] [MK] [Kovacs, Maria] [Mrs Kovacs] [Maria's] [M. Kovacs]"]
    )
    assert {number for _, number in found} == {"1"}


def test_two_who_share_a_name_are_marked():
    """A part of a name that two persons have is marked with both; with an initial it is the one whom it fits."""
    (found,) = numbered(
        ["[John Smith] met [Mary Smith]. [Smith] and [J. Smith], [Mary], [M.S.], [Mr Smith] and [K. Smith]"]
    )
    assert found == [
        ("John Smith", "1"), ("Mary Smith", "2"), ("Smith", "1|2|3"), ("J. Smith", "1"), ("Mary", "2"), ("M.S.", "2"),
        ("Mr Smith", "1|2|3"), ("K. Smith", "3"),
    ]  # fmt: skip


def test_two_given_names_in_common_are_not_one_person():
    """Names that have two words in common and each a further one are two persons; a longer form of a name is one."""
    (found,) = numbered(["[Ana Maria Pop], [Ana Maria Ionescu], [Ana], [Pop], [Ion Pop Dan], [Ion Pop]"])
    assert [number for _, number in found] == ["1", "2", "1|2", "1|3", "3", "3"]


def test_columns_make_persons():
    """Cells of one person have one number, in every case form and script; another column's person has another."""
    known = [
        (KnownValue("Olena", person="unit"), KnownValue("Petrenko", person="unit"), KnownValue("+407", "PHONE_NUMBER", "unit"),
         KnownValue("Jonas Ritter", person="worker"))
    ]  # fmt: skip
    (found,) = numbered(["[Olenoiu] [Петренка] [O.P.] [Ritter] [Jonas] [Olena Petrenko] [Zorbax]"], known=known)
    assert [number for _, number in found] == ["1", "1", "1", "2", "2", "1", "3"]


def test_every_name_has_a_number():
    """A name with a letter is never without a cluster, and what is no name never has one."""
    text = "X 12 Ana"
    spans = (Span(0, 1, "PERSON"), Span(2, 4, "AGE"), Span(5, 8, "PERSON"))
    (out,) = clustered([text], [spans])
    assert [bool(s.cluster) for s in out] == [True, False, True]


NAME = st.sampled_from(
    ["[Ana Pop]", "[Pop]", "[A.P.]", "[Ion Pop]", "[Ana Maria Pop]", "[J. Smith]", "[Smith]", "[Ω]", "[Dan]"]
)
TEXT = st.lists(NAME, max_size=4).map(" then ".join)


@given(st.lists(TEXT, max_size=4), st.lists(TEXT, max_size=4))
def test_other_groups_do_not_matter(mine, others):
    """The numbers of a group are the same alone, and before, behind or between texts of another group."""
    alone = numbered(mine, ["a"] * len(mine))
    assert numbered([*mine, *others], ["a"] * len(mine) + ["b"] * len(others))[: len(mine)] == alone
    assert numbered([*others, *mine], ["b"] * len(others) + ["a"] * len(mine))[len(others) :] == alone
    mixed = [t for pair in zip(mine, others, strict=False) for t in pair]
    groups = ["a", "b"] * (len(mixed) // 2)
    assert numbered(mixed, groups)[::2] == numbered(mine[: len(others)], ["a"] * min(len(mine), len(others)))


@given(st.lists(TEXT, max_size=5))
def test_numbers_are_numbers_of_persons(texts):
    """Every cluster is numbers joined by bars, counted from 1 without a gap, and the same name has the same one."""
    found = [one for each in numbered(texts, ["a"] * len(texts)) for one in each]
    assert all(re.fullmatch(r"\d+(\|\d+)*", number) for _, number in found)
    assert len(dict(found)) == len(set(found))
    numbers = {int(n) for _, number in found for n in number.split("|")}
    assert numbers == set(range(1, len(numbers) + 1))


def test_without_groups_each_text_counts_anew():
    """Without groups a text is its own: numbers begin at 1 in each; spans stay as they were but for the cluster."""
    found = numbered(["[Ana Pop] and [Dan]", "[Dan]"])
    assert found == [[("Ana Pop", "1"), ("Dan", "2")], [("Dan", "1")]]


@pytest.mark.parametrize("name", ["Mr", "...", "Dr. Prof.", ""])
def test_what_is_no_name_has_none(name):
    """A span of titles or marks alone has no number, and raises nothing."""
    assert clustered([f"{name} x"], [(Span(0, max(1, len(name)), "PERSON"),)])[0][0].cluster in {"", "1"}
