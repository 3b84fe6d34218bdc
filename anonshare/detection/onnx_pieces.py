"""Words cut into the pieces of a BERT vocabulary, each with its place in the text; no tokenizer package is needed.

Source: google-research/bert, ``tokenization.py`` (BasicTokenizer, uncased, and WordpieceTokenizer). A package that does
the same brings a client for a model hub along; these rules are all of it that a fixed vocabulary needs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Piece", "pieces", "vocabulary"]

UNKNOWN = "[UNK]"
LONGEST = 100
"""A word of more letters is unknown to the model, as where it was trained."""

SPACES = frozenset("\t\n\r")
CONTROL = frozenset({"Cc", "Cf", "Co", "Cs"})
ASCII_MARKS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip
"""The blocks in which every character is a word of its own."""

Letter = tuple[str, int]
"""A character as the model reads it, and the index of the character of the text that it was made of."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One token: its number in the vocabulary and ``[start, end)`` in the text."""

    number: int
    start: int
    end: int


def vocabulary(file: Path) -> dict[str, int]:
    """The pieces of ``vocab.txt``, one a line, and their numbers. Raises OSError where it cannot be read."""
    return {line: number for number, line in enumerate(file.read_text("utf-8").splitlines())}


def pieces(text: str, vocabulary: Mapping[str, int]) -> list[Piece]:
    """The pieces of a text in their order, without the marks of its beginning and end."""
    return [piece for word in _words(text) for piece in _cut(word, vocabulary)]


def _words(text: str) -> Iterator[list[Letter]]:
    word: list[Letter] = []
    for index, sign in enumerate(text):
        for letter in _read(sign):
            alone = _alone(letter)
            if (alone or letter.isspace()) and word:
                yield word
                word = []
            if alone:
                yield [(letter, index)]
            elif not letter.isspace():
                word.append((letter, index))
    if word:
        yield word


def _read(sign: str) -> str:
    """A character without control marks and accents, in lower case."""
    if sign in SPACES:
        return " "
    if sign == "\ufffd" or unicodedata.category(sign) in CONTROL:
        return ""
    bare = "".join(c for c in unicodedata.normalize("NFD", sign) if unicodedata.category(c) != "Mn")
    return bare.lower()


def _alone(letter: str) -> bool:
    code = ord(letter)
    if code < 0x2000:
        return letter in ASCII_MARKS or (code > 0x7F and unicodedata.category(letter)[0] == "P")
    return unicodedata.category(letter)[0] == "P" or any(first <= code <= last for first, last in IDEOGRAPHS)


def _cut(word: list[Letter], vocabulary: Mapping[str, int]) -> list[Piece]:
    """The longest pieces from the left; a word that has none is unknown as a whole (Wu et al. 2016)."""
    letters = "".join(letter for letter, _ in word)
    found: list[Piece] = []
    done = 0
    while done < len(letters) <= LONGEST:
        sizes = range(len(letters), done, -1)
        end = next((e for e in sizes if ("##" if done else "") + letters[done:e] in vocabulary), 0)
        if not end:
            break
        number = vocabulary[("##" if done else "") + letters[done:end]]
        found.append(Piece(number, word[done][1], word[end - 1][1] + 1))
        done = end
    if done < len(letters):
        return [Piece(vocabulary[UNKNOWN], word[0][1], word[-1][1] + 1)]
    return found
