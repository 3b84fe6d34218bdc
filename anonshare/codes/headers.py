"""What the name of a column says: a lexicon of headers in many languages, as data.

``headers.json`` lists what a column may hold; ``headers_<topic>.json`` the names that columns have, by language;
``headers_standards.json`` the field names of standards and tools, each with its source; ``headers_words.json`` the words
that say little alone, or turn a name into another thing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from anonshare.codes.header_words import bare, key_words, segments, split_compound
from anonshare.codes.lists import data_file

__all__ = ["Header", "HeaderMeaning", "headers_of", "meaning_of", "token_of_type", "word_list"]

TOPICS = ("people", "contact", "documents", "money", "devices", "places", "cases")
LONGEST_RUN = 8
SHORT = frozenset({"id", "ip"})
"""Words of two letters that mean something inside a name; others do in a name of their own alone."""

SURROUNDING = frozenset({
    "alias", "caseworker", "case_id", "consent", "control", "device", "exploitation", "health", "name", "notes", "organisation",
    "outcome", "party", "perpetrator", "relative", "shelter", "survey_meta", "vehicle", "venue",
})  # fmt: skip
"""Meanings that, named in one word, tell whose or of what the column is where another word tells what it holds."""


@dataclass(frozen=True, slots=True)
class HeaderMeaning:
    """The meaning of a header: what it holds, its role, the type that detection gives it, its tokens' type, a hierarchy.

    ``type`` is a name of the detection room (``PHONE_NUMBER``), None where a column is no identifier and no date.
    """

    entity: str
    role: str
    type: str | None = None
    token: str | None = None
    hierarchy: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """One reading of a column's name: its meaning, the languages or the standard that name it so.

    ``turned`` tells that a word beside it makes it an attribute of the thing (``phone_type``), ``vague`` that its own
    word says little (``number``): then the values say more than the name.
    """

    meaning: HeaderMeaning
    languages: tuple[str, ...]
    turned: bool
    vague: bool


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    end: int
    key: str


@cache
def _meanings() -> Mapping[str, HeaderMeaning]:
    return {
        name: HeaderMeaning(name, **means) for name, means in json.loads(data_file("headers.json"))["meanings"].items()
    }


@cache
def _tokens() -> Mapping[str, str]:
    return {means.type: means.token for means in _meanings().values() if means.type and means.token}


def token_of_type(entity: str) -> str | None:
    """The type of tokens (``ph``) for what detection calls ``entity`` (``PHONE_NUMBER``); None where it has none."""
    return _tokens().get(entity)


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of words in folded case, as they were written: ``nothing``, ``sexes``, ``yes_no`` and others.

    Raises KeyError where there is no such list.
    """
    return frozenset(word.casefold() for word in json.loads(data_file("headers_words.json"))["words"][name])


@cache
def _bare_words(name: str) -> frozenset[str]:
    return frozenset("".join(key_words(word)) for word in word_list(name))


def _named() -> Iterator[tuple[str, str, str]]:
    """Header, meaning, and the language or standard of it."""
    for topic in TOPICS:
        for meaning, by_language in json.loads(data_file(f"headers_{topic}.json"))["headers"].items():
            for language, headers in by_language.items():
                yield from ((header, meaning, language) for header in headers)
    for standard, part in json.loads(data_file("headers_standards.json"))["standards"].items():
        for meaning, headers in part["headers"].items():
            yield from ((header, meaning, standard) for header in headers)


@cache
def _lexicon() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The letters of a header, without spaces -> its meanings, each with the languages that mean it."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for header, meaning, language in _named():
        # people write a header's words together, too, with the words that are left out elsewhere
        for key in {"".join(key_words(header)), "".join(bare(header))}:
            means = found.setdefault(key, {})
            if language not in means.get(meaning, ()):
                means[meaning] = (*means.get(meaning, ()), language)
    return found


@cache
def _phrases() -> frozenset[str]:
    """The headers of several words: nothing but themselves says what they say."""
    return frozenset("".join(words) for header, _, _ in _named() if len(words := key_words(header)) > 1)


def meaning_of(column: str) -> HeaderMeaning | None:
    """The meaning of a column's name, the first of its readings; None where the lexicon knows no word of it."""
    found = headers_of(column)
    return found[0].meaning if found else None


@cache
def headers_of(column: str) -> tuple[Header, ...]:
    """The readings of a column's name, the likeliest first.

    The last part of a path (``group/first_name``) goes before its groups, what a column holds before whose it is, a
    phrase before a word that says little (``date``, ``number``).
    """
    words, last = _words(column)
    runs = sorted(_runs(words, last), key=lambda run: _rank(run, words, last), reverse=True)
    taken: list[_Run] = []
    for run in runs:
        if all(run.end <= other.start or other.end <= run.start for other in taken):
            taken.append(run)
    covered = {place for run in taken for place in range(run.start, run.end)}
    left = {word for place, word in enumerate(words) if place not in covered and place >= last}
    turned = bool(left & _bare_words("attributes"))
    found: dict[str, Header] = {}
    for run in taken:
        for name, languages in _lexicon()[run.key].items():
            found.setdefault(name, Header(_meanings()[name], languages, turned, run.key in _bare_words("generic")))
    return tuple(found.values())


def _words(column: str) -> tuple[list[str], int]:
    """The words of a name, and where its last part begins."""
    parts = [_spelled(part) for part in segments(column)]
    parts = [part for part in parts if part]
    words = [word for part in parts for word in part]
    return words, len(words) - len(parts[-1]) if parts else 0


def _spelled(part: str) -> list[str]:
    persons = _bare_words("persons")
    return [piece for word in key_words(part) for piece in split_compound(word, persons, _lexicon().keys())]


def _runs(words: list[str], last: int) -> Iterator[_Run]:
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + LONGEST_RUN) + 1):
            key = "".join(words[start:end])
            alone = end == len(words) and start in {0, last}
            inside = len(key) > 3 or (end - start == 1 and (len(key) == 3 or key in SHORT))
            if key in _lexicon() and (alone or inside):
                yield _Run(start, end, key)


def _rank(run: _Run, words: list[str], last: int) -> tuple[bool, bool, int, int, int]:
    whole = run.end - run.start == len(words)
    return whole, run.end > last, _level(run.key), len(run.key), run.end


def _level(key: str) -> int:
    if key in _bare_words("generic"):
        return 0
    return 1 if key not in _phrases() and SURROUNDING.issuperset(_lexicon()[key]) else 2
