"""Pages as one HTML file without script or address, and as lines for a terminal."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from anonshare.errors import MissingExtra
from anonshare.report.model import Page, Section, clean

__all__ = ["lines", "render"]

T = TypeVar("T")


@cache
def _template() -> Any:
    try:
        import jinja2
    except ImportError:
        raise MissingExtra("Writing the report", "share") from None
    text = (files("anonshare.report") / "page.html.j2").read_text("utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(text)


def _cleaned(value: T) -> T:
    """A copy of a page, or part of one, in which every text is clean."""
    if isinstance(value, str):
        return clean(value)  # type: ignore[return-value]  # a str goes in and comes out
    if isinstance(value, tuple):
        return tuple(_cleaned(inner) for inner in value)  # type: ignore[return-value]  # the same shape
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _cleaned(getattr(value, f.name)) for f in fields(value)})
    return value


def render(page: Page) -> bytes:
    """The page as one HTML file in UTF-8: the same bytes for the same page, every text escaped."""
    return (str(_template().render(page=_cleaned(page))) + "\n").encode("utf-8")


def lines(page: Page) -> list[str]:
    """The page in plain text, for terminals and for approvers without a browser."""
    plain = _cleaned(page)
    width = max((len(label) for label, _ in plain.facts), default=0)
    out = [plain.title, plain.verdict, ""]
    out += [f"{label:<{width}}  {value}" for label, value in plain.facts]
    for section in plain.sections:
        out += ["", section.heading, *_section(section)]
    return out


def _section(section: Section) -> list[str]:
    out = [f"  {words}" for words in section.words]
    out += [f"  {bar.label}: {bar.text}" for bar in section.bars]
    if section.table is not None:
        rows = [section.table.header, *section.table.rows]
        widths = [max(len(row[i]) for row in rows) for i in range(len(section.table.header))]
        out += ["  " + "  ".join(f"{c:<{w}}" for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]
    return out
