"""Pages: every text escaped, nothing loaded, the same bytes for the same page."""

from __future__ import annotations

import builtins
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import MissingExtra
from anonshare.report import render as module
from anonshare.report.model import Bar, Page, Section, Table, clean
from anonshare.report.render import lines, render


def page(text: str = "x") -> Page:
    table = Table(("column", text), (("a", text), (text, "b")))
    return Page(text, text, "good", ((text, text),), (Section(text, (text,), table, (Bar(text, 0.5, text),)),))


class Tags(HTMLParser):
    """Collects tags and attributes."""

    def __init__(self):
        super().__init__()
        self.tags, self.links = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [v for k, v in attrs if k in {"src", "href", "action", "data"} or k.startswith("on")]


def tags(data: bytes) -> Tags:
    parser = Tags()
    parser.feed(data.decode())
    return parser


@settings(max_examples=150)
@given(st.text())
def test_no_text_opens_a_tag(text):
    """Whatever a text holds, the page has the tags of the template, no link and no script."""
    found = tags(render(page(text)))
    assert found.tags == tags(render(page())).tags
    assert found.links == []
    assert "script" not in found.tags


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=1>', "{{ 7*7 }}", "</style><b>"])
def test_attacks_are_text(text):
    """Markup and template code are shown, not run."""
    data = render(page(text)).decode()
    assert text not in data or "{{" in text
    assert "49" not in data


@given(st.text())
def test_what_is_read_is_what_is_there(text):
    """Control, direction and invisible characters never reach a reader."""
    shown = clean(text)
    assert not re.search("[\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]", shown)
    assert clean(shown) == shown


def test_a_page_is_safe_and_the_same():
    """The page forbids everything but its own style, has no address, and is the same bytes each time."""
    data = render(page())
    assert data == render(page())
    assert b"default-src 'none'" in data
    assert not re.search(rb"https?://", data)
    wide = Page("t", "v", "bad", (), (Section("s", table=Table(("c",), tuple((f"column {n}",) for n in range(60)))),))
    assert len(render(wide)) < 200_000


def test_lines_say_the_same():
    """The terminal's twin has the verdict, facts, words, bars and the table."""
    text = "\n".join(lines(page("word")))
    assert text.count("word") >= 9
    assert "\n".join(lines(Page("t", "v", "warn", (), ()))) == "t\nv\n"


def test_a_missing_extra(monkeypatch):
    """Without jinja2 the part that brings it is named."""
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "jinja2":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    module._template.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match="report"):
        render(page())
    monkeypatch.undo()
    module._template.cache_clear()
