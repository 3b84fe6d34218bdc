"""What stands between the letters that a person sees: tags, escapes, line breaks inside a number, odd separators.

Notes are pasted from mail, web pages and chats. Each change keeps the way back to the original (see ``View``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

__all__ = ["markup_changes"]

Change = tuple[int, int, str]

TAG = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9]{0,15})(?:\s[^<>\n]{0,200})?/?>")
BLOCKS = frozenset("p br div td th tr li ul ol table h1 h2 h3 h4 body html head hr section article".split())
"""Tags that part words; the others stand inside of them."""
ENTITY = re.compile(r"&(?:#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5}|[A-Za-z]{2,8});")
UNICODE = re.compile(r"\\u(?P<code>[0-9A-Fa-f]{4})")
PERCENT = re.compile(r"(?<=[\w.+-])%40(?=[\w-])")

BROKEN = re.compile(r"(?<=[0-9A-Z])[ \t]{0,3}(?:\r\n|\n|\r|\t)[ \t]{0,3}(?=\(?[0-9A-Z])")
PLUS = re.compile(r"\+[0-9][0-9 ()./\r\n\t-]{0,20}\Z")
IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2} ?[A-Z0-9]{4}[A-Z0-9 \r\n]{0,40}\Z")
GROUPS = re.compile(r"(?<![0-9])\+?[0-9]{2,5}(?: ?[\u2013\u2014\u00b7\u2022*_|~] ?[0-9]{2,5}){2,5}(?![0-9])")
SINGLES = re.compile(r"(?<![\w])[0-9](?:[_*\u00b7\u2022~|,.\u2013\u2014-]{1,2}[0-9]){5,24}(?![\w])")
NO_DIGIT = re.compile(r"[^0-9+]+")

UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
GLUED = re.compile(rf"(?<=[0-9A-Za-z])[{UNSPACED}]|[{UNSPACED}](?=[+0-9A-Za-z])")
"""Scripts without spaces: their letters are no border of a word, and a number between them would be part of one."""
DIGIT = re.compile(r"[0-9]")


def markup_changes(read: str) -> Iterator[Change]:
    """``(start, end, what is meant)``; a stretch that is nothing becomes empty."""
    if "<" in read:
        yield from ((m.start(), m.end(), " " if m["name"].lower() in BLOCKS else "") for m in TAG.finditer(read))
    if "&" in read:
        yield from ((m.start(), m.end(), _entity(m.group())) for m in ENTITY.finditer(read) if _entity(m.group()))
    if "\\u" in read:
        yield from ((m.start(), m.end(), chr(int(m["code"], 16))) for m in UNICODE.finditer(read))
    if "%40" in read:
        yield from ((m.start(), m.end(), "@") for m in PERCENT.finditer(read))
    if DIGIT.search(read) is not None:
        yield from _numbers(read)


def _entity(written: str) -> str:
    """The character of an escape; empty where it is none, or one that parts a text."""
    meant = html.unescape(written)
    return (" " if meant.isspace() else meant) if len(meant) == 1 and meant not in "<>" else ""


def _numbers(read: str) -> Iterator[Change]:
    for gap in BROKEN.finditer(read):
        before = read[max(0, gap.start() - 60) : gap.start()]
        digit = read[gap.end()] in "(0123456789"
        if (digit and PLUS.search(before)) or IBAN.search(before):
            yield gap.start(), gap.end(), " "
    for found in GROUPS.finditer(read):
        yield found.start(), found.end(), NO_DIGIT.sub("-", found.group())
    for found in SINGLES.finditer(read):
        if not any(mark in found.group() for mark in ".-") or len(set(NO_DIGIT.findall(found.group()))) == 1:
            yield found.start(), found.end(), NO_DIGIT.sub("", found.group())
    if not read.isascii():
        yield from ((m.start(), m.end(), " ") for m in GLUED.finditer(read))
