"""A column's codes, labels and losses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.disclosure.keys import key_column
from anonshare.errors import DisclosureError


class Ages:
    """Two digits, decades, root."""

    name = "ages"
    height = 2
    domain = 100

    def path(self, value):
        """The labels below the root."""
        return (value, f"{value[0]}0-{value[0]}9") if value.isdigit() and len(value) == 2 else None

    def leaves(self, level, label):
        """Values under a label."""
        return 10**level


class Crooked(Ages):
    """A hierarchy that gives one label too few."""

    def path(self, value):
        """The labels below the root."""
        return (value,)


class Single(Ages):
    """A domain of one value."""

    domain = 1

    def leaves(self, level, label):
        """Values under a label."""
        return 1


def outward(column, code):
    """The texts of a code on every level."""
    return [column.labels[level][column.paths[code, level]] for level in range(column.paths.shape[1])]


def losses(column, code):
    """The losses of a code on every level."""
    return [float(column.loss[level][column.paths[code, level]]) for level in range(column.paths.shape[1])]


def test_levels_run_from_the_value_to_the_root():
    """A value has its own label, each coarser one and null at the root, with (leaves - 1) / (domain - 1) as loss."""
    column = key_column("age", [None, "31", "35"], Ages())
    assert outward(column, 1) == ["31", "30-39", None]
    assert losses(column, 1) == pytest.approx([0, 9 / 99, 1])
    assert outward(column, 2)[1] == "30-39"
    assert column.paths.dtype == "int32"


def test_null_is_null_on_every_level():
    """Null costs nothing on level 0 and everything above, and its label is null."""
    column = key_column("age", [None, "31"], Ages())
    assert outward(column, 0) == [None, None, None]
    assert losses(column, 0) == [0, 1, 1]


@given(st.lists(st.text(), max_size=8))
@settings(deadline=None)
def test_an_unknown_text_never_becomes_a_label(texts):
    """Whatever stands in a cell, only labels of the hierarchy can leave; the unknown is null and costs 1 everywhere."""
    column = key_column("age", [None, *dict.fromkeys(texts)], Ages())
    for code, text in enumerate(dict.fromkeys(texts), start=1):
        if Ages().path(text) is None:
            assert outward(column, code) == [None] * 3
            assert losses(column, code) == [1, 1, 1]
        else:
            assert outward(column, code)[0] == text


def test_a_domain_of_one_value_loses_nothing_below_the_root():
    """(leaves - 1) / (domain - 1) has no meaning for one value; keeping it costs nothing."""
    assert losses(key_column("age", [None, "31"], Single()), 1) == [0, 0, 1]


def test_a_crooked_hierarchy_is_refused_without_its_values():
    """A path of the wrong length is an error that names column and hierarchy only."""
    with pytest.raises(DisclosureError) as caught:
        key_column("age", [None, "31"], Crooked())
    assert "31" not in str(caught.value)
    assert caught.value.reason == "hierarchy"


@pytest.mark.parametrize("values", [[], ["31"]])
def test_code_0_must_be_null(values):
    """Without null at code 0 every count of missing values would be wrong."""
    with pytest.raises(DisclosureError) as caught:
        key_column("age", values, Ages())
    assert "31" not in str(caught.value)
