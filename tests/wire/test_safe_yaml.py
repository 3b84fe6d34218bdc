"""YAML as people mean it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.errors import PolicyError
from anonshare.wire.safe_yaml import dump, load

CANARY = "Zq7Canary"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: NO", "NO"),
        ("a: yes", "yes"),
        ("a: 010", "010"),
        ("a: 12:30:45", "12:30:45"),
        ("a: 1_000", "1_000"),
        ("a: 2026-01-31", "2026-01-31"),
        ("a: 7", 7),
        ("a: -3", -3),
        ("a: 1.5", 1.5),
        ("a: true", True),
        ("a: null", None),
        ("a: ~", None),
        ("a:", None),
        ("a: [1, x]", [1, "x"]),
    ],
)
def test_scalars_of_yaml_1_2(text, value):
    """Norway stays text, and so do dates, octals and times."""
    assert load(text, "a test") == {"a": value}


BAD = {
    "duplicate": f"a: 1\nb: {CANARY}\na: 2",
    "anchor": f"a: &x {CANARY}\nb: 2",
    "alias": "a: &x 1\nb: *x",
    "tag": f"a: !!python/object {CANARY}",
    "own tag": f"a: !secret {CANARY}",
    "broken": f"a: [{CANARY}",
    "tab": f"a:\n\t{CANARY}: 1",
    "list as key": f"[a, {CANARY}]: 1",
    "true as key": "true: 1",
    "bytes": b"a: \xff\xfe" + CANARY.encode(),
    "huge": "a: " + "x" * (1 << 21),
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_refusals_name_a_line_and_nothing_else(text):
    """Each fault is one error that repeats no piece of the file."""
    with pytest.raises(PolicyError) as error:
        load(text, "the policy")
    assert CANARY not in f"{error.value} {error.value.hint}"
    assert error.value.__cause__ is None


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(PLAIN)
def test_load_undoes_dump(value):
    """What was written is read back alike, whatever it looks like."""
    assert load(dump(value), "a test") == value


@given(st.text(max_size=200))
def test_noise(text):
    """Any text is a value or one error of ours."""
    try:
        load(text, "a test")
    except PolicyError as error:
        assert error.message.startswith("In a test there is")
