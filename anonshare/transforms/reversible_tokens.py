"""The form of a token that its key-holder can reverse: ``<type>r_<Crockford characters><2 check>``.

The characters are the ciphertext as a base-32 integer; its length is one of five, so that a token tells no more of the
length of a value than which bucket holds it. The check is that of the other tokens: the integer modulo the prime 1021.
"""

from __future__ import annotations

from anonshare.errors import PolicyError
from anonshare.transforms.tokens import ALPHABET, PRIME, TOKEN_TYPES

__all__ = ["BUCKETS", "TAG_BYTES", "check_reversible", "ciphertext_of", "make_reversible", "read_reversible"]

BUCKETS = (16, 32, 64, 128, 256)
"""Bytes of a padded plaintext."""

TAG_BYTES = 16
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_READ_AS = str.maketrans("ilo", "110")
_BYTES_OF = {-(-(size + TAG_BYTES) * 8 // 5): size + TAG_BYTES for size in BUCKETS}
"""Characters of a body -> bytes of its ciphertext."""


def make_reversible(kind: str, ciphertext: bytes) -> str:
    """The token of a type and a ciphertext; raises PolicyError for another type or length."""
    if kind not in TOKEN_TYPES or len(ciphertext) not in _BYTES_OF.values():
        raise PolicyError("There is no such reversible token.", hint=f"Use one of {', '.join(TOKEN_TYPES)}.")
    number = int.from_bytes(ciphertext, "big")
    length = next(characters for characters, size in _BYTES_OF.items() if size == len(ciphertext))
    return f"{kind}r_{_characters(number, length)}{_characters(number % PRIME, 2)}"


def check_reversible(text: str) -> bool:
    """Whether the text is a token exactly as it was made: known type and length, right check value."""
    return ciphertext_of(text) is not None


def ciphertext_of(text: str) -> tuple[str, bytes] | None:
    """The type and the ciphertext of a token exactly as it was made; None for any other text."""
    kind, _, body = text.rpartition("_")
    size = _BYTES_OF.get(len(body) - 2)
    if kind not in {f"{one}r" for one in TOKEN_TYPES} or size is None or not _VALUE.keys() >= set(body):
        return None
    number = _number(body[:-2])
    if number % PRIME != _number(body[-2:]) or number >> size * 8:
        return None
    return kind[:-1], number.to_bytes(size, "big")


def read_reversible(text: str) -> str | None:
    """The token that somebody typed: spaces around it, case, and i, l, o for 1, 1, 0 are forgiven (Crockford).

    None where it is no token even so.
    """
    kind, _, body = text.strip().lower().rpartition("_")
    token = f"{kind}_{body.translate(_READ_AS)}"
    return token if check_reversible(token) else None


def _characters(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(length - 1, -1, -1))


def _number(characters: str) -> int:
    number = 0
    for character in characters:
        number = number * 32 + _VALUE[character]
    return number
