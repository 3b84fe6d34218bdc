"""The form of a token: ``<type>_<24 Crockford characters><2 check characters>``.

The check is the 24 characters as a base-32 integer modulo 1021. 1021 is prime, so neither a single wrong character
(d * 32^i) nor an adjacent swap (31 * d * 32^i, over the border 33 * d) can leave it unchanged. Detectors of personal
data do not take this form for a phone number, which hex and digits would risk, and spreadsheets make no number of it.
"""

from __future__ import annotations

from anonshare.errors import PolicyError

__all__ = ["ALPHABET", "MAC_BYTES", "PRIME", "TOKEN_TYPES", "check_token", "make_token", "read_token"]

TOKEN_TYPES = ("per", "ph", "em", "ib", "doc", "acc", "plt", "addr", "org", "ip")
MAC_BYTES = 15
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_PAIRS = [high + low for high in ALPHABET for low in ALPHABET]
PRIME = 1021
_BODY = 24
_READ_AS = str.maketrans("ilo", "110")


def make_token(kind: str, mac: bytes) -> str:
    """The token of a type from the first 15 bytes of an authentication code; raises PolicyError for another type."""
    if kind not in TOKEN_TYPES or len(mac) < MAC_BYTES:
        raise PolicyError("There is no such type of token.", hint=f"Use one of {', '.join(TOKEN_TYPES)}.")
    number = int.from_bytes(mac[:MAC_BYTES], "big")
    pairs = [_PAIRS[number >> shift & 1023] for shift in range(110, -1, -10)]
    return f"{kind}_{''.join(pairs)}{_PAIRS[number % PRIME]}"


def check_token(text: str) -> bool:
    """Whether the text is a token exactly as it was made: known type, 26 characters, right check value."""
    kind, _, body = text.rpartition("_")
    if kind not in TOKEN_TYPES or len(body) != _BODY + 2 or not _VALUE.keys() >= set(body):
        return False
    return _number(body[:_BODY]) % PRIME == _number(body[_BODY:])


def read_token(text: str) -> str | None:
    """The token that somebody typed: spaces around it, case, and i, l, o for 1, 1, 0 are forgiven (Crockford).

    None where it is no token even so.
    """
    kind, _, body = text.strip().lower().rpartition("_")
    token = f"{kind}_{body.translate(_READ_AS)}"
    return token if check_token(token) else None


def _number(characters: str) -> int:
    number = 0
    for character in characters:
        number = number * 32 + _VALUE[character]
    return number
