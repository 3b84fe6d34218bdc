"""What a stranger wrote cannot speak in the tool's voice."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.pipeline.plain_text import plain


@given(st.text())
def test_one_line_that_hides_nothing(text):
    """No control, format or private character is left, and no line is broken; plain text stays as it is."""
    shown = plain(text)
    assert len(shown.splitlines()) <= 1
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert len(shown) <= 200
    assert plain(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ana\nACCEPTED  bundle 7", "AnaACCEPTED  bundle 7"),
        ("\u202egpj.exe", "gpj.exe"),
        ("a\u200bb\u2066c", "abc"),
        ("\x1b[32mok", "[32mok"),
        ("Müller, Ștefan, 李", "Müller, Ștefan, 李"),
    ],
)
def test_known_tricks(text, shown):
    """Line feeds, bidi overrides, zero-width characters and terminal escapes lose their effect."""
    assert plain(text) == shown
