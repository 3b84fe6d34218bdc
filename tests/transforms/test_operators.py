"""Laws that all operators hold, and those of drop, keep, generalize and codes."""

import sys
from types import ModuleType, SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import DisclosureError, PolicyError
from anonshare.registry import OPERATORS
from anonshare.transforms.spec import OperatorSpec
from tests.transforms.build import PARAMS, Ages, built, context, subkey

SECRET = {"suppress": {"values": ("secret-value",)}}
ALL = pytest.mark.parametrize("name", sorted(PARAMS))


@pytest.fixture(autouse=True)
def _lower_rooms(monkeypatch):
    """The rooms below answer simply here, so that the laws tested are those of the operators."""
    codes, identifiers = ModuleType("codes"), ModuleType("identifiers")
    codes.lexicon = lambda _: SimpleNamespace(find=lambda text: tuple(w for w in text.split() if w.isupper()))
    identifiers.normalise = lambda entity, value, *, region=None: value.strip().casefold() or None
    monkeypatch.setitem(sys.modules, "anonshare.codes.lexicons", codes)
    monkeypatch.setitem(sys.modules, "anonshare.identifiers.normalise", identifiers)


def test_every_registered_operator_is_built_here():
    """Each built-in name leads to an OperatorSpec; only drop and withhold let nothing leave."""
    assert set(PARAMS) == set(OPERATORS.builtin())
    specs = {name: OPERATORS[name] for name in PARAMS}
    assert all(isinstance(spec, OperatorSpec) for spec in specs.values())
    assert {name for name, spec in specs.items() if not spec.leaves} == {"drop", "withhold"}


@ALL
@given(value=st.text(min_size=1, max_size=12), person=st.text(min_size=1, max_size=5))
@settings(deadline=None, max_examples=40)
def test_an_operator_is_a_pure_function(name, value, person):
    """Same value, person and context: the same text or None, also from an operator built anew."""
    out = built(name)(value, person)
    assert out is None or isinstance(out, str)
    assert out == built(name)(value, person)


@ALL
def test_an_operator_says_what_it_depends_on(name):
    """An operator depends on the person, on the cell or on neither, and one that depends on neither ignores both."""
    operator = built(name)
    assert not (operator.per_person and operator.per_cell)
    if not (operator.per_person or operator.per_cell):
        assert operator("0722 123 456", "one") == operator("0722 123 456", "other") == operator("0722 123 456")


@ALL
def test_an_operator_shows_no_secret(name):
    """Neither an operator's repr nor its context's has a word of a key."""
    surroundings = context(counts={"secret-value": 9})
    for shown in (repr(built(name, surroundings, **SECRET.get(name, {}))), repr(surroundings)):
        assert "secret" not in shown
        assert repr(subkey()("ph", name)) not in shown


@given(st.text(max_size=5))
@settings(deadline=None)
def test_drop_lets_nothing_leave_and_keep_everything(value):
    """Drop and withhold give None for any value; keep gives the value."""
    assert built("drop")(value) is None
    assert built("withhold")(value) is None
    assert built("keep")(value) == value


@given(st.sampled_from("0123456789"), st.integers(0, 1))
@settings(deadline=None)
def test_generalize_gives_the_label_of_its_level(value, level):
    """A known value becomes its label at the level asked for."""
    assert built("generalize", level=level)(value) == Ages().path(value)[level]


def test_an_unknown_value_is_suppressed_or_refused_without_its_text():
    """``unknown: suppress`` gives None; ``refuse`` raises, naming column and hierarchy and never the value."""
    assert built("generalize")("secret-cell") is None
    with pytest.raises(DisclosureError, match=r"'col'.*'ages'") as caught:
        built("generalize", unknown="refuse")("secret-cell")
    assert "secret-cell" not in str(caught.value)


@pytest.mark.parametrize("level", [-1, 2, 20])
def test_a_level_that_does_not_exist_is_refused_whenbuilt(level):
    """A level outside the hierarchy is a fault of the policy, found before a row is read."""
    with pytest.raises(PolicyError, match="levels 0 to 1"):
        built("generalize", level=level)


def test_notes_become_codes_and_nothing_else():
    """Only codes of the lexicon leave, sorted and once each; a note without one gives None."""
    codes = built("codes")
    assert codes("Maria was held B and A and B by secret") == "A;B"
    assert codes("nothing of the kind") is None
