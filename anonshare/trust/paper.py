"""A key on paper: 32 bytes as 34 words, two of which find a word that was read or typed wrongly."""

from __future__ import annotations

import hashlib
import re

from anonshare.errors import KeyFileError
from anonshare.trust.keys import FileSigner, key_of
from anonshare.trust.words import fingerprint_words, word_number

__all__ = ["from_paper", "on_paper"]

CHECK = 2
TEXT = """\
{title}: root key on paper

Print this page, delete the file, and lock the paper away: with one more root key it decides whose word counts.

{words}
"""


def on_paper(signer: FileSigner, title: str) -> str:
    """The page that is printed; ``title`` says whose key it is."""
    secret = signer.seed()
    words = fingerprint_words(secret + _check(secret), len(secret) + CHECK)
    lines = [" ".join(words[i : i + 6]) for i in range(0, len(words), 6)]
    return TEXT.format(title=title, words="\n".join(lines))


def from_paper(text: str) -> FileSigner:
    """The key whose words stand in ``text`` after its last empty line; raises KeyFileError where a word is wrong."""
    typed = re.findall(r"[a-z]+", text.strip().rsplit("\n\n", 1)[-1].casefold())
    numbers = [word_number(word) for word in typed]
    data = bytes(number for number in numbers if number is not None)
    if len(data) != len(typed) or len(data) != 32 + CHECK or data[32:] != _check(data[:32]):
        raise KeyFileError("The words are not those of a key on paper.", hint="Compare them word by word.")
    return key_of(data[:32])


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"anonshare paper key" + secret).digest()[:CHECK]
