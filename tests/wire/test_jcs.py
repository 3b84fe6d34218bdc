"""Our canonical JSON beside RFC 8785 (JCS): the same bytes but for escapes, for fewer documents.

What holds exactly: whatever has a canonical form here has one in JCS, and ours is JCS with every character above
``~`` written as the escapes of its UTF-16 units. JCS holds more: fractions, any key, DEL and the rest of Unicode as they are.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from anonshare.errors import MalformedBundle
from anonshare.wire.strict_json import DEPTH, LARGEST, canonical, parse

KIT = Path(__file__).parents[2].parent / "shared" / "data" / "bundle" / "jcs-rfc8785" / "testdata"
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
OUR_KEYS = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,8}", fullmatch=True)
INTEGERS = st.integers(1 - LARGEST, LARGEST - 1)


def documents(keys, scalars):
    """JSON documents with these keys and scalars, at most a few levels deep."""
    return st.recursive(
        st.none() | st.booleans() | TEXT | scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
        max_leaves=15,
    )


OURS = documents(OUR_KEYS, INTEGERS)
ANY = documents(OUR_KEYS | TEXT, INTEGERS | st.floats(allow_nan=False, allow_infinity=False))


def escaped(jcs: bytes) -> bytes:
    """JCS bytes with every character above ``~`` as the escapes of its UTF-16 units."""

    def units(match):
        data = match[0].encode("utf-16-be")
        return "".join(f"\\u{data[i]:02x}{data[i + 1]:02x}" for i in range(0, len(data), 2))

    return re.sub(r"[^\x00-~]", units, jcs.decode()).encode("ascii")


def fits(value) -> bool:
    """Whether a JSON document is one of ours: no fractions, keys of letters, digits, ``_`` and ``-``."""
    if isinstance(value, dict):
        return all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]*", k) and fits(v) for k, v in value.items())
    return all(map(fits, value)) if isinstance(value, list) else not isinstance(value, float)


def parts(value):
    """A document and all documents inside it."""
    yield value
    if isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from parts(inner)


def pairs():
    """(name, input bytes, JCS bytes) of the suite."""
    if not KIT.is_dir():
        assert not os.environ.get("CI")
        pytest.skip("the public vectors are not beside this checkout")
    found = [(p.stem, p.read_bytes(), (KIT / "output" / p.name).read_bytes()) for p in sorted(KIT.glob("input/*.json"))]
    assert [name for name, *_ in found] == ["arrays", "french", "structures", "unicode", "values", "weird"]
    for name, _, output in found:
        assert bytes.fromhex((KIT / "outhex" / f"{name}.txt").read_text()) == output
    return found


def test_the_oracle_reproduces_the_suite():
    """The independent implementation gives the published bytes of all six pairs, so its word counts below."""
    for name, text, output in pairs():
        assert rfc8785.dumps(json.loads(text)) == output, name


def test_no_document_of_the_suite_is_read():
    """Each input and each output is refused: white space, fractions, raw Unicode, keys, or a list as the root."""
    for _, text, output in pairs():
        for data in (text, output):
            with pytest.raises(MalformedBundle):
                parse(data)


def test_what_we_write_of_the_suite():
    """One of the six has a canonical form, byte for byte that of JCS; the other five are refused."""
    written = {}
    for name, text, output in pairs():
        value = json.loads(text)
        assert fits(value) is (name == "arrays")
        if fits(value):
            written[name] = canonical(value)
            assert written[name] == output == escaped(output)
        else:
            with pytest.raises(MalformedBundle):
                canonical(value)
    assert list(written) == ["arrays"]


def test_every_part_of_the_suite():
    """Each document inside the six is refused, or written as JCS does but for escapes, and means the same."""
    written = refused = 0
    for _, text, _ in pairs():
        for value in parts(json.loads(text)):
            if fits(value):
                assert canonical(value) == escaped(rfc8785.dumps(value))
                assert json.loads(canonical(value)) == json.loads(rfc8785.dumps(value)) == value
                written += 1
            else:
                with pytest.raises(MalformedBundle):
                    canonical(value)
                refused += 1
    assert (written, refused) == (36, 13)


@given(OURS)
def test_ours_is_jcs_but_for_escapes(value):
    """Every document that we accept is written as JCS writes it with escapes above ``~``, and is read back alike."""
    data = canonical(value)
    assert data == escaped(rfc8785.dumps(value))
    assert json.loads(data) == value


@given(ANY)
def test_refused_or_the_same(value):
    """Of any document that JCS has a form for, we refuse exactly what does not fit, and write the rest alike."""
    jcs = rfc8785.dumps(value)
    if fits(value):
        assert canonical(value) == escaped(jcs)
    else:
        with pytest.raises(MalformedBundle):
            canonical(value)


@given(ANY)
def test_which_jcs_bytes_are_read(value):
    """JCS bytes are read if and only if they are an object of ours without a character above ``~``."""
    jcs = rfc8785.dumps(value)
    if isinstance(value, dict) and fits(value) and escaped(jcs) == jcs:
        assert parse(jcs) == value
    else:
        with pytest.raises(MalformedBundle):
            parse(jcs)


@given(st.dictionaries(OUR_KEYS, st.none(), max_size=12))
def test_the_order_of_keys(value):
    """ASCII keys stand in the order of JCS (UTF-16 units), whatever order they were given in."""
    order = list(json.loads(rfc8785.dumps(value)))
    assert list(json.loads(canonical(value))) == order == sorted(value)
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_text(text):
    """In ASCII the one difference is DEL: JCS writes the byte, we write its escape."""
    assert canonical(text) == rfc8785.dumps(text).replace(b"\x7f", b"\\u007f")


@pytest.mark.parametrize("value", [LARGEST, -LARGEST, 2**63, 10**30])
def test_integers_end_where_those_of_jcs_do(value):
    """An integer that JCS cannot hold exactly is refused by both; the last ones before it are written by both."""
    with pytest.raises(rfc8785.IntegerDomainError):
        rfc8785.dumps(value)
    with pytest.raises(MalformedBundle):
        canonical(value)
    for last in (LARGEST - 1, 1 - LARGEST):
        assert canonical(last) == rfc8785.dumps(last)


def test_depth_is_ours_alone():
    """JCS sets no bound of nesting; 32 levels below the root are written alike, 33 are refused."""
    value: list = []
    for _ in range(DEPTH):
        value = [value]
    assert canonical(value) == rfc8785.dumps(value)
    assert rfc8785.dumps([value])
    with pytest.raises(MalformedBundle):
        canonical([value])
